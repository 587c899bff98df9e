"""Trying out what is missing: what is said to be enough is laid over the world."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.bodies import values_for
from vigens.engine.evaluate import Evaluation
from vigens.engine.needs import Need
from vigens.engine.patterns import variables_of
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.engine.words import describe
from vigens.model import Coverage, Happening, Weight
from vigens.rules import Atom, Condition, Constant, substitute_atom

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.rules import Program

#: More events than these are tried in two orders only.
MOST_ORDERED = 4
#: So many ways in which events may come about are tried.
MOST_TRIED = 60

#: An event and who brings it about, where somebody in particular must.
Act = tuple[Atom, str | None]


class Trials:
    """Tries what would make a condition hold at an instant.

    Source:
        Design, section 4.5: what is said to be missing must be what is missing.
    """

    def __init__(
        self, evaluation: Evaluation, condition: Condition, instant: int
    ) -> None:
        """Take a condition that does not surely hold.

        Args:
            evaluation: What is known.
            condition: Ground.
            instant: UTC seconds; events are supposed right before it, in some order.
        """
        self.evaluation = evaluation
        self.condition = condition
        self.instant = instant
        self.looked: dict[int, Evaluation] = {}

    def enough(self, needs: frozenset[Need]) -> frozenset[Need] | None:
        """Give what is enough of an alternative, by laying it over the world.

        Args:
            needs: What would have to come together. What no event or reading settles is
                believed.

        Returns:
            The alternative without what it can spare; with somebody's look, where the
            condition could then hold and nobody would know; `None` where it could not.

        Source:
            Design, section 4.5.
        """
        if not needs:
            return None
        if any(need.kind not in ("event", "reading") for need in needs):
            return needs
        best = self._best(needs, len(needs))
        if best is Verdict.FAILS:
            return None
        if best is Verdict.HOLDS:
            needs = self._spared(needs)
            if needs and self._best(needs, len(needs)) is Verdict.HOLDS:
                return needs
        text = describe(self.evaluation.world.program, self.condition)
        said = "somebody would have to look, and see that it is still so: {text}"
        if needs:
            said = "then somebody would have to look, and see that it is so: {text}"
        return needs | {Need("look", Message(said, text=text))}

    def _spared(self, needs: frozenset[Need]) -> frozenset[Need]:
        """Leave out, one by one, what an alternative can spare.

        Whoever looks sees the same seconds throughout: what seems to be spared may be
        what a look there settles, which is then said instead.
        """
        n_seconds = len(needs)
        for need in sorted(needs, key=lambda each: each.text):
            fewer = needs - {need}
            if self._best(fewer, n_seconds) is Verdict.HOLDS:
                needs = fewer
        return needs

    def _best(self, needs: frozenset[Need], n_seconds: int) -> Verdict:
        """Give the best verdict; where it is open, as if one looked at so many seconds."""
        best = self._best_of(self.evaluation, needs)
        if best is Verdict.OPEN:
            best = self._best_of(self._looked(n_seconds), needs)
        return best

    def _looked(self, n_seconds: int) -> Evaluation:
        """See nothing but what is supposed in the seconds in which it is."""
        if n_seconds not in self.looked:
            world, end = self.evaluation.world, self.instant + 1
            seconds = Coverage(frozenset(), end - n_seconds, end)
            looked = replace(world, coverage=[*world.coverage, seconds])
            self.looked[n_seconds] = Evaluation(looked)
        return self.looked[n_seconds]

    def _best_of(self, evaluation: Evaluation, needs: frozenset[Need]) -> Verdict:
        """Give the best verdict over the ways in which what is needed may come about."""
        readings = {need.reading for need in needs if need.reading is not None}
        chosen = {one.variant: one.name for one in readings}
        if len(chosen) < len(readings):
            return Verdict.FAILS  # nobody means a clause in two ways at once
        read = evaluation.under(chosen) if chosen else evaluation
        events = [need.atom for need in needs if need.atom is not None]
        found = {Verdict.FAILS}
        for acts in itertools.islice(_ways(read, events), MOST_TRIED):
            supposed = suppose(read, acts, self.instant)
            found.add(verdict_at(supposed.bounds(self.condition), self.instant))
            if Verdict.HOLDS in found:
                return Verdict.HOLDS
        return Verdict.OPEN if Verdict.OPEN in found else Verdict.FAILS


def _ways(evaluation: Evaluation, events: Sequence[Atom]) -> Iterator[Sequence[Act]]:
    """List the ways in which events may come about: values, who did them, the order."""
    program = evaluation.world.program
    events = sorted(events, key=str)
    filled = [list(_filled(evaluation, event)) for event in events]
    for atoms in itertools.product(*filled):
        for holders in itertools.product(*(_holders(program, a) for a in atoms)):
            yield from _orders(list(zip(atoms, holders, strict=True)))


def _orders(acts: list[Act]) -> Iterator[Sequence[Act]]:
    if len(acts) <= MOST_ORDERED:
        yield from itertools.permutations(acts)
    else:
        yield from (acts, acts[::-1])


def _filled(evaluation: Evaluation, event: Atom) -> Iterator[Atom]:
    """Fill the variables of an event with values."""
    free = list(dict.fromkeys(variables_of(event.terms)))
    for row in itertools.product(*(values_for(evaluation, one) for one in free)):
        named = {one.name: value for one, value in zip(free, row, strict=True)}
        yield substitute_atom(event, named)


def _holders(program: Program, event: Atom) -> list[str | None]:
    """List who may bring an event about; whom it names itself need not be said."""
    named = {
        power.holder.value if isinstance(power.holder, Constant) else None
        for power in program.events[event.name].powers
    }
    return sorted(named, key=str) if named else [None]


def suppose(evaluation: Evaluation, acts: Sequence[Act], instant: int) -> Evaluation:
    """Lay events over a world, the last at the instant and one a second before it.

    Args:
        evaluation: What is known.
        acts: The events, ground, each with who did it, where that is said.
        instant: UTC seconds.

    Source:
        Design, section 4.5: hypotheses are laid over the journal.
    """
    back = range(len(acts) - 1, -1, -1)
    return evaluation.with_happenings(
        [
            Happening(
                f"supposed {event}",
                event.name,
                event.values,
                instant - seconds,
                instant - seconds,
                Weight.SURE,
                is_hypothesis=True,
                by=by,
            )
            for seconds, (event, by) in zip(back, acts, strict=True)
        ]
    )
