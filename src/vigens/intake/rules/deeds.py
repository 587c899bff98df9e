"""Deeds told as certain: "X will provide", without a verb of promising."""

from __future__ import annotations

from collections.abc import Iterator

from vigens.intake.cues import Cue, Hit
from vigens.intake.mentions import Mention, is_subject
from vigens.intake.rules.compose import ACTING, is_governed
from vigens.intake.rules.due import follows, is_affirmed, is_due
from vigens.intake.rules.idle import is_told_of_thing
from vigens.intake.rules.modality import is_conditional
from vigens.intake.scene import Scene, Span
from vigens.intake.tokens import Token

_REACH = 4
_NEAR = 2
_FOUNDED = 8  # words between a body and the verb that founds it
_FAR = 18  # words from "will" to the verb that ends its clause, where it does so
_DEED = Cue("deed", "", ())
_FUTURE = frozenset({"future"})
PASSIVE = Cue("deed", "passive", ())
"""What marks a deed of which only who suffers it is told."""
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
    "sent",
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
    "sent": "text",
    "ended": "text",
    "extended": "text",
}


def owed_passives(scene: Scene) -> list[Hit]:
    """Find "under the deal they will be freed": owed, though nobody is said to do it."""
    tokens = scene.tokens
    it = scene.words.words("under", "pronouns")
    if not any(
        u.last < len(tokens) and tokens[u.last].form in it for u in scene.of("under")
    ) and not any(
        0 <= max(t.first - u.last, u.first - t.last) <= _NEAR
        for u in scene.of("under")
        for t in scene.of("text")
    ):
        return []
    if scene.words.verb_last:
        return [
            Hit(PASSIVE, at, at + 1, t.word.features)
            for at, t in enumerate(tokens)
            if not {"subordinate", "negative"} & t.word.features
            and t.form.endswith(scene.words.words("tense", "owed"))
            and (at + 1 == len(tokens) or scene.separators(at, at + 1))
        ]
    marks = {h.last for h in scene.of("certain", "obliged")}
    return [
        Hit(PASSIVE, d.first, d.last, d.features)
        for d in scene.of("perform")
        if "past" in d.features
        and d.first - 1 in marks
        and tokens[d.first - 1].form == scene.words.copula
    ]


def future_deeds(scene: Scene) -> list[Hit]:
    """Find "X will provide": somebody's deed, told as certain."""
    opens = any(u.first <= 1 for u in scene.of("under"))  # "under its terms, ..."
    if not opens and not any(m.subject and m.kind in ACTING for m in scene.mentions):
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
        or is_due(scene, deed)
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
        and (opens or any(_does(scene, m, deed) for m in scene.mentions))
        and not is_of_thing(scene, deed)
    ]


def _does(scene: Scene, doer: Mention, deed: Hit) -> bool:
    """Say whether somebody named before a deed, or right behind, can be who does it."""
    if doer.kind not in ACTING or not doer.subject or is_governed(scene, doer):
        return False
    return follows(scene, doer, deed) or (
        doer.last <= deed.first
        and not _another_acts(scene, doer, deed)
        and not _text_acts(scene, doer, deed)
        and not is_told_of_thing(scene, doer, deed)
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
        and (scene.separators(doer.last - 1, t.first) or _is_told(scene, t))
        for t in scene.of("text")
    )


def _is_told(scene: Scene, text: Hit) -> bool:
    """Say whether a verb of speaking stands right before: "said the deal would"."""
    at = text.first
    at -= at > 0 and scene.tokens[at - 1].form in scene.words.determiners
    return any(s.last == at for s in scene.of("say", "judge", "that", "expected"))


def is_of_thing(scene: Scene, deed: Hit) -> bool:
    """Say whether a clause only tells what a thing does: "a bill that would lift it"."""
    things = scene.words.words("relative", "things")
    for at in range(deed.first - 1, max(0, deed.first - _REACH), -1) if things else ():
        if scene.tokens[at].word.lemmas.isdisjoint(things):
            continue
        if scene.separators(at, deed.first):
            return False
        return not any(
            (m.last == at and m.kind in ACTING) or (m.subject and at < m.lead)
            for m in scene.mentions
            if m.last <= deed.first
        )
    return False


def with_told(scene: Scene, span: Span) -> Span:
    """Take in what is told after "that", where a stretch ends before it."""
    told = scene.after_that()
    return Span(span.start, told.end) if told and span.end <= told.start else span


def who_told(scene: Scene, span: Span) -> list[Mention]:
    """Give who said something, for what he did after: "said that ..., and promised"."""
    told = scene.after_that()
    if told is None or span.start < told.end:
        return []
    before = scene.mentions_in(Span(scene.span.start, told.start), *ACTING)
    return [m for m in before if m.subject][:1]


