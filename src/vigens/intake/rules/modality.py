"""What a sentence makes of an act: done, to come, possible, denied, declined."""

from __future__ import annotations

from vigens.intake.cues import Hit
from vigens.intake.dates import day_of
from vigens.intake.morphology import FINITE
from vigens.intake.scene import Scene, Span

AHEAD = frozenset({"planned", "expected", "tentative", "proposed", "sought"})
"""Modalities of what is still to come."""

_MODAL = 3
_NOBODY = 6  # words from "neither government" to its verb
_FRAME = 18  # words between an auxiliary and the verb that ends its clause
_MARKED = ("tentative", "expected", "proposed", "planned")


def modality_of(scene: Scene, hit: Hit, span: Span) -> str:
    """Read the modality off the words around a cue, else off its own form."""
    if is_conditional(scene, hit):
        return "hypothetical"
    if any(0 <= hit.first - o.last <= 1 for o in scene.of("ongoing")):
        return "ongoing"
    for name in _MARKED:
        if any(not _names_text(scene, mark) for mark in scene.inside(span, name)):
            return name
    if any(0 <= hit.first - p.last <= _MODAL for p in scene.of("possible")):
        return "possible"
    if told := _by_form(scene, hit):
        return told
    if scene.inside(span, "possible"):
        return "possible"
    day = next(
        (day_of(d.edtf) for d in scene.dates if span.holds(d.start, d.end)), None
    )
    today = day_of(scene.document.published)
    return "planned" if day and today and day > today else "done"


def _by_form(scene: Scene, hit: Hit) -> str | None:
    """Read the modality off a verb's own form and its auxiliaries."""
    features = hit.features
    if any(_is_perfect(scene, p, hit) for p in scene.of("perfect")):
        return "done"
    told = scene.words.words("negation", "told")
    if told and any(
        n.cue.text in told and 0 <= hit.first - n.last <= 1
        for n in scene.of("negation")
        if "future" not in n.features and not _is_ahead(scene, n)
    ):
        return "done"  # "has yet to approve", "failed to sign"
    last = scene.tokens[hit.last - 1].form
    if last.endswith(scene.words.words("tense", "future")) or _is_ahead(scene, hit):
        return "planned"
    if "future" in features and "past" not in features:
        return "planned"
    if features & {"past", "passive", "perfect"}:
        return "done"
    if "infinitive" in features:
        return "planned"
    return "ongoing" if "present" in features else None


def _is_perfect(scene: Scene, auxiliary: Hit, hit: Hit) -> bool:
    """Say whether an auxiliary of the past governs a verb at the end: "hat ... signed"."""
    return 0 <= hit.first - auxiliary.last <= _FRAME and not scene.separators(
        auxiliary.last, hit.first
    )


def _names_text(scene: Scene, mark: Hit) -> bool:
    """Say whether a word for what is to come names a text, or only describes.

    "Adopted the plan", "20 of 30 planned inspections took place".
    """
    after = scene.tokens[mark.last : mark.last + 1]
    marks = scene.words.words("perform", "infinitive_after")
    before = scene.tokens[mark.first - 1] if mark.first else None
    if (
        before
        and scene.words.determiners
        and "past" in mark.features
        and (before.is_number or before.form in scene.words.determiners)
    ):
        return True
    return bool(marks) and any(
        t.first == mark.first and not any(w.form in marks for w in after)
        for t in scene.of("text")
    )


def began(scene: Scene, span: Span) -> bool:
    """Say whether a stretch tells since when something lasts."""
    return any(
        d.edtf.endswith("/..") for d in scene.dates if span.meets(d.start, d.end)
    )


def looks_ahead(scene: Scene) -> bool:
    """Say whether a sentence tells of what is to come."""
    return bool(scene.of("certain")) or any(
        "future" in r.features for t in scene.tokens for r in t.readings[:1]
    )


def _is_ahead(scene: Scene, hit: Hit) -> bool:
    """Say whether an auxiliary of the future stands before a verb.

    A mark of the infinitive is one only right before a verb: "from 40 to 45 experts",
    "party to the treaty" tell nothing.
    """
    marks = scene.words.words("perform", "infinitive_after")
    for auxiliary in scene.of("auxiliary"):
        is_inner = hit.first <= auxiliary.first and auxiliary.last < hit.last
        is_inner = is_inner and auxiliary.cue.text not in marks
        if is_inner or 0 <= hit.first - auxiliary.last <= 3:
            after = scene.tokens[auxiliary.last]
            if auxiliary.cue.text in marks and (
                after.is_number or after.form in scene.words.determiners
            ):
                continue
            if scene.words.code in ("ru", "uk"):
                return "future" in auxiliary.features
            return True
    return False


def is_conditional(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue stands inside "if X signs", before the next part."""
    for mark in scene.of("hypothetical"):
        postposed = scene.words.words("hypothetical", "postposed")
        if mark.cue.text in postposed:
            if 0 <= mark.first - hit.last <= 1:
                return True
        elif mark.last <= hit.first and not scene.separators(mark.last, hit.first):
            nominal = mark.cue.text in scene.words.words("hypothetical", "nominal")
            return not nominal or not hit.features & FINITE
    return False


def is_negative(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue is denied: by its form, a word beside it, or who does it."""
    if "negative" in hit.features:
        return True
    reach = 2
    return (
        any(
            (
                0 <= hit.first - n.last < reach
                and not scene.separators(n.last - 1, hit.first)
            )
            or (n.first == hit.last and _follows(scene, hit, n))
            for n in scene.of("negation")
        )
        or any(
            0 <= hit.first - n.last <= _NOBODY
            and not scene.separators(n.last - 1, hit.first)
            for n in scene.of("nobody")
        )
        or any(hit.first < n.first <= hit.last for n in scene.of("nothing"))
    )


def _follows(scene: Scene, hit: Hit, negation: Hit) -> bool:
    """Say whether a word after a verb denies it, as in "signed it was not"."""
    if scene.words.words("negation", "after"):
        return True
    return "passive" in hit.features and any(
        a.first == negation.last for a in scene.of("auxiliary")
    )


def refusal_of(scene: Scene, act: Hit) -> Hit | None:
    """Give the word by which an act is declined: "refused to ratify", "abstained"."""
    for refusal in scene.of("refuse", "abstain"):
        left, right = sorted((refusal, act), key=lambda h: h.first)
        close = right.first - left.last <= _MODAL
        if close and not scene.separators(left.last - 1, right.first):
            return refusal
    return None


def is_refused(scene: Scene, act: Hit) -> bool:
    """Say whether somebody declines an act."""
    refusal = refusal_of(scene, act)
    return refusal is not None and not is_negative(scene, refusal)
