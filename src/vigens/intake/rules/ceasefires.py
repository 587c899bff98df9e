"""Ceasefires: as an event, and as the condition of something else."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Hit
from vigens.intake.rules.compose import actors_in, compose, is_negative, modality_of
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Suggestion

_REACH = 8


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
        ]
        if condition is not None:
            yield _ceasefire(scene, [condition, hit], _stretch(scene, condition, hit))
        elif content.start not in done:
            done.add(content.start)
            yield _ceasefire(scene, [*acts[:1], hit], content)


def _ceasefire(scene: Scene, cues: list[Hit], span: Span) -> Suggestion:
    act = cues[0] if cues[0].name == "ceasefire_act" else None
    conditional = cues[0].name == "condition"
    modality = "hypothetical"
    if not conditional:
        modality = modality_of(scene, act or cues[-1], span)
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


def _condition(scene: Scene, hit: Hit) -> Hit | None:
    """Give the condition word that governs a cue, before or after it."""
    postposed = bool(scene.words.words("condition", "postposed"))
    for condition in scene.of("condition"):
        distance = (
            condition.first - hit.last if postposed else hit.first - condition.last
        )
        if 0 <= distance <= 4:
            return condition
    return None


def _stretch(scene: Scene, left: Hit, right: Hit) -> Span:
    a, b = scene.where(left), scene.where(right)
    start, stop = min(a.start, b.start), max(a.end, b.end)
    last = max(left.last, right.last) - 1
    ends = [p for p in scene.separators(last, len(scene.tokens) - 1) if p > stop]
    return scene.shave(start, min([*ends, scene.span.end]))
