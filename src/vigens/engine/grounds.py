"""What an inertial fluent rests on: occurrences, sightings, and where nobody looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.chrono import format_instant
from vigens.engine.evaluate import Contribution, Evaluation
from vigens.engine.intervals import span_at
from vigens.engine.nodes import Cause, Node
from vigens.engine.patterns import bind
from vigens.engine.phrases import phrase
from vigens.engine.verdicts import Verdict
from vigens.model import Weight
from vigens.rules import Atom, Constant, substitute_atom

if TYPE_CHECKING:
    from vigens.model import Happening, Sighting


def inertial_grounds(
    evaluation: Evaluation, atom: Atom, instant: int, verdict: Verdict
) -> tuple[list[Node], list[Cause]]:
    """List what moved a fluent, what does not count, and why it is not known.

    Source:
        Design, section 4.5.
    """
    nodes: list[Node] = []
    causes: list[Cause] = []
    gaps: list[tuple[str, int]] = []
    bounds = evaluation.bounds(atom)
    since = (span_at(bounds.open, instant) or (None, None))[0]
    latest = _latest_sure(evaluation, atom, instant)
    for starts in (True, False):
        for part in evaluation.contributions(atom, starts=starts):
            if part.move.first > instant or part.move.last < latest:
                continue
            if part.happening is None:
                gaps.append((part.change.event.name, part.move.first))
                continue
            nodes.append(_event(evaluation, part, starts=starts))
            causes.extend(_doubts(part, instant, since))
    nodes.extend(_aside(evaluation, atom))
    nodes.extend(
        _sighting(evaluation, atom, seen)
        for seen in evaluation.world.sightings.get(atom.name, ())
        if seen.values == atom.values and seen.first <= instant
    )
    if gaps and verdict is Verdict.OPEN:
        node, cause = _gap(evaluation, gaps, since)
        nodes.append(node)
        causes.insert(0, cause)
    elif not nodes and verdict is Verdict.FAILS:
        nodes.append(_silence(evaluation, atom))
    return nodes, causes


def _latest_sure(evaluation: Evaluation, atom: Atom, instant: int) -> int:
    """Start of the latest sure change: what lies wholly before it decides nothing."""
    sure = [
        part.move.first
        for starts in (True, False)
        for part in evaluation.contributions(atom, starts=starts)
        if part.move.sure and part.move.last <= instant
    ]
    sure.extend(
        seen.first
        for seen in evaluation.world.sightings.get(atom.name, ())
        if seen.values == atom.values
        and seen.weight is Weight.SURE
        and seen.last <= instant
    )
    return max(sure, default=-(10**15))


def _doubts(part: Contribution, instant: int, since: int | None) -> list[Cause]:
    happening = part.happening
    if happening is None:
        return []
    if part.move.first <= instant < part.move.last:
        text = f"it is dated only {happening.when_text or 'roughly'}"
        return [Cause("imprecise date", text, part.move.first)]
    if part.doubt is None:
        return []
    kind = "unstated" if part.change.perhaps is not None else "evidence"
    return [Cause(kind, part.doubt, since)]


def _event(evaluation: Evaluation, part: Contribution, *, starts: bool) -> Node:
    happening = part.happening
    assert happening is not None
    return _happening(
        evaluation,
        happening,
        "begins it" if starts else "ends it",
        part.doubt,
        part.change.place,
    )


def _happening(
    evaluation: Evaluation,
    happening: Happening,
    effect: str,
    doubt: str | None,
    place: str,
) -> Node:
    atom = Atom(happening.event, tuple(Constant(v) for v in happening.values))
    said = phrase(evaluation.world.program, atom)
    when = happening.when_text or format_instant(happening.first, evaluation.world.zone)
    reason = doubt or happening.reason
    supposed = "supposed: " if happening.is_hypothesis else ""
    text = f"{supposed}{said} ({when}): {effect}" + (f"; {reason}" if reason else "")
    return Node(
        "event",
        text,
        place=place,
        rule=happening.rule,
        ref=happening.ref,
        weight=happening.weight,
        instant=happening.first,
        is_disputed=happening.is_disputed,
    )


def _aside(evaluation: Evaluation, atom: Atom) -> list[Node]:
    """Show what bears on the atom but does not count."""
    fluent = evaluation.world.program.fluents[atom.name]
    binding = bind(fluent, atom)
    nodes = []
    for change in (*fluent.initiated, *fluent.terminated):
        pattern = substitute_atom(change.event, binding)
        for happening in evaluation.world.happenings.get(change.event.name, ()):
            if happening.weight not in (Weight.ASIDE, Weight.DENIED):
                continue
            if _fits(pattern, happening.values):
                nodes.append(
                    _happening(
                        evaluation, happening, _effect(happening), None, change.place
                    )
                )
    return nodes


def _effect(happening: Happening) -> str:
    return "denied" if happening.weight is Weight.DENIED else "does not count"


def _fits(pattern: Atom, values: tuple[str, ...]) -> bool:
    return all(
        not isinstance(term, Constant) or term.value == value
        for term, value in zip(pattern.terms, values, strict=False)
    )


def _sighting(evaluation: Evaluation, atom: Atom, seen: Sighting) -> Node:
    said = phrase(evaluation.world.program, atom)
    when = seen.when_text or format_instant(seen.first, evaluation.world.zone)
    held = "so" if seen.holds else "not so"
    reason = f"; {seen.reason}" if seen.reason else ""
    text = f"observed {when}, {held}: {said}{reason}"
    return Node("sighting", text, ref=seen.ref, weight=seen.weight, instant=seen.first)


def _gap(
    evaluation: Evaluation, gaps: list[tuple[str, int]], since: int | None
) -> tuple[Node, Cause]:
    names = ", ".join(dict.fromkeys(name for name, _ in gaps))
    looked = [
        evaluation.world.last_looked(name)
        for name, _ in gaps
        if evaluation.world.last_looked(name) is not None
    ]
    start = max((first for _, first in gaps), default=0)
    if looked:
        day = format_instant(
            max(x for x in looked if x is not None) - 1, evaluation.world.zone
        )[:10]
        text = f"nobody has looked since {day}"
    else:
        text = f"nobody has looked for {names}"
    cause = Cause("coverage", text, since if since is not None else start)
    return Node("gap", f"{text}, so {names} may have happened unseen"), cause


def _silence(evaluation: Evaluation, atom: Atom) -> Node:
    fluent = evaluation.world.program.fluents[atom.name]
    binding = bind(fluent, atom)
    program = evaluation.world.program
    phrases = [
        phrase(program, substitute_atom(change.event, binding))
        for change in fluent.initiated
    ]
    said = " or that ".join(dict.fromkeys(phrases)) or "anything begins it"
    return Node("gap", f"where one looked, nothing says that {said}")
