"""Event patterns and fluents against values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules import (
    Atom,
    Comparison,
    Condition,
    Constant,
    Count,
    InState,
    Linked,
    Quantified,
    Same,
    Tallied,
    Variable,
    parts_of,
    substitute,
)

if TYPE_CHECKING:
    from vigens.rules import Fluent, Number


def bind(fluent: Fluent, atom: Atom) -> dict[str, str]:
    """Pair a fluent's parameters with a ground atom's values."""
    return {
        param.name: value
        for param, value in zip(fluent.params, atom.values, strict=True)
    }


def match_values(pattern: Atom, values: tuple[str, ...]) -> dict[str, str] | None:
    """Match an event pattern against an occurrence's values.

    Returns:
        Values of the pattern's variables, or `None` where it does not match.
    """
    if len(pattern.terms) != len(values):
        return None
    found: dict[str, str] = {}
    for term, value in zip(pattern.terms, values, strict=True):
        if isinstance(term, Variable):
            if found.setdefault(term.name, value) != value:
                return None
        elif term.value != value:
            return None
    return found


def known_values(pattern: Atom) -> tuple[str | None, ...]:
    """Give the values of an event pattern, `None` for each variable."""
    return tuple(t.value if isinstance(t, Constant) else None for t in pattern.terms)


def is_closed(condition: Condition) -> bool:
    """Say whether a condition has no variable but those of its quantifiers."""
    match condition:
        case Atom():
            return condition.is_ground
        case Quantified(variable=variable):
            parts = parts_of(condition)
            filled = [substitute(part, {variable.name: "any"}) for part in parts]
            return all(is_closed(part) for part in filled)
        case Comparison(left, _, right):
            return all(_is_closed_number(number) for number in (left, right))
        case InState(terms=terms):
            return all(isinstance(term, Constant) for term in terms)
        case Same(left, right) | Linked(left, _, right):
            return isinstance(left, Constant) and isinstance(right, Constant)
        case _:
            return all(is_closed(part) for part in parts_of(condition))


def _is_closed_number(number: Number) -> bool:
    match number:
        case Count(variable=variable, body=body):
            return is_closed(substitute(body, {variable.name: "any"}))
        case Tallied(_, terms):
            return all(isinstance(term, Constant) for term in terms)
        case _:
            return True
