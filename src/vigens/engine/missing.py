"""What is missing: which occurrences would make a condition hold.

Alternatives of needs, found backwards through the rules. Long lists are kept symbolic
("any 2 of these 12"), and where a cap cuts the search the result says so.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.bodies import bodies_at, new_bodies, values_for
from vigens.engine.evaluate import Evaluation
from vigens.engine.intervals import intersect, span_at
from vigens.engine.looks import look_again
from vigens.engine.needs import (
    Alternatives,
    Gathering,
    Missing,
    Need,
    in_order,
    in_text,
    stated,
)
from vigens.engine.patterns import (
    bind,
    bind_change,
    is_closed,
    match_values,
    variables_in,
)
from vigens.engine.phrases import phrase
from vigens.engine.powers import asked_of
from vigens.engine.shortfall import (
    MOST_ALTERNATIVES,
    Shortfall,
    least_of,
    short_words,
)
from vigens.engine.supposing import Trials
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.engine.words import describe, unit_words
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Constant,
    Edge,
    Negation,
    Quantified,
    Stated,
    Unstated,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.rules import Change, Provision, Reading

#: Deepest chain of rules followed.
DEEPEST = 12
#: Most conditions that are gone into.
MOST_STEPS = 400


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
    if verdict_at(evaluation.bounds(condition), instant) is Verdict.HOLDS:
        return Missing(in_order(found), search.is_exhaustive)
    trials = Trials(evaluation, condition, instant)
    tried = [trials.enough(needs) for needs in found]
    enough = [needs for needs in tried if needs]
    is_whole = search.is_exhaustive and len(enough) == len(found)
    return Missing(in_order(enough), is_whole)


class _Search(Gathering):
    def __init__(self, evaluation: Evaluation, instant: int) -> None:
        super().__init__(MOST_ALTERNATIVES)
        self.evaluation = evaluation
        self.program = evaluation.world.program
        self.instant = instant
        self.sought: set[tuple[Condition, bool]] = set()
        self.n_steps = 0

    def to_hold(self, condition: Condition, depth: int) -> Alternatives:
        return self._seek(condition, depth, is_wanted=True)

    def to_fail(self, condition: Condition, depth: int) -> Alternatives:
        return self._seek(condition, depth, is_wanted=False)

    def _seek(
        self, condition: Condition, depth: int, *, is_wanted: bool
    ) -> Alternatives:
        wanted = Verdict.HOLDS if is_wanted else Verdict.FAILS
        if self._verdict(condition) is wanted:
            return [frozenset()]
        sought = (condition, is_wanted)
        if sought in self.sought:  # what rests on itself is no way to it
            so = condition if is_wanted else Negation(condition)
            self.is_exhaustive &= not self._was(so, DEEPEST)
            return []
        self.n_steps += 1
        if depth > DEEPEST or self.n_steps > MOST_STEPS:
            self.is_exhaustive = False
            return []
        self.sought.add(sought)
        find = self._to_hold if is_wanted else self._to_fail
        found = find(condition, depth)
        self.sought.discard(sought)
        return found

    def _to_hold(self, condition: Condition, depth: int) -> Alternatives:
        match condition:
            case Atom():
                return self._atom_to_hold(condition, depth)
            case Negation(inner):
                return self.to_fail(inner, depth + 1)
            case AllOf(parts):
                return self.together(self.to_hold(p, depth + 1) for p in parts)
            case AnyOf(parts):
                return self.either(self.to_hold(p, depth + 1) for p in parts)
            case Quantified():
                return self._quantified(condition, depth)
            case Stated():
                return stated(self.program, condition, is_wanted=True)
            case Unstated(what):
                said = "somebody would have to settle {what}"
                return in_text(Message(said, what=what))
            case _:
                return self._in_words(condition)

    def _to_fail(self, condition: Condition, depth: int) -> Alternatives:
        match condition:
            case Atom():
                return self._atom_to_fail(condition, depth)
            case Negation(inner):
                return self.to_hold(inner, depth + 1)
            case AllOf(parts):
                return self.either(self.to_fail(p, depth + 1) for p in parts)
            case AnyOf(parts):
                return self.together(self.to_fail(p, depth + 1) for p in parts)
            case Quantified():
                return self._quantified_to_fail(condition, depth)
            case Stated():
                return stated(self.program, condition, is_wanted=False)
            case Unstated(what):
                said = "somebody would have to settle {what} otherwise"
                return in_text(Message(said, what=what))
            case _:
                return self._in_words(condition, is_negated=True)

    def _in_words(
        self, condition: Condition, *, is_negated: bool = False
    ) -> Alternatives:
        """Name what no search goes into: numbers, windows, durations, duties."""
        self.is_exhaustive = False
        words = describe(self.program, condition)
        said = "it would have to be so: {text}"
        if is_negated:
            said = "it would have to be not so: {text}"
        return [frozenset({Need("state", Message(said, text=words))})]

    def _verdict(self, condition: Condition) -> Verdict:
        return verdict_at(self.evaluation.bounds(condition), self.instant)

    def _atom_to_hold(self, atom: Atom, depth: int) -> Alternatives:
        fluent = self.program.fluents[atom.name]
        binding = bind(fluent, atom)
        found = [look_again(self.evaluation, atom, self.instant)]
        found += [
            self.together([meant, self.to_hold(condition, depth + 1)])
            for held in fluent.held
            if (meant := self._meant(held.reading))
            for condition in [substitute(held.condition, binding)]
        ]
        found.extend(self._by_rule(atom, each, depth) for each in fluent.initiated)
        return self.either(found)

    def _atom_to_fail(self, atom: Atom, depth: int) -> Alternatives:
        fluent = self.program.fluents[atom.name]
        binding = bind(fluent, atom)
        parts: list[Alternatives] = [
            self.to_fail(substitute(held.condition, binding), depth + 1)
            for held in fluent.held
            if self._meant(held.reading)
        ]
        inertial = self.evaluation.inertial(atom)
        if verdict_at(inertial, self.instant) is not Verdict.FAILS:
            stops = (self._by_rule(atom, each, depth) for each in fluent.terminated)
            parts.append(self.either(stops))
        return self.together(parts)

    def _by_rule(self, atom: Atom, change: Change, depth: int) -> Alternatives:
        """Say what makes a rule start or stop a fluent: its event, after its `when`."""
        fluent = self.program.fluents[atom.name]
        binding = bind_change(fluent, change, atom)
        if change.perhaps is not None or binding is None:
            return []
        needs: Alternatives = self._meant(change.reading)
        if isinstance(change.event, Edge):
            return self.together([needs, self._edge(change.event, binding, depth)])
        event = substitute_atom(change.event, binding)
        when = None if change.when is None else substitute(change.when, binding)
        ways = [
            self.together([self._happening(said, depth), self._before([asked], depth)])
            for said, asked in self._for_values(event, when)
        ]
        return self.together([needs, self.either(ways)])

    def _for_values(
        self, event: Atom, when: Condition | None
    ) -> Iterator[tuple[Atom, Condition | None]]:
        """Give an event each value of which its `when` asks something."""
        asked = () if when is None else dict.fromkeys(variables_in(when))
        free = [one for one in asked if one in event.terms and one.sort != "number"]
        values = [values_for(self.evaluation, one) for one in free]
        if math.prod(map(len, values)) > MOST_ALTERNATIVES:
            self.is_exhaustive = False
        chosen = itertools.islice(itertools.product(*values), MOST_ALTERNATIVES)
        for row in chosen:
            named = {one.name: value for one, value in zip(free, row, strict=True)}
            said = substitute_atom(event, named)
            yield said, None if when is None else substitute(when, named)

    def _before(self, asked: Iterable[Condition | None], depth: int) -> Alternatives:
        """Say what lets hold what must hold just before an event."""
        left = (one for one in asked if one is not None and not self._was(one, 1))
        return self.together(
            self.to_hold(one, depth + 1) if is_closed(one) else self._in_words(one)
            for one in left
        )

    def _was(self, condition: Condition, n_seconds: int) -> bool:
        """Say whether it surely was so in one of so many seconds before."""
        if not is_closed(condition):
            return False
        lately = (self.instant - n_seconds, self.instant)
        return bool(intersect(self.evaluation.bounds(condition).surely, [lately]))

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
        found = [self._done(event, depth)]
        if depth > DEEPEST:
            self.is_exhaustive = False
            return found[0]
        found.extend(
            self._provided(provision, event, depth)
            for provision in self.program.provisions.values()
            if provision.brings.name == event.name and provision.perhaps is None
        )
        # What a text brings about is the way; to record its outcome is another.
        return self.either(reversed(found))

    def _done(self, event: Atom, depth: int) -> Alternatives:
        """Say what lets an event count: itself, where somebody may bring it about."""
        declared = self.program.events[event.name]
        itself: Alternatives = [
            frozenset({Need("event", phrase(self.program, event), event)})
        ]
        if not declared.powers:
            return itself
        pairs = zip(declared.params, event.terms, strict=True)
        named = {p.name: term.value for p, term in pairs if isinstance(term, Constant)}
        ways = [
            self._before((substitute(one, named) for one in asked_of(power)), depth)
            for power in declared.powers
        ]
        return self.together([itself, self.either(ways)])

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
        elif isinstance(provision.upon, Edge):
            needs.append(self._edge(provision.upon, binding, depth))
        elif provision.upon is not None:
            upon = substitute_atom(provision.upon, binding)
            needs.append(self._happening(upon, depth + 1))
        unless = None if provision.unless is None else Negation(provision.unless)
        asked = [one for one in (provision.when, unless) if one is not None]
        needs.append(self._before((substitute(one, binding) for one in asked), depth))
        if provision.delay is not None and provision.delay.amount:
            amount, unit = provision.delay.amount, provision.delay.unit
            said = "{amount} {unit} pass" if amount > 1 else "{amount} {unit} passes"
            words = Message(said, amount=amount, unit=unit_words(unit, amount))
            text = Message("then {text} ({title})", text=words, title=provision.title)
            needs.append([frozenset({Need("delay", text)})])
        return self.together(needs)

    def _meant(self, reading: Reading | None) -> Alternatives:
        """Nothing where a clause counts, a need where nobody has chosen, else none."""
        if reading is None or self.evaluation.is_read(reading):
            return [frozenset()]
        if reading.variant in self.evaluation.world.readings:
            return []
        text = Message("the reading {name} would have to be meant", name=str(reading))
        return [frozenset({Need("reading", text, reading=reading)})]

    def _quantified(self, condition: Quantified, depth: int) -> Alternatives:
        weights = self.program.weights[condition.weights] if condition.weights else None
        members = bodies_at(self.evaluation, condition, self.instant)
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
            new = new_bodies(self.evaluation, condition, n_new, self.instant)
            self.is_exhaustive = self.is_exhaustive and new is not None
            members |= new or {}
            adds |= dict.fromkeys(new or {}, 1)
        short = Shortfall(wanted, least, adds)
        if short.is_out_of_reach:
            return []
        ways = (self.to_hold(members[value], depth + 1) for value in adds)
        is_few = len(adds) <= MOST_ALTERNATIVES
        if wanted <= 0 or (is_few and short.needs_each):
            return self.together(ways)  # none is short: others might be there as well
        if is_few and short.needs_one:
            return self.either(ways)
        said = short_words(self.program, condition, short, members)
        return [frozenset({Need("group", said)})]

    def _each(self, condition: Quantified, depth: int) -> Alternatives:
        members = bodies_at(self.evaluation, condition, self.instant)
        parts = [self.to_hold(body, depth + 1) for body in members.values()]
        if span_at(self.evaluation.unseen(condition), self.instant):
            sort = condition.variable.sort
            said = "somebody would have to look for a {sort} that nobody recorded"
            text = Message(said, sort=Message(sort))
            parts.append([frozenset({Need("look", text)})])
        return self.together(parts)

    def _quantified_to_fail(self, condition: Quantified, depth: int) -> Alternatives:
        if condition.weights is not None or condition.share is not None:
            return self._in_words(condition, is_negated=True)
        bodies = [*bodies_at(self.evaluation, condition, self.instant).values()]
        if condition.at_least is None:
            sort = condition.variable.sort
            if sort != "component" and self.program.sorts[sort].is_open:
                self.is_exhaustive = False  # whatever names a new value may do
            return self.either(self.to_fail(body, depth + 1) for body in bodies)
        standing = [b for b in bodies if self._verdict(b) is not Verdict.FAILS]
        surplus = len(standing) - condition.at_least + 1
        if surplus < len(standing) or span_at(
            self.evaluation.unseen(condition), self.instant
        ):
            self.is_exhaustive = False
            return []
        return self.together(self.to_fail(body, depth + 1) for body in standing)
