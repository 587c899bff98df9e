"""Amounts as people state them: exact, a bound, rough, or not disclosed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, Numbered

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Amount:
    """How much, as far as it is known.

    Attributes:
        low: At least so much.
        high: At most so much; `None` where nothing bounds it.
        is_rough: Whether a number in it is only “about”.
    """

    low: int
    high: int | None
    is_rough: bool = False

    @property
    def words(self) -> str:
        """Say it: `1 000`, `about 200`, `5 to 8`, `200 or more`."""
        low, high = Numbered(self.low), Numbered(self.high or 0)
        if self.high is None and not self.low:
            return Message("any number")
        if self.high is None:
            rough = Message("about {low} or more", low=low)
            return rough if self.is_rough else Message("{low} or more", low=low)
        if self.high == self.low:
            return Message("about {low}", low=low) if self.is_rough else low
        if not self.low:
            rough = Message("up to about {high}", high=high)
            return rough if self.is_rough else Message("up to {high}", high=high)
        rough = Message("about {low} to {high}", low=low, high=high)
        return (
            rough if self.is_rough else Message("{low} to {high}", low=low, high=high)
        )


def read_amount(number: int, comparison: str) -> Amount:
    """Read a number with its comparison, as entries write them.

    Numbers are whole: more than 5 is at least 6.
    """
    if comparison == "more_than":
        return Amount(number + 1, None)
    if comparison == "at_least":
        return Amount(number, None)
    if comparison == "less_than":
        return Amount(0, max(0, number - 1))
    if comparison == "up_to":
        return Amount(0, number)
    return Amount(number, number, is_rough=comparison == "about")


def add(amounts: Iterable[Amount]) -> Amount:
    """Add what different parties offer; what one leaves unbounded, the sum does."""
    low, high, is_rough = 0, 0, False
    unbounded = False
    for one in amounts:
        low += one.low
        is_rough = is_rough or one.is_rough
        if one.high is None:
            unbounded = True
        else:
            high += one.high
    return Amount(low, None if unbounded else high, is_rough)


def span_of(amounts: Iterable[Amount]) -> Amount | None:
    """Give the range that several claims of one thing leave; nothing for no claim."""
    found = list(amounts)
    if not found:
        return None
    highs = [one.high for one in found]
    high = None if None in highs else max(one for one in highs if one is not None)
    return Amount(
        min(one.low for one in found), high, any(one.is_rough for one in found)
    )


def gap_between(need: Amount, offer: Amount, *, is_open: bool) -> Amount:
    """Say how much of a need is not met, as a range.

    Args:
        need: How much is needed.
        offer: How much is offered.
        is_open: Whether further offers are not disclosed: then the gap may be none.
    """
    low = 0 if offer.high is None or is_open else max(0, need.low - offer.high)
    high = None if need.high is None else max(0, need.high - offer.low)
    return Amount(low, high, need.is_rough or offer.is_rough)
