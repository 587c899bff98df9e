"""Commitments: undertaken, ready, intended, wanted from others, possible."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Cue, Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import (
    ACTING,
    actors_of,
    compose,
    is_governed,
    is_place,
)
from vigens.intake.rules.deeds import has_deed
from vigens.intake.rules.modality import is_conditional, is_negative, is_refused
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Actor, Suggestion

_KINDS = {
    "undertake": ("pledged", 0.75),
    "ready": ("willing", 0.8),
    "intend": ("planned", 0.65),
    "appeal": ("sought", 0.65),
    "refuse": ("done", 0.6),
    "seek": ("sought", 0.6),
    "offer": ("proposed", 0.55),
    "may": ("possible", 0.6),
    "we_will": ("pledged", 0.65),
    "pledge": ("pledged", 0.45),
    "perform": ("pledged", 0.6),
    "deed": ("pledged", 0.6),
}
_ANCHORS = frozenset(_KINDS) - {"perform", "deed"}
_NEEDS_DEED = frozenset({"ready", "intend", "seek", "offer", "undertake", "refuse"})
_REACH = 8
_FEW = 3
_NEAR = 2
_FAR = 18  # words from "will" to the verb that ends its clause, where it does so
_DEED = Cue("deed", "", ())
_OTHER_ACTS = (
    "attend",
    "meet",
    "held",
    "travel",
    "discuss",
    "create",
    "signed",
    "approved",
    "adopted",
    "ratified",
    "agreed",
    "in_force",
    "published",
    "say",
    "judge",
    "expected",
    "no_deed",
)


_OBJECTS = {
    "held": "core_gathering",
    "create": "core_body",
    "signed": "text",
    "approved": "text",
    "adopted": "text",
    "published": "text",
}


def commitments(scene: Scene) -> Iterator[Suggestion]:
    """Propose the commitments of a sentence."""
    anchors: list[Hit] = []
    if scene.has(_ANCHORS):
        anchors = [h for name in _KINDS if name in _ANCHORS for h in scene.of(name)]
        anchors = [hit for hit in anchors if _counts(scene, hit)]
    firm = [hit for hit in anchors if hit.name != "pledge"]
    anchors += [
        deed
        for deed in _future_deeds(scene)
        if not any(_is_joined(scene, deed, hit) for hit in firm)
    ]
    firm = [hit for hit in anchors if hit.name != "pledge"]
    contents: dict[int, list[Hit]] = {}
    for hit in firm or anchors:
        contents.setdefault(scene.content(hit).start, []).append(hit)
    for hits in contents.values():
        content = scene.content(hits[0])
        for group, span in scene.carve(hits, content):
            head = max(group, key=lambda h: _KINDS[h.name][1])
            yield _commitment(scene, head, span)


def _commitment(scene: Scene, head: Hit, span: Span) -> Suggestion:
    modality, strength = _KINDS[head.name]
    people = _actors(scene, head, span)
    own = scene.inside(span, "first_person") or "first-person" in head.features
    if not people and not own:
        strength -= 0.1
    negative = head.name == "refuse" or is_negative(scene, head)
    if negative and head.name == "undertake":
        modality = "done"  # "has not promised" is a fact, no undertaking
    if scene.inside(span, "pledge") and head.name != "pledge":
        strength += 0.1
    if scene.inside(span, "condition"):
        strength += 0.05
    if any(0 <= c.first - head.last <= _REACH for c in scene.inside(span, "ceasefire")):
        strength -= 0.2 if head.name == "undertake" else 0
    met = [g.first - head.last for g in scene.inside(span, "core_gathering")]
    if head.name == "we_will" and any(0 <= distance <= 4 for distance in met):
        strength -= 0.3
    if head.name == "may" and not people:
        strength -= 0.15
    if head.name == "pledge" and any(
        0 <= m.first - head.last <= 1 and m.kind in ACTING for m in scene.mentions
    ):
        strength += 0.1
    deeds = [h for h in scene.inside(span, "perform") if h.first >= head.first]
    return compose(
        scene,
        "commitment",
        span,
        cues=[head, *deeds[:1]],
        rule=f"commitment-{head.name.replace('_', '-')}",
        strength=strength,
        modality=modality,
        actors=people,
        negative=negative,
    )


def _actors(scene: Scene, head: Hit, span: Span) -> list[Actor]:
    """Tell who is to do it from whom it is for, by their places around the cue.

    Who asks others ("X calls on Y to") stands before the cue, who is to act after it.
    """
    wanted = head.name in ("seek", "appeal")
    found = []
    for mention in scene.mentions_in(span, *ACTING, "region"):
        if is_place(scene, mention):
            continue
        before = mention.last <= head.first
        if before:
            role = "issuer" if wanted else "undertaker"
        elif wanted:
            role = "undertaker"
        elif mention.kind in ("group", "pronoun"):
            continue
        else:
            role = "beneficiary"
        found += actors_of(scene, mention, role)
    return found


def _is_joined(scene: Scene, deed: Hit, hit: Hit) -> bool:
    """Say whether a deed stands in the part of a sentence that a cue governs."""
    left, right = sorted((deed, hit), key=lambda h: h.first)
    return not scene.separators(left.last - 1, right.first)


def _is_other_act(scene: Scene, act: Hit) -> bool:
    """Say whether a verb tells of a meeting, a text or a body that stands near it.

    "Under the agreement, Chad will release water" publishes no agreement.
    """
    objects = _OBJECTS.get(act.name)
    if objects is None:
        return True
    reach = _REACH // 2
    return any(
        0 <= o.first - act.last <= reach
        or (
            0 <= act.first - o.last <= reach
            and not any(0 <= o.first - u.last <= 1 for u in scene.of("under"))
        )
        for o in scene.of(objects)
    )


def _future_deeds(scene: Scene) -> list[Hit]:
    """Find "X will provide": somebody's deed, told as certain."""
    deeds = [*scene.of("perform"), *_certain_verbs(scene)]
    if not deeds or not any(m.subject and m.kind in ACTING for m in scene.mentions):
        return []
    under = bool(scene.of("under"))  # "under the agreement each must inform"
    acts = (n for n in _OTHER_ACTS if n != "say" or not (under and scene.of("obliged")))
    others = [h for h in scene.of(*acts) if _is_other_act(scene, h)]
    others += scene.of("body_act") if scene.of("core_body") else []
    taken = {h.first for h in others}
    found = []
    for deed in deeds:
        if deed.first in taken or _is_condition(scene, deed):
            continue
        taken.add(deed.first)
        doers = [
            m
            for m in scene.mentions
            if m.kind in ACTING
            and m.subject
            and m.last <= deed.first
            and not is_governed(scene, m)
            and not _another_acts(scene, m, deed)
        ]
        told = "subordinate" in deed.features
        ahead = "future" in deed.features and "present" not in deed.features
        form = scene.tokens[deed.last - 1].form
        ahead = ahead and not form.endswith(scene.words.words("tense", "past"))
        sure = scene.of("certain", "obliged") if under else scene.of("certain")
        future = (ahead and not told) or any(
            _is_governed_by(scene, deed, a) for a in sure
        )
        if doers and future:
            found.append(deed)
    return found


