"""What is missing: which occurrences would make a condition hold.

Alternatives of needs, found backwards through the rules. Long lists are kept symbolic
("any 2 of these 12"), and where a cap cuts the search the result says so.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.evaluate import Evaluation
from vigens.engine.intervals import span_at
from vigens.engine.looks import look_again
from vigens.engine.needs import Alternatives, Missing, Need, in_order, minimal
from vigens.engine.patterns import bind, is_closed, match_values
from vigens.engine.phrases import phrase
from vigens.engine.shortfall import (
    MOST_ALTERNATIVES,
    Shortfall,
    least_of,
    short_words,
)
from vigens.engine.supposing import would_not_fail
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.engine.words import describe, unit_words
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Edge,
    Negation,
    Quantified,
    Stated,
    Unstated,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.rules import Change, Provision, Reading, Weights

#: Deepest chain of rules followed.
DEEPEST = 12


def what_is_missing(
    evaluation: Evaluation, condition: Condition, instant: int
) -> Missing:
    """List what would make a condition hold at an instant.

    Args:
        evaluation: What is known.
        condition: Ground.
        instant: UTC seconds.

    Returns:
        Alternatives, shortest first; one empty alternative where nothing is missing;
        none where no rule can bring it about.

    Source:
        Design, section 4.5.
    """
    search = _Search(evaluation, instant)
    found = search.to_hold(condition, 0)
    if verdict_at(evaluation.bounds(condition), instant) is not Verdict.HOLDS:
        found = [
            needs
            for needs in found
            if needs and would_not_fail(evaluation, condition, instant, needs)
        ]
    return Missing(in_order(found), search.is_exhaustive)


class _Search:
    def __init__(self, evaluation: Evaluation, instant: int) -> None:
        self.evaluation = evaluation
        self.instant = instant
        self.is_exhaustive = True

    def to_hold(self, condition: Condition, depth: int) -> Alternatives:
        if self._verdict(condition) is Verdict.HOLDS:
            return [frozenset()]
        if depth > DEEPEST:
            self.is_exhaustive = False
            return []
        match condition:
            case Atom():
                return self._atom_to_hold(condition, depth)
            case Negation(inner):
                return self.to_fail(inner, depth + 1)
            case AllOf(parts):
                return self._together(self.to_hold(p, depth + 1) for p in parts)
            case AnyOf(parts):
                return self._either(self.to_hold(p, depth + 1) for p in parts)
            case Quantified():
                return self._quantified(condition, depth)
            case Stated():
                return self._stated(condition, is_wanted=True)
            case Unstated(what):
                text = Message("somebody would have to settle {what}", what=what)
                return [frozenset({Need("text", text)})]
            case _:
                return self._in_words(condition)

    def to_fail(self, condition: Condition, depth: int) -> Alternatives:
        if self._verdict(condition) is Verdict.FAILS:
            return [frozenset()]
        if depth > DEEPEST:
            self.is_exhaustive = False
            return []
        match condition:
            case Atom():
                return self._atom_to_fail(condition, depth)
            case Negation(inner):
                return self.to_hold(inner, depth + 1)
            case AllOf(parts):
                return self._either(self.to_fail(p, depth + 1) for p in parts)
            case AnyOf(parts):
                return self._together(self.to_fail(p, depth + 1) for p in parts)
            case Quantified():
                return self._quantified_to_fail(condition, depth)
            case Stated():
                return self._stated(condition, is_wanted=False)
            case Unstated(what):
                text = Message(
                    "somebody would have to settle {what} otherwise", what=what
                )
                return [frozenset({Need("text", text)})]
            case _:
                return self._in_words(condition, is_negated=True)

    def _stated(self, condition: Stated, *, is_wanted: bool) -> Alternatives:
        said = "{title} would have to say something else of its {key} than {value}"
        if is_wanted:
            said = "{title} would have to say {value} of its {key}"
        name = getattr(condition.instrument, "value", "?")
        title = self.evaluation.world.program.title_of(name)
        value, key = Message(condition.value), Message(condition.key)
        text = Message(said, title=title, value=value, key=key)
        return [frozenset({Need("text", text)})]

    def _in_words(
        self, condition: Condition, *, is_negated: bool = False
    ) -> Alternatives:
        """Name what no search goes into: numbers, windows, durations, duties."""
        self.is_exhaustive = False
        words = describe(self.evaluation.world.program, condition)
        said = "it would have to be so: {text}"
        if is_negated:
            said = "it would have to be not so: {text}"
        return [frozenset({Need("state", Message(said, text=words))})]

    def _verdict(self, condition: Condition) -> Verdict:
        return verdict_at(self.evaluation.bounds(condition), self.instant)

    def _atom_to_hold(self, atom: Atom, depth: int) -> Alternatives:
        fluent = self.evaluation.world.program.fluents[atom.name]
        binding = bind(fluent, atom)
        found = [look_again(self.evaluation, atom, self.instant)]
        found += [
            self._together([meant, self.to_hold(condition, depth + 1)])
            for held in fluent.held
            if (meant := self._meant(held.reading))
            for condition in [substitute(held.condition, binding)]
        ]
        found.extend(
            self._brought_about(change, binding, depth)
            for change in fluent.initiated
            if change.perhaps is None
        )
        return self._either(found)

    def _atom_to_fail(self, atom: Atom, depth: int) -> Alternatives:
        fluent = self.evaluation.world.program.fluents[atom.name]
        binding = bind(fluent, atom)
        parts: list[Alternatives] = [
            self.to_fail(substitute(held.condition, binding), depth + 1)
            for held in fluent.held
            if self._meant(held.reading)
        ]
        inertial = self.evaluation.inertial(atom)
        if verdict_at(inertial, self.instant) is not Verdict.FAILS:
            parts.append(
                self._either(
                    self._brought_about(change, binding, depth)
                    for change in fluent.terminated
                    if change.perhaps is None
                )
            )
        return self._together(parts)

    def _brought_about(
        self, change: Change, binding: dict[str, str], depth: int
    ) -> Alternatives:
        """Say what makes a rule start or stop a fluent: its event, after its `when`."""
        needs: Alternatives = self._meant(change.reading)
        if isinstance(change.event, Edge):
            return self._together([needs, self._edge(change.event, binding, depth)])
        event = substitute_atom(change.event, binding)
        needs = self._together([needs, self._happening(event, depth)])
        if change.when is None:
            return needs
        condition = substitute(change.when, binding)
        if not is_closed(condition):
            self.is_exhaustive = False
            return needs
        return self._together([needs, self.to_hold(condition, depth + 1)])

    def _edge(self, edge: Edge, binding: dict[str, str], depth: int) -> Alternatives:
        """Say what lets another state begin or end."""
        atom = substitute_atom(edge.atom, binding)
        if not atom.is_ground:
            self.is_exhaustive = False
            return []
        if edge.is_begin:
            return self.to_hold(atom, depth + 1)
        return self.to_fail(atom, depth + 1)

    def _happening(self, event: Atom, depth: int) -> Alternatives:
        """Say what lets an event come about: itself, or a text that brings it about."""
        found: list[Alternatives] = [[frozenset({self._event(event)})]]
        if depth > DEEPEST:
            self.is_exhaustive = False
            return found[0]
        found.extend(
            self._provided(provision, event, depth)
            for provision in self.evaluation.world.program.provisions.values()
            if provision.brings.name == event.name and provision.perhaps is None
        )
        # What a text brings about is the way; to record its outcome is another.
        return self._either(reversed(found))

    def _provided(self, provision: Provision, event: Atom, depth: int) -> Alternatives:
        """Say what lets a provision bring an event about, and how long it takes."""
        binding = match_values(provision.brings, event.values)
        if binding is None or not event.is_ground:
            return []
        needs: list[Alternatives] = [self._meant(provision.reading)]
        if provision.once is not None:
            condition = substitute(provision.once, binding)
            if not is_closed(condition) or self._verdict(condition) is Verdict.HOLDS:
                return []
            needs.append(self.to_hold(condition, depth + 1))
        elif isinstance(provision.upon, Atom):
            upon = substitute_atom(provision.upon, binding)
            needs.append(self._happening(upon, depth + 1))
        else:
            return []
        if provision.delay is not None and provision.delay.amount:
            amount, unit = provision.delay.amount, provision.delay.unit
            said = "{amount} {unit} pass" if amount > 1 else "{amount} {unit} passes"
            words = Message(said, amount=amount, unit=unit_words(unit, amount))
            text = Message("then {text} ({title})", text=words, title=provision.title)
            needs.append([frozenset({Need("delay", text)})])
        return self._together(needs)

    def _meant(self, reading: Reading | None) -> Alternatives:
        """Nothing where a clause counts, a need where nobody has chosen, else none."""
        if reading is None or self.evaluation.is_read(reading):
            return [frozenset()]
        if reading.variant in self.evaluation.world.readings:
            return []
        text = Message("the reading {name} would have to be meant", name=str(reading))
        return [frozenset({Need("reading", text)})]

    def _event(self, event: Atom) -> Need:
        return Need("event", phrase(self.evaluation.world.program, event), event)

    def _quantified(self, condition: Quantified, depth: int) -> Alternatives:
        weights = self._weights(condition)
        members = self._members(condition)
        adds = dict.fromkeys(members, 1)
        if weights is not None:
            adds = {value: weights.amounts.get(value, 0) for value in members}
            if min(adds.values(), default=0) < 0:
                return self._in_words(condition)
        scale = 1 if weights is None else weights.scale
        least = least_of(condition, sum(adds.values()), scale)
        if least is None:
            return self._each(condition, depth)
        if condition.guard is not None:
            self.is_exhaustive = False  # who is there may change as well
        held = {v for v, b in members.items() if self._verdict(b) is Verdict.HOLDS}
        wanted = least - sum(adds[value] for value in held)
        adds = {v: n for v, n in adds.items() if n and v not in held}
        n_new = wanted - len(adds)
        if weights is None and n_new > 0:
            new = self._new(condition, n_new)
            members.update(new)
            adds.update(dict.fromkeys(new, 1))
        short = Shortfall(wanted, least, adds)
        if short.is_out_of_reach:
            return []
        ways = (self.to_hold(members[value], depth + 1) for value in adds)
        is_few = len(adds) <= MOST_ALTERNATIVES
        if wanted <= 0 or (is_few and short.needs_each):
            return self._together(ways)  # none is short: others might be there as well
        if is_few and short.needs_one:
            return self._either(ways)
        program = self.evaluation.world.program
        said = short_words(program, condition, short, members)
        return [frozenset({Need("group", said)})]

    def _each(self, condition: Quantified, depth: int) -> Alternatives:
        parts = [self.to_hold(b, depth + 1) for b in self._members(condition).values()]
        if span_at(self.evaluation.unseen(condition), self.instant):
            sort = condition.variable.sort
            said = "somebody would have to look for a {sort} that nobody recorded"
            text = Message(said, sort=Message(sort))
            parts.append([frozenset({Need("look", text)})])
        return self._together(parts)

    def _quantified_to_fail(self, condition: Quantified, depth: int) -> Alternatives:
        if condition.weights is not None or condition.share is not None:
            return self._in_words(condition, is_negated=True)
        bodies = list(self._members(condition).values())
        if condition.at_least is None:
            program = self.evaluation.world.program
            sort = condition.variable.sort
            if sort != "component" and program.sorts[sort].is_open:
                self.is_exhaustive = False  # whatever names a new value may do
            return self._either(self.to_fail(body, depth + 1) for body in bodies)
        standing = [b for b in bodies if self._verdict(b) is not Verdict.FAILS]
        surplus = len(standing) - condition.at_least + 1
        if surplus < len(standing) or span_at(
            self.evaluation.unseen(condition), self.instant
        ):
            self.is_exhaustive = False
            return []
        return self._together(self.to_fail(body, depth + 1) for body in standing)

    def _members(self, condition: Quantified) -> dict[str, Condition]:
        """Fill a quantifier's body with each value that is, or may be, there."""
        return {
            value: substitute(condition.body, {condition.variable.name: value})
            for value in self.evaluation.domain(condition)
            if span_at(
                self.evaluation.presence(condition, value).possibly, self.instant
            )
            and self._is_there(condition, value)
        }

    def _weights(self, condition: Quantified) -> Weights | None:
        if condition.weights is None:
            return None
        return self.evaluation.world.program.weights[condition.weights]

    def _is_there(self, condition: Quantified, value: str) -> bool:
        """Say whether a quantifier with a guard ranges over a value at all."""
        if condition.guard is None:
            return True
        guard = substitute(condition.guard, {condition.variable.name: value})
        return self._verdict(guard) is not Verdict.FAILS

    def _new(self, condition: Quantified, count: int) -> dict[str, Condition]:
        """Fill it with values that nobody has named yet, where the sort is open."""
        sort = condition.variable.sort
        program = self.evaluation.world.program
        if sort == "component" or not program.sorts[sort].is_open:
            return {}
        names = [f"some new {sort}" + f" ({n})" * (n > 1) for n in range(1, count + 1)]
        bodies = {
            name: substitute(condition.body, {condition.variable.name: name})
            for name in names
        }
        # Where it would hold at once, whatever names the value would do.
        fresh = {
            name: body
            for name, body in bodies.items()
            if self._verdict(body) is not Verdict.HOLDS
        }
        self.is_exhaustive = self.is_exhaustive and len(fresh) == len(bodies)
        return fresh

    def _either(self, parts: Iterable[Alternatives]) -> Alternatives:
        return self._capped([needs for part in parts for needs in part])

    def _together(self, parts: Iterable[Alternatives]) -> Alternatives:
        joined: Alternatives = [frozenset()]
        for part in parts:
            pairs = itertools.product(joined, part)
            joined = self._capped([left | right for left, right in pairs])
        return joined

    def _capped(self, found: Alternatives) -> Alternatives:
        kept = minimal(found)
        if len(kept) > MOST_ALTERNATIVES:
            self.is_exhaustive = False
            kept = sorted(kept, key=lambda needs: (len(needs), str(needs)))
        return kept[:MOST_ALTERNATIVES]
