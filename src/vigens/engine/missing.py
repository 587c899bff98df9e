"""What is missing: which occurrences would make a condition hold.

Alternatives of needs, found backwards through the rules. Long lists are kept symbolic
("any 2 of these 12"), and where a cap cuts the search the result says so.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine.evaluate import Evaluation
from vigens.engine.patterns import bind
from vigens.engine.phrases import phrase
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Negation,
    Quantified,
    Stated,
    Unstated,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Most alternatives kept at each step, and deepest chain of rules followed.
MOST_ALTERNATIVES = 24
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that would have to be so.

    Attributes:
        kind: `event`, `no event`, `text` (its authors would have to say) or `group`.
        text: In words.
        atom: The event, where it is one.
    """

    kind: str
    text: str
    atom: Atom | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Alternatives; each lists what would have to come together."""

    alternatives: tuple[tuple[Need, ...], ...]
    is_exhaustive: bool


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
    ordered = sorted(_minimal(found), key=lambda needs: (len(needs), str(needs)))
    alternatives = tuple(
        tuple(sorted(needs, key=lambda need: need.text)) for needs in ordered
    )
    return Missing(alternatives, search.is_exhaustive)


_Alternatives = list[frozenset[Need]]


class _Search:
    def __init__(self, evaluation: Evaluation, instant: int) -> None:
        self.evaluation = evaluation
        self.instant = instant
        self.is_exhaustive = True

    def to_hold(self, condition: Condition, depth: int) -> _Alternatives:
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
            case Stated(instrument, key, value):
                name = getattr(instrument, "value", "?")
                title = self.evaluation.world.program.title_of(name)
                text = f"{title} would have to say {value} of its {key}"
                return [frozenset({Need("text", text)})]
            case Unstated(what):
                return [
                    frozenset({Need("text", f"somebody would have to settle {what}")})
                ]

    def to_fail(self, condition: Condition, depth: int) -> _Alternatives:
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
            case Quantified() | Stated() | Unstated():
                self.is_exhaustive = False
                return []

    def _verdict(self, condition: Condition) -> Verdict:
        return verdict_at(self.evaluation.bounds(condition), self.instant)

    def _atom_to_hold(self, atom: Atom, depth: int) -> _Alternatives:
        fluent = self.evaluation.world.program.fluents[atom.name]
        binding = bind(fluent, atom)
        found: list[_Alternatives] = [
            self.to_hold(substitute(held.condition, binding), depth + 1)
            for held in fluent.held
        ]
        for change in fluent.initiated:
            if change.perhaps is not None:
                continue
            event = substitute_atom(change.event, binding)
            needs: _Alternatives = [frozenset({self._event(event)})]
            if change.when is not None:
                condition = substitute(change.when, binding)
                if _is_ground(condition):
                    further = self.to_hold(condition, depth + 1)
                    needs = self._together([needs, further])
                else:
                    self.is_exhaustive = False
            found.append(needs)
        return self._either(found)

    def _atom_to_fail(self, atom: Atom, depth: int) -> _Alternatives:
        fluent = self.evaluation.world.program.fluents[atom.name]
        binding = bind(fluent, atom)
        parts: list[_Alternatives] = [
            self.to_fail(substitute(held.condition, binding), depth + 1)
            for held in fluent.held
        ]
        if fluent.initiated:
            ends: _Alternatives = []
            for change in fluent.terminated:
                event = substitute_atom(change.event, binding)
                if change.perhaps is None:
                    ends.append(frozenset({self._event(event)}))
            parts.append(ends)
        return self._together(parts)

    def _event(self, event: Atom) -> Need:
        return Need("event", phrase(self.evaluation.world.program, event), event)

    def _quantified(self, condition: Quantified, depth: int) -> _Alternatives:
        values = self.evaluation.domain(condition)
        name, sort = condition.variable.name, condition.variable.sort
        bodies = [substitute(condition.body, {name: value}) for value in values]
        if condition.at_least is None:
            return self._together(self.to_hold(body, depth + 1) for body in bodies)
        lacking = [b for b in bodies if self._verdict(b) is not Verdict.HOLDS]
        wanted = condition.at_least - (len(bodies) - len(lacking))
        if wanted > len(lacking) or wanted <= 0:
            return [] if wanted > 0 else [frozenset()]
        if len(lacking) > MOST_ALTERNATIVES or (wanted > 1 and len(lacking) > wanted):
            text = f"any {wanted} of these {len(lacking)} ({sort}): " + ", ".join(
                phrase(self.evaluation.world.program, body)
                if isinstance(body, Atom)
                else str(value)
                for body, value in zip(bodies, values, strict=True)
                if body in lacking
            )
            return [frozenset({Need("group", text)})]
        if wanted == 1:
            return self._either(self.to_hold(body, depth + 1) for body in lacking)
        return self._together(self.to_hold(body, depth + 1) for body in lacking)

    def _either(self, parts: Iterable[_Alternatives]) -> _Alternatives:
        return self._capped([needs for part in parts for needs in part])

    def _together(self, parts: Iterable[_Alternatives]) -> _Alternatives:
        joined: _Alternatives = [frozenset()]
        for part in parts:
            pairs = itertools.product(joined, part)
            joined = self._capped([left | right for left, right in pairs])
        return joined

    def _capped(self, found: _Alternatives) -> _Alternatives:
        kept = _minimal(found)
        if len(kept) > MOST_ALTERNATIVES:
            self.is_exhaustive = False
            kept = sorted(kept, key=lambda needs: (len(needs), str(needs)))
        return kept[:MOST_ALTERNATIVES]


def _minimal(found: Iterable[frozenset[Need]]) -> _Alternatives:
    distinct = list(dict.fromkeys(found))
    return [needs for needs in distinct if not any(other < needs for other in distinct)]


def _is_ground(condition: Condition) -> bool:
    match condition:
        case Atom():
            return condition.is_ground
        case Negation(inner):
            return _is_ground(inner)
        case AllOf(parts) | AnyOf(parts):
            return all(_is_ground(part) for part in parts)
        case _:
            return True
