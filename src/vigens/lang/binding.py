"""Which variables a pattern or condition mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules import (
    Atom,
    Comparison,
    Count,
    Edge,
    Frequency,
    Happens,
    InState,
    Linked,
    Ordered,
    Quantified,
    Same,
    Stated,
    Variable,
    numbers_in,
    parts_of,
    terms_of_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.lang.lexer import Token
    from vigens.lang.names import Names
    from vigens.rules import Condition, Number, Occurs, Term


def variables_in(occurs: Occurs) -> dict[str, Variable]:
    """List the variables of an event, or of a state's beginning or end."""
    atom = occurs.atom if isinstance(occurs, Edge) else occurs
    return {term.name: term for term in atom.terms if isinstance(term, Variable)}


def mentions(condition: Condition) -> set[str]:
    """List the variables that a condition asks about and does not range over."""
    match condition:
        case Quantified():
            return _ranging(condition)
        case Comparison():
            return {
                name for number in numbers_in(condition) for name in _of_number(number)
            }
    found = {name for part in parts_of(condition) for name in mentions(part)}
    return found | set(_named(_terms(condition)))


def check_bound(
    names: Names, token: Token, wanted: Iterable[Variable], bound: Iterable[str]
) -> None:
    """Report each variable that nothing gives a value to."""
    known = set(bound)
    for variable in wanted:
        if variable.name not in known:
            names.fault(
                "N006",
                f'"{variable.name}" stands for no particular {variable.sort} here',
                token,
                f"name one {variable.sort}, or mention it where it gets its value",
            )


def _terms(condition: Condition) -> tuple[Term, ...]:
    match condition:
        case Atom(_, terms) | InState(_, _, terms):
            return terms
        case Frequency(event=event) | Happens(event):
            return event.terms
        case Same(left, right) | Ordered(left, _, right) | Linked(left, _, right):
            return left, right
        case Stated(instrument, _, _):
            return (instrument,)
        case _:
            return ()


def _ranging(found: Quantified | Count) -> set[str]:
    inside = mentions(found.body)
    if found.guard is not None:
        inside |= mentions(found.guard)
    inside.discard(found.variable.name)
    return inside | set(_named((found.owner,)))


def _of_number(number: Number) -> set[str]:
    if isinstance(number, Count):
        return _ranging(number)
    return set(_named(terms_of_number(number)))


def _named(terms: Iterable[Term | None]) -> Iterator[str]:
    return (term.name for term in terms if isinstance(term, Variable))
