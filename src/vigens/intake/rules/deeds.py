"""Deeds told as certain: "X will provide", without a verb of promising."""

from __future__ import annotations

from vigens.intake.cues import Cue, Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import ACTING, is_governed
from vigens.intake.scene import Scene

_REACH = 4
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


def future_deeds(scene: Scene) -> list[Hit]:
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
            0 <= deed.first - a.last <= 2 for a in sure
        )
        if doers and future:
            found.append(deed)
    return found


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
        if "future" not in token.word.features or "present" in token.word.features:
            continue  # a form of both times is no promise
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


def _is_other_act(scene: Scene, act: Hit) -> bool:
    """Say whether a verb tells of a meeting, a text or a body that stands near it.

    "Under the agreement, Chad will release water" publishes no agreement.
    """
    objects = _OBJECTS.get(act.name)
    if objects is None:
        return True
    reach = _REACH
    return any(
        0 <= o.first - act.last <= reach
        or (
            0 <= act.first - o.last <= reach
            and not any(0 <= o.first - u.last <= 1 for u in scene.of("under"))
        )
        for o in scene.of(objects)
    )