def _is_governed_by(scene: Scene, deed: Hit, will: Hit) -> bool:
    """Say whether an auxiliary carries a deed: beside it, or at the clause's end."""
    if 0 <= deed.first - will.last <= _NEAR:
        return True
    if not scene.words.words("certain", "final"):
        return False
    far = 0 <= deed.first - will.last <= _FAR
    return far and not scene.separators(will.last, deed.first)


def _is_condition(scene: Scene, deed: Hit) -> bool:
    """Say whether a deed is only what something else hangs on, or done to a thing."""
    if deed.first and scene.tokens[deed.first - 1].reads("be"):
        return True
    if scene.words.words("condition", "postposed"):
        return any(0 <= c.first - deed.last <= 1 for c in scene.of("condition"))
    nominal = scene.words.words("condition", "nominal")
    return any(
        c.last <= deed.first
        and c.cue.text not in nominal
        and not scene.separators(c.last - 1, deed.first)
        for c in scene.of("condition")
    )


def _another_acts(scene: Scene, doer: Mention, deed: Hit) -> bool:
    """Say whether a thing acts in a clause of its own: "he said the case will go on"."""
    for that in scene.of("that"):
        if doer.last <= that.first and that.last <= deed.first:
            between = scene.tokens[that.last : deed.first]
            if any(t.form in scene.words.determiners for t in between[:1]):
                return True
            return any(
                "subject" in r.features and "noun" in r.features
                for t in between
                for r in t.readings[:1]
            )
    return False


