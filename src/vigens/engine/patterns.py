"""Event patterns and fluents against values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules import (
    Atom,
    Comparison,
    Condition,
    Constant,
    Count,
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
    substitute,
    terms_of_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.rules import Change, Fluent, Number, Term


def bind(fluent: Fluent, atom: Atom) -> dict[str, str]:
    """Pair a fluent's parameters with a ground atom's values."""
    return {
        param.name: value
        for param, value in zip(fluent.params, atom.values, strict=True)
    }


def bind_own(fluent: Fluent, atom: Atom) -> dict[str, str]:
    """Pair a fluent's arguments, without the value, with a ground atom's values."""
    pairs = zip(fluent.own, atom.values, strict=False)
    return {param.name: value for param, value in pairs}


def bind_change(fluent: Fluent, change: Change, atom: Atom) -> dict[str, str] | None:
    """Pair what a rule names with a ground atom's values.

    A value is named only where the rule says that its event gives it: another variable
    of the event may bear the same name.

    Returns:
        Values by name, or `None` where the rule is about another value.

    Source:
        docs/language.md, states with values.
    """
    found = bind_own(fluent, atom)
    if not fluent.has_values or change.value is None:
        return found
    (value,) = atom.values[len(fluent.own) :]
    if isinstance(change.value, Constant):
        return found if change.value.value == value else None
    return found if found.setdefault(change.value.name, value) == value else None


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
        case Comparison():
            return all(map(_is_closed_number, numbers_in(condition)))
        case InState(terms=terms):
            return all(isinstance(term, Constant) for term in terms)
        case Same(left, right) | Ordered(left, _, right) | Linked(left, _, right):
            return isinstance(left, Constant) and isinstance(right, Constant)
        case _:
            return all(is_closed(part) for part in parts_of(condition))


def _is_closed_number(number: Number) -> bool:
    match number:
        case Count(variable=variable, body=body):
            return is_closed(substitute(body, {variable.name: "any"}))
        case _:
            return all(isinstance(term, Constant) for term in terms_of_number(number))


def variables_in(condition: Condition) -> Iterator[Variable]:
    """Walk over the variables of a condition that it does not bind itself.

    Source:
        First-order logic.
    """
    terms: Sequence[Term] = ()
    match condition:
        case Atom(_, terms) | InState(_, _, terms):
            pass
        case Frequency(event=event) | Happens(event):
            terms = event.terms
        case Same(left, right) | Ordered(left, _, right) | Linked(left, _, right):
            terms = (left, right)
        case Stated(term):
            terms = (term,)
        case Quantified():
            yield from _bound_outside(condition)
            return
        case Comparison():
            for number in numbers_in(condition):
                yield from variables_of(terms_of_number(number))
                if isinstance(number, Count):
                    yield from _bound_outside(number)
            return
    yield from variables_of(terms)
    for part in parts_of(condition):
        yield from variables_in(part)


def _bound_outside(ranging: Quantified | Count) -> Iterator[Variable]:
    if isinstance(ranging.owner, Variable):
        yield ranging.owner
    for part in (ranging.guard, ranging.body):
        if part is not None:
            yield from (v for v in variables_in(part) if v != ranging.variable)


def variables_of(terms: Sequence[Term]) -> list[Variable]:
    """List the variables among terms.

    Source:
        First-order logic.
    """
    return [term for term in terms if isinstance(term, Variable)]
