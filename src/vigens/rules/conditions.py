"""Conditions: what a rule asks of a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        return tuple(
            [
                term.value if isinstance(term, Constant) else str(term)
                for term in self.terms
            ]
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """The instant at which a state begins to hold, or ceases to.

    A state that holds from the outset does not begin then.

    Attributes:
        atom: The fluent, with variables or constants.
        is_begin: Begins, or else ends.
    """

    atom: Atom
    is_begin: bool

    def __str__(self) -> str:
        return f"{'begins' if self.is_begin else 'ends'} {self.atom}"


#: What may move a state: an event, or another state's beginning or end.
Occurs = Atom | Edge


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
    """Some, each, at least n, or at least a share of a sort.

    Attributes:
        at_least: How many must satisfy the body, or how much weight they must have;
            `None` means each. Not read where there is a share.
        variable: What ranges.
        owner: For `component of I`: the instrument whose components are meant.
        body: What is asked of each.
        guard: Whom the variable ranges over, besides its sort (`in member(group)`);
            membership may change in time and be itself uncertain.
        share: At least p of q parts of those that it ranges over, as (p, q). Where it
            ranges over nobody a share is not reached.
        is_more: More than the share or the number, not at least that.
        weights: Declared weights that are added up in place of heads.
    """

    at_least: int | None
    variable: Variable
    owner: Term | None
    body: Condition
    guard: Condition | None = None
    share: tuple[int, int] | None = None
    is_more: bool = False
    weights: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a sort satisfy a condition, or what they weigh together."""

    variable: Variable
    owner: Term | None
    body: Condition
    guard: Condition | None = None
    weights: str | None = None


@dataclass(frozen=True, slots=True)
class Tallied:
    """The number that a declared tally has come to."""

    tally: str
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that an event carries or a state has, among other numbers."""

    term: Term


@dataclass(frozen=True, slots=True)
class Added:
    """Several numbers added up or taken away, or shares of them.

    Attributes:
        parts: Each with a share, numerator and denominator; below 0 it is taken away.
    """

    parts: tuple[tuple[int, int, Number], ...]


#: A whole number, or something that comes to one.
Number = int | Count | Tallied | Amount | Added


@dataclass(frozen=True, slots=True)
class Comparison:
    """One number is `>=`, `>`, `<=`, `<` or `=` another."""

    left: Number
    relation: str
    right: Number


@dataclass(frozen=True, slots=True)
class Frequency:
    """At least n occurrences of an event lie in the window that ends now.

    An occurrence at `t` counts on `[t, t + window)`. Variables of the event that are
    bound nowhere else stand for whatever occurs.

    Attributes:
        at_least: How many occurrences.
        event: The event with variables or constants.
        amount: Length of the window.
        unit: Unit of the amount.
    """

    at_least: int
    event: Atom
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Persisted:
    """A condition has held without a break for at least so long."""

    body: Condition
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Happens:
    """An event occurs at the very instant of the change; only inside `when`."""

    event: Atom


@dataclass(frozen=True, slots=True)
class Same:
    """Two terms are one and the same value."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Ordered:
    """Of two terms that are numbers, one is `>=`, `>`, `<=`, `<` or `=` the other."""

    left: Term
    relation: str
    right: Term


@dataclass(frozen=True, slots=True)
class Linked:
    """One text says of itself that it stands in a relation to another.

    Attributes:
        left: The instrument that says so.
        relation: `in addition to`, `prevails over`, `implements`, `replaces`,
            `draft of`.
        right: The other instrument.
    """

    left: Term
    relation: str
    right: Term


@dataclass(frozen=True, slots=True)
class InState:
    """An instance of an obligation is in a state.

    Attributes:
        state: `triggered`, `pending`, `performed`, `late`, `overdue`, `partly`,
            `waived`, `released`, `lapsed`, `excused`, `suspended`, `alleged`,
            `found` or `remedied`.
        duty: Name of the obligation.
        terms: The obligor, then the values of its other parameters in order.
    """

    state: str
    duty: str
    terms: tuple[Term, ...]


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


Condition = (
    Atom
    | Negation
    | AllOf
    | AnyOf
    | Quantified
    | Comparison
    | Frequency
    | Persisted
    | Happens
    | Same
    | Ordered
    | Linked
    | InState
    | Stated
    | Unstated
)


def atoms_in(condition: Condition) -> Iterator[Atom]:
    """Walk over every fluent of a condition, in order of writing.

    Source:
        First-order logic.
    """
    if isinstance(condition, Atom):
        yield condition
    for part in parts_of(condition):
        yield from atoms_in(part)


def events_in(condition: Condition) -> Iterator[Atom]:
    """Walk over every event that a condition mentions, in order of writing.

    Source:
        First-order logic.
    """
    if isinstance(condition, Frequency | Happens):
        yield condition.event
    for part in parts_of(condition):
        yield from events_in(part)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """List the conditions directly inside a condition, in order of writing.

    Source:
        First-order logic.
    """
    match condition:
        case Negation(inner):
            return (inner,)
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Quantified(body=body, guard=guard):
            return (body,) if guard is None else (guard, body)
        case Persisted(body=body):
            return (body,)
        case Comparison():
            return tuple(
                part
                for number in numbers_in(condition)
                if isinstance(number, Count)
                for part in (number.guard, number.body)
                if part is not None
            )
        case _:
            return ()


def numbers_in(compared: Comparison | Number) -> Iterator[Number]:
    """Walk over the numbers that are compared, each part of a sum by itself.

    Source:
        Arithmetic.
    """
    match compared:
        case Comparison(left, _, right):
            yield from numbers_in(left)
            yield from numbers_in(right)
        case Added(parts):
            for _, _, number in parts:
                yield from numbers_in(number)
        case _:
            yield compared
