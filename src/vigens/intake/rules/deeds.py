"""Deeds told as certain: "X will provide", without a verb of promising."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Cue, Hit
from vigens.intake.dates import DateMention
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import ACTING, is_governed
from vigens.intake.rules.modality import is_conditional
from vigens.intake.scene import Scene
from vigens.intake.tokens import Token

_REACH = 4
_NEAR = 2
_FAR = 18  # words from "will" to the verb that ends its clause, where it does so
_DEED = Cue("deed", "", ())
_FUTURE = frozenset({"future"})
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
    "ended",
    "extended",
    "published",
    "say",
    "judge",
    "expected",
    "no_deed",
)


_OBJECTS = {
    "held": "core_gathering",
    "create": "body",
    "signed": "text",
    "approved": "text",
    "adopted": "text",
    "published": "text",
    "ended": "text",
    "extended": "text",
}


def future_deeds(scene: Scene) -> list[Hit]:
    """Find "X will provide": somebody's deed, told as certain."""
    if not any(m.subject and m.kind in ACTING for m in scene.mentions):
        return []
    verbs = [*scene.of("perform"), *_certain_verbs(scene)]
    if scene.words.verb_last:  # what closes a clause tells more than a verb of a list
        verbs.reverse()
    under = bool(scene.of("under"))  # "under the agreement each must inform"
    alone: dict[int, Hit] = {}
    for verb in verbs:
        alone.setdefault(verb.first, verb)
    deeds = [
        deed
        for deed in alone.values()
        if _is_ahead(scene, deed)
        or _is_sure(scene, deed, under=under)
        or _is_due(scene, deed)
    ]
    if not deeds:
        return []
    taken = _other_acts(scene, under=under)
    return [
        deed
        for deed in deeds
        if deed.first not in taken
        and not _is_condition(scene, deed)
        and not is_conditional(scene, deed)
        and any(
            m.kind in ACTING
            and m.subject
            and not is_governed(scene, m)
            and (
                follows(scene, m, deed)
                or (
                    m.last <= deed.first
                    and not _another_acts(scene, m, deed)
                    and not _text_acts(scene, m, deed)
                )
            )
            for m in scene.mentions
        )
    ]


def follows(scene: Scene, doer: Mention, deed: Hit) -> bool:
    """Say whether who does something stands right behind the verb: "soon opens Chad"."""
    inverted = scene.words.words("tense", "inverted")
    return bool(inverted) and 0 <= doer.lead - deed.first - 1 <= 1


def _is_due(scene: Scene, deed: Hit) -> bool:
    """Say whether the present tells what will be done, where a language uses it so.

    A day ahead or a word beside it tells: "from May on Chad withdraws its troops".
    """
    if not scene.words.words("tense", "present_ahead"):
        return False
    if "present" not in deed.features or deed.features & {"past", "infinitive"}:
        return False
    if deed.cue.text in scene.words.words("perform", "announced"):
        return True
    content = scene.content(deed)
    if any(_is_term(scene, d) for d in scene.dates if content.holds(d.start, d.end)):
        return True
    return any(
        not scene.separators(min(d.first, deed.first), max(d.first, deed.first))
        for d in scene.inside(content, "due")
    )


def _other_acts(scene: Scene, *, under: bool) -> set[int]:
    """Give the words, by number, that make a claim of another kind."""
    acts = (n for n in _OTHER_ACTS if n != "say" or not (under and scene.of("obliged")))
    others = [h for h in scene.of(*acts) if _is_other_act(scene, h)]
    others += scene.of("body_act") if scene.of("core_body") else []
    return {at for h in others for at in (h.first, h.last - 1)}


def _text_acts(scene: Scene, doer: Mention, deed: Hit) -> bool:
    """Say whether a text stands between: "as he said, the deal will run to July"."""
    return any(
        doer.last <= t.first
        and 0 <= deed.first - t.last <= 1
        and scene.separators(doer.last - 1, t.first)
        for t in scene.of("text")
    )


def _is_ahead(scene: Scene, deed: Hit) -> bool:
    """Say whether a verb's form tells that it will be done, by who is named so far."""
    if "future" not in deed.features or "present" in deed.features:
        return False
    form = scene.tokens[deed.last - 1].form
    if form.endswith(scene.words.words("tense", "past")):
        return False
    if "subordinate" in deed.features:
        verb = scene.tokens[deed.last - 1]
        return _is_announced(scene, deed.last) and not _is_suffered(scene, verb)
    return not (scene.words.verb_last and _describes(scene, deed))


