"""Numbers as sources mean them: exactly so many, more, less, about."""

from __future__ import annotations

from typing import Any

from vigens.base import Joined, Message, Numbered


def quantity_words(number: int, comparison: str, unit: str = "") -> str:
    """Say a number with how it is meant, and of what it is.

    Args:
        number: As given.
        comparison: A code of the codebook's `comparisons`.
        unit: As the source names it.
    """
    given = Numbered(number)
    said: dict[str, Message] = {
        "more_than": Message("more than {n}", n=given),
        "at_least": Message("at least {n}", n=given),
        "less_than": Message("less than {n}", n=given),
        "up_to": Message("up to {n}", n=given),
        "about": Message("about {n}", n=given),
    }
    words = said.get(comparison, given)
    return Joined(" ", (words, unit)) if unit else words


def read_quantity(quantity: Any) -> str:
    """Say the quantity of an entry; nothing where it gives no number."""
    if not hasattr(quantity, "get") or quantity.get("number") is None:
        return ""
    comparison = str(quantity.get("comparison") or "eq")
    unit = str(quantity.get("unit") or "")
    return quantity_words(quantity["number"], comparison, unit)
