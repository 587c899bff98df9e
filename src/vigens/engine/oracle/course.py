"""The course of one completion: every state at every instant, from the definitions.

Nothing is simulated in order. Each value is worked out when asked for, from the values
just before and from what occurs at the same instant, and kept. A value that is asked for
while it is being worked out rests on itself without time: that is a `CircleError`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, TypeVar

from vigens.chrono import add_duration
from vigens.engine.oracle.conditions import asked, free_variables
from vigens.engine.oracle.duties import in_state
from vigens.engine.oracle.grid import instants_of, moved
from vigens.engine.oracle.naming import PLAIN, is_inertial, named_by, split
from vigens.engine.oracle.story import (
    UNSEEN,
    CircleError,
    Occurred,
    bindings,
    matched,
    variables_of,
)
from vigens.rules import (
    Atom,
    Constant,
    Edge,
    InState,
    Variable,
    fill,
    substitute,
    substitute_atom,
    substitute_occurs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vigens.engine.oracle.story import Settled
    from vigens.rules import (
        Change,
        Condition,
        Fluent,
        Lasting,
        Occurs,
        Provision,
        Reading,
    )

_Kept = TypeVar("_Kept")
_Args = tuple[str, ...]

#: The stop of whatever value there is.
WHATEVER = "\0whatever"


class Course:
    """What was so when, in one completion; everything that was asked is kept."""

    def __init__(
        self, settled: Settled, until: int, conditions: Iterable[Condition] = ()
    ) -> None:
        """Lay out the instants at which anything may change, up to one."""
        self.settled = settled
        self.until = until
        self.instants: Sequence[int] = instants_of(settled, conditions, until)
        self._program = settled.world.program
        self._zone = settled.world.zone
        self._kept: dict[tuple[Any, ...], Any] = {}

    def _once(self, key: tuple[Any, ...], work_out: Callable[[], _Kept]) -> _Kept:
        if key not in self._kept:
            self._kept[key] = CircleError
            self._kept[key] = work_out()
        found: _Kept = self._kept[key]
        if found is CircleError:
            raise CircleError(" ".join(map(str, key)))
        return found

    def place_of(self, instant: int) -> int:
        """Give the place of the last of the instants that is not later."""
        return max(0, bisect_right(self.instants, instant) - 1)

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the chosen readings."""
        chosen = self.settled.world.readings
        return reading is None or chosen.get(reading.variant) == reading.name

    def holds(self, condition: Condition, instant: int, now: int | None = None) -> bool:
        """Evaluate a ground condition at an instant, in two values.

        Args:
            condition: Without free variables.
            instant: UTC seconds.
            now: The place whose occurrences `happens` reads; only within `when`.

        Source:
            Event calculus, HoldsAt; design, section 4.3.
        """
        if isinstance(condition, Atom):
            return self._atom(condition, self.place_of(instant))
        if isinstance(condition, InState):
            return in_state(self, condition, instant)
        return asked(self, condition, instant, now)

    def _atom(self, atom: Atom, place: int) -> bool:
        return self._once(
            ("holds", atom.name, atom.values, place),
            lambda: self._fluent(atom.name, atom.values, place),
        )

    def _fluent(self, name: str, values: _Args, place: int) -> bool:
        """A fluent holds while a condition does, or by what began it."""
        fluent = self._program.fluents[name]
        names = [param.name for param in fluent.params]
        binding = dict(zip(names, values, strict=True))
        for held in fluent.held:
            if self.is_read(held.reading):
                condition = substitute(held.condition, binding)
                if self.holds(condition, self.instants[place]):
                    return True
        if not is_inertial(fluent):
            return False
        args, value = split(fluent, values)
        return self.standing(fluent, args, place) == value

    def standing(self, fluent: Fluent, args: _Args, place: int) -> str | None:
        """Give the value that inertia alone gives a fluent.

        What is started or holds stays, unless it is stopped or another is started.

        Source:
            Event calculus with values; docs/language.md on ties.
        """
        if place == 0:
            initial = {_ground(one.value) for one in fluent.initially}
            return initial.pop() if len(initial) == 1 else None

        def work_out() -> str | None:
            before = self.standing(fluent, args, place - 1)
            started = self._started(fluent, args, place)
            stopped = self._stopped(fluent, args, place)
            left = started | ({before} if before is not None else set())
            if WHATEVER in stopped:
                return None
            kept = {one for one in left - stopped if not started - {one}}
            return kept.pop() if kept else None

        return self._once(("standing", fluent.name, args, place), work_out)

    def _started(self, fluent: Fluent, args: _Args, place: int) -> set[str]:
        """What rules, timers and observations start at a place."""
        timers = {
            one.becomes
            for one in fluent.lasting
            if one.becomes is not None
            and self._ends_by_itself(fluent, args, one, place)
        }
        rules = self._by_rules(fluent, args, place, starts=True)
        return rules | timers | self._seen(fluent, args, place, holds=True)

    def _stopped(self, fluent: Fluent, args: _Args, place: int) -> set[str]:
        timers = {
            one.value or PLAIN
            for one in fluent.lasting
            if one.becomes is None and self._ends_by_itself(fluent, args, one, place)
        }
        rules = self._by_rules(fluent, args, place, starts=False)
        return rules | timers | self._seen(fluent, args, place, holds=False)

    def stops(self, name: str, place: int) -> bool:
        """Say whether anything stops a fluent at a place, for whatever arguments.

        What only conditions make hold is taken to be stopped at every instant.
        """
        fluent = self._program.fluents[name]
        if fluent.held or not fluent.initiated:
            return True
        params = fluent.params[:-1] if fluent.has_values else fluent.params
        return any(
            self._stopped(fluent, tuple(binding.values()), place)
            for binding, _ in bindings(self, params)
        )

    def _sets_timer(self, fluent: Fluent, args: _Args, value: str, place: int) -> bool:
        """Say whether a value is started at a place, by a rule or by a timer."""
        return value in self._by_rules(fluent, args, place, starts=True) or any(
            one.becomes == value and self._ends_by_itself(fluent, args, one, place)
            for one in fluent.lasting
        )

    def _ends_by_itself(
        self, fluent: Fluent, args: _Args, one: Lasting, place: int
    ) -> bool:
        """Say whether a timer of a value runs out at a place.

        Source:
            `vigens.rules.Lasting`.
        """
        if not self.is_read(one.reading):
            return False
        value = one.value or PLAIN

        def runs_out(start: int) -> bool:
            end = add_duration(self.instants[start], one.amount, one.unit, self._zone)
            if end != self.instants[place]:
                return False
            if not self._sets_timer(fluent, args, value, start):
                return False
            for between in range(start + 1, place):
                stopped = self._stopped(fluent, args, between)
                others = self._started(fluent, args, between) - {value}
                if others or value in stopped or WHATEVER in stopped:
                    return False
            return not one.is_renewable or not any(
                self._sets_timer(fluent, args, value, later)
                for later in range(start + 1, place + 1)
            )

        key = ("timer", fluent.name, args, fluent.lasting.index(one), place)
        return self._once(key, lambda: any(map(runs_out, range(1, place))))

    def _seen(
        self, fluent: Fluent, args: _Args, place: int, *, holds: bool
    ) -> set[str]:
        return {
            split(fluent, values)[1]
            for name, values, at, held in self.settled.anchors
            if name == fluent.name and at == self.instants[place] and held is holds
            if split(fluent, values)[0] == args
        }

    def _by_rules(
        self, fluent: Fluent, args: _Args, place: int, *, starts: bool
    ) -> set[str]:
        def work_out() -> set[str]:
            params = fluent.params[: len(args)]
            names = [param.name for param in params]
            binding = dict(zip(names, args, strict=True))
            changes = fluent.initiated if starts else fluent.terminated
            return {
                value
                for change in changes
                if self.is_read(change.reading)
                for value in self._of_rule(fluent, change, binding, place)
            }

        key = ("rules", fluent.name, args, place, starts)
        return self._once(key, work_out)

    def _of_rule(
        self, fluent: Fluent, change: Change, binding: dict[str, str], place: int
    ) -> Iterator[str]:
        for ref, found in self.matches(change.event, binding, place):
            if not self._takes_effect(change.when, found, place):
                continue
            if change.perhaps is not None and not self.settled.settle(
                "perhaps", f"{change.place} {ref}"
            ):
                continue
            if not fluent.has_values:
                yield PLAIN
            elif change.value is None:
                yield WHATEVER
            else:
                term = fill(change.value, found)
                if isinstance(term, Variable):
                    yield from self.values(term.sort)
                else:
                    yield term.value

    def _takes_effect(
        self, when: Condition | None, binding: Mapping[str, str], place: int
    ) -> bool:
        """Say whether what had to hold just before did."""
        if when is None:
            return True
        before = self.instants[place] - 1
        return self.holds(substitute(when, binding), before, place)

    def matches(
        self, occurs: Occurs, binding: Mapping[str, str], place: int
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """List what occurs at a place and fits a pattern.

        Args:
            occurs: An event, or the beginning or end of a state.
            binding: Values of variables that are known already.
            place: Not 0: nothing happens at the outset.

        Yields:
            The name of the occurrence, and the values of all variables.
        """
        if place == 0:
            return
        pattern = substitute_occurs(occurs, binding)
        if isinstance(pattern, Edge):
            for extra, _ in bindings(self, variables_of(pattern.atom)):
                atom = substitute_atom(pattern.atom, extra)
                states = [self._atom(atom, at) for at in (place - 1, place)]
                if states == [not pattern.is_begin, pattern.is_begin]:
                    ref = f"{Edge(atom, pattern.is_begin)} {self.instants[place]}"
                    yield ref, {**binding, **extra}
            return
        for one in self._happened(pattern.name, place):
            found = matched(self._program, pattern.terms, one.values)
            if found is not None:
                ref = one.ref or f"{UNSEEN} {one.event} {one.values} {one.instant}"
                yield ref, {**binding, **found}

    def _happened(self, event: str, place: int) -> list[Occurred]:
        """List what occurs at a place with the power to, and what texts bring about."""

        def work_out() -> list[Occurred]:
            recorded = [
                one
                for one in self.settled.occurred
                if one.event == event and one.instant == self.instants[place]
                if self._had_power(one, place)
            ]
            brought = [
                one
                for provision in self._program.provisions.values()
                if provision.brings.name == event and self.is_read(provision.reading)
                for one in self._brought(provision, place)
            ]
            return recorded + brought

        return self._once(("happened", event, place), work_out)

    def _had_power(self, one: Occurred, place: int) -> bool:
        """An act counts only if who has the power did it, in the way that is asked."""
        declared = self._program.events[one.event]
        names = [param.name for param in declared.params]
        binding = dict(zip(names, one.values, strict=True))
        for power in declared.powers:
            holder = _ground(fill(power.holder, binding))
            is_named = not isinstance(power.holder, Constant)
            if one.by != holder and not (one.by is None and is_named):
                continue
            if not self._takes_effect(power.condition, binding, place):
                continue
            if power.unstated is None or self.settled.settle(
                "unstated", power.unstated
            ):
                return True
        return not declared.powers

    def _brought(self, provision: Provision, place: int) -> Iterator[Occurred]:
        """List what a provision brings about at a place."""
        at = self.instants[place]
        for cause, instant in enumerate(self.instants):
            if cause == 0 or moved(provision, instant, self._program, self._zone) != at:
                continue
            for ref, binding in self._causes(provision, cause):
                unless = provision.unless
                if not self._takes_effect(provision.when, binding, cause):
                    continue
                if unless is not None and self._takes_effect(unless, binding, place):
                    continue
                name = f"{provision.name} {ref}"
                if provision.perhaps is None or self.settled.settle("perhaps", name):
                    values = substitute_atom(provision.brings, binding).values
                    yield Occurred(provision.brings.name, values, at, name)

    def _causes(
        self, provision: Provision, place: int
    ) -> Iterator[tuple[str, dict[str, str]]]:
        if provision.upon is not None:
            for ref, binding in self.matches(provision.upon, {}, place):
                free = [
                    v for v in variables_of(provision.brings) if v.name not in binding
                ]
                for more, name in bindings(self, free):
                    yield f"{ref} {name}".rstrip(), {**binding, **more}
        if provision.once is None:
            return
        free = [*free_variables(provision.once), *variables_of(provision.brings)]
        for binding, name in bindings(self, free):
            condition = substitute(provision.once, binding)
            now, before = (self.instants[at] for at in (place, place - 1))
            if self.holds(condition, now) and not self.holds(condition, before):
                yield f"({name}) {now}", binding

    def values(self, sort: str) -> tuple[str, ...]:
        """List every value of a sort that is declared or ever named."""
        return self.named_by(sort, self.instants[-1])

    def named_by(self, sort: str, instant: int) -> tuple[str, ...]:
        """List the values of a sort that are declared or named by an instant."""
        return named_by(self.settled, sort, instant)


def _ground(term: object) -> str:
    if term is None:
        return PLAIN
    assert isinstance(term, Constant), f"{term} is bound nowhere"
    return term.value
