"""Why a verdict is what it is: a tree from the answer down to occurrences.

Each node says one sentence. Children are what the sentence rests on; nodes that did not
decide are left out, so that the tree stays short. References point at entries; who
claims them is for the caller to add.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.evaluate import Evaluation
from vigens.engine.grounds import inertial_grounds
from vigens.engine.intervals import span_at
from vigens.engine.many import verdict_of, verdicts_of
from vigens.engine.nodes import Cause, Node, text_caveat
from vigens.engine.patterns import bind
from vigens.engine.phrases import phrase
from vigens.engine.unfold import unfold_other
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.engine.words import amount_of
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Fluent,
    Negation,
    Quantified,
    Stated,
    Unstated,
    compares_amounts,
    substitute,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


#: How many members of a quantified sort a tree shows.
MOST_MEMBERS = 12


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
    evaluation = evaluation.about(condition)
    if not isinstance(condition, Atom):
        node = _unfold(evaluation, condition, instant)
        return replace(node, about=condition, at=instant)
    key = (condition, instant)
    if key not in evaluation.unfolded:
        verdict = verdict_of(evaluation, condition, instant)
        node = _atom(evaluation, condition, instant, verdict)
        evaluation.unfolded[key] = replace(node, about=condition, at=instant)
    return evaluation.unfolded[key]


def _unfold(evaluation: Evaluation, condition: Condition, instant: int) -> Node:
    verdict = verdict_of(evaluation, condition, instant)
    match condition:
        case Negation(inner):
            child = explain(evaluation, inner, instant)
            text = Message("not: {text}", text=child.text)
            return Node(
                "condition", text, verdict, causes=child.causes, children=(child,)
            )
        case AllOf(parts):
            return _joined(evaluation, parts, instant, verdict, is_all=True)
        case AnyOf(parts):
            return _joined(evaluation, parts, instant, verdict, is_all=False)
        case Quantified() if not compares_amounts(condition):
            return _quantified(evaluation, condition, instant, verdict)
        case Stated():
            return _stated(evaluation, condition, verdict)
        case Unstated(what):
            cause = Cause(
                "unstated", Message("not stated: {what}", what=Message(what)), None
            )
            text = Message("the text leaves open {what}", what=Message(what))
            return Node("unstated", text, verdict, causes=(cause,))
        case _:
            return unfold_other(evaluation, condition, instant, explain)


def _joined(
    evaluation: Evaluation,
    parts: Iterable[Condition],
    instant: int,
    verdict: Verdict,
    *,
    is_all: bool,
) -> Node:
    nodes = [explain(evaluation, part, instant) for part in parts]
    shown = _decisive(nodes, verdict)
    return Node(
        "condition",
        _tally(len(nodes), len(shown), verdict, is_all=is_all),
        verdict,
        causes=_causes(shown),
        children=tuple(shown),
    )


def _tally(total: int, decisive: int, verdict: Verdict, *, is_all: bool) -> Message:
    """Say how many parts of a condition decided it."""
    if verdict is Verdict.OPEN:
        return Message("{n} of {total} conditions not known", n=decisive, total=total)
    if is_all:
        if verdict is Verdict.HOLDS:
            return Message("all {total} conditions hold", total=total)
        fail = "{n} of {total} conditions, all needed, fail"
        return Message(fail, n=decisive, total=total)
    if verdict is Verdict.HOLDS:
        hold = "{n} of {total} conditions, one needed, hold"
        return Message(hold, n=decisive, total=total)
    return Message("none of {total} conditions holds", total=total)


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
    name = condition.variable.name
    members = [
        (value, verdict_at(evaluation.presence(condition, value), instant))
        for value in evaluation.domain(condition)
        if _is_there(evaluation, condition, value, instant)
    ]
    bodies = [
        substitute(condition.body, {name: value})
        for value, found in members
        if found is not Verdict.FAILS
    ]
    atoms = [body for body in bodies if isinstance(body, Atom)]
    if len(atoms) == len(bodies):
        answers = verdicts_of(evaluation, atoms, instant)
    else:
        answers = [verdict_of(evaluation, body, instant) for body in bodies]
    pairs = list(zip(bodies, answers, strict=True))
    decisive = [body for body, answer in pairs if answer is verdict] or bodies
    # Only those that are shown are unfolded: there may be a thousand.
    shown = [explain(evaluation, body, instant) for body in decisive[:MOST_MEMBERS]]
    amount = amount_of(evaluation.world.program, condition)
    holding = sum(answer is Verdict.HOLDS for answer in answers)
    surely = "{amount}: {n} of {total} known surely do"
    text = Message(surely, amount=amount, n=holding, total=len(answers))
    causes: tuple[Cause, ...] = ()
    if verdict is Verdict.OPEN:
        causes = (*_causes(shown), *_of_domain(evaluation, condition, members, instant))
        unsure = Message("whom it ranges over is not known")
        causes = causes or (Cause("evidence", unsure, None),)
    return Node(
        "condition",
        text,
        verdict,
        causes=causes,
        children=tuple(shown),
        n_more=len(decisive) - len(shown),
    )


def _is_there(
    evaluation: Evaluation, condition: Quantified, value: str, instant: int
) -> bool:
    """Say whether a quantifier with a guard may range over a value."""
    if condition.guard is None:
        return True
    guard = substitute(condition.guard, {condition.variable.name: value})
    return verdict_of(evaluation, guard, instant) is not Verdict.FAILS


def _of_domain(
    evaluation: Evaluation,
    condition: Quantified,
    members: Iterable[tuple[str, Verdict]],
    instant: int,
) -> Iterator[Cause]:
    """Say what is not known of the values themselves."""
    sort = condition.variable.sort
    unseen = span_at(evaluation.unseen(condition), instant)
    if unseen is not None:
        text = Message("a {sort} that nobody recorded is possible", sort=Message(sort))
        yield Cause("coverage", text, unseen[0])
    for value, found in members:
        if found is Verdict.OPEN:
            unsure = "that {value} was named as a {sort} by then is not sure"
            text = Message(unsure, value=value, sort=Message(sort))
            yield Cause("evidence", text, None)


def _stated(evaluation: Evaluation, condition: Stated, verdict: Verdict) -> Node:
    program = evaluation.world.program
    name = getattr(condition.instrument, "value", "")
    text = program.instruments.get(name)
    title = program.title_of(name)
    if text is None or condition.key not in text.stated:
        silent = Message("its file says nothing of its {key}", key=condition.key)
        why = (
            text.unstated.get(condition.key, silent)
            if text
            else Message("no such text")
        )
        if text is not None and text.text_status == "not seen":
            why = Message(
                "text not seen, {why}", why=why.removeprefix("text not seen, ")
            )
        cause = Cause("unstated", Message(why) if type(why) is str else why, None)
        place = text.place if text else ""
        silence = "{title}: {key} is not stated ({why})"
        sentence = Message(silence, title=title, key=condition.key, why=why)
        return Node("stated", sentence, verdict, place, causes=(cause,))
    said = ", ".join(text.stated[condition.key])
    says = "{title} says of its {key}: {said}"
    sentence = Message(says, title=title, key=condition.key, said=said)
    return Node("stated", sentence, verdict, text.place)


def _atom(evaluation: Evaluation, atom: Atom, instant: int, verdict: Verdict) -> Node:
    fluent = evaluation.world.program.fluents[atom.name]
    if evaluation.unread_variants(fluent):
        children, causes = _by_reading(evaluation, fluent, atom, instant)
    else:
        children = _held(evaluation, fluent, atom, instant, verdict)
        causes = _causes(children)
        if fluent.initiated or not fluent.held:

            def unfold(condition: Condition, before: int) -> Node:
                return explain(evaluation, condition, before)

            found, own = inertial_grounds(evaluation, atom, instant, unfold)
            children = [*children, *found]
            causes = (*causes, *own) if fluent.held else (*own, *causes)
    return Node(
        "fluent",
        phrase(evaluation.world.program, atom),
        verdict,
        fluent.place,
        fluent.rule,
        causes=tuple(dict.fromkeys(causes)) if verdict is Verdict.OPEN else (),
        children=tuple(children),
        caveat=text_caveat(evaluation.world.program, fluent.under),
    )


def _by_reading(
    evaluation: Evaluation, fluent: Fluent, atom: Atom, instant: int
) -> tuple[list[Node], tuple[Cause, ...]]:
    """Unfold a fluent once for each reading that the lens leaves open."""
    nodes = []
    for choice in evaluation.choices(fluent):
        node = explain(evaluation.under(choice), atom, instant)
        named = ", ".join(f"{variant}.{name}" for variant, name in choice.items())
        text = Message("in the reading {named}: {text}", named=named, text=node.text)
        nodes.append(replace(node, text=text))
    causes = _causes(nodes)
    if len({node.verdict for node in nodes}) > 1:
        texts = [
            Message("it depends on the reading of {variant}", variant=variant)
            for variant in evaluation.unread_variants(fluent)
        ]
        causes = (*(Cause("reading", text, None) for text in texts), *causes)
    return nodes, causes


def _held(
    evaluation: Evaluation, fluent: Fluent, atom: Atom, instant: int, verdict: Verdict
) -> list[Node]:
    binding = bind(fluent, atom)
    nodes = [
        explain(evaluation, substitute(held.condition, binding), instant)
        for held in fluent.held
        if evaluation.is_read(held.reading)
    ]
    return _decisive(nodes, verdict)
