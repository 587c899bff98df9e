"""Filling the variables of conditions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from vigens.rules.conditions import (
    Added,
    AllOf,
    Amount,
    AnyOf,
    Atom,
    Comparison,
    Constant,
    Count,
    Edge,
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
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.rules.conditions import Condition, Number, Occurs, Term


def substitute(condition: Condition, binding: Mapping[str, str]) -> Condition:
    """Fill variables by values; those not named stay.

    Source:
        First-order logic; a quantifier's own variable is not filled.
    """
    match condition:
        case Atom():
            return substitute_atom(condition, binding)
        case Negation(inner):
            return Negation(substitute(inner, binding))
        case AllOf(parts):
            return AllOf(tuple(substitute(part, binding) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(substitute(part, binding) for part in parts))
        case Quantified():
            return _substitute_ranging(condition, binding)
        case Comparison(left, relation, right):
            return Comparison(
                _substitute_number(left, binding),
                relation,
                _substitute_number(right, binding),
            )
        case Persisted(body, amount, unit):
            return Persisted(substitute(body, binding), amount, unit)
        case Unstated(what):
            for name, value in binding.items():
                what = what.replace("{" + name + "}", value)
            return Unstated(what)
        case _:
            return _substitute_leaf(condition, binding)


def _substitute_leaf(condition: Condition, binding: Mapping[str, str]) -> Condition:
    """Fill the terms of a condition that has no condition inside."""
    match condition:
        case Frequency():
            return replace(condition, event=substitute_atom(condition.event, binding))
        case Happens(event):
            return Happens(substitute_atom(event, binding))
        case Same(left, right):
            return Same(fill(left, binding), fill(right, binding))
        case Ordered(left, relation, right):
            return Ordered(fill(left, binding), relation, fill(right, binding))
        case Linked(left, relation, right):
            return Linked(fill(left, binding), relation, fill(right, binding))
        case InState(state, duty, terms):
            return InState(state, duty, tuple(fill(term, binding) for term in terms))
        case Stated(instrument, key, value):
            return Stated(fill(instrument, binding), key, value)
        case _:
            return condition


_Ranging = TypeVar("_Ranging", Quantified, Count)


def _substitute_ranging(ranging: _Ranging, binding: Mapping[str, str]) -> _Ranging:
    """Fill what a quantifier or a count is about, but not what it ranges over."""
    below = {k: v for k, v in binding.items() if k != ranging.variable.name}
    guard = ranging.guard
    return replace(
        ranging,
        owner=None if ranging.owner is None else fill(ranging.owner, binding),
        guard=None if guard is None else substitute(guard, below),
        body=substitute(ranging.body, below),
    )


def _substitute_number(number: Number, binding: Mapping[str, str]) -> Number:
    match number:
        case Count():
            return _substitute_ranging(number, binding)
        case Tallied(tally, terms):
            return Tallied(tally, tuple(fill(term, binding) for term in terms))
        case Amount(term):
            return Amount(fill(term, binding))
        case Added(parts):
            filled = ((a, b, _substitute_number(n, binding)) for a, b, n in parts)
            return Added(tuple(filled))
        case _:
            return number


def substitute_atom(atom: Atom, binding: Mapping[str, str]) -> Atom:
    """Fill the variables of one atom.

    Source:
        First-order logic.
    """
    if not atom.terms or not binding:
        return atom
    return Atom(atom.name, tuple([fill(term, binding) for term in atom.terms]))


def substitute_occurs(occurs: Occurs, binding: Mapping[str, str]) -> Occurs:
    """Fill the variables of an event, or of a beginning or end.

    Source:
        First-order logic.
    """
    if isinstance(occurs, Edge):
        return Edge(substitute_atom(occurs.atom, binding), occurs.is_begin)
    return substitute_atom(occurs, binding)


def fill(term: Term, binding: Mapping[str, str]) -> Term:
    """Fill one term where it is a variable that is named.

    Source:
        First-order logic.
    """
    if isinstance(term, Variable) and term.name in binding:
        return Constant(binding[term.name])
    return term
