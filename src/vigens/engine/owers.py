"""Who owes a duty at an instant, and which instances are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat
from vigens.engine.batched import holds_at, ranges
from vigens.engine.keys import distinct
from vigens.engine.verdicts import Verdict
from vigens.rules import Edge, depends_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vigens.engine.axis import Flags, Ints
    from vigens.engine.instances import Instances
    from vigens.engine.owed import Owed


@dataclass(frozen=True, slots=True)
class Ower:
    """Somebody who may owe a duty.

    Attributes:
        code: Of the name.
        name: Empty where the text does not say who it is.
        role: Whether they have the role now; it says nothing of those who owe from an
            event before which they had it.
    """

    code: int
    name: str
    role: Verdict


class Owers:
    """Who owes a duty at an instant; some values of it may be fixed."""

    def __init__(self, owed: Owed, instant: int, binding: Mapping[str, str]) -> None:
        """Begin with nothing worked out.

        Args:
            owed: The duty.
            instant: UTC seconds.
            binding: Only instances with these values count, by names of variables.
        """
        self._owed, self._instant, self._binding = owed, instant, binding
        self._plan = owed.plan

    def find(self, instances: Instances, only: str | None) -> dict[int, Ower]:
        """List who owes the duty, or may, in the order in which they are declared.

        Args:
            instances: Of the duty.
            only: One name that is asked for; `None` for everybody.

        Source:
            Design, section 3.1, point 4: the role is read just before an event.
        """
        owed, symbols = self._owed, self._plan.symbols
        table = owed.role
        if table is None:
            name = owed.duty.obligor or ""
            ower = Ower(owed.code, name, Verdict.HOLDS)
            return {owed.code: ower} if only in (None, name) else {}
        names = self._plan.world.program.values_of("party")
        names = names if only is None else (only,)
        codes = symbols.codes(owed.variables[0].sort, names)
        now = flat(codes, np.full(len(codes), self._instant))
        surely, possibly = holds_at(table.surely, now), holds_at(table.possibly, now)
        there = self._there(instances, codes)
        found: dict[int, Ower] = {}
        for at, (name, code) in enumerate(zip(names, codes.tolist(), strict=True)):
            verdict = Verdict.FAILS
            if surely[at]:
                verdict = Verdict.HOLDS
            elif possibly[at] and code in self.named:
                verdict = Verdict.OPEN
            if verdict is not Verdict.FAILS or code in there:
                found[code] = Ower(code, name, verdict)
        return found

    def _there(self, instances: Instances, codes: Ints) -> set[int]:
        """List the obligors of instances that events triggered by now."""
        at = self.instances_of(instances, codes.tolist())
        by_event = [trigger.event is not None for trigger in self._owed.duty.triggers]
        # Whatever is no trigger's number stands last.
        is_event = np.asarray([*by_event, False, False], dtype=bool)
        there: Flags = instances.starts.take(at) <= self._instant
        there &= is_event[instances.trigger.take(at)]
        at = at[there]
        is_owed = instances.is_owed.take(at)
        obligors = instances.column(0).take(at)
        found = set(distinct(obligors[is_owed]).tolist())
        doubtful = distinct(obligors[~is_owed]).tolist()
        return found | {code for code in doubtful if code in self.named}

    @cached_property
    def named(self) -> frozenset[int]:
        """List whom any counted occurrence behind the role names, by code."""
        plan, program = self._plan, self._plan.world.program
        sort = self._owed.variables[0].sort
        root, size = program.root_of(sort), len(plan.symbols.words(sort))
        role = self._owed.duty.obligor_role
        names, seen = [role] if role else [], {role}
        found = np.zeros(size, dtype=bool)
        while names:
            fluent = program.fluents[names.pop()]
            below = list(depends_on(fluent, through_time=True))
            for change in fluent.initiated:
                if isinstance(change.event, Edge):
                    below.append(change.event.atom.name)
                    continue
                moves = plan.moves(change.event.name)
                for at, param in enumerate(moves.variables):
                    if program.root_of(param.sort) == root and len(moves):
                        found |= np.bincount(moves.column(at), minlength=size) > 0
            for name in below:
                if name in program.fluents and name not in seen:
                    seen.add(name)
                    names.append(name)
        return frozenset(np.flatnonzero(found).tolist())

    def instances_of(self, instances: Instances, obligors: Iterable[int]) -> Ints:
        """Find the instances of some obligors, with the values that are fixed.

        Source:
            Design, section 4.6: rows are looked up by their keys.
        """
        packing, fixed = instances.packing, self._fixed()
        low, shift = 0, packing.shifts[0]
        for place, code in enumerate(fixed, 1):
            if code is None:
                break
            shift = packing.shifts[place]
            low |= code << shift
        starts = np.asarray(sorted(obligors), dtype=np.int64) << packing.shifts[0] | low
        first = np.searchsorted(instances.keys, starts)
        counts = np.searchsorted(instances.keys, starts + (1 << shift)) - first
        found = ranges(first, counts)
        for place, code in enumerate(fixed, 1):
            if code is not None:
                column = packing.unpack(instances.keys.take(found), place)
                found = found[column == code]
        return found

    def _fixed(self) -> list[int | None]:
        """Give the code of each variable that has a value; `None` for the others."""
        return [
            self._plan.symbols.code(variable.sort, self._binding[variable.name])
            if variable.name in self._binding
            else None
            for variable in self._owed.variables[1:]
        ]