def offers_thing(scene: Scene, offer: Hit) -> bool:
    """Say whether something is offered that helps: "offered engineers", no details."""
    empty = scene.words.words("offer", "empty")
    if offer.name != "offer" or not empty:
        return False
    if "past" not in offer.features or offer.last >= len(scene.tokens):
        return False
    if not offer.first or not any(
        m.subject and m.kind in ACTING and m.last == offer.first for m in scene.mentions
    ):
        return False
    follows = scene.tokens[offer.last : offer.last + 3]
    first = follows[0]
    if any(t.form in empty for t in follows) or first.capital:
        return False
    owns = any(h.first == offer.last for h in scene.of("owner"))
    return (
        owns
        or first.form in scene.words.words("offer", "articles")
        or first.form not in scene.words.frequent
    )


def is_of_text(scene: Scene, ready: Hit) -> bool:
    """Say whether it is a text that is ready: "the draft is not ready yet"."""
    return any(
        0 <= ready.first - t.last <= _NEAR
        and is_subject(scene.tokens[t.last - 1], scene.words, frozenset())
        and not any(
            "object" in w.features or w.form.endswith(_infinitives(scene))
            for w in scene.tokens[t.last : ready.first]
        )
        for t in scene.of("text")
    )


def _infinitives(scene: Scene) -> tuple[str, ...]:
    return scene.words.words("perform", "infinitive_endings")


def _is_ahead(scene: Scene, deed: Hit) -> bool:
    """Say whether a verb's form tells that it will be done, by who is named so far."""
    if "future" not in deed.features or "present" in deed.features:
        return False
    form = scene.tokens[deed.last - 1].form
    if form.endswith(scene.words.words("tense", "past")) or _is_done(scene, deed, form):
        return False
    if "subordinate" in deed.features:
        verb = scene.tokens[deed.last - 1]
        return _is_announced(scene, deed.last) and not _is_suffered(scene, verb)
    return not (scene.words.verb_last and _describes(scene, deed))


def _is_done(scene: Scene, deed: Hit, form: str) -> bool:
    """Say whether what follows the stem that a cue names tells of the past."""
    stem = deed.cue.text.rpartition(" ")[2].rstrip("*")
    told = scene.words.words("tense", "done")
    return bool(told and stem) and form.startswith(stem) and form[len(stem) :] in told


def _is_announced(scene: Scene, at: int) -> bool:
    """Say whether a verb of speaking follows at once: "that it will pay it said".

    A passive tells of somebody else, a negative of nothing that will be done.
    """
    if not scene.words.verb_last or at == len(scene.tokens):
        return False
    verb = scene.tokens[at - 1]
    at += scene.tokens[at].form in scene.words.words("say", "before")
    denies = scene.words.words("say", "denies")
    if all(s.first != at or s.cue.text in denies for s in scene.of("say")):
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
    if deed.first and scene.is_copula(scene.tokens[deed.first - 1]):
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
    if scene.words.verb_last:
        return list(_closing_verbs(scene))
    found = []
    endings = scene.words.words("tense", "future")
    endings += scene.words.words("tense", "deeds")
    for at, token in enumerate(scene.tokens):
        if "future" not in token.word.features or "present" in token.word.features:
            continue  # a form of both times is no promise
        if token.capital and at:
            continue  # a name that ends like one
        likeliest = token.readings[:1]
        if any("future" in r.features and r.is_finite for r in likeliest):
            found.append(Hit(_DEED, at, at + 1, likeliest[0].features))
        elif endings and token.form.endswith(endings) and not token.capital:
            found.append(Hit(_DEED, at, at + 1, _FUTURE))
    for will in scene.of("certain", *(["obliged"] if scene.of("under") else ())):
        following = scene.tokens[will.last : will.last + 1]
        if any(scene.is_copula(t) for t in following):
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
            if closing and token.form.endswith(closing) and is_affirmed(token):
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


def _is_other_act(scene: Scene, act: Hit) -> bool:
    """Say whether a verb tells of a meeting, a text or a body that stands near it.

    "Under the agreement, Chad will release water" publishes no agreement.
    """
    if act.cue.text in scene.words.words(act.name, "alone"):
        return True
    objects = _OBJECTS.get(act.name)
    if objects is None:
        return True
    reach = _FOUNDED if act.name == "create" else _REACH
    return any(
        0 <= o.first - act.last <= reach
        or (
            0 <= act.first - o.last <= reach
            and not any(0 <= o.first - u.last <= 1 for u in scene.of("under"))
        )
        for o in scene.of(objects)
    )
