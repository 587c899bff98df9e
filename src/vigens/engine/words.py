"""Conditions in words, for a why that has no phrase to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.engine.phrases import phrase
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Comparison,
    Constant,
    Count,
    Frequency,
    Happens,
    InState,
    Linked,
    Negation,
    Ordered,
    Persisted,
    Quantified,
    Same,
    Stated,
    Tallied,
    Unstated,
    compared_amounts,
    compares_amounts,
)

if TYPE_CHECKING:
    from vigens.rules import Condition, Number, Program, Term

#: States of duties as people meet them.
STATE_WORDS = {
    "triggered": "triggered",
    "pending": "triggered, clock running",
    "performed": "performed",
    "late": "performed late",
    "overdue": "overdue, no performance recorded",
    "partly": "partly performed",
    "waived": "waived",
    "released": "released",
    "lapsed": "lapsed",
    "excused": "excused",
    "suspended": "suspended",
    "alleged": "breach alleged",
    "found": "breach found",
    "remedied": "remedied",
}


def describe(program: Program, condition: Condition) -> str:
    """Say a condition in words.

    Args:
        program: Where its names are declared.
        condition: Any; variables show as `some …`.

    Source:
        The declaring pages; docs/language.md.
    """
    match condition:
        case Atom():
            return phrase(program, condition)
        case Negation(inner):
            return f"not: {describe(program, inner)}"
        case AllOf(parts):
            return " and ".join(describe(program, part) for part in parts)
        case AnyOf(parts):
            return " or ".join(describe(program, part) for part in parts)
        case Quantified() if compares_amounts(condition):
            return _amounts(program, condition)
        case Quantified():
            who = amount_of(program, condition)
            return f"{who}: {describe(program, condition.body)}"
        case Comparison(left, relation, right):
            sides = (_number(program, left), relation, _number(program, right))
            return " ".join(sides)
        case Persisted(body, amount, unit):
            return f"{describe(program, body)}, for {amount} {_plural(unit, amount)}"
        case _:
            return _leaf(program, condition)


def _amounts(program: Program, condition: Quantified) -> str:
    """Say which numbers are compared: "the best bid for l1 > 5"."""
    states, last = compared_amounts(condition)
    if not isinstance(last, Ordered):
        return f"{amount_of(program, condition)}: {describe(program, condition.body)}"
    words = {state.terms[-1]: phrase(program, state) for state in states}
    sides = (words.get(t) or _term(program, t) for t in (last.left, last.right))
    return f" {last.relation} ".join(sides)


def _leaf(program: Program, condition: Condition) -> str:
    match condition:
        case Frequency(at_least, event, amount, unit):
            times = f"at least {at_least} times in {amount} {_plural(unit, amount)}"
            return f"{phrase(program, event)}: {times}"
        case Happens(event):
            return f"{phrase(program, event)} at that very instant"
        case Same(left, right):
            return f"{_term(program, left)} is {_term(program, right)}"
        case Ordered(left, relation, right):
            sides = (_term(program, left), relation, _term(program, right))
            return " ".join(sides)
        case Linked(left, relation, right):
            return f"{_term(program, left)} {relation} {_term(program, right)}"
        case InState(state, duty, terms):
            who = ", ".join(_term(program, term) for term in terms)
            title = program.obligations[duty].title
            return f"{title} ({who}): {STATE_WORDS.get(state, state)}"
        case Stated(instrument, key, value):
            return f"{_term(program, instrument)} says of its {key}: {value}"
        case Unstated(what):
            return f"the text leaves open {what}"
        case _:
            return str(condition)


def amount_of(program: Program, condition: Quantified) -> str:
    """Say whom a quantifier asks for, and how many of them.

    Source:
        docs/language.md, conditions.
    """
    sort = condition.variable.sort
    of = sort
    if condition.weights is not None:
        of = f"{program.weights[condition.weights].title} of {sort}"
    if condition.guard is not None:
        of = f"{of} ({describe(program, condition.guard)})"
    least = "more than" if condition.is_more else "at least"
    if condition.share is not None:
        return f"{least} {condition.share[0]}/{condition.share[1]} of {of}"
    if condition.at_least is None:
        return f"each {of}"
    return f"{least} {condition.at_least} {of}"


def _number(program: Program, number: Number) -> str:
    match number:
        case Count():
            body = describe(program, number.body)
            return f"number of {number.variable.sort} with {body}"
        case Tallied(tally, terms):
            said = f" ({', '.join(_term(program, term) for term in terms)})"
            return program.tallies[tally].title + (said if terms else "")
        case _:
            return str(number)


def _term(program: Program, term: Term) -> str:
    if isinstance(term, Constant):
        return program.title_of(term.value)
    return f"some {term.sort}"


def _plural(unit: str, amount: int) -> str:
    return unit if amount == 1 else f"{unit}s"
