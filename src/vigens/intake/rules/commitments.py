"""Commitments: undertaken, ready, intended, wanted from others, possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import ACTING, actors_of, compose, is_place
from vigens.intake.rules.deeds import (
    PASSIVE,
    future_deeds,
    is_of_text,
    offers_thing,
    owed_passives,
    who_told,
    with_told,
)
from vigens.intake.rules.due import follows
from vigens.intake.rules.idle import is_idle
from vigens.intake.rules.modality import (
    is_base,
    is_conditional,
    is_marked,
    is_negative,
    is_refused,
    looks_ahead,
)
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Actor, Suggestion

_KINDS = {
    "undertake": ("pledged", 0.75),
    "ready": ("willing", 0.8),
    "intend": ("planned", 0.65),
    "appeal": ("sought", 0.65),
    "refuse": ("done", 0.6),
    "seek": ("sought", 0.6),
    "offer": ("proposed", 0.6),
    "may": ("possible", 0.6),
    "we_will": ("pledged", 0.65),
    "pledge": ("pledged", 0.45),
    "perform": ("pledged", 0.6),
    "deed": ("pledged", 0.6),
    "obliged": ("sought", 0.6),
}
_ANCHORS = frozenset(_KINDS) - {"perform", "deed"}
_NEEDS_DEED = frozenset({"ready", "intend", "seek", "offer", "undertake", "refuse"})
_OBLIGED = frozenset({"state", "capital", "organisation", "group"})
_SPEAKING = frozenset({"say", "judge", "written_voice", "according"})
_REACH = 8
_FEW = 3


def commitments(scene: Scene) -> Iterator[Suggestion]:
    """Propose the commitments of a sentence."""
    anchors: list[Hit] = []
    if scene.has(_ANCHORS):
        named = (h for n in _KINDS if n in _ANCHORS for h in scene.of(n))
        anchors = [h for h in named if _counts(scene, h) and not is_idle(scene, h)]
    firm = [hit for hit in anchors if hit.name != "pledge"]
    anchors += [
        deed
        for deed in (*future_deeds(scene), *owed_passives(scene))
        if not is_idle(scene, deed)
        and not any(_is_joined(scene, deed, hit) for hit in firm)
    ]
    firm = [hit for hit in anchors if hit.name != "pledge"]
    contents: dict[int, list[Hit]] = {}
    for hit in firm or anchors:
        contents.setdefault(scene.content(hit).start, []).append(hit)
    for hits in contents.values():
        content = scene.content(hits[0])
        for group, span in scene.carve(hits, content):
            head = max(group, key=lambda h: _KINDS[h.name][1])
            whole = head is group[-1] and _promises_that(scene, head)
            yield _commitment(scene, head, with_told(scene, span) if whole else span)


def _commitment(scene: Scene, head: Hit, span: Span) -> Suggestion:
    strength = _KINDS[head.name][1]
    people = _actors(scene, head, span)
    own = scene.inside(span, "first_person") or "first-person" in head.features
    owed = head.name in ("perform", "deed") and scene.of("under")
    if not people and not own and not owed:
        strength -= 0.1
    negative = head.name == "refuse" or is_negative(scene, head)
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
    if head.name == "pledge" and people and _gives_number(scene, head):
        strength += 0.1  # "announced a contribution of 95 million"
    deeds = [h for h in scene.inside(span, "perform") if h.first >= head.first]
    return compose(
        scene,
        "commitment",
        span,
        cues=[head, *deeds[:1]],
        rule=f"commitment-{head.name.replace('_', '-')}",
        strength=strength,
        modality=_modality(scene, head, people, negative=negative),
        actors=people,
        negative=negative,
    )


def _modality(
    scene: Scene, head: Hit, people: Iterable[Actor], *, negative: bool
) -> str:
    """Say what a commitment is: several agree on a deed, one that agrees undertakes."""
    if head.name == "undertake":
        if negative:
            return "done"  # "has not promised" is a fact, no undertaking
        if any(a.first == head.first for a in scene.of("agreed", "decide")):
            alone = [a.id or a.of for a in people if a.role == "undertaker"]
            if len(alone) != 1 or not alone[0]:
                return "decided"
    if head.name in ("perform", "deed"):
        if _is_drafted(scene):
            return "proposed"
        if any(0 <= head.first - e.last <= _FEW for e in scene.of("expected")):
            return "expected"
        sure = [c for c in scene.of("certain") if c.last - c.first > 1]
        if any(c.last == head.first - (head.cue is PASSIVE) for c in sure):
            return "planned"  # "is to send"
    return _KINDS[head.name][0]


def _is_drafted(scene: Scene) -> bool:
    """Say whether a deed is only what a draft or a plan asks for: "under the draft"."""
    drafts = scene.words.words("under", "drafts")
    return bool(drafts) and any(
        0 <= t.first - u.last <= 1 and t.cue.text in drafts
        for u in scene.of("under")
        for t in scene.of("text")
    )


def _actors(scene: Scene, head: Hit, span: Span) -> list[Actor]:
    """Tell who is to do it from whom it is for, by their places around the cue.

    Who asks others ("X calls on Y to") stands before the cue, who is to act after it.
    """
    wanted = head.name in ("seek", "appeal")
    found = []
    mentions = scene.mentions_in(span, *ACTING, "region")
    for mention in (*who_told(scene, span), *mentions):
        if is_place(scene, mention):
            continue
        before = mention.last <= head.first or follows(scene, mention, head)
        if head.cue is PASSIVE:
            role = "beneficiary"
        elif before and _is_object(scene, mention):
            role = "undertaker" if wanted else "beneficiary"
        elif before:
            role = "issuer" if wanted else "undertaker"
        elif wanted or mention.last < head.last:  # "the treaty obliges Chad to"
            role = "undertaker"
        elif mention.kind in ("group", "pronoun"):
            continue
        else:
            role = "beneficiary"
        found += actors_of(scene, mention, role)
    return found


def _is_object(scene: Scene, mention: Mention) -> bool:
    """Say whether a name before the verb is whom it concerns, where endings tell it."""
    if not scene.words.verb_last or mention.subject:
        return False
    return scene.tokens[mention.last - 1].form.endswith(
        scene.words.words("commitment", "concerned")
    )


def _is_joined(scene: Scene, deed: Hit, hit: Hit) -> bool:
    """Say whether a deed stands in the part of a sentence that a cue governs."""
    left, right = sorted((deed, hit), key=lambda h: h.first)
    return not scene.separators(left.last - 1, right.first)


def _counts(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue is about somebody's deed."""
    told = {"subordinate", "voice"} <= hit.features
    if told and hit.name not in ("intend", "ready"):
        return False
    if hit.name in ("undertake", "pledge") and any(
        r.first < hit.first < r.last for r in scene.of("refuse")
    ):
        return False  # "broke its promise"
    before = scene.tokens[hit.first - 1].form if hit.first else ""
    if before in scene.words.words(hit.name, "not_after"):
        return False  # "to share its maps as promised"
    if hit.name == "pledge":
        return any(m.kind in ACTING for m in scene.mentions)
    if hit.name in ("appeal", "seek", "refuse") and (
        is_conditional(scene, hit)
        or (hit.name == "appeal" and is_negative(scene, hit))
        or any(u.first == hit.first for u in scene.of("unnamed"))
    ):
        return False
    if hit.name == "obliged":
        return _is_demand(scene, hit)
    if _is_another_claim(scene, hit):
        return False
    agreed = hit.name == "undertake" and not scene.words.verb_last
    if agreed and any(a.first == hit.first for a in scene.of("agreed")):
        return any(
            _is_deed(scene, at)
            for at in range(hit.last, min(len(scene.tokens), hit.last + 3))
        )
    if hit.name in ("appeal", "seek") and "passive" in hit.features:
        return False  # "it is called upon to support" asks nobody
    if hit.name == "appeal" and scene.words.words("perform", "before"):
        return _has_deed(scene, hit)
    if hit.name not in _NEEDS_DEED:
        passive = hit.features & {"passive", "participle"}
        return hit.name != "appeal" or not passive
    return _has_deed(scene, hit)


