"""What a promise, an offer or a refusal is about: a deed beside it, or far at the end."""

from __future__ import annotations

from vigens.intake.cues import Hit
from vigens.intake.rules.modality import looks_ahead
from vigens.intake.scene import Scene

_REACH = 8
_FEW = 3


def has_deed(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue has what is to be done beside it."""
    if hit.name == "offer" and any(
        0 <= m.first - hit.last <= 1 and m.kind in ("state", "capital", "organisation")
        for m in scene.mentions
    ):
        return True
    deeds = scene.of("perform", "pledge")
    if any(hit.first < d.first < hit.last for d in deeds):
        return True  # "his refusal of the promised contribution"
    if hit.name == "refuse" and any(0 <= hit.first - d.last <= _FEW for d in deeds):
        return True  # in free order: "from taking part it declined"
    if hit.name == "seek" and _ends_part(scene, hit):
        return False  # "the 300 million sought, ..."
    if hit.name == "intend" and scene.words.words("perform", "infinitive_after"):
        deeds = []  # "planned inspections took place" intends nothing
    if scene.words.words("perform", "before"):
        return any(0 <= hit.first - d.last <= _REACH for d in deeds) or any(
            _is_deed(scene, at) for at in range(max(0, hit.first - 3), hit.first)
        )
    return (
        any(0 <= d.first - hit.last <= _REACH for d in deeds)
        or _gives_number(scene, hit)
        or _ends_in_deed(scene, hit)
        or _promises_that(scene, hit)
        or any(
            _is_deed(scene, at)
            for at in range(hit.last, min(len(scene.tokens), hit.last + 4))
        )
        or (
            hit.name == "undertake"
            and any(d.first >= hit.first for d in scene.of("pledge"))
        )
        or (
            "future" in hit.features
            and any(d.first == hit.first for d in scene.of("perform"))
        )
    )


def _gives_number(scene: Scene, hit: Hit) -> bool:
    """Say whether a number follows a verb: "allocated 18 million" needs no deed."""
    return hit.name == "undertake" and any(
        t.is_number and not any(d.start <= t.start < d.end for d in scene.dates)
        for t in scene.tokens[hit.first : hit.last + _REACH]
    )


def _ends_in_deed(scene: Scene, hit: Hit) -> bool:
    """Say whether an infinitive ends the part that a verb opens, however far away.

    German puts its mark before or inside it: "sagte zu, Zölle abzuschaffen".
    """
    marks = scene.words.words("perform", "infinitive_within")
    for at in range(hit.last, len(scene.tokens)) if marks else ():
        token = scene.tokens[at]
        if token.capital or token.form[-1] != "n":
            continue
        inner = token.form[2:-3]
        if scene.tokens[at - 1].form in marks or any(m in inner for m in marks):
            return True
    return False


def _ends_part(scene: Scene, hit: Hit) -> bool:
    """Say whether nothing follows a verb in its part of the sentence."""
    last = hit.last == len(scene.tokens) or "," in scene.gap(hit.last - 1, hit.last)
    return last and not scene.words.verb_last


def _promises_that(scene: Scene, hit: Hit) -> bool:
    """Say whether what is promised is told after "that", ahead."""
    follows = any(0 <= t.first - hit.last <= 1 for t in scene.of("that"))
    return hit.name == "undertake" and follows and looks_ahead(scene)


def _is_deed(scene: Scene, at: int) -> bool:
    """Say whether a word names a deed whatever the verb: an infinitive."""
    token = scene.tokens[at]
    marks = scene.words.words("perform", "infinitive_after")
    if marks:
        return (
            at > 0
            and scene.tokens[at - 1].form in marks
            and any("base" in r.features for r in token.readings[:1])
        )
    endings = scene.words.words("perform", "infinitive_endings")
    if endings:
        return token.form.endswith(endings)
    return any("infinitive" in r.features for r in token.readings[:1])
