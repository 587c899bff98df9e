"""Meetings: held, planned, proposed; who takes part, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.morphology import FINITE
from vigens.intake.rules.compose import ACTING, actors_in, compose, is_place
from vigens.intake.rules.modality import (
    began,
    is_negative,
    is_refused,
    lies_ahead,
    modality_of,
)
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Suggestion

_VERBS = frozenset(
    {"meet", "attend", "dispatch", "travel", "held", "held_close", "discuss", "refuse"}
)
_DESCRIBES = frozenset({"participle", "adjective"})
_FEW = 3  # words between a refusal and the meeting that is refused


def meetings(scene: Scene) -> Iterator[Suggestion]:
    """Propose the meetings of a sentence."""
    anchors = _anchors(scene) if scene.has(_VERBS) else {}
    if not anchors:
        yield from _without_verb(scene)
        return
    by_content: dict[Span, list[Hit]] = {}
    for hit in anchors:
        by_content.setdefault(scene.content(hit), []).append(hit)
    for content, hits in by_content.items():
        for group, span in scene.carve(_heads(scene, hits, anchors), content):
            rule, strength = max((anchors[h] for h in group), key=lambda a: a[1])
            for part in _elliptic(scene, group[-1], span):
                yield _meeting(scene, group, part, rule, strength)


def _anchors(scene: Scene) -> dict[Hit, tuple[str, float]]:
    """Find the verbs that can make a meeting, each with its rule and strength."""
    anchors = dict.fromkeys(_meets(scene), ("meet", 0.8))
    for hit in _attends(scene):
        ranked = any(
            m.kind in ("person", "office") or (m.kind == "group" and m.subject)
            for m in scene.mentions
        )
        alone = 0.5 if ranked and hit.features & FINITE else 0.4
        anchors[hit] = ("attend", 0.8 if _near(scene, hit, "gathering") else alone)
    for hit in scene.of("refuse"):
        if _near(scene, hit, "core_gathering", reach=_FEW):
            anchors.setdefault(hit, ("refused", 0.65))
    for hit in scene.of("dispatch"):
        if _near(scene, hit, "envoys", reach=4):
            anchors.setdefault(hit, ("attend", 0.7))
    for hit in scene.of("travel"):
        anchors.setdefault(hit, ("travel", 0.6 if _goes(scene, hit) else 0.3))
    for hit, strength in _held(scene):
        anchors.setdefault(hit, ("held", strength))
    for hit in scene.of("held_close"):
        if _near(scene, hit, "core_gathering", reach=2):
            anchors.setdefault(hit, ("held", 0.75))
    for hit in scene.of("discuss"):
        anchors.setdefault(hit, ("discuss", _discussed(scene, hit)))
    return anchors


def _describes(scene: Scene, hit: Hit) -> bool:
    """Say whether a word only describes a meeting: "the planned talks"."""
    return "adjective" in hit.features and any(
        g.first == hit.last for g in scene.of("gathering")
    )


def _attends(scene: Scene) -> Iterator[Hit]:
    """Give the verbs of taking part; "concerning" may be spelled like one."""
    around = scene.words.words("postpositions", "words")
    for hit in scene.of("attend"):
        inner = hit.last < len(scene.tokens) and not scene.separators(
            hit.last - 1, hit.last
        )
        if not (inner and scene.tokens[hit.last - 1].form in around):
            yield hit


def _held(scene: Scene) -> Iterator[tuple[Hit, float]]:
    """Give the verbs of holding near a gathering, with how surely they hold it."""
    for hit in scene.of("held"):
        if _describes(scene, hit) or _only_goes_on(scene, hit):
            continue
        if _near(scene, hit, "core_gathering", unbroken=True):
            yield hit, 0.45 if _is_framed(scene, hit) else 0.85
        elif _near(scene, hit, "gathering", unbroken=True):
            yield hit, 0.5


def _is_framed(scene: Scene, hit: Hit) -> bool:
    """Say whether all gatherings only tell when something else happened.

    "After the talks the exchange is coming to an end"; a verb right behind tells of
    the gathering itself: "at the meeting, held on Monday".
    """
    if "participle" in hit.features:
        return False
    frames = scene.of("during")
    if scene.words.verb_last:
        return all(
            any(0 <= f.first - g.last <= 1 for f in frames)
            for g in scene.of("core_gathering")
        )
    return all(
        any(
            0 <= g.first - f.last <= _FEW or f.first <= g.first < f.last for f in frames
        )
        and not _tells_of(scene, g, hit)
        for g in scene.of("core_gathering")
    )


def _tells_of(scene: Scene, gathering: Hit, hit: Hit) -> bool:
    """Say whether a verb tells of the gathering right before: "talks, which began"."""
    marks = scene.words.words("relative", "words")
    between = scene.tokens[gathering.last : hit.first]
    return gathering.last <= hit.first and all(
        not t.word.lemmas.isdisjoint(marks) for t in between
    )


def _only_goes_on(scene: Scene, hit: Hit) -> bool:
    """Say whether a bare participle tells of another act: "setting the stage"."""
    if not {"participle", "present"} <= hit.features or scene.words.verb_last:
        return False
    before = scene.tokens[max(0, hit.first - 2) : hit.first]
    return not any(scene.is_copula(t) for t in before) and not any(
        g.last == hit.first for g in scene.of("gathering")
    )


def _meets(scene: Scene) -> Iterator[Hit]:
    """Give the verbs of meeting that are neither an auxiliary nor a noun."""
    intended = {h.first for h in scene.of("intend")}
    for hit in scene.of("meet"):
        if any(n.first <= hit.first < n.last for n in scene.of("no_meeting")):
            continue  # "to meet a target"
        aimed = hit.first in intended and _governs_verb(scene, hit)
        if not aimed and not _is_noun(scene, hit):
            yield hit


def _discussed(scene: Scene, hit: Hit) -> float:
    """Say how surely a verb of discussing tells of a meeting."""
    if _near(scene, hit, "gathering"):
        return 0.7
    if hit.cue.text in scene.words.words("discuss", "bodies"):
        return 0.4  # a parliament considers a bill
    acting = any(
        m.kind in ("person", "office", "group", "state", "organisation")
        and m.subject
        and not is_place(scene, m)
        for m in scene.mentions
    )
    return 0.56 if acting else 0.45


def _is_noun(scene: Scene, hit: Hit) -> bool:
    """Say whether a form is a noun as well, and no verb here: "the planned meeting"."""
    if scene.words.verb_last:  # "at the meeting" is spelled like "is meeting"
        inner = hit.last < len(scene.tokens) and "present" in hit.features
        return inner and any(g.first == hit.first for g in scene.of("gathering"))
    if "participle" not in hit.features:
        return False
    before = scene.tokens[hit.first - 1] if hit.first else None
    return any(g.first == hit.first for g in scene.of("gathering")) and not (
        before and scene.is_copula(before)
    )


def _comes_to_meet(scene: Scene, head: Hit) -> bool:
    """Say whether somebody went somewhere to meet: it is told as done."""
    before = scene.tokens[head.first - 1].form if head.first else ""
    return before in scene.words.words("perform", "infinitive_after") and any(
        "past" in t.features
        and t.last <= head.first
        and not scene.separators(t.last - 1, head.first)
        for t in scene.of("travel")
    )


def _governs_verb(scene: Scene, hit: Hit) -> bool:
    """Say whether an infinitive stands beside a verb: "is going to", no gathering."""
    beside = (*scene.tokens[max(0, hit.first - 1) : hit.first],)
    beside += (*scene.tokens[hit.last : hit.last + 3],)
    return any("infinitive" in r.features for t in beside for r in t.readings[:1])


def _elliptic(scene: Scene, head: Hit, span: Span) -> list[Span]:
    """Split off "and the second on 5 May": a date of its own, no verb of its own."""
    dates = [d for d in scene.dates if span.holds(d.start, d.end)]
    if len(dates) < 2:
        return [span]
    joins = set(scene.words.words("joins", "words"))
    for at in range(head.last, len(scene.tokens)):
        token = scene.tokens[at]
        rest = [t for t in scene.tokens[at:] if t.start < span.end]
        if (
            token.form in joins
            and "," in scene.gap(at - 1, at)
            and span.holds(token.start, token.end)
            and any(d.start < token.start for d in dates)
            and any(d.start > token.start for d in dates)
            and not any(t.is_finite for t in rest)
        ):
            return [
                scene.shave(span.start, token.start),
                scene.shave(token.end, span.end),
            ]
    return [span]


def _heads(
    scene: Scene, hits: list[Hit], anchors: dict[Hit, tuple[str, float]]
) -> list[Hit]:
    """Leave out a weak anchor beside a strong one: one event, told twice."""
    rules = {anchors[h][0] for h in hits}
    if {"held", "attend"} <= rules and len(scene.of("core_gathering")) < 2:
        held = [h for h in hits if anchors[h][0] == "held"]
        hits = [
            h
            for h in hits
            if anchors[h][0] != "attend" or _stands_alone(scene, h, held)
        ]
    held = [h for h in hits if anchors[h][0] == "held"]
    if len(held) > 1 and len(scene.of("core_gathering")) == 1:
        off = {c.first for c in scene.of("cancelled")}
        held.sort(key=lambda h: (h.first not in off, bool(h.features & _DESCRIBES)))
        hits = [h for h in hits if h not in held[1:]]  # "talks that began ... ended"
    strong = [h for h in hits if anchors[h][1] >= 0.7]
    one = len(strong) == 1
    return [h for h in strong if one or anchors[h][0] != "discuss"] or hits


def _stands_alone(scene: Scene, attend: Hit, held: Sequence[Hit]) -> bool:
    """Say whether attendance is told in a part of its own, after the event."""
    before = [h for h in held if h.last <= attend.first]
    if not before:
        return False
    places = scene.separators(before[-1].last - 1, attend.first)
    who = [scene.where(m).start for m in scene.mentions if m.last <= attend.first]
    return any(place <= start for place in places for start in who)


def _meeting(
    scene: Scene, group: list[Hit], span: Span, rule: str, strength: float
) -> Suggestion:
    people = actors_in(scene, span, "participant")
    verbs = (h for h in group if h.features & FINITE and "participle" not in h.features)
    head = next(verbs, group[0])
    if not people and rule in ("meet", "discuss", "attend"):
        strength -= 0.35 if rule == "meet" and scene.words.verb_last else 0.2
    if people and (scene.dates or any(is_place(scene, m) for m in scene.mentions)):
        strength += 0.05
    off = {at for c in scene.of("cancelled") for at in range(c.first, c.last)}
    cancelled = not off.isdisjoint(h.first for h in group)
    cancelled = cancelled or rule == "refused" or is_refused(scene, head)
    done = cancelled or _comes_to_meet(scene, head)
    modality = "done" if done else modality_of(scene, head, span)
    lasts = not done and head.cue.text in scene.words.words("held", "lasting")
    if modality == "done" and lasts and began(scene, span):
        modality = "ongoing"  # "talks have been under way since March"
    return compose(
        scene,
        "meeting",
        span,
        cues=[*group, *scene.inside(span, "gathering")[:1]],
        rule=f"meeting-{rule}",
        strength=strength,
        modality=modality,
        actors=people,
        negative=cancelled or is_negative(scene, head),
    )


def _without_verb(scene: Scene) -> Iterator[Suggestion]:
    """A gathering named in passing, or a list of who was there."""
    span = scene.span
    people = [m for m in scene.mentions if m.kind in ("person", "office")]
    speaks = scene.of("say", "judge", "written_voice", "according")
    if (
        len(people) >= 2
        and not speaks
        and (scene.of("side") or not any(t.is_finite for t in scene.tokens))
    ):
        yield compose(
            scene,
            "meeting",
            span,
            cues=scene.of("side"),
            rule="meeting-list",
            strength=0.65 if scene.of("side") else 0.45,
            modality="done",
            actors=actors_in(scene, span, "participant"),
        )
        return
    for during in scene.of("during"):
        for gathering in scene.of("core_gathering"):
            if not 0 <= gathering.first - during.last <= 3 or _is_venue(
                scene, gathering
            ):
                continue
            start = scene.where(during).start
            ends = scene.separators(gathering.last - 1, len(scene.tokens) - 1)
            verbs = [t.start for t in scene.tokens[gathering.last :] if t.is_finite]
            stop = min([p for p in (*ends, *verbs) if p > start] or [scene.span.end])
            part = scene.shave(start, stop)
            if quoted := [q for q in scene.quoted if q.meets(part.start, part.end)]:
                part = scene.shave(part.start, min(part.end, quoted[0].end - 1))
            others = scene.mentions_in(part, *ACTING, "place")
            yield compose(
                scene,
                "meeting",
                part,
                cues=[during, gathering],
                rule="meeting-during",
                strength=0.55
                if any(_with(m, gathering) for m in others)
                or _is_somewhere(scene, gathering)
                else 0.3,
                modality="planned" if lies_ahead(scene, part) else "done",
                actors=actors_in(scene, part, "participant"),
            )
            return


def _is_somewhere(scene: Scene, gathering: Hit) -> bool:
    """Say whether a gathering is told with where it was, in a place no list holds."""
    if scene.words.verb_last:
        before = scene.tokens[max(0, gathering.first - 1) : gathering.first]
        return any(t.capital and "location" in t.features for t in before)
    places = scene.words.words("places", "before")
    return any(
        left.form in places and right.capital
        for left, right in pairwise(scene.tokens[gathering.last : gathering.last + 3])
    )


def _with(mention: Mention, gathering: Hit) -> bool:
    """Say whether an actor is named right after a gathering, or right before."""
    return -4 <= mention.first - gathering.last <= 4


def _near(
    scene: Scene, hit: Hit, name: str, reach: int = 12, *, unbroken: bool = False
) -> bool:
    """Say whether a word of a class is near; `unbroken`, with no verb before it."""
    reach *= 2 if scene.words.verb_last else 1
    unbroken = unbroken and not scene.words.verb_last
    return any(
        max(other.first - hit.last, hit.first - other.last) <= reach
        for other in scene.of(name)
        if not _is_venue(scene, other)
        and not (unbroken and _another_verb(scene, hit, other))
    )


def _another_verb(scene: Scene, hit: Hit, other: Hit) -> bool:
    """Say whether a verb of its own comes first: "holds a seat, missed the session"."""
    return any(
        t.is_finite and "past" in t.features and "noun" not in t.features
        for t in scene.tokens[hit.last : other.first]
    )


def _is_venue(scene: Scene, gathering: Hit) -> bool:
    """Say whether something was only said there: "told a news conference"."""
    return any(v.first <= gathering.first < v.last for v in scene.of("venue"))


def _goes(scene: Scene, hit: Hit) -> bool:
    """Say whether somebody of rank travels to a place or to a meeting."""
    who = any(m.kind in ("person", "office", "group") for m in scene.mentions)
    where = any(m.kind in ("capital", "state", "adjective") for m in scene.mentions)
    return who and (where or _near(scene, hit, "gathering") or _goes_to(scene, hit))


def _goes_to(scene: Scene, hit: Hit) -> bool:
    """Say whether a place that no list holds stands right before a verb of travel."""
    before = scene.tokens[hit.first - 1] if hit.first else None
    return bool(
        scene.words.verb_last
        and before
        and before.capital
        and "object" in before.features
    )
