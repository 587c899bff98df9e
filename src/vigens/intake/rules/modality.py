"""What a sentence makes of an act: done, to come, possible, denied, declined."""

from __future__ import annotations

import re

from vigens.intake.cues import Hit
from vigens.intake.morphology import FINITE
from vigens.intake.scene import Scene, Span

AHEAD = frozenset({"planned", "expected", "tentative", "proposed", "sought"})
"""Modalities of what is still to come."""

_MODAL = 3
_NOBODY = 6  # words from "neither government" to its verb
_FRAME = 18  # words between an auxiliary and the verb that ends its clause
_PLAIN = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")  # no season, no stretch
_MARKED = ("tentative", "expected", "proposed", "planned")


def modality_of(scene: Scene, hit: Hit, span: Span) -> str:
    """Read the modality off the words around a cue, else off its own form."""
    if is_conditional(scene, hit) or _is_awaited(scene, hit):
        return "hypothetical"
    if any(0 <= hit.first - o.last <= 1 for o in scene.of("obliged")):
        return "planned"  # "must still ratify"
    if any(0 <= hit.first - o.last <= 1 for o in scene.of("ongoing")):
        return "ongoing"
    reach = _FRAME if is_marked(scene, hit.last - 1) else 1
    if any(0 <= hit.first - o.last <= reach for o in scene.of("offer")):
        return "proposed"  # "offered to host"
    if _is_wanted(scene, hit):
        return "sought"  # "called for setting up a court"
    for name in _MARKED:
        if any(
            not _names_text(scene, mark) and not _is_apart(scene, hit, mark)
            for mark in scene.inside(span, name)
        ):
            return name
    if "possible" in hit.features or any(
        _is_beside(scene, p, hit) and not _is_denied(scene, p)
        for p in scene.of("possible")
    ):
        return "possible"
    told = _by_form(scene, hit)
    if told and told != "ongoing":
        return told
    if not told and any(
        not _is_denied(scene, p) for p in scene.inside(span, "possible")
    ):
        return "possible"
    if lies_ahead(scene, span):
        return "planned"  # "begins on Monday" as well
    return told or "done"


def _is_wanted(scene: Scene, hit: Hit) -> bool:
    """Say whether an act is what somebody wants of others: "urged them to sign"."""
    seekers = scene.of("appeal", "seek")
    if not seekers or is_refused(scene, hit):
        return False
    if scene.words.verb_last:
        return any(a.first == hit.last for a in seekers)
    marks = scene.words.words("perform", "infinitive_after")
    bare = "infinitive" in hit.features or (
        hit.first > 0 and scene.tokens[hit.first - 1].form in marks
    )
    return bare and any(
        0 <= hit.first - a.last <= _NOBODY
        and not is_negative(scene, a)
        and not scene.separators(a.last - 1, hit.first)
        for a in seekers
    )


def lies_ahead(scene: Scene, span: Span) -> bool:
    """Say whether the first date of a stretch is later than the report's own."""
    first = next((d.edtf for d in scene.dates if span.holds(d.start, d.end)), "")
    day = first.strip("~")  # a day, a month or a year
    today = scene.document.published or ""
    return bool(_PLAIN.fullmatch(day)) and bool(today) and day > today[: len(day)]


def _is_beside(scene: Scene, mark: Hit, hit: Hit) -> bool:
    """Say whether "may" stands before a verb, or right behind where verbs come last."""
    if scene.words.verb_last:
        return 0 <= mark.first - hit.last <= 1
    return 0 <= hit.first - mark.last <= _MODAL


def _is_awaited(scene: Scene, hit: Hit) -> bool:
    """Say whether something else waits for an act: "once 12 states have ratified it"."""
    present = scene.words.words("condition", "present")
    if not present or not scene.of("condition") or not looks_ahead(scene):
        return False
    return any(
        c.last <= hit.first
        and not scene.separators(c.last - 1, hit.first)
        and any(t.form in present for t in scene.tokens[c.last : hit.first + 1])
        for c in scene.of("condition")
    )


