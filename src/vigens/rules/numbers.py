"""Numbers that are compared, and those among them that states have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules.conditions import (
    AllOf,
    Amount,
    Atom,
    Comparison,
    Ordered,
    Quantified,
    Tallied,
    Variable,
    parts_of,
)

if TYPE_CHECKING:
    from vigens.rules.conditions import Condition, Number, Term


def terms_of_number(number: Number) -> tuple[Term, ...]:
    """List the terms of a number that is no count and no sum.

    Source:
        First-order logic.
    """
    match number:
        case Tallied(_, terms):
            return terms
        case Amount(term):
            return (term,)
        case _:
            return ()


def compared_amounts(condition: Condition) -> tuple[list[Atom], Condition]:
    """Take a comparison of the numbers that states have apart.

    `best(lot) > price` is, for *some* number: `best(lot)` is the number, and the number
    is above the price.

    Returns:
        The states, each with a variable for its number, and what is asked of these; no
        state where the condition is nothing of the kind.

    Source:
        First-order logic.
    """
    match condition:
        case Quantified(
            at_least=1,
            variable=Variable(sort="number") as variable,
            body=AllOf((Atom() as state, rest)),
            guard=None,
            share=None,
            is_more=False,
        ) if state.terms[-1:] == (variable,) and variable not in state.terms[:-1]:
            inner, last = compared_amounts(rest)
            return [state, *inner], last
    return [], condition


def compares_amounts(condition: Condition) -> bool:
    """Say whether the number that a state has is compared somewhere inside.

    Source:
        First-order logic.
    """
    states, last = compared_amounts(condition)
    if states and isinstance(last, Ordered | Comparison):
        return True
    return any(compares_amounts(part) for part in parts_of(condition))
