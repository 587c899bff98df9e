"""Hints: weak proposals where a kind's words stand and no rule had proposed it.

They are far below what is shown first; who wants to miss nothing can read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vigens.intake.cues import Hit
from vigens.intake.rules.compose import actors_in, compose
from vigens.intake.rules.modality import is_negative, modality_of
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Kind, Suggestion

CUES: dict[Kind, tuple[str, ...]] = {
    "meeting": ("meet", "attend", "gathering", "travel", "discuss", "dispatch"),
    "statement": ("say", "judge", "according", "written_voice", "opinion"),
    "instrument": (
        "strong_text",
        "signed",
        "ratified",
        "adopted",
        "agreed",
        "in_force",
        "extended",
        "ended",
        "refused",
        "approved",
        "text",
    ),
    "commitment": (
        "undertake",
        "ready",
        "intend",
        "seek",
        "appeal",
        "offer",
        "may",
        "we_will",
        "refuse",
        "pledge",
        "certain",
        "perform",
    ),
    "institution": ("core_body", "create", "body"),
    "ceasefire": ("ceasefire",),
}
_STRENGTH = 0.3
_FEW = 4


def hints(scene: Scene, found: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Propose what the cues of a sentence may stand for and nothing covers yet.

    Args:
        scene: A sentence.
        found: What the rules proposed for it.
    """
    for kind, names in CUES.items():
        covered = [Span(s.start, s.end) for s in found if s.kind == kind]
        for part in _clauses(scene):
            cues = scene.inside(part, *names)
            if kind == "statement" and any(m.kind == "media" for m in scene.mentions):
                continue
            if cues and not any(c.meets(part.start, part.end) for c in covered):
                covered.append(part)
                yield _hint(scene, kind, part, cues[0])
    numbers = [t for t in scene.tokens if t.is_number and not _is_dated(scene, t.start)]
    counted = [Span(s.start, s.end) for s in found if s.kind == "count"]
    for number in numbers:
        part = next(p for p in _clauses(scene) if p.holds(number.start, number.end))
        if not any(c.meets(part.start, part.end) for c in counted):
            counted.append(part)
            yield _hint(scene, "count", part, None)


def _hint(scene: Scene, kind: Kind, part: Span, cue: Hit | None) -> Suggestion:
    return compose(
        scene,
        kind,
        part,
        cues=[cue] if cue else [],
        rule=f"hint-{kind}",
        strength=_STRENGTH,
        modality=modality_of(scene, cue, part)
        if cue and kind != "statement"
        else "done",
        actors=actors_in(scene, part, "party"),
        negative=bool(cue and is_negative(scene, cue)),
    )


def _is_dated(scene: Scene, at: int) -> bool:
    return any(d.start <= at < d.end for d in scene.dates)


def _clauses(scene: Scene) -> list[Span]:
    """Cut a sentence where a new part may begin; what is short joins its neighbour."""
    if not scene.tokens:
        return []
    places = scene.separators(0, len(scene.tokens) - 1)
    edges = [scene.span.start]
    for place in places:
        inside = sum(edges[-1] <= t.start < place for t in scene.tokens)
        left = sum(t.start >= place for t in scene.tokens)
        if inside >= _FEW and left >= _FEW:
            edges.append(place)
    return [
        scene.shave(a, b)
        for a, b in zip(edges, [*edges[1:], scene.span.end], strict=True)
    ]
