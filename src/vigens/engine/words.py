"""Conditions in words, for a why that has no phrase to quote."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.engine.phrases import phrase, term_words
from vigens.rules import (
    Added,
    AllOf,
    Amount,
    AnyOf,
    Atom,
    Comparison,
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
    from collections.abc import Mapping, Sequence

    from vigens.rules import Condition, Number, Program, Term

#: States of duties as people meet them.
STATE_WORDS = {
    "triggered": Message("triggered"),
    "pending": Message("triggered, clock running"),
    "performed": Message("performed"),
    "late": Message("performed late"),
    "overdue": Message("overdue, no performance recorded"),
    "partly": Message("partly performed"),
    "waived": Message("waived"),
    "released": Message("released"),
    "lapsed": Message("lapsed"),
    "excused": Message("excused"),
    "suspended": Message("suspended"),
    "alleged": Message("breach alleged"),
    "found": Message("breach found"),
    "remedied": Message("remedied"),
}


_UNITS = {
    "second": (Message("second"), Message("seconds")),
    "minute": (Message("minute"), Message("minutes")),
    "hour": (Message("hour"), Message("hours")),
    "day": (Message("day"), Message("days")),
    "week": (Message("week"), Message("weeks")),
    "month": (Message("month"), Message("months")),
    "year": (Message("year"), Message("years")),
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
            return Message("not: {text}", text=describe(program, inner))
        case AllOf(parts):
            return _together("{a} and {b}", [describe(program, p) for p in parts])
        case AnyOf(parts):
            return _together("{a} or {b}", [describe(program, p) for p in parts])
        case Quantified() if compares_amounts(condition):
            return _amounts(program, condition)
        case Quantified():
            who = amount_of(program, condition)
            return Joined(": ", (who, describe(program, condition.body)))
        case Comparison():
            return _compared(program, condition, {})
        case Persisted(body, amount, unit):
            said = "{text}, for {amount} {unit}"
            text, units = describe(program, body), unit_words(unit, amount)
            return Message(said, text=text, amount=amount, unit=units)
        case _:
            return _leaf(program, condition)


def _amounts(program: Program, condition: Quantified) -> str:
    """Say which numbers are compared: "the best bid for l1 > 5"."""
    states, last = compared_amounts(condition)
    words = {state.terms[-1]: phrase(program, state) for state in states}
    if isinstance(last, Comparison):
        return _compared(program, last, words)
    if not isinstance(last, Ordered):
        who = amount_of(program, condition)
        return Joined(": ", (who, describe(program, condition.body)))
    sides = (words.get(t) or term_words(program, t) for t in (last.left, last.right))
    return Joined(f" {last.relation} ", sides)


def _together(template: str, texts: Sequence[str]) -> str:
    """Join texts by the same word."""
    said, *rest = texts
    for text in rest:
        said = Message(template, a=said, b=text)
    return said


def _leaf(program: Program, condition: Condition) -> str:
    match condition:
        case Frequency(at_least, event, amount, unit):
            return Message(
                "{text}: at least {n} times in {amount} {unit}",
                text=phrase(program, event),
                n=at_least,
                amount=amount,
                unit=unit_words(unit, amount),
            )
        case Happens(event):
            said = "{text} at that very instant"
            return Message(said, text=phrase(program, event))
        case Same(left, right):
            a, b = term_words(program, left), term_words(program, right)
            return Message("{a} is {b}", a=a, b=b)
        case Ordered(left, relation, right):
            a, b = term_words(program, left), term_words(program, right)
            return Joined(f" {relation} ", (a, b))
        case Linked(left, relation, right):
            a, b = term_words(program, left), term_words(program, right)
            return Joined(" ", (a, Message(relation), b))
        case InState(state, duty, terms):
            return Message(
                "{title} ({who}): {state}",
                title=program.obligations[duty].title,
                who=Joined(", ", (term_words(program, term) for term in terms)),
                state=STATE_WORDS.get(state, state),
            )
        case Stated(instrument, key, value):
            return Message(
                "{title} says of its {key}: {value}",
                title=term_words(program, instrument),
                key=Message(key),
                value=Message(value),
            )
        case Unstated(what):
            return Message("the text leaves open {what}", what=Message(what))
        case _:
            return str(condition)


def amount_of(program: Program, condition: Quantified) -> str:
    """Say whom a quantifier asks for, and how many of them.

    Source:
        docs/language.md, conditions.
    """
    sort: str = Message(condition.variable.sort)
    if condition.weights is not None:
        title = program.weights[condition.weights].title
        sort = Message("{title} of {sort}", title=title, sort=sort)
    if condition.guard is not None:
        guard = describe(program, condition.guard)
        sort = Message("{sort} ({guard})", sort=sort, guard=guard)
    least = "more than {n} of {sort}" if condition.is_more else "at least {n} of {sort}"
    if condition.share is not None:
        return Message(least, n="/".join(map(str, condition.share)), sort=sort)
    if condition.at_least is None:
        return Message("each {sort}", sort=sort)
    least = "more than {n} {sort}" if condition.is_more else "at least {n} {sort}"
    return Message(least, n=condition.at_least, sort=sort)


def _compared(program: Program, compared: Comparison, words: Mapping[Term, str]) -> str:
    sides = (_number(program, side, words) for side in (compared.left, compared.right))
    return Joined(f" {compared.relation} ", sides)


def _sum(program: Program, added: Added, words: Mapping[Term, str]) -> str:
    """Say a sum: "what A has drawn - 80% of what A has paid"."""
    said: str = ""
    for above, below, number in added.parts:
        part = _number(program, number, words)
        if (abs(above), below) != (1, 1):
            share = Fraction(abs(above), below)
            part = Joined(" × ", (str(share), part))
        sign = " - " if above < 0 else " + "
        said = Joined(sign, (said, part)) if said else part
    return said


def _number(program: Program, number: Number, words: Mapping[Term, str]) -> str:
    match number:
        case Added():
            return _sum(program, number, words)
        case Amount(term):
            return words.get(term) or term_words(program, term)
        case Count():
            return Message(
                "number of {sort} with {text}",
                sort=Message(number.variable.sort),
                text=describe(program, number.body),
            )
        case Tallied(tally, terms):
            return _tally_words(program, tally, terms)
        case _:
            return str(number)


def _tally_words(program: Program, tally: str, terms: Sequence[Term]) -> str:
    """Say a tally by its title; arguments that it does not speak of stand behind it."""
    declared = program.tallies[tally]
    words = {
        param.name: term_words(program, term)
        for param, term in zip(declared.params, terms, strict=False)
    }
    title, said = declared.title, []
    for name, text in words.items():
        slot = "{" + name + "}"
        if slot in title:
            title = title.replace(slot, text)
        else:
            said.append(text)
    if not said:
        return title
    return Message("{title} ({terms})", title=title, terms=Joined(", ", said))


def group_words(
    words: Sequence[str], most: int, sort: str, numbers: tuple[int, int, int]
) -> Message:
    """Say that some of a group would do.

    Args:
        words: Each of the group.
        most: So many are named.
        sort: What they are.
        numbers: How many are wanted of them, how many are needed in all, how many
            there are.

    Source:
        Design, section 4.5: symbolically where many would do.
    """
    listed: str = Joined(", ", words[:most])
    if len(words) > most:
        n_more = len(words) - most
        listed = Message("{list}, and {number} more", list=listed, number=n_more)
    wanted, least, n = numbers
    said = "any {wanted} of these {n} ({sort}): {list}"
    if wanted < least:
        said = "{wanted} short of {least}: any {wanted} of these {n} ({sort}): {list}"
    return Message(
        said, wanted=wanted, least=least, n=n, sort=Message(sort), list=listed
    )


def unit_words(unit: str, amount: int) -> Message:
    """Name a unit of time, one or several.

    Source:
        docs/language.md, durations.
    """
    return _UNITS[unit][amount != 1]
