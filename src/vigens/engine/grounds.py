"""What an inertial fluent rests on: occurrences, sightings, and where nobody looked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined, Message
from vigens.engine.contributions import contributions, latest_moves, powered
from vigens.engine.evaluate import Evaluation
from vigens.engine.gaps import look_gaps
from vigens.engine.intervals import span_at
from vigens.engine.many import verdict_of
from vigens.engine.nodes import Cause, Node
from vigens.engine.patterns import (
    bind_change,
    bind_own,
    known_values,
    match_values,
)
from vigens.engine.phrases import phrase
from vigens.engine.unfold import brought_by, when_words
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.model import Weight
from vigens.rules import Atom, Constant, Edge, substitute, substitute_atom

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vigens.engine.inertia import Contribution
    from vigens.model import Happening, Sighting
    from vigens.rules import Condition, Occurs, Program

    Unfold = Callable[[Condition, int], Node]

#: What an occurrence without a date has in place of one.
NO_DATE = Message("no date given")


def inertial_grounds(
    evaluation: Evaluation, atom: Atom, instant: int, unfold: Unfold
) -> tuple[list[Node], list[Cause]]:
    """List what moved a fluent, what does not count, and why it is not known.

    Args:
        evaluation: What is known.
        atom: Ground; its changes and observations are meant, not its conditions.
        instant: UTC seconds.
        unfold: Explains what had to hold just before a change.

    Returns:
        Nodes, those that decided first; causes, the weightiest first.

    Source:
        Design, section 4.5.
    """
    verdict = verdict_at(evaluation.inertial(atom), instant)
    since = None
    if verdict_of(evaluation, atom, instant) is Verdict.OPEN:
        since = (span_at(evaluation.bounds(atom).open, instant) or (None, None))[0]
    latest, parts = latest_moves(evaluation, atom, instant)
    nodes: list[tuple[bool, Node]] = []
    causes: list[Cause] = []
    for starts, part in parts:
        if part.happening is not None:
            node = _event(evaluation, part, unfold, starts=starts)
            nodes.append((starts is (verdict is not Verdict.FAILS), node))
            causes.extend(_doubts(evaluation, part, instant, since))
            causes.extend(cause for below in node.children for cause in below.causes)
    for seen in _seen(evaluation, atom, instant):
        node = _sighting(evaluation, atom, seen)
        nodes.append((seen.holds is (verdict is not Verdict.FAILS), node))
        if seen.last >= latest:
            causes.extend(_doubts_of_sighting(seen, instant, since))
    nodes.sort(key=lambda pair: _rank(*pair))
    found = [node for _, node in nodes]
    found.extend(_aside(evaluation, atom))
    found.extend(_without_effect(evaluation, atom, instant, unfold))
    if verdict is Verdict.OPEN:
        unseen, by_gaps, is_first = look_gaps(evaluation, atom, instant, since)
        found.extend(unseen)
        causes = [*by_gaps, *causes] if is_first else [*causes, *by_gaps]
        if not causes:
            text = "in which order it began and ended is not known"
            causes.append(Cause("imprecise date", text, since))
        return found, causes
    if not found and verdict is Verdict.FAILS:
        found.append(_silence(evaluation, atom))
    return found, []


def _rank(is_decisive: bool, node: Node) -> tuple[int, int]:  # noqa: FBT001 # a pair
    """What decided goes first: sure before possible, late before early."""
    is_sure = node.weight is Weight.SURE
    order = 0 if is_decisive and is_sure else 1 if is_decisive else 2
    return order, -(node.instant or 0)


def _seen(evaluation: Evaluation, atom: Atom, instant: int) -> list[Sighting]:
    return [
        seen
        for seen in evaluation.world.sightings.get(atom.name, ())
        if seen.values == atom.values and seen.first <= instant
    ]


def _doubts_of_sighting(seen: Sighting, instant: int, since: int | None) -> list[Cause]:
    causes = []
    if seen.weight is Weight.POSSIBLE:
        text = seen.reason or Message("an observation that only possibly counts")
        causes.append(Cause("evidence", text, since))
    if seen.first <= instant < seen.last:
        causes.append(_imprecise(seen.when_text, seen.first))
    return causes


def _imprecise(when_text: str, since: int) -> Cause:
    is_dated = when_text and when_text != NO_DATE
    text = Message("its date is not known")
    if is_dated:
        text = Message("it is dated only {when}", when=Dated(when_text))
    return Cause("imprecise date", text, since)


def _without_effect(
    evaluation: Evaluation, atom: Atom, instant: int, unfold: Unfold
) -> list[Node]:
    """Show what happened, and moved nothing: its condition did not hold."""
    fluent = evaluation.world.program.fluents[atom.name]
    binding = bind_own(fluent, atom)
    took: set[tuple[int, str]] | None = None
    nodes = []
    for change in (*fluent.initiated, *fluent.terminated):
        if isinstance(change.event, Edge):
            continue
        pattern = substitute_atom(change.event, binding)
        powers = evaluation.world.program.events[pattern.name].powers
        if change.when is None and not powers:
            continue  # whatever happens takes effect
        if took is None:
            took = {
                (id(part.change), part.happening.ref)
                for starts in (True, False)
                for part in contributions(evaluation, atom, starts=starts)
                if part.happening is not None
            }
        values = known_values(pattern)
        for happening in evaluation.occurred(pattern.name, values):
            extra = match_values(pattern, happening.values)
            if (
                extra is None
                or happening.weight not in (Weight.SURE, Weight.POSSIBLE)
                or happening.first > instant
                or not evaluation.is_read(change.reading)
                or (id(change), happening.ref) in took
            ):
                continue
            if powered(evaluation, happening) is Verdict.FAILS:
                effect = Message("without effect: whoever did it had not the power to")
                nodes.append(
                    _happening(evaluation, happening, effect, None, change.place)
                )
            elif change.when is not None:
                condition = substitute(change.when, {**binding, **extra})
                below = unfold(condition, happening.first - 1)
                effect = Message(
                    "without effect, its condition did not hold just before"
                )
                node = _happening(evaluation, happening, effect, None, change.place)
                nodes.append(replace(node, children=(below,)))
    return nodes


def _doubts(
    evaluation: Evaluation, part: Contribution, instant: int, since: int | None
) -> list[Cause]:
    happening = part.happening
    causes: list[Cause] = []
    if part.doubt is not None:
        kind = "unstated" if part.change.perhaps is not None else "evidence"
        if kind == "evidence" and happening is not None:
            kind = evaluation.kind_of_doubt(happening)
        causes.append(
            Cause(kind, part.doubt or Message("it only possibly counts"), since)
        )
    if happening is not None and part.move.first <= instant < part.move.last:
        causes.insert(0, _imprecise(happening.when_text, part.move.first))
    return causes


def _event(
    evaluation: Evaluation, part: Contribution, unfold: Unfold, *, starts: bool
) -> Node:
    happening = part.happening
    assert happening is not None
    effect = Message("begins it") if starts else Message("ends it")
    node = _happening(evaluation, happening, effect, part.doubt, part.change.place)
    node = replace(node, begins=starts)
    below: list[Node] = []
    if part.change.when is not None:
        condition = substitute(part.change.when, dict(part.binding))
        below.append(unfold(condition, happening.first - 1))
    below.extend(brought_by(evaluation, happening, unfold))
    return replace(node, children=tuple(below))


def _happening(
    evaluation: Evaluation,
    happening: Happening,
    effect: str,
    doubt: str | None,
    place: str,
) -> Node:
    atom = Atom(happening.event, tuple(Constant(v) for v in happening.values))
    said = phrase(evaluation.world.program, atom)
    when = when_words(evaluation, happening)
    reason: str | None = doubt or happening.reason
    if happening.event in evaluation.world.program.fluents:  # its beginning or end
        said = Message("{said}: it {does}", said=said, does=happening.reason)
        reason = doubt
    text: str = Message(
        "{said} ({when}): {effect}", said=said, when=when, effect=effect
    )
    text = Joined("; ", (text, reason)) if reason else text
    if happening.is_hypothesis:
        text = Message("supposed: {text}", text=text)
    return Node(
        "event",
        text,
        place=place,
        rule=happening.rule,
        ref=happening.ref,
        weight=happening.weight,
        instant=happening.first,
        is_disputed=happening.is_disputed,
        is_hypothesis=happening.is_hypothesis,
        about=atom,
    )


def _aside(evaluation: Evaluation, atom: Atom) -> list[Node]:
    """Show what bears on the atom but does not count."""
    fluent = evaluation.world.program.fluents[atom.name]
    binding = bind_own(fluent, atom)
    nodes = []
    for change in (*fluent.initiated, *fluent.terminated):
        if isinstance(change.event, Edge):
            continue
        pattern = substitute_atom(change.event, binding)
        for happening in evaluation.world.occurred(pattern.name, known_values(pattern)):
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
    return Message("denied" if happening.weight is Weight.DENIED else "does not count")


def _fits(pattern: Atom, values: tuple[str, ...]) -> bool:
    return all(
        not isinstance(term, Constant) or term.value == value
        for term, value in zip(pattern.terms, values, strict=False)
    )


def _sighting(evaluation: Evaluation, atom: Atom, seen: Sighting) -> Node:
    said = phrase(evaluation.world.program, atom)
    when = when_words(evaluation, seen)
    held = "observed {when}, so: {said}"
    if not seen.holds:
        held = "observed {when}, not so: {said}"
    text: str = Message(held, when=when, said=said)
    text = Joined("; ", (text, seen.reason)) if seen.reason else text
    return Node(
        "sighting",
        text,
        ref=seen.ref,
        weight=seen.weight,
        instant=seen.first,
        about=atom,
        begins=seen.holds,
    )


def _silence(evaluation: Evaluation, atom: Atom) -> Node:
    fluent = evaluation.world.program.fluents[atom.name]
    program = evaluation.world.program
    phrases = [
        _in_words(program, change.event, binding)
        for change in fluent.initiated
        if (binding := bind_change(fluent, change, atom)) is not None
    ]
    said: str = Message("anything begins it")
    for number, words in enumerate(dict.fromkeys(phrases)):
        said = words if not number else Message("{a} or that {b}", a=said, b=words)
    silent = "where one looked, nothing says that {said}"
    return Node("gap", Message(silent, said=said))


def _in_words(program: Program, occurs: Occurs, binding: Mapping[str, str]) -> str:
    """Say an event, or that another state begins or ends."""
    if isinstance(occurs, Edge):
        said = phrase(program, substitute_atom(occurs.atom, binding))
        moves = "{said} begins" if occurs.is_begin else "{said} ends"
        return Message(moves, said=said)
    return phrase(program, substitute_atom(occurs, binding))
