"""Which answers some change of evidence may touch: names with patterns of values.

`late.touched_nodes` says which states may change; here it is said for which values of
their arguments. Wherever the rules join values in a way that is not seen at a glance,
every value is meant: too much is touched rather than too little.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.engine.late import touched_nodes
from vigens.engine.order import Order
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Constant,
    Edge,
    Negation,
    Quantified,
    Stated,
    Unstated,
    atoms_in,
    events_in,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.model import Happening
    from vigens.rules import Condition, Fluent, Program

#: Values of the arguments; `None` for any.
Pattern = tuple[str | None, ...]

_PLAIN = (Atom, Negation, AllOf, AnyOf, Quantified, Stated, Unstated)

#: More patterns than these of one state are every value of it.
MOST_PATTERNS = 256


@dataclass(frozen=True, slots=True)
class Changed:
    """What of the evidence is otherwise.

    Attributes:
        happenings: Occurrences that came, went, or are believed otherwise.
        looks: Events for which one looked elsewhere than before.
        sightings: Fluent to the values for which it was observed otherwise.
        is_counted: Whether anonymous counts are otherwise.
    """

    happenings: Sequence[Happening] = ()
    looks: frozenset[str] = frozenset()
    sightings: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    is_counted: bool = False


class Touched:
    """What some change of evidence may touch.

    Source:
        Design, section 4.6: late entries re-evaluate what they touch.
    """

    def __init__(self, program: Program, changed: Changed) -> None:
        """Follow a change through the rules.

        Args:
            program: The rules.
            changed: What is otherwise.
        """
        self._program = program
        self._is_counted = changed.is_counted
        self._events: dict[str, set[Pattern]] = {
            name: {(None,) * len(program.events[name].params)} for name in changed.looks
        }
        for one in changed.happenings:
            self._events.setdefault(one.event, set()).add(one.values)
        self._fluents: dict[str, set[Pattern]] = {
            name: set(found) for name, found in changed.sightings.items()
        }
        order = Order(program)
        self._nodes = touched_nodes(
            order,
            self._events,
            states=changed.sightings,
            is_counted=changed.is_counted,
        )
        self._below = order.rests
        self._follow()

    def touches(self, atom: Atom) -> bool:
        """Say whether the answer to a ground atom may change.

        Source:
            Design, section 4.6.
        """
        patterns = self._fluents.get(atom.name)
        if patterns is None:
            return atom.name in self._nodes
        return any(_fits(pattern, atom.values) for pattern in patterns)

    def _follow(self) -> None:
        """Go round until nothing more is touched."""
        names = [name for name in self._program.fluents if name in self._nodes]
        is_more = True
        while is_more:
            is_more = False
            for name in names:
                known = self._fluents.setdefault(name, set())
                found = self._patterns(self._program.fluents[name]) | known
                if len(found) > MOST_PATTERNS:
                    found = {_anything(self._program.fluents[name])} | known
                if found != known and not any(_is_any(one) for one in known):
                    self._fluents[name] = found
                    is_more = True

    def _patterns(self, fluent: Fluent) -> set[Pattern]:
        """Give for which values a state may change by what is touched so far."""
        read = list(_read(fluent))
        named = {atom.name for atom, _, is_event in read if not is_event}
        for node in self._below.get(fluent.name, ()):
            if node in self._nodes and node not in named:
                return {_anything(fluent)}  # by way of a duty, tally, power, provision
        if not _is_plain(fluent) or self._counts_anew(fluent):
            return {_anything(fluent)}
        found: set[Pattern] = set()
        for atom, hidden, is_event in read:
            touched = self._events if is_event else self._fluents
            for pattern in touched.get(atom.name, ()):
                bound = _bound(atom, pattern)
                if bound is not None:
                    found.add(
                        tuple(
                            None if p.name in hidden else bound.get(p.name)
                            for p in fluent.params
                        )
                    )
        return found

    def _counts_anew(self, fluent: Fluent) -> bool:
        """Say whether a state counts what may be otherwise, or may have one value more."""
        return any(
            self._is_counted or self._program.sorts[sort].is_open
            for condition in _conditions(fluent)
            for sort in _ranged(condition)
        )


def _is_plain(fluent: Fluent) -> bool:
    """Say whether a state joins values by nothing but the names of variables."""
    if fluent.has_values or fluent.lasting:
        return False
    waiting = list(_conditions(fluent))
    while waiting:
        condition = waiting.pop()
        if not isinstance(condition, _PLAIN):
            return False
        waiting += parts_of(condition)
    return True


def _anything(fluent: Fluent) -> Pattern:
    return (None,) * len(fluent.params)


def _is_any(pattern: Pattern) -> bool:
    return all(value is None for value in pattern)


def _fits(pattern: Pattern, values: Sequence[str]) -> bool:
    return all(
        wanted is None or wanted == value
        for wanted, value in zip(pattern, values, strict=True)
    )


def _bound(atom: Atom, pattern: Pattern) -> dict[str, str | None] | None:
    """Match a pattern against an atom of a rule; nothing where it cannot be meant."""
    bound: dict[str, str | None] = {}
    for term, value in zip(atom.terms, pattern, strict=True):
        if value is None:
            continue
        if isinstance(term, Constant):
            if value != term.value:
                return None
        elif bound.setdefault(term.name, value) != value:
            return None
    return bound


def _conditions(fluent: Fluent) -> Iterator[Condition]:
    for change in (*fluent.initiated, *fluent.terminated):
        if change.when is not None:
            yield change.when
    yield from (held.condition for held in fluent.held)


def _read(fluent: Fluent) -> Iterator[tuple[Atom, frozenset[str], bool]]:
    """List the atoms that a state reads, with names that mean something else there."""
    for change in (*fluent.initiated, *fluent.terminated):
        if isinstance(change.event, Edge):
            yield change.event.atom, frozenset(), False
        elif isinstance(change.event, Atom):
            yield change.event, frozenset(), True
    for condition in _conditions(fluent):
        hidden = frozenset(_quantified(condition))
        yield from ((atom, hidden, False) for atom in atoms_in(condition))
        yield from ((atom, hidden, True) for atom in events_in(condition))


def _quantified(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Quantified):
        yield condition.variable.name
    for part in parts_of(condition):
        yield from _quantified(part)


def _ranged(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Quantified):
        yield condition.variable.sort
    for part in parts_of(condition):
        yield from _ranged(part)
