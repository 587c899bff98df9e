"""What the parts of the engine ask of one another: the tables of states and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vigens.engine.batched import Runs
    from vigens.engine.counted import Counted
    from vigens.engine.direct import Cells
    from vigens.engine.moves import Moves
    from vigens.engine.symbols import Symbols
    from vigens.engine.tables import Table
    from vigens.engine.world import World
    from vigens.model import CountSeen
    from vigens.rules import (
        Atom,
        Condition,
        Count,
        Fluent,
        Occurs,
        Quantified,
        Reading,
        Tallied,
        Variable,
    )

#: Variables that have a value where a condition stands.
Scope = frozenset["Variable"]


class Remembered(Protocol):
    """What a plan need not work out twice.

    Attributes:
        unseen: Provision to what it may bring about upon what nobody recorded.
    """

    unseen: dict[str, Moves]


class Basis(Protocol):
    """One program over one body of evidence, as far as it is worked out."""

    world: World
    zone: str
    symbols: Symbols

    @property
    def kept(self) -> Remembered:
        """What is worked out already."""

    def condition(self, condition: Condition, scope: Scope = ...) -> Table:
        """Work out a condition for every choice of values of its variables."""

    def state(self, name: str) -> Table:
        """Give where a fluent holds, for every choice of its arguments."""

    def inertial(self, name: str) -> Table:
        """Give where changes and observations alone let a fluent hold."""

    def duty(self, name: str, state: str) -> Table:
        """Give where instances of an obligation are in a state."""

    def tally(self, number: Tallied) -> Counted:
        """Give what a tally has come to, as a number in time."""

    def moves(self, event: str) -> Moves:
        """Give every occurrence of an event: recorded, or brought by a provision."""

    def recorded(self, event: str) -> Moves:
        """Give the recorded occurrences of an event that count."""

    def brought(self, event: str) -> Moves:
        """Add what provisions bring about to what is recorded."""

    def occurs(self, occurs: Occurs) -> Moves:
        """Match occurrences, beginnings or ends against a pattern."""

    def cells(self, event: Atom, variables: tuple[Variable, ...]) -> Cells | None:
        """Lay the occurrences that a pattern means into cells, where that can be."""

    def gaps(self, event: Atom, variables: Sequence[Variable]) -> Table:
        """Give where an occurrence that matches a pattern may be unrecorded."""

    def presence(self, ranging: Quantified | Count) -> Table | None:
        """Say from when a quantifier ranges over each value; `None` for always."""

    def unseen(self, ranging: Quantified | Count) -> Runs:
        """Give where a quantifier may range over a value that nobody has recorded."""

    def counted(self, condition: Quantified | Count) -> list[tuple[int, int, int]]:
        """List from when to when an anonymous count surely holds, and its number."""

    def seen_counts(self, condition: Quantified | Count) -> Iterator[CountSeen]:
        """List the anonymous counts of what a quantifier asks."""

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the readings that are chosen."""

    def choices(self, fluent: Fluent) -> tuple[dict[str, str], ...]:
        """List every choice of the readings of a fluent that the lens leaves open."""

    def under(self, readings: Mapping[str, str]) -> Basis:
        """Give the same evidence with further readings chosen."""

    def given(
        self,
        states: Mapping[str, Table],
        moves: Mapping[str, Moves] | None = None,
        duties: Mapping[tuple[str, str], Table] | None = None,
        counts: Mapping[str, Counted] | None = None,
    ) -> Basis:
        """Give the same evidence where some things are known otherwise."""
