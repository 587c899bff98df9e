"""Conditions: what a rule asks of a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Variable:
    """A place to be filled, of one sort."""

    name: str
    sort: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Constant:
    """A named party, component, instrument or other value."""

    value: str

    def __str__(self) -> str:
        plain = all(sign.isalnum() or sign in "_.:-" for sign in self.value)
        return self.value if plain else f'"{self.value}"'


Term = Variable | Constant


@dataclass(frozen=True, slots=True)
class Atom:
    """A fluent or an event, said of terms."""

    name: str
    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        if not self.terms:
            return self.name
        return f"{self.name}({', '.join(map(str, self.terms))})"

    @property
    def is_ground(self) -> bool:
        """Say whether no variable is left."""
        return all(isinstance(term, Constant) for term in self.terms)

    @property
    def values(self) -> tuple[str, ...]:
        """Give the terms as strings; only meaningful where the atom is ground."""
        return tuple(str(getattr(term, "value", term)) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Negation:
    """It is not so that."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Quantified:
    """Some, each or at least n of a sort.

    Attributes:
        at_least: How many must satisfy the body; `None` means each.
        variable: What ranges.
        owner: For `component of I`: the instrument whose components are meant.
        body: What is asked of each.
    """

    at_least: int | None
    variable: Variable
    owner: Term | None
    body: Condition


@dataclass(frozen=True, slots=True)
class Stated:
    """What an instrument says of itself: one of its keys has a value."""

    instrument: Term
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Unstated:
    """What a text leaves open: neither true nor false, with that cause."""

    what: str


Condition = Atom | Negation | AllOf | AnyOf | Quantified | Stated | Unstated


def atoms_in(condition: Condition) -> Iterator[Atom]:
    """Walk over every atom of a condition, in order of writing.

    Source:
        First-order logic.
    """
    match condition:
        case Atom():
            yield condition
        case Negation(inner):
            yield from atoms_in(inner)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from atoms_in(part)
        case Quantified():
            yield from atoms_in(condition.body)
        case Stated() | Unstated():
            return


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
        case Quantified(at_least, variable, owner, body):
            below = {k: v for k, v in binding.items() if k != variable.name}
            filled = None if owner is None else _fill(owner, binding)
            return Quantified(at_least, variable, filled, substitute(body, below))
        case Stated(instrument, key, value):
            return Stated(_fill(instrument, binding), key, value)
        case Unstated(what):
            for name, value in binding.items():
                what = what.replace("{" + name + "}", value)
            return Unstated(what)


def substitute_atom(atom: Atom, binding: Mapping[str, str]) -> Atom:
    """Fill the variables of one atom.

    Source:
        First-order logic.
    """
    return Atom(atom.name, tuple(_fill(term, binding) for term in atom.terms))


def _fill(term: Term, binding: Mapping[str, str]) -> Term:
    if isinstance(term, Variable) and term.name in binding:
        return Constant(binding[term.name])
    return term
