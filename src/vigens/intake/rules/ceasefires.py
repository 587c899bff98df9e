"""Ceasefires: as an event, and as the condition of something else."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Hit
from vigens.intake.morphology import FINITE
from vigens.intake.rules.compose import actors_in, compose
from vigens.intake.rules.modality import began, is_negative, looks_ahead, modality_of
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Suggestion

_REACH = 8
_VERBAL = FINITE - {"base"}
_LONG = 16  # words from a ceasefire told of at length to its verb


def ceasefires(scene: Scene) -> Iterator[Suggestion]:
    """Propose the ceasefires of a sentence: one event, or each condition."""
    done: set[int] = set()
    for hit in scene.of("ceasefire"):
        content = scene.content(hit)
        condition = _condition(scene, hit)
        acts = [
            a
            for a in scene.inside(content, "ceasefire_act")
            if max(a.first - hit.last, hit.first - a.last) <= _REACH
            or _is_its_verb(scene, hit, a)
        ]
        if condition is not None:
            yield _ceasefire(scene, [condition, hit], _stretch(scene, condition, hit))
        elif content.start not in done:
            done.add(content.start)
            yield _ceasefire(scene, [*acts[:1], hit], content)


def _is_its_verb(scene: Scene, hit: Hit, act: Hit) -> bool:
    """Say whether a verb is the first that a ceasefire at length stands before."""
    return 0 <= act.first - hit.last <= _LONG and not any(
        t.is_finite and "past" in t.features and "noun" not in t.features
        for t in scene.tokens[hit.last : act.first]
    )


def _ceasefire(scene: Scene, cues: list[Hit], span: Span) -> Suggestion:
    act = cues[0] if cues[0].name == "ceasefire_act" else None
    conditional = cues[0].name == "condition"
    if not conditional:
        act = act or _verb_of(scene, cues[-1])
    modality = "hypothetical"
    if not conditional:
        modality = modality_of(scene, act or cues[-1], span)
        if modality == "done" and act is not None:
            modality = _told_by(scene, act)
        elif modality == "planned" and began(scene, span):
            modality = "ongoing"
    return compose(
        scene,
        "ceasefire",
        span,
        cues=cues,
        rule="ceasefire-condition" if conditional else "ceasefire-event",
        strength=0.75 if act else 0.45,
        modality=modality,
        actors=actors_in(scene, span, "party"),
        negative=bool(act and is_negative(scene, act)),
    )


def _told_by(scene: Scene, act: Hit) -> str:
    """Give what an act of the past makes of a ceasefire: agreed on, or asked for."""
    if any(s.first == act.first for s in scene.of("seek", "appeal")):
        return "sought"
    agreed = (d for d in scene.of("decide") if d.features & FINITE)
    if any(d.first == act.first for d in agreed) and looks_ahead(scene):
        return "decided"
    return "done"


def _verb_of(scene: Scene, hit: Hit) -> Hit | None:
    """Give the verb inside a cue that is one: "fighting has stopped"."""
    for at in range(hit.last - 1, hit.first - 1, -1):
        token = scene.tokens[at]
        for reading in token.readings[:2]:
            if reading.is_finite and reading.features & _VERBAL:
                return Hit(hit.cue, at, at + 1, reading.features)
    return None


def _condition(scene: Scene, hit: Hit) -> Hit | None:
    """Give the condition word that governs a cue, before or after it."""
    postposed = bool(scene.words.words("condition", "postposed"))
    for condition in scene.of("condition"):
        distance = (
            condition.first - hit.last if postposed else hit.first - condition.last
        )
        counted = any(  # "broken three days after" states no condition
            hit.last <= n.first < condition.first for n in scene.of("numeral")
        )
        if 0 <= distance <= 4 and not counted:
            return condition
    return None


def _stretch(scene: Scene, left: Hit, right: Hit) -> Span:
    a, b = scene.where(left), scene.where(right)
    start, stop = min(a.start, b.start), max(a.end, b.end)
    last = max(left.last, right.last) - 1
    ends = [p for p in scene.separators(last, len(scene.tokens) - 1) if p > stop]
    return scene.shave(start, min([*ends, scene.span.end]))