def _by_form(scene: Scene, hit: Hit) -> str | None:
    """Read the modality off a verb's own form and its auxiliaries."""
    features = hit.features
    if hit.last - hit.first > 1 and any(t.first == hit.first for t in scene.of("text")):
        features = scene.tokens[hit.last - 1].features  # "an understanding was reached"
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
    if spelled := _by_ending(scene, hit, last):
        return spelled
    if "conditional" in features:
        return "hypothetical"
    if is_marked(scene, hit.last - 1) or (
        "infinitive" in features and last.endswith(_endings(scene))
    ):
        return "planned"  # though it may be spelled like a past
    if "converb" in features and scene.words.verb_last:  # goes with the last verb
        return "planned" if _ends_ahead(scene) else "done"
    verb = last if scene.words.verb_last else scene.tokens[hit.first].form
    ahead = scene.words.words("tense", "future")
    if last.endswith(ahead) or verb.endswith(ahead) or _is_ahead(scene, hit):
        return "planned"
    if "future" in features and not features & {"past", "present"}:
        return "planned"
    impersonal = scene.words.words("tense", "impersonal")  # "підписано"
    if features & {"past", "passive", "perfect"} or last.endswith(impersonal):
        return "done"
    if "infinitive" in features:
        reach = (abs(m.first - hit.first) for m in scene.of("managed"))
        return "done" if any(far <= _FRAME for far in reach) else "planned"
    return "ongoing" if _is_present(scene, hit, features) else None


def _endings(scene: Scene) -> tuple[str, ...]:
    """Give the endings of what is to be done, where a language has them."""
    return scene.words.words("perform", "infinitive_endings")


def _by_ending(scene: Scene, hit: Hit, form: str) -> str | None:
    """Read the modality off what follows the verb that a cue names.

    "талқыла-ды" is no "талқ-ылады", and "өткіз-еді" no past.
    """
    stem = hit.cue.text.rpartition(" ")[2]
    if not form.startswith(stem):
        return None
    ending = form[len(stem) :]
    if ending in scene.words.words("tense", "done"):
        return "done"
    return "planned" if ending in scene.words.words("tense", "ahead") else None


def _ends_ahead(scene: Scene) -> bool:
    """Say whether the last verb of a sentence tells of what is to come."""
    last = scene.tokens[-1]
    return last.form.endswith(scene.words.words("tense", "future")) or (
        "future" in last.features and "past" not in last.features
    )


def _is_present(scene: Scene, hit: Hit, features: frozenset[str]) -> bool:
    """Say whether a form tells of now; a bare participle only goes on with a tale."""
    if "participle" not in features or scene.words.verb_last:
        return "present" in features
    before = scene.tokens[max(0, hit.first - 2) : hit.first]
    return "present" in features and any(scene.is_copula(t) for t in before)


def _is_perfect(scene: Scene, auxiliary: Hit, hit: Hit) -> bool:
    """Say whether an auxiliary of the past governs a verb at the end: "hat ... signed".

    In a clause of its own it comes last: "which signed was".
    """
    if scene.words.words("certain", "final") and auxiliary.first == hit.last:
        return True
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
    if "adjective" in mark.features and any(
        n.first == mark.last for n in scene.of("text", "gathering")
    ):
        return True
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


def _is_denied(scene: Scene, mark: Hit) -> bool:
    """Say whether what could be was not: "could not agree" tells what happened."""
    told = mark.cue.text in scene.words.words("possible", "denied")
    return told and any(n.first == mark.last for n in scene.of("negation"))


