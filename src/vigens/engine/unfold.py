"""The why of conditions about numbers, windows, durations and duties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import Dated, Joined, Message
from vigens.chrono import format_instant
from vigens.engine.calendar import later
from vigens.engine.derived import delayed
from vigens.engine.duties import review_obligation
from vigens.engine.intervals import LOW, span_at
from vigens.engine.nodes import Cause, Node
from vigens.engine.occurrences import COUNTED
from vigens.engine.patterns import is_closed, known_values, match_values
from vigens.engine.phrases import phrase
from vigens.engine.rows import tally_bounds
from vigens.engine.standing import word_of
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.engine.words import describe
from vigens.model import Weight
from vigens.rules import (
    Atom,
    Comparison,
    Constant,
    Count,
    Frequency,
    Happens,
    InState,
    Persisted,
    Quantified,
    Tallied,
    compared_amounts,
    numbers_in,
    substitute,
    substitute_atom,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigens.engine.evaluate import Evaluation
    from vigens.model import Happening, Sighting
    from vigens.rules import Condition, Number, Provision

    Unfold = Callable[[Evaluation, Condition, int], Node]

#: How many occurrences or members a tree shows.
MOST_SHOWN = 12
#: Most occurrences of a window that are shown after those, below a node of their own.
MOST_LISTED = 1000
#: How many triggers, and performances, of a duty.
_MOST_OF_DUTY = 2
#: How many provisions in a row a tree follows.
MOST_PROVISIONS = 8


def unfold_other(
    evaluation: Evaluation, condition: Condition, instant: int, explain: Unfold
) -> Node:
    """Unfold a verdict on a condition that is neither a state nor logic over states.

    Args:
        evaluation: Whose answers are explained.
        condition: Ground.
        instant: UTC seconds.
        explain: Unfolds what it rests on.

    Source:
        Design, section 4.5.
    """
    verdict = verdict_at(evaluation.bounds(condition), instant)
    program = evaluation.world.program
    text = describe(program, condition)
    children: list[Node] = []
    causes: tuple[Cause, ...] = ()
    match condition:
        case Persisted(body=body):
            children = [explain(evaluation, body, instant)]
            span = span_at(evaluation.bounds(body).possibly, instant)
            if span is not None:
                since = Dated(format_instant(span[0], evaluation.world.zone))
                text = Message(
                    "{text}; it may hold since {since} at the earliest",
                    text=text,
                    since=since,
                )
        case Frequency():
            found = _in_window(evaluation, condition, instant)
            children = list(_all_of(evaluation, found))
            text = Message("{text}; {n} in the window", text=text, n=len(found))
        case Happens(event):
            children = list(_at_instant(evaluation, event, instant))
        case Comparison():
            children = [
                node
                for number in numbers_in(condition)
                for node in _of_number(evaluation, number, instant, explain)
            ]
        case Quantified():
            children = list(_of_states(evaluation, condition, instant, explain))
        case InState():
            children = list(_of_duty(evaluation, condition, instant))
        case _:
            pass
    if verdict is Verdict.OPEN:
        causes = tuple(dict.fromkeys(c for node in children for c in node.causes))
        causes = causes or (Cause(*_cause_of(condition), None),)
    return Node(
        "condition",
        text,
        verdict,
        causes=causes,
        children=tuple(children),
    )


def _cause_of(condition: Condition) -> tuple[str, str]:
    match condition:
        case InState():
            return "evidence", Message("the state of the duty is not known")
        case _:
            unseen = "an occurrence that nobody recorded is possible"
            return "coverage", Message(unseen)


def _in_window(
    evaluation: Evaluation, condition: Frequency, instant: int
) -> list[Happening]:
    """List the occurrences that may count at an instant, the latest first."""
    found = []
    for happening in matching(evaluation, condition.event):
        last = np.asarray([happening.last], dtype=np.int64)
        zone = evaluation.world.zone
        end = int(later(last, condition.amount, condition.unit, zone)[0])
        if happening.first <= instant < end:
            found.append(happening)
    return sorted(found, key=lambda happening: -happening.first)


def _all_of(evaluation: Evaluation, found: list[Happening]) -> Iterator[Node]:
    """Show some occurrences, and below one further node the rest of them."""
    nodes = [event_node(evaluation, each) for each in found[:MOST_LISTED]]
    yield from nodes[:MOST_SHOWN]
    rest = nodes[MOST_SHOWN:]
    if rest:
        n_more = len(found) - len(nodes)
        text = Message("{n} more that count", n=len(rest) + n_more)
        causes = tuple(dict.fromkeys(c for node in rest for c in node.causes))
        yield Node("count", text, causes=causes, children=tuple(rest), n_more=n_more)


def _at_instant(evaluation: Evaluation, event: Atom, instant: int) -> Iterator[Node]:
    for happening in matching(evaluation, event):
        if happening.first - 1 <= instant < max(happening.last, happening.first):
            yield event_node(evaluation, happening)


def matching(evaluation: Evaluation, pattern: Atom) -> list[Happening]:
    """List the occurrences that count and match an event pattern.

    Source:
        Event calculus.
    """
    return [
        happening
        for happening in evaluation.occurred(pattern.name, known_values(pattern))
        if happening.weight in COUNTED
        and match_values(pattern, happening.values) is not None
    ]


def when_words(evaluation: Evaluation, seen: Happening | Sighting) -> Dated:
    """Say when something happened: as written, else by its earliest instant.

    Source:
        Design, section 4.2.
    """
    return Dated(seen.when_text or format_instant(seen.first, evaluation.world.zone))


def event_node(evaluation: Evaluation, happening: Happening) -> Node:
    """Show one occurrence as it is.

    Source:
        Design, section 4.5.
    """
    atom = Atom(happening.event, tuple(Constant(v) for v in happening.values))
    said = phrase(evaluation.world.program, atom)
    when = when_words(evaluation, happening)
    text: str = Message("{said} ({when})", said=said, when=when)
    if happening.reason:
        text = Joined("; ", (text, happening.reason))
    cause = happening.reason or Message("it only possibly counts")
    return Node(
        "event",
        text,
        rule=happening.rule,
        ref=happening.ref,
        weight=happening.weight,
        instant=happening.first,
        is_disputed=happening.is_disputed,
        is_hypothesis=happening.is_hypothesis,
        causes=()
        if happening.weight is Weight.SURE
        else (Cause(evaluation.kind_of_doubt(happening), cause, None),),
    )


def _of_number(
    evaluation: Evaluation, number: Number, instant: int, explain: Unfold
) -> Iterator[Node]:
    program = evaluation.world.program
    if isinstance(number, Count):
        asked = Quantified(1, number.variable, number.owner, number.body, number.guard)
        holding = maybe = 0
        n_more = 0
        shown: list[Node] = []
        for value in evaluation.domain(asked):
            filled = substitute(number.body, {number.variable.name: value})
            verdict = verdict_at(evaluation.bounds(filled), instant)
            holding += verdict is Verdict.HOLDS
            maybe += verdict is Verdict.OPEN
            if verdict is Verdict.FAILS:
                continue
            if len(shown) < MOST_SHOWN:
                shown.append(explain(evaluation, filled, instant))
            else:
                n_more += 1
        words = describe(program, Comparison(number, "=", holding))
        text = words
        if maybe:
            text = Message("{words}, {n} more possibly", words=words, n=maybe)
        yield Node("count", text, children=tuple(shown), n_more=n_more)
    elif isinstance(number, Tallied):
        yield Node("count", _tallied(evaluation, number, instant))


def _of_states(
    evaluation: Evaluation, condition: Quantified, instant: int, explain: Unfold
) -> Iterator[Node]:
    """Show which numbers the states that are compared have, or may have."""
    states, last = compared_amounts(condition)
    program = evaluation.world.program
    for number in numbers_in(last) if isinstance(last, Comparison) else ():
        yield from _of_number(evaluation, number, instant, explain)
    for state in states:
        name = getattr(state.terms[-1], "name", "")
        for value in evaluation.domain(condition):
            filled = substitute_atom(state, {name: value})
            node = explain(evaluation, filled, instant)
            if node.verdict is not Verdict.FAILS:
                words = phrase(program, filled)
                has = Message("{tally} has come to {n}", tally=words, n=value)
                yield replace(node, text=has)


def _tallied(evaluation: Evaluation, number: Tallied, instant: int) -> str:
    """Say what a tally has come to."""
    program = evaluation.world.program
    words = describe(program, Comparison(number, "=", 0))[:-4]
    values = [term.value for term in number.terms if isinstance(term, Constant)]
    if len(values) < len(number.terms):
        return words
    least, most = tally_bounds(evaluation, number.tally, values, instant)
    scale = evaluation.plan.tally(number).scale
    low, high = (None if n is None else f"{n / scale:g}" for n in (least, most))
    if low == high:
        return Message("{tally} has come to {n}", tally=words, n=low)
    if high is None:
        return Message("{tally} has come to at least {n}", tally=words, n=low)
    both = "{tally} has come to {n} at least, {most} at most"
    return Message(both, tally=words, n=low, most=high)


def _of_duty(evaluation: Evaluation, asked: InState, instant: int) -> Iterator[Node]:
    """Show how a duty stands, and what triggered and performed it."""
    duty = evaluation.world.program.obligations.get(asked.duty)
    values = [term.value for term in asked.terms if isinstance(term, Constant)]
    if duty is None or not values or len(values) < len(asked.terms):
        return
    names = [param.name for param in duty.params]
    binding = dict(zip(names, values, strict=False))
    own = {name: binding[name] for name in names[1:] if name in binding}
    reports = review_obligation(
        evaluation, duty, instant, obligor=values[0], binding=own
    )
    word = word_of(asked.state)
    reports = tuple(sorted(reports, key=lambda report: word not in report.states))
    for report in reports[:MOST_SHOWN]:
        text: str = Joined(" / ", report.states)
        for limit in report.deadlines:
            if limit.latest is not None:
                day = Dated(format_instant(limit.latest, evaluation.world.zone))
                said = "{text}, not after {day}"
                if limit.relation == "at":
                    said = "{text}, not before {day}"
                text = Message(said, text=text, day=day)
        yield Node("count", text)
    binding["obligor"] = values[0]
    events = [trigger.event for trigger in duty.triggers]
    if duty.performance is not None:
        events.append(duty.performance.event)
    for pattern in dict.fromkeys(one for one in events if isinstance(one, Atom)):
        found = [
            one
            for one in matching(evaluation, substitute_atom(pattern, binding))
            if one.first <= instant
        ]
        for happening in sorted(found, key=lambda one: -one.first)[:_MOST_OF_DUTY]:
            yield event_node(evaluation, happening)


def brought_by(
    evaluation: Evaluation,
    happening: Happening,
    unfold: Callable[[Condition, int], Node],
    depth: int = 0,
) -> Iterator[Node]:
    """Show what let a text bring an occurrence about, down to what is recorded.

    Args:
        evaluation: What is known.
        happening: Brought by a provision; of any other there is nothing to show.
        unfold: Explains the condition that had to begin.
        depth: How many provisions have been followed.

    Source:
        Design, section 4.5: each number opens into its sources.
    """
    name = happening.ref.removeprefix("provision ")
    provision = evaluation.world.program.provisions.get(name)
    if provision is None or name == happening.ref or depth > MOST_PROVISIONS:
        return
    binding = match_values(provision.brings, happening.values) or {}
    if provision.once is not None:
        condition = substitute(provision.once, binding)
        if is_closed(condition):
            since = _began(evaluation, provision, condition, happening)
            yield unfold(condition, since)
    if isinstance(provision.upon, Atom):
        pattern = substitute_atom(provision.upon, binding)
        found = [
            one for one in matching(evaluation, pattern) if one.first <= happening.first
        ]
        for one in sorted(found, key=lambda one: one.first)[-1:]:
            node = event_node(evaluation, one)
            below = tuple(brought_by(evaluation, one, unfold, depth + 1))
            yield replace(node, children=below)


def _began(
    evaluation: Evaluation,
    provision: Provision,
    condition: Condition,
    happening: Happening,
) -> int:
    """Say when the condition began that let an occurrence come about, a delay ago."""
    bounds = evaluation.bounds(condition)
    spans = (*bounds.possibly, *bounds.surely)
    starts = sorted({s for s, _ in spans if LOW < s <= happening.first})
    delay = provision.delay
    if delay is None or not (delay.amount or delay.first_of):
        return happening.first
    moved = delayed(np.asarray(starts, dtype=np.int64), delay, evaluation.world.zone)
    fits = [
        s for s, at in zip(starts, moved.tolist(), strict=True) if at <= happening.last
    ]
    return min(fits[-1] if fits else happening.first, happening.first - 1)
