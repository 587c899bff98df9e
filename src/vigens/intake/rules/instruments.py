"""Texts and deals: what happened to them, or is to happen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from vigens.intake.cues import Hit
from vigens.intake.rules.compose import Extra, actors_in, compose
from vigens.intake.rules.modality import (
    began,
    is_negative,
    is_refused,
    looks_ahead,
    modality_of,
    refusal_of,
)
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Instrument, Suggestion

STATUSES = {
    "signed": "signed",
    "approved": "approved",
    "adopted": "adopted",
    "ratified": "ratified",
    "agreed": "agreed",
    "drafted": "drafted",
    "published": "published",
    "sent": "sent",
    "in_force": "in_force",
    "extended": "extended",
    "ended": "ended",
    "refused": "refused",
    "amended": "amended",
    "prospective": "prospective",
}
_STRENGTH = {
    "signed": 0.85,
    "ratified": 0.85,
    "in_force": 0.8,
    "agreed": 0.8,
    "adopted": 0.75,
    "ended": 0.75,
    "extended": 0.75,
    "refused": 0.7,
    "amended": 0.65,
    "approved": 0.7,
    "published": 0.65,
    "drafted": 0.65,
    "sent": 0.55,
    "prospective": 0.6,
}
_AHEAD = {
    "signed": "to_be_signed",
    "approved": "to_be_approved",
    "drafted": "to_be_finalised",
    "in_force": "not_in_force",
}
_ACTS = frozenset(STATUSES)
_JOINING = frozenset({"signed", "adopted", "approved", "ratified"})
_CONSENTS = frozenset({"signed", "ratified"})
_REACH = 8
_UNDER = 2


def instruments(scene: Scene) -> Iterator[Suggestion]:
    """Propose what a sentence says about texts."""
    if not scene.has(_ACTS):
        return
    acts: dict[Hit, Hit | None] = {}
    others = {h.first for h in scene.of("ready", "according")}
    for status in STATUSES:
        for act in scene.of(status):
            if act.first in others or _is_no_act(scene, act):
                continue
            text = _text_of(scene, act)
            alone = scene.words.words(status, "alone")
            inner = scene.words.verb_last and act.last < len(scene.tokens)
            inner = inner and not any(n.first == act.last for n in scene.of("negation"))
            bare = inner and "participle" in act.features
            named = "*" in alone or act.cue.text in alone
            named = named or (status == "ratified" and bool(scene.of("expected")))
            named = named or (status in _CONSENTS and is_refused(scene, act))
            if text or (named and not bare):
                acts[act] = text
    weak = [act for act in acts if act.name == "prospective"]
    for act in weak if len(weak) < len(acts) else weak[:-1]:
        del acts[act]
    waiting = [act for act in acts if _is_awaited(scene, act)]
    for act in waiting if len(waiting) < len(acts) else ():
        del acts[act]
    contents: dict[int, list[Hit]] = {}
    for act in acts:
        contents.setdefault(scene.content(act).start, []).append(act)
    for hits in contents.values():
        content = scene.content(hits[0])
        for group, span in scene.carve(hits, content):
            head = max(group, key=lambda h: _STRENGTH[h.name])
            for part, text in _texts_in(scene, head, acts[head], span):
                yield _act(scene, head, text, part)


def _texts_in(
    scene: Scene, act: Hit, text: Hit | None, span: Span
) -> list[tuple[Span, Hit | None]]:
    """Share a stretch out among texts that one act joins ("signed A and B")."""
    joins = set(scene.words.words("joins", "words"))
    texts = [t for t in scene.inside(span, "strong_text") if t.first >= act.last]
    if act.name not in _JOINING or len(texts) < 2:
        return [(span, text)]
    parts: list[tuple[Span, Hit | None]] = []
    start = span.start
    for left, right in pairwise(texts):
        cut = [
            t.start for t in scene.tokens[left.last : right.first] if t.form in joins
        ]
        if cut and right.first - left.last <= _REACH:
            parts.append((scene.shave(start, cut[-1]), left))
            start = cut[-1]
    return [*parts, (scene.shave(start, span.end), texts[-1] if parts else text)]


def _act(scene: Scene, act: Hit, text: Hit | None, part: Span) -> Suggestion:
    modality = modality_of(scene, act, part)
    if modality == "done" and _is_awaited(scene, act) and looks_ahead(scene):
        modality = "hypothetical"
    if act.name == "in_force" and modality == "done" and began(scene, part):
        modality = "ongoing"
    negative = is_negative(scene, act) or act.name == "refused"
    if act.name != "refused" and is_refused(scene, act):
        modality, negative = "done", True
    if modality == "ongoing" and act.name == "in_force":
        modality = "planned" if scene.inside(part, "condition") else modality
    strength = _STRENGTH[act.name]
    strong = text and any(h.first == text.first for h in scene.of("strong_text"))
    if not strong and text is not None:
        strength -= 0.4 if _is_to_be_done(scene, act) else 0.1
    if text is None and act.last - act.first == 1 and scene.inside(part, "ceasefire"):
        strength -= 0.4
    if modality == "hypothetical":
        strength -= 0.2
    if act.name == "agreed" and text is None and _agrees_to_do(scene, act):
        strength -= 0.35
    status = STATUSES[act.name]
    if modality in ("planned", "expected", "tentative", "proposed"):
        status = _AHEAD.get(act.name, status)
    if negative:
        status = f"not_{STATUSES[act.name]}"
    return compose(
        scene,
        "instrument",
        part,
        cues=[act, text] if text else [act],
        rule=f"instrument-{act.name}",
        strength=strength,
        modality=modality,
        actors=actors_in(scene, part, "signatory" if act.name == "signed" else "party"),
        negative=negative,
        extra=Extra(instrument=Instrument(scene.said(text) if text else "", status)),
    )


def _is_no_act(scene: Scene, act: Hit) -> bool:
    """Say whether a refusal is denied, or one to speak: nothing happened to a text."""
    if act.name != "refused":
        refusal = refusal_of(scene, act)
        return refusal is not None and is_negative(scene, refusal)
    spoken = any(v.first < act.last and act.first < v.last for v in scene.of("say"))
    return spoken or is_negative(scene, act)


def _is_to_be_done(scene: Scene, act: Hit) -> bool:
    """Say whether an act is what somebody undertakes or is asked to do."""
    marks = scene.words.words("perform", "infinitive_after")
    before = scene.tokens[act.first - 1].form if act.first else ""
    infinitive = "infinitive" in act.features or before in marks
    return infinitive and any(
        0 <= act.first - h.last <= _REACH
        for h in scene.of("undertake", "appeal", "seek", "intend", "ready")
    )


def _is_awaited(scene: Scene, act: Hit) -> bool:
    """Say whether an act is only what another waits for: "upon ratification"."""
    nominal = not act.features & {"past", "present", "future", "passive", "infinitive"}
    postposed = scene.words.words("condition", "postposed")
    if postposed:
        return any(0 <= c.first - act.last <= 1 for c in scene.of("condition"))
    bare = (
        "passive" in act.features
        and act.first
        and not any(t.is_finite for t in scene.tokens[: act.first])
    )
    return bool(nominal or bare) and any(
        0 <= act.first - c.last <= 1 for c in scene.of("condition")
    )


def _agrees_to_do(scene: Scene, act: Hit) -> bool:
    """Say whether a deed is agreed on, told by another claim: "agreed to meet"."""
    others = ("create", "held", "meet")
    if not scene.of(*others) and not any(
        u.first == act.first for u in scene.of("undertake")
    ):
        return False
    if scene.words.verb_last:
        before = scene.tokens[max(0, act.first - 1) : act.first]
        return any(
            t.form.endswith(scene.words.words("perform", "infinitive_endings"))
            for t in before
        )
    after = scene.tokens[act.last : act.last + 2]
    infinitive = any("infinitive" in r.features for t in after for r in t.readings[:1])
    marks = scene.words.words("perform", "infinitive_after")
    base = scene.tokens[act.last : act.last + 1]
    return infinitive or (
        act.last > 0
        and scene.tokens[act.last - 1].form in marks
        and any("base" in r.features for t in base for r in t.readings[:1])
    )


def _text_of(scene: Scene, act: Hit) -> Hit | None:
    """Give the text that an act is about: the nearest within a few words."""
    reach = 2 * _REACH if scene.words.verb_last else _REACH
    texts = [
        t
        for t in scene.of("text")
        if not _is_part(act, t)
        and not any(0 <= t.last - h.first <= _REACH / 2 for h in scene.of("according"))
        and (t.last == act.first or not any(_beside(t, h) for h in scene.of("under")))
        and not _is_verb(scene, t)
        and not _is_lacking(scene, t)
        and max(t.first - act.last, act.first - t.last) <= reach
    ]
    strong = {t.first for t in scene.of("strong_text")}
    return min(
        texts,
        key=lambda t: (
            max(t.first - act.last, act.first - t.last) - 3 * (t.first in strong)
        ),
        default=None,
    )


def _is_part(act: Hit, text: Hit) -> bool:
    """Say whether a text is a word of the act itself, not one that it stands around.

    "Feu vert" holds what may be a text; "nahm das Abkommen an" encloses one.
    """
    if not act.first <= text.first < act.last:
        return False
    encloses = act.last - act.first > len(act.cue.items)
    return not (encloses and act.first < text.first and text.last < act.last)


def _beside(text: Hit, under: Hit) -> bool:
    """Say whether a text is only what something happens under."""
    return -_UNDER <= max(text.first - under.last, under.first - text.last) <= _UNDER


def _is_lacking(scene: Scene, text: Hit) -> bool:
    """Say whether a text is only what there was none of: "left without a deal"."""
    lacking = scene.words.words("lacking", "words")
    before = scene.tokens[max(0, text.first - 2) : text.first]
    return any(t.form in lacking for t in before)


def _is_verb(scene: Scene, hit: Hit) -> bool:
    """Say whether the word for a text is a verb here: "to guarantee"."""
    before = scene.tokens[hit.first - 1].form if hit.first else ""
    return before in scene.words.words("text", "not_after")
