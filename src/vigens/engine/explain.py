"""Why a verdict is what it is: a tree from the answer down to occurrences.

Each node says one sentence. Children are what the sentence rests on; nodes that did not
decide are left out, so that the tree stays short. References point at entries; who
claims them is for the caller to add.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.chrono import format_instant
from vigens.engine.evaluate import Contribution, Evaluation, bind
from vigens.engine.intervals import span_at
from vigens.engine.phrases import phrase
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Weight
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Constant,
    Fluent,
    Negation,
    Quantified,
    Stated,
    Unstated,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.model import Happening, Sighting
    from vigens.rules import Program, Under

#: How many members of a quantified sort a tree shows.
MOST_MEMBERS = 12


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is not known.

    Attributes:
        kind: `coverage`, `evidence`, `imprecise date`, `unstated`, `reading`.
        text: One clause.
        since: From when, UTC seconds; `None` where it has no beginning.
    """

    kind: str
    text: str
    since: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a why.

    Attributes:
        kind: `fluent`, `condition`, `event`, `sighting`, `gap`, `stated`, `unstated`.
        text: One sentence.
        verdict: What this step comes to at the instant; `None` for evidence.
        place: Where the rule is written.
        rule: The rule in words, where it has a name.
        ref: Entry id of an occurrence or sighting.
        weight: How that evidence counts.
        causes: Why it is not known, the weightiest first.
        children: What it rests on.
        instant: Earliest instant of that evidence, UTC seconds.
        is_disputed: Whether claims on both sides count.
        caveat: What the answer hangs on, such as a text known only from reports.
    """

    kind: str
    text: str
    verdict: Verdict | None = None
    place: str = ""
    rule: str | None = None
    ref: str | None = None
    weight: Weight | None = None
    causes: tuple[Cause, ...] = ()
    children: tuple[Node, ...] = ()
    instant: int | None = None
    is_disputed: bool = False
    caveat: str | None = None


def explain(evaluation: Evaluation, condition: Condition, instant: int) -> Node:
    """Unfold a verdict.

    Args:
        evaluation: Whose answers are explained.
        condition: Ground.
        instant: UTC seconds.

    Returns:
        The tree; its root carries the verdict and the causes of what is not known.

    Source:
        Design, section 4.5.
    """
    verdict = verdict_at(evaluation.bounds(condition), instant)
    match condition:
        case Atom():
            return _atom(evaluation, condition, instant, verdict)
        case Negation(inner):
            child = explain(evaluation, inner, instant)
            text = f"not: {child.text}"
            return Node(
                "condition", text, verdict, causes=child.causes, children=(child,)
            )
        case AllOf(parts):
            return _joined(evaluation, parts, instant, verdict, "all of")
        case AnyOf(parts):
            return _joined(evaluation, parts, instant, verdict, "any of")
        case Quantified():
            return _quantified(evaluation, condition, instant, verdict)
        case Stated():
            return _stated(evaluation, condition, verdict)
        case Unstated(what):
            cause = Cause("unstated", f"not stated: {what}", None)
            text = f"the text leaves open {what}"
            return Node("unstated", text, verdict, causes=(cause,))


def _joined(
    evaluation: Evaluation,
    parts: Iterable[Condition],
    instant: int,
    verdict: Verdict,
    words: str,
) -> Node:
    nodes = [explain(evaluation, part, instant) for part in parts]
    shown = _decisive(nodes, verdict)
    return Node(
        "condition",
        f"{words} {len(nodes)}",
        verdict,
        causes=_causes(shown),
        children=tuple(shown),
    )


def _decisive(nodes: list[Node], verdict: Verdict) -> list[Node]:
    """Keep what decided: nodes of the same verdict; all where none matches."""
    same = [node for node in nodes if node.verdict is verdict]
    return same or nodes


def _causes(nodes: Iterable[Node]) -> tuple[Cause, ...]:
    found = [cause for node in nodes for cause in node.causes]
    return tuple(dict.fromkeys(found))


def _quantified(
    evaluation: Evaluation, condition: Quantified, instant: int, verdict: Verdict
) -> Node:
    name, sort = condition.variable.name, condition.variable.sort
    values = evaluation.domain(condition)
    nodes = [
        explain(evaluation, substitute(condition.body, {name: value}), instant)
        for value in values
    ]
    shown = _decisive(nodes, verdict)[:MOST_MEMBERS]
    amount = "each" if condition.at_least is None else f"at least {condition.at_least}"
    holding = sum(node.verdict is Verdict.HOLDS for node in nodes)
    text = f"{amount} {sort}: {holding} of {len(nodes)} known surely do"
    causes = _causes(shown) if verdict is Verdict.OPEN else ()
    if verdict is Verdict.OPEN and not causes:
        causes = (
            Cause("coverage", f"a {sort} that nobody recorded is possible", None),
        )
    return Node("condition", text, verdict, causes=causes, children=tuple(shown))


def _stated(evaluation: Evaluation, condition: Stated, verdict: Verdict) -> Node:
    program = evaluation.world.program
    name = getattr(condition.instrument, "value", "")
    text = program.instruments.get(name)
    title = program.title_of(name)
    if text is None or condition.key in text.unstated:
        why = text.unstated[condition.key] if text else "no such text is declared"
        if text is not None and text.text_status == "not seen":
            why = f"text not seen, {why.removeprefix('text not seen, ')}"
        cause = Cause("unstated", why, None)
        place = text.place if text else ""
        sentence = f"{title}: {condition.key} is not stated ({why})"
        return Node("stated", sentence, verdict, place, causes=(cause,))
    said = ", ".join(text.stated.get(condition.key, ())) or "nothing"
    sentence = f"{title} says of its {condition.key}: {said}"
    return Node("stated", sentence, verdict, text.place)


def _atom(evaluation: Evaluation, atom: Atom, instant: int, verdict: Verdict) -> Node:
    fluent = evaluation.world.program.fluents[atom.name]
    children = [*_held(evaluation, fluent, atom, instant, verdict)]
    causes = list(_causes(children)) if verdict is Verdict.OPEN else []
    if fluent.initiated or not fluent.held:
        found, own = _inertial(evaluation, atom, instant, verdict)
        children.extend(found)
        if verdict is Verdict.OPEN:
            causes = own + causes if not fluent.held else causes + own
    if verdict is Verdict.OPEN:
        for variant in evaluation.unread_variants(fluent):
            text = f"it depends on the reading of {variant}"
            causes.append(Cause("reading", text, None))
    return Node(
        "fluent",
        phrase(evaluation.world.program, atom),
        verdict,
        fluent.place,
        fluent.rule,
        causes=tuple(dict.fromkeys(causes)),
        children=tuple(children),
        caveat=text_caveat(evaluation.world.program, fluent.under),
    )


def text_caveat(program: Program, under: Under | None) -> str | None:
    """Say what an answer hangs on where its text is known only from reports.

    Source:
        Design, section 4.3, cause 4.
    """
    text = program.instruments.get(under.instrument) if under else None
    if text is None or text.text_status not in ("reported", "not seen"):
        return None
    return "if the reported text is right"


def _held(
    evaluation: Evaluation, fluent: Fluent, atom: Atom, instant: int, verdict: Verdict
) -> list[Node]:
    binding = bind(fluent, atom)
    nodes = [
        explain(evaluation, substitute(held.condition, binding), instant)
        for held in fluent.held
    ]
    return _decisive(nodes, verdict)


def _inertial(
    evaluation: Evaluation, atom: Atom, instant: int, verdict: Verdict
) -> tuple[list[Node], list[Cause]]:
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
                        evaluation, happening, "does not count", None, change.place
                    )
                )
    return nodes


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
    text = f"seen {when}: {said} was {held}{reason}"
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