def _is_another_claim(scene: Scene, hit: Hit) -> bool:
    """Say whether a body, a meeting or an act on a text is meant, no deed."""
    return (
        (hit.name == "ready" and is_of_text(scene, hit))
        or (hit.name in ("offer", "intend") and _founds(scene, hit))
        or (hit.name == "refuse" and not _is_refusal(scene, hit))
        or (
            hit.name in ("intend", "offer", "undertake", "refuse")
            and _plans_meeting(scene, hit)
        )
    )


def _is_demand(scene: Scene, hit: Hit) -> bool:
    """Say whether somebody says what another must do: "Chad must open it, he said"."""
    if hit.cue.text not in scene.words.words("obliged", "demands"):
        return False
    if not (scene.quoted or scene.has(_SPEAKING)) or scene.of("under"):
        return False
    if is_negative(scene, hit) or is_conditional(scene, hit):
        return False
    return any(d.first - hit.last in (0, 1) for d in scene.of("perform")) and any(
        0 <= hit.first - m.last <= _FEW and m.subject and m.kind in _OBLIGED
        for m in scene.mentions
    )


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
    if scene.words.verb_last:
        names = ("attend", "held", "meet") if hit.name == "refuse" else ("held", "meet")
        return any(h.last == hit.first for h in scene.of(*names))
    return any(
        0 <= m.first - hit.last <= 1 for m in scene.of("meet", "discuss", "attend")
    ) or any(
        0 <= h.first - hit.last <= 1
        and any(0 <= g.first - h.last <= _REACH for g in scene.of("core_gathering"))
        for h in scene.of("held")
    )


