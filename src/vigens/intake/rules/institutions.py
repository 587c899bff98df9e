"""Bodies: decided, set up, in prospect."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.lexicon import Hit
from vigens.intake.rules.compose import (
    Extra,
    actors_in,
    compose,
    is_negative,
    modality_of,
)
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Institution, Suggestion

_REACH = 7


def institutions(scene: Scene) -> Iterator[Suggestion]:
    """Propose the bodies that a sentence sets up."""
    seen: set[int] = set()
    for create in scene.of("create"):
        bodies = [
            b
            for b in scene.of("body")
            if max(b.first - create.last, create.first - b.last) <= _REACH
            and b.first not in seen
        ]
        if not bodies:
            continue
        content = scene.content(create)
        named = [b for b in scene.inside(content, "body") if b.first not in seen]
        listed = _listed(scene, create, named) or bodies[:1]
        for body in listed:
            seen.add(body.first)
            yield _institution(scene, create, body, content)


def _listed(scene: Scene, create: Hit, bodies: list[Hit]) -> list[Hit]:
    """Give the bodies of an enumeration that one verb governs."""
    core = {h.first for h in scene.of("core_body")}
    vague = {h.first for h in scene.of("vague_body")}
    listed = [
        b
        for b in bodies
        if b.first in core and -_REACH <= b.first - create.last <= 2 * _REACH
    ]
    return [b for b in listed if b.first not in vague] or listed


def _institution(scene: Scene, create: Hit, body: Hit, span: Span) -> Suggestion:
    modality = modality_of(scene, create, span)
    decided = scene.inside(span, "decide")
    if decided and modality in ("done", "planned", "ongoing"):
        modality = "decided"
    status = "existing" if modality == "done" else "prospective"
    if modality == "decided":
        status = "decided"
    core = any(h.first == body.first for h in scene.of("core_body"))
    bodies = [scene.where(b) for b in scene.of("body")]
    members = [
        a
        for a in actors_in(scene, span, "member")
        if a.id or not any(b.meets(a.start, a.end) for b in bodies)
    ]
    return compose(
        scene,
        "institution",
        span,
        cues=[*decided[:1], create, body],
        rule="institution-created",
        strength=(0.75 if core else 0.5) + (0.05 if decided else 0),
        modality=modality,
        actors=members,
        negative=is_negative(scene, create),
        extra=Extra(institution=Institution(scene.said(body), status)),
    )