def _is_apart(scene: Scene, hit: Hit, mark: Hit) -> bool:
    """Say whether an act is told as done before a part that looks ahead.

    "Was extended on Saturday, the day it was due to expire".
    """
    if hit.first < mark.first and (
        mark.cue.text in scene.words.words(mark.name, "nominal")
    ):
        return True  # "discussed the proposal"
    return bool(
        hit.last <= mark.first
        and hit.features & {"past", "passive", "participle"}
        and not hit.features & {"future", "base", "infinitive"}
        and scene.separators(hit.last - 1, mark.first)
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
        far = hit.first - auxiliary.last
        if scene.words.words("certain", "final") and 3 < far <= _FRAME:
            is_inner = not scene.separators(auxiliary.last, hit.first)
        if is_inner or 0 <= far <= 3:
            if auxiliary.cue.text in marks and not _governs_verb(scene, auxiliary):
                continue
            if scene.words.code in ("ru", "uk"):
                return "future" in auxiliary.features
            return True
    return False


def is_marked(scene: Scene, at: int) -> bool:
    """Say whether a word is an infinitive with its mark before or inside it.

    German: "zu öffnen", "abzuschaffen".
    """
    marks = scene.words.words("perform", "infinitive_within")
    token = scene.tokens[at]
    endings = scene.words.words("perform", "infinitive_closed_by")
    if not marks or token.capital or not token.form.endswith(endings):
        return False
    follows = at > 0 and scene.tokens[at - 1].form in marks
    return follows or any(m in token.form[2:-3] for m in marks)


def _governs_verb(scene: Scene, mark: Hit) -> bool:
    """Say whether a verb follows a mark of the infinitive, at once or after an adverb."""
    at, endings = mark.last, scene.words.words("perform", "adverb_endings")
    if at + 1 < len(scene.tokens) and scene.tokens[at].form.endswith(endings):
        at += 1
    return is_base(scene, at)


def is_base(scene: Scene, at: int) -> bool:
    """Say whether a word can be a bare verb: no number, article or plural."""
    if at >= len(scene.tokens):
        return False
    token = scene.tokens[at]
    if token.is_number or token.form in scene.words.determiners:
        return False
    bare, features = scene.words.words("perform", "bare_endings"), token.word.features
    return "base" in features and (
        "present" not in features or token.form.endswith(bare)
    )


def is_conditional(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue stands inside "if X signs", before the next part."""
    for mark in scene.of("hypothetical"):
        postposed = scene.words.words("hypothetical", "postposed")
        if mark.cue.text in postposed:
            if 0 <= mark.first - hit.last <= 1:
                return True
        elif mark.last <= hit.first and not _parts(scene, mark.last, hit.first):
            nominal = mark.cue.text in scene.words.words("hypothetical", "nominal")
            return not nominal or not hit.features & FINITE
    return False


def _parts(scene: Scene, first: int, last: int) -> bool:
    """Say whether a new part begins between two words; "Chad and Niger" are one."""
    places = scene.separators(first, last)
    if not places:
        return False
    joins = scene.words.words("together", "words")
    inner = {
        scene.tokens[m.last].start
        for m in scene.mentions
        if first <= m.first
        and m.last + 1 < last
        and scene.tokens[m.last].form in joins
        and any(o.lead == m.last + 1 for o in scene.mentions)
    }
    return any(place not in inner for place in places)


def is_negative(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue is denied: by its form, a word beside it, or who does it."""
    if "negative" in hit.features:
        return not is_spelled(scene, hit, "negative")
    reach = 2
    opening = scene.words.words("negation", "opening")  # "failed to agree"
    return (
        any(
            (
                n.first < hit.first < n.last + reach
                and not scene.separators(n.last - 1, hit.first)
            )
            or (n.first == hit.last and _follows(scene, hit, n))
            or (n.first == hit.first and n.last < hit.last and n.cue.text in opening)
            for n in scene.of("negation")
        )
        or any(
            0 <= hit.first - n.last <= _NOBODY
            and not scene.separators(n.last - 1, hit.first)
            for n in scene.of("nobody")
        )
        or any(hit.first < n.first <= hit.last for n in scene.of("nothing"))
        or any(
            hit.first < n.first < hit.last - 1
            and n.cue.text in scene.words.words("negation", "inner")
            for n in scene.of("negation")
        )
    )


def is_spelled(scene: Scene, hit: Hit, feature: str) -> bool:
    """Say whether a cue itself tells what its form tells: "did not accept" refuses."""
    word = hit.cue.text.rpartition(" ")[2].partition("|")[0].strip("*=")
    return any(feature in r.features for r in scene.words.analyse(word))


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