def _consents(scene: Scene, hit: Hit) -> bool:
    """Say whether people consent to do something right before a verb of agreeing."""
    before = scene.tokens[hit.first - 1] if hit.first else None
    return before is not None and (
        _is_deed(scene, hit.first - 1)
        or before.form in scene.words.words("certain", "helped")
    )


def _has_deed(scene: Scene, hit: Hit) -> bool:
    """Say whether a cue has what is to be done beside it, or needs none."""
    if hit.cue.text in scene.words.words(hit.name, "alone"):
        return True
    if hit.cue.text in scene.words.words("undertake", "consents"):
        other = _founds(scene, hit) or _plans_meeting(scene, hit)
        return _consents(scene, hit) and not other
    if hit.name == "offer" and any(
        0 <= m.first - hit.last <= 1 and m.kind in ("state", "capital", "organisation")
        for m in scene.mentions
    ):
        return True
    deeds = scene.of("perform", "pledge")
    if offers_thing(scene, hit) or any(hit.first < d.first < hit.last for d in deeds):
        return True  # "his refusal of the promised contribution"
    if hit.name == "refuse" and any(0 <= hit.first - d.last <= _FEW for d in deeds):
        return True  # in free order: "from taking part it declined"
    if hit.name == "seek" and any(
        t.first == hit.last and t.cue.text in scene.words.words("that", "aims")
        for t in scene.of("that")
    ):
        return True
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
    if hit.name not in ("undertake", "pledge", "offer"):
        return False
    first = hit.first - (_REACH if scene.words.verb_last else 0)
    near = (n.first for n in scene.of("numeral") if first <= n.first)
    starts = (scene.tokens[at].start for at in near if at < hit.last + _REACH)
    return any(not any(d.start <= s < d.end for d in scene.dates) for s in starts)


def _ends_in_deed(scene: Scene, hit: Hit) -> bool:
    """Say whether an infinitive ends the part, far away: "sagte zu, ... abzuschaffen"."""
    return any(is_marked(scene, at) for at in range(hit.last, len(scene.tokens)))


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
            and scene.gap(at - 1, at) == " "  # "they asked us to, and ..."
            and (is_base(scene, at) or "participle" in token.features)
        )
    endings = scene.words.words("perform", "infinitive_endings")
    if endings:
        return token.form.endswith(endings)
    return any("infinitive" in r.features for r in token.readings[:1])
