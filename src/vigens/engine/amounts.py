"""Quantities as people write them, exact."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Most decimals of a quantity that are told apart, and its largest amount.
_DEEPEST, _LARGEST = 6, 10**12


def parse_amount(word: str) -> Decimal | None:
    """Read a quantity; `None` where it is none, or too large or fine to add up.

    Source:
        Design, section 3.1, point 3: quantities exact.
    """
    try:
        number = Decimal(word)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= _LARGEST:
        return None
    return number if decimals(number) <= _DEEPEST else None


def decimals(number: Decimal) -> int:
    """Count the decimals that a quantity needs.

    Source:
        Design, section 3.1, point 3: quantities exact.
    """
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def amounts_in(words: Sequence[str]) -> tuple[list[int | None], int]:
    """Read quantities as whole multiples of the smallest decimal that any has.

    Returns:
        The multiples, `None` where a word is no quantity, and how many make one.

    Source:
        Design, section 3.1, point 3: quantities exact.
    """
    found = [parse_amount(word) for word in words]
    deepest = max((decimals(one) for one in found if one is not None), default=0)
    units = [None if one is None else int(one.scaleb(deepest)) for one in found]
    return units, 10**deepest
