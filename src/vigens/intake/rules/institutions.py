"""Bodies: decided, set up, in prospect."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Hit
from vigens.intake.rules.compose import Extra, actors_in, compose
from vigens.intake.rules.modality import is_negative, modality_of
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Institution, Suggestion

_REACH = 7
_LONG = 14  # a body told of at length before its verb
_AHEAD = 0.6
_WEAK = 0.4


def institutions(scene: Scene) -> Iterator[Suggestion]:
    """Propose the bodies that a sentence sets up."""
    seen: set[int] = set()
    done = 0  # "be set up" and "set up" are one verb
    for create in scene.of("create"):
        bodies = [
            b
            for b in scene.of("body")
            if _is_near(scene, create, b) and b.first not in seen
        ]
        if not bodies or create.first < done:
            continue
        done = create.last
        content = scene.content(create)
        named = [b for b in scene.inside(content, "body") if b.first not in seen]
        told = scene.tokens[max(0, create.first - 1) : create.first + 1]
        passive = any(scene.is_copula(t) for t in told)
        bodies, named = _on_one_side(create, bodies, named, is_passive=passive)
        listed = _listed(scene, create, named) or bodies[:1]
        for body in (b for b in listed if b.first not in seen):
            seen.update(range(body.first, body.last))  # "group" in "working group"
            yield _institution(scene, create, body, content)
    yield from _at_work(scene, seen)


def _on_one_side(
    create: Hit, bodies: list[Hit], named: list[Hit], *, is_passive: bool
) -> tuple[list[Hit], list[Hit]]:
    """Keep the bodies on the side of a verb where the nearest stands.

    "The mission may go unless they revive the committee" is about the latter.
    """
    near = min(bodies, key=lambda b: max(b.first - create.last, create.first - b.last))
    before = any(b.last <= create.first for b in bodies)
    follows = near.first >= create.last and not (before and is_passive)
    return (
        [b for b in bodies if (b.first >= create.last) == follows],
        [b for b in named if (b.first >= create.last) == follows],
    )


def _is_near(scene: Scene, create: Hit, body: Hit) -> bool:
    """Say whether a body is what a verb sets up, by their distance."""
    before = create.first - body.last
    if max(body.first - create.last, before) <= _REACH:
        return True
    between = scene.tokens[body.last : create.first]
    return 0 <= before <= _LONG and not any(
        t.is_finite and "noun" not in t.features and "past" in t.features
        for t in between[:-1]
    )


def _at_work(scene: Scene, seen: set[int]) -> Iterator[Suggestion]:
    """Propose bodies that begin, stop or are to do their work."""
    for act in scene.of("body_act"):
        modality = modality_of(scene, act, scene.span)
        for body in scene.of("core_body"):
            near = max(body.first - act.last, act.first - body.last) <= _REACH
            if scene.words.words("certain", "final"):  # the verb ends the clause
                near = near or _is_near(scene, act, body)
            if not near or body.first in seen:
                continue
            seen.add(body.first)
            content = scene.content(act)
            ahead = modality in ("planned", "expected")
            strength = _AHEAD if ahead and not _is_title(scene, body) else _WEAK
            yield _institution(scene, act, body, content, strength=strength)
            break


def _is_title(scene: Scene, body: Hit) -> bool:
    """Say whether a body is called by its name: "the Board of Governors" meets."""
    return body.first > 1 and scene.tokens[body.first].capital


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


def _institution(
    scene: Scene,
    create: Hit,
    body: Hit,
    span: Span,
    *,
    strength: float | None = None,
) -> Suggestion:
    modality = modality_of(scene, create, span)
    decided = scene.inside(span, "decide")
    foreseen = modality == "planned" and scene.inside(span, "planned")
    if decided and modality in ("done", "planned") and not foreseen:
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
        rule="institution-at-work" if strength else "institution-created",
        strength=strength or (0.75 if core else 0.5) + (0.05 if decided else 0),
        modality=modality,
        actors=members,
        negative=is_negative(scene, create),
        extra=Extra(institution=Institution(scene.said(body), status)),
    )