def _is_announced(scene: Scene, at: int) -> bool:
    """Say whether a verb of speaking follows at once: "that it will pay it said".

    A passive tells of somebody else, a negative of nothing that will be done.
    """
    if not scene.words.verb_last or at == len(scene.tokens):
        return False
    verb = scene.tokens[at - 1]
    at += scene.tokens[at].form in scene.words.words("say", "before")
    if all(s.first != at for s in scene.of("say")):
        return False
    return not any({"negative", "subordinate"} <= r.features for r in verb.readings)


def _is_suffered(scene: Scene, token: Token) -> bool:
    """Say whether a future form is a passive: who does it is not told."""
    return any(part in token.form for part in scene.words.words("tense", "passive"))


def _describes(scene: Scene, deed: Hit) -> bool:
    """Say whether a participle only describes what follows: "duties to be paid"."""
    if "participle" not in deed.features or deed.last == len(scene.tokens):
        return False
    following = scene.tokens[deed.last].form
    return not following.startswith(scene.words.words("certain", "helped"))


def _is_sure(scene: Scene, deed: Hit, *, under: bool) -> bool:
    """Say whether a word beside a verb tells that it will or must be done."""
    sure = scene.of("certain", "obliged") if under else scene.of("certain")
    if scene.words.verb_last:
        return any(a.first == deed.last for a in sure)
    sure = (*sure, *scene.of("expected"))
    return any(_is_governed_by(scene, deed, a) for a in sure)


def _is_governed_by(scene: Scene, deed: Hit, will: Hit) -> bool:
    """Say whether an auxiliary carries a deed: beside it, or at the clause's end."""
    far = deed.first - will.last
    if 0 <= far <= _NEAR or not scene.words.words("certain", "final"):
        return 0 <= far <= _NEAR
    return 0 <= far <= _FAR and not scene.separators(will.last, deed.first)


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


def _is_term(scene: Scene, date: DateMention) -> bool:
    """Say whether a day, or the last day of a term, is later than the report's own."""
    day, today = date.edtf.removeprefix("../").strip("~"), scene.document.published
    return bool(today) and day[:1].isdigit() and day > (today or "")[: len(day)]


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
    if scene.words.verb_last:
        return list(_closing_verbs(scene))
    found = []
    endings = scene.words.words("tense", "future")
    endings += scene.words.words("tense", "deeds")
    for at, token in enumerate(scene.tokens):
        if "future" not in token.word.features or "present" in token.word.features:
            continue  # a form of both times is no promise
        likeliest = token.readings[:1]
        if any("future" in r.features and r.is_finite for r in likeliest):
            found.append(Hit(_DEED, at, at + 1, likeliest[0].features))
        elif endings and token.form.endswith(endings) and not token.capital:
            found.append(Hit(_DEED, at, at + 1, _FUTURE))
    for will in scene.of("certain"):
        following = scene.tokens[will.last : will.last + 1]
        if any(t.reads("be") for t in following):
            continue
        if any("base" in r.features for t in following for r in t.readings[:1]):
            found.append(Hit(_DEED, will.last, will.last + 1, frozenset()))
    return found


def _closing_verbs(scene: Scene) -> Iterator[Hit]:
    """Give the verbs of any deed before "it said", "must" or the like."""
    helped = scene.words.words("certain", "helped")
    obliged = {h.first for h in scene.of("certain", "obliged")}
    endings = scene.words.words("certain", "endings")
    closing = scene.words.words("tense", "closing")
    for at, token in enumerate(scene.tokens, start=1):
        if at == len(scene.tokens) or "," in scene.gap(at - 1, at):
            if closing and token.form.endswith(closing) and _is_affirmed(token):
                yield Hit(_DEED, at - 1, at, _FUTURE)
            continue
        features = token.word.features
        ahead = "future" in features and (
            ("subordinate" in features and _is_announced(scene, at))
            or ("participle" in features and scene.tokens[at].form.startswith(helped))
        )
        ahead = ahead and not _is_suffered(scene, token)
        if ahead or (at in obliged and token.form.endswith(endings)):
            helps = at > 1 and token.form.startswith(scene.words.auxiliaries)
            helps = helps and "present" in scene.tokens[at - 2].word.features
            yield Hit(_DEED, at - 1 - helps, at, features)


def _is_affirmed(token: Token) -> bool:
    """Say whether a verb of the future tells a deed: no passive, no negative."""
    return "future" in token.features and not token.features & {"negative", "voice"}


def _is_other_act(scene: Scene, act: Hit) -> bool:
    """Say whether a verb tells of a meeting, a text or a body that stands near it.

    "Under the agreement, Chad will release water" publishes no agreement.
    """
    if act.cue.text in scene.words.words(act.name, "alone"):
        return True
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
