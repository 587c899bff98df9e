"""Texts and deals: what happened to them, or is to happen."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Hit
from vigens.intake.morphology import FINITE
from vigens.intake.rules.compose import (
    ACTING,
    Extra,
    actors_in,
    compose,
)
from vigens.intake.rules.modality import (
    began,
    is_base,
    is_negative,
    is_refused,
    looks_ahead,
    modality_of,
    refusal_of,
)
from vigens.intake.rules.texts import is_vehicle, text_of, texts_in
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
    "sent": 0.6,
    "prospective": 0.6,
}
_AHEAD = {
    "signed": "to_be_signed",
    "approved": "to_be_approved",
    "drafted": "to_be_finalised",
    "in_force": "not_in_force",
}
_ACTS = frozenset(STATUSES)
_TOLD = frozenset({"past", "present", "future", "passive", "infinitive"})
_CONSENTS = frozenset({"signed", "ratified"})
_REACH = 8
_UNDER = 2


def instruments(scene: Scene) -> Iterator[Suggestion]:
    """Propose what a sentence says about texts."""
    if not scene.has(_ACTS):
        return
    acts = _acts_in(scene)
    contents: dict[int, list[Hit]] = {}
    for act in acts:
        contents.setdefault(scene.content(act).start, []).append(act)
    for hits in contents.values():
        content = scene.content(hits[0])
        for group, span in scene.carve(hits, content):
            head = max(
                group, key=lambda h: (bool(h.features & FINITE), _STRENGTH[h.name])
            )
            for part, text in texts_in(scene, head, acts[head], span):
                yield _act(scene, head, text, part)


def _acts_in(scene: Scene) -> dict[Hit, Hit | None]:
    """Find the acts of a sentence, each with its text."""
    acts: dict[Hit, Hit | None] = {}
    others = {h.first for h in scene.of("ready", "according")}
    others |= {h.last - 1 for h in scene.of("impersonal") if _is_aside(scene, h)}
    for status in (s for s in STATUSES if s in scene.hits):
        for act in scene.of(status):
            if act.first in others or _is_no_act(scene, act):
                continue
            text = text_of(scene, act)
            bare = _only_describes(scene, act)
            if bare and text and status == "in_force" and text.first < act.last:
                text = None  # it describes what follows, no text before
            if text and status == "published" and is_vehicle(scene, text):
                continue
            if text or (not bare and _needs_no_text(scene, act)):
                acts[act] = text
    for act in [a for a in acts if any(_is_inside(a, b) for b in acts)]:
        del acts[act]  # "fell short of adoption" adopts nothing
    weak = [act for act in acts if act.name == "prospective"]
    for act in weak if len(weak) < len(acts) else weak[:-1]:
        del acts[act]
    waiting = [act for act in acts if _is_awaited(scene, act)]
    for act in waiting if len(waiting) < len(acts) else ():
        del acts[act]
    return acts


def _is_inside(act: Hit, other: Hit) -> bool:
    """Say whether a noun is only a word of the phrase that tells of another act."""
    inner = other.first <= act.first and act.last <= other.last
    longer = other.last - other.first > act.last - act.first
    return inner and longer and other.cue.is_verb and not act.cue.is_verb


def _only_describes(scene: Scene, act: Hit) -> bool:
    """Say whether a participle only describes what follows, where verbs come last."""
    if not scene.words.verb_last or act.last == len(scene.tokens):
        return False
    denied = any(n.first == act.last for n in scene.of("negation"))
    told = denied or "subordinate" in act.features
    return "participle" in act.features and not told


def _needs_no_text(scene: Scene, act: Hit) -> bool:
    """Say whether an act is told without its text: "signed", "refused to ratify"."""
    alone = scene.words.words(act.name, "alone")
    return (
        "*" in alone
        or act.cue.text in alone
        or (act.name == "ratified" and bool(scene.of("expected")))
        or (act.name in _CONSENTS and is_refused(scene, act))
        or _is_somebodys(scene, act)
    )


def _is_somebodys(scene: Scene, act: Hit) -> bool:
    """Say whether a noun of consent tells whose: "ratification by Chad brings to"."""
    by = scene.words.words(act.name, "by")
    if not by or act.features & _TOLD or act.last + 1 >= len(scene.tokens):
        return False
    return scene.tokens[act.last].form in by and any(
        m.first == act.last + 1 and m.kind in ACTING for m in scene.mentions
    )


def _is_aside(scene: Scene, credit: Hit) -> bool:
    """Say whether words only tell whose news it is: ", Reuters passes on"."""
    if scene.words.verb_last:
        return True
    return credit.first > 0 and "," in scene.gap(credit.first - 1, credit.first)


def _act(scene: Scene, act: Hit, text: Hit | None, part: Span) -> Suggestion:
    modality = modality_of(scene, act, part)
    if modality == "done" and _is_awaited(scene, act) and looks_ahead(scene):
        modality = "hypothetical"
    if act.name == "in_force" and modality == "done" and began(scene, part):
        modality = "ongoing"
    negative = is_negative(scene, act) or act.name == "refused"
    if text is not None and text.last <= act.first:
        negative |= any(0 <= text.first - n.last <= 1 for n in scene.of("nothing"))
    if act.name != "refused" and is_refused(scene, act):
        modality, negative = "done", True
    if modality == "ongoing" and act.name == "in_force":
        modality = "planned" if scene.inside(part, "condition") else modality
    if _is_aim(scene, act) or _is_put_off(scene, act):
        modality = "planned"
    status = STATUSES[act.name]
    if modality in ("planned", "expected", "tentative", "proposed"):
        status = _AHEAD.get(act.name, status)
    if negative and act.name != "refused":
        status = f"not_{STATUSES[act.name]}"
    return compose(
        scene,
        "instrument",
        part,
        cues=[act, text] if text else [act],
        rule=f"instrument-{act.name}",
        strength=_strength(scene, act, text, part=part, modality=modality),
        modality=modality,
        actors=actors_in(scene, part, "signatory" if act.name == "signed" else "party"),
        negative=negative,
        extra=Extra(instrument=Instrument(scene.said(text) if text else "", status)),
    )


def _strength(
    scene: Scene, act: Hit, text: Hit | None, *, part: Span, modality: str
) -> float:
    """Say how surely an act on a text is one that a reviewer wants."""
    strength = _STRENGTH[act.name]
    strong = text and any(h.first == text.first for h in scene.of("strong_text"))
    if not strong and text is not None:
        strength -= 0.4 if _is_to_be_done(scene, act) else 0.1
    if (
        text is None
        and act.last - act.first == 1
        and any(
            abs(c.first - act.last) <= _REACH for c in scene.inside(part, "ceasefire")
        )
    ):
        strength -= 0.4
    if modality == "hypothetical":
        strength -= 0.2
    if _is_aim(scene, act):
        strength -= 0.4
    if modality == "done" and _is_awaited(scene, act):
        strength -= 0.4  # "within 72 hours of the signature": no act is told
    if act.name == "agreed" and (
        _agrees_to_do(scene, act) or (text is None and _only_consents(scene, act))
    ):
        strength -= 0.35
    return strength


def _is_no_act(scene: Scene, act: Hit) -> bool:
    """Say whether a refusal is denied, or one to speak: nothing happened to a text."""
    if _is_ruled_out(scene, act):
        return True
    if act.name != "refused":
        refusal = refusal_of(scene, act)
        return refusal is not None and is_negative(scene, refusal)
    spoken = any(v.first < act.last and act.first < v.last for v in scene.of("say"))
    return spoken or is_negative(scene, act)


def _is_ruled_out(scene: Scene, act: Hit) -> bool:
    """Say whether nobody may do it to a text: "cannot be extended"."""
    marks = scene.words.words("possible", "ruled_out")
    inner = scene.is_copula(scene.tokens[act.first])
    at = act.first - 1
    outer = at > 0 and scene.is_copula(scene.tokens[at])
    passive = inner or outer or "passive" in act.features
    return passive and at >= outer and scene.tokens[at - outer].form in marks


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
    ahead = scene.words.words("condition", "ahead")
    if ahead and any(
        t.form in ahead
        for t in scene.tokens[max(0, act.first - _UNDER * 2) : act.first]
    ):
        return True  # "must approve it before it can enter into force"
    nominal = not act.features & _TOLD
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


def _is_put_off(scene: Scene, act: Hit) -> bool:
    """Say whether an act told by a noun is put off: "postponed the signing"."""
    if act.features & _TOLD:
        return False
    gaps = (max(act.first - p.last, p.first - act.last) for p in scene.of("put_off"))
    return any(gap <= 2 * _UNDER for gap in gaps)


def _only_consents(scene: Scene, act: Hit) -> bool:
    """Say whether people are of one mind, or not, on nothing that is named."""
    if act.cue.text not in scene.words.words("undertake", "consents"):
        return False
    return not any(-1 <= act.first - u.last <= _UNDER for u in scene.of("under"))


def _is_aim(scene: Scene, act: Hit) -> bool:
    """Say whether an act told by a noun is only aimed at: "the need for signing"."""
    if act.features & _TOLD:
        return False
    return any(0 <= act.first - a.last <= _UNDER for a in scene.of("aim"))


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
    return infinitive or (
        act.last > 0
        and scene.tokens[act.last - 1].form in marks
        and is_base(scene, act.last)
    )