def _certain_verbs(scene: Scene) -> list[Hit]:
    """Give the verbs that only a future form tells: "the plant will discharge"."""
    found = []
    for at, token in enumerate(scene.tokens):
        if "future" not in token.word.features:
            continue
        likeliest = token.readings[:1]
        if any("future" in r.features and r.is_finite for r in likeliest):
            found.append(Hit(_DEED, at, at + 1, likeliest[0].features))
    for will in scene.of("certain"):
        following = scene.tokens[will.last : will.last + 1]
        if any(t.reads("be") for t in following):
            continue
        if any("base" in r.features for t in following for r in t.readings[:1]):
            found.append(Hit(_DEED, will.last, will.last + 1, frozenset()))
    return found


def _counts(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue is about somebody's deed."""
    if "subordinate" in hit.features and hit.features & {"voice"}:
        return False
    if hit.name == "pledge":
        return any(m.kind in ACTING for m in scene.mentions)
    if hit.name in ("appeal", "seek", "refuse") and (
        is_conditional(scene, hit)
        or any(u.first == hit.first for u in scene.of("unnamed"))
    ):
        return False
    if hit.name in ("offer", "intend") and _founds(scene, hit):
        return False
    if hit.name == "refuse" and not _is_refusal(scene, hit):
        return False
    if hit.name in ("intend", "offer") and _plans_meeting(scene, hit):
        return False
    if hit.name not in _NEEDS_DEED:
        passive = hit.features & {"passive", "participle"}
        return hit.name != "appeal" or not passive
    return has_deed(scene, hit)


def _is_refusal(scene: Scene, hit: Hit) -> bool:
    """Say whether a deed is declined, not a word, nor an act on a text."""
    if is_negative(scene, hit) or any(
        v.first in (hit.first, hit.last - 1, hit.last)
        for v in scene.of("say", "topic_only")
    ):
        return False
    if any(r.first == hit.first and scene.of("text") for r in scene.of("refused")):
        return False
    acts = scene.of("signed", "ratified", "approved", "adopted")
    return not any(is_refused(scene, act) for act in acts)


def _founds(scene: Scene, hit: Hit) -> bool:
    """Say whether what is offered is a body, which is a claim of its own."""
    return any(
        abs(c.first - hit.last) <= 1 or abs(hit.first - c.last) <= 1
        for c in scene.of("create")
    ) and bool(scene.of("body"))


def _plans_meeting(scene: Scene, hit: Hit) -> bool:
    """Say whether what is intended is a meeting, which is a claim of its own."""
    if hit.name == "offer" and any(
        0 <= g.first - hit.last <= _FEW for g in scene.of("core_gathering")
    ):
        return True
    return any(
        0 <= m.first - hit.last <= 1 for m in scene.of("meet", "discuss", "attend")
    ) or any(
        0 <= h.first - hit.last <= 1
        and any(0 <= g.first - h.last <= _REACH for g in scene.of("core_gathering"))
        for h in scene.of("held")
    )
