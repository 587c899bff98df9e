"""What a plan has worked out so far, and what of it survives further evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vigens.engine.columns import IntervalColumns, Shown
    from vigens.engine.counted import Counted
    from vigens.engine.direct import Cells
    from vigens.engine.moves import Moves
    from vigens.engine.order import Order
    from vigens.engine.standing import Standing
    from vigens.engine.tables import Table
    from vigens.engine.tallies import Tallying
    from vigens.rules import Atom, Condition, Obligation, Program, Variable


@dataclass(slots=True)
class Kept:
    """Tables and moves of one plan.

    Attributes:
        done: Groups of the order of evaluation that are worked out.
        states: Fluent to where it holds.
        inertial: Fluent to where changes and observations alone let it hold.
        recorded: Event without powers to its recorded occurrences.
        powered: Event with powers to the occurrences that they let come about.
        moves: Event to every occurrence.
        duties: Obligation and state to where instances are in it.
        tallying: Tally to what it counts.
        standing: Obligation to where its instances stand.
        closed: Quantified condition without variables to where it holds.
        columns: Fluent, or obligation and state, to its intervals as columns.
        counts: Tally to what it has come to, where that is given.
        cells: Pattern of an event, and variables, to its first occurrences; `None`
            where they are not laid into cells.
        unseen: Provision to what it may bring about upon what nobody recorded.
    """

    done: set[int] = field(default_factory=set)
    states: dict[str, Table] = field(default_factory=dict)
    inertial: dict[str, Table] = field(default_factory=dict)
    recorded: dict[str, Moves] = field(default_factory=dict)
    powered: dict[str, Moves] = field(default_factory=dict)
    moves: dict[str, Moves] = field(default_factory=dict)
    duties: dict[tuple[str, str], Table] = field(default_factory=dict)
    tallying: dict[str, Tallying] = field(default_factory=dict)
    standing: dict[Obligation, Standing] = field(default_factory=dict)
    closed: dict[Condition, Table] = field(default_factory=dict)
    columns: dict[tuple[str, str | None, Shown], IntervalColumns] = field(
        default_factory=dict
    )
    counts: dict[str, Counted] = field(default_factory=dict)
    cells: dict[tuple[Atom, tuple[Variable, ...]], Cells | None] = field(
        default_factory=dict
    )
    unseen: dict[str, Moves] = field(default_factory=dict)

    def given(
        self,
        states: Mapping[str, Table],
        moves: Mapping[str, Moves],
        duties: Mapping[tuple[str, str], Table],
        counts: Mapping[str, Counted],
    ) -> Kept:
        """Give what is worked out already, and some things that are known otherwise.

        Args:
            states: Fluent to its table.
            moves: Event to its occurrences.
            duties: Obligation and state to where instances are in it.
            counts: Tally to what it has come to.

        Source:
            Design, section 4.6: what lies outside a circle is worked out once.
        """
        return Kept(
            done=set(self.done),
            states={**self.states, **states},
            recorded=self.recorded,  # the same evidence
            moves={**self.moves, **moves},
            duties={**self.duties, **duties},
            counts={**counts},
            cells=self.cells,  # the same evidence
        )

    def untouched(
        self,
        order: Order,
        program: Program,
        events: Collection[str],
        touched: frozenset[str],
    ) -> Kept:
        """Give what further occurrences of some events leave as it is.

        Args:
            order: Of evaluation.
            program: The rules.
            events: Of which there are further occurrences.
            touched: Nodes that may change.

        Source:
            Design, section 4.6: late entries re-evaluate what they touch.
        """

        def is_left(event: str) -> bool:
            return event not in events and f"event:{event}" not in touched

        def is_still(event: str) -> bool:
            powers = program.events[event].powers
            return is_left(event) and all(p.condition is None for p in powers)

        return Kept(
            done={at for at in self.done if not touched & set(order.groups[at])},
            states={n: t for n, t in self.states.items() if n not in touched},
            inertial={n: t for n, t in self.inertial.items() if n not in touched},
            powered={n: m for n, m in self.powered.items() if is_still(n)},
            moves={n: m for n, m in self.moves.items() if is_still(n)},
            duties={
                key: table
                for key, table in self.duties.items()
                if f"duty:{key[0]}" not in touched
            },
            tallying={
                n: t for n, t in self.tallying.items() if f"tally:{n}" not in touched
            },
            standing={
                duty: standing
                for duty, standing in self.standing.items()
                if f"duty:{duty.name}" not in touched
            },
            cells={k: c for k, c in self.cells.items() if k[0].name not in events},
            columns={
                key: columns
                for key, columns in self.columns.items()
                if (key[0] if key[1] is None else f"duty:{key[0]}") not in touched
            },
        )
