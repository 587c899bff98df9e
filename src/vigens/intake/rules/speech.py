"""Statements: whose words, reported or quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import Extra, actors_of, compose, is_governed
from vigens.intake.rules.deeds import is_of_thing
from vigens.intake.rules.modality import is_conditional, is_negative, is_spelled
from vigens.intake.rules.voices import VOICES, is_credit, speaker_of, voice_after
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Actor, Suggestion

_STRENGTH = {
    "person": 0.85,
    "office": 0.85,
    "organisation": 0.75,
    "group": 0.7,
    "state": 0.7,
    "capital": 0.7,
    "pronoun": 0.75,
}
_SURE = 0.6
_MOST = 12  # verbs of one sentence; more is no prose
_REACH = 12
_NEAR_TEXT = 10
_BESIDE = 4


def reported_statements(
    scene: Scene, voice: Actor | None, last: Suggestion | None
) -> Iterator[Suggestion]:
    """Propose the statements that a sentence reports.

    Args:
        scene: A sentence that is not itself part of a quoted statement.
        voice: Who spoke last, for "he added" and the like.
        last: The last statement of the sentence before, if it was one.
    """
    heard: list[Mention] = []
    usable: list[tuple[Hit, Mention | None]] = []
    for verb in scene.of("say", "judge")[:_MOST]:
        if not _is_active(scene, verb):
            continue
        speaker = speaker_of(scene, verb)
        if (speaker and speaker.kind == "media") or is_credit(scene, verb):
            continue
        if speaker is None and not heard:
            continue
        if speaker and verb.name == "judge" and _is_nobody(scene, speaker):
            continue
        usable.append((verb, speaker))
        heard += [speaker] if speaker else []
    if usable:
        firm = [u for u in usable if not _is_aside(scene, u[0])]
        yield from _by_verbs(scene, firm or usable, voice)
        return
    frames = [h for h in scene.of("written_voice") if "negative" not in h.features]
    accords = [
        h
        for h in scene.of("according")
        if not scene.is_quoted(h) and not _by_text(scene, h)
    ]
    for hit in (*frames, *accords):
        speaker = voice_after(scene, hit)
        if speaker is None or speaker.kind != "media":
            yield _accord(scene, hit, speaker, voice, last)
        return
    if last and last.strength >= _SURE and _continues(scene):
        yield replace(
            _statement(scene, [], scene.span, None, strength=0.5, before=voice),
            actors=last.actors,
            rule="statement-in-train",
        )


def _is_nobody(scene: Scene, voice: Mention) -> bool:
    """Say whether a voice is only said to be none: "no country has recognised it"."""
    return any(voice.lead in (n.first, n.last) for n in scene.of("nothing", "nobody"))


def _accord(
    scene: Scene,
    hit: Hit,
    speaker: Mention | None,
    voice: Actor | None,
    last: Suggestion | None,
) -> Suggestion:
    """Make a statement out of "according to X": of its own, or the last one's rest."""
    strength = 0.75 if speaker or hit.name == "written_voice" else 0.4
    pronoun = bool(speaker and speaker.kind == "pronoun")
    made = _statement(
        scene, [hit], scene.span, speaker, strength=strength, before=voice
    )
    if pronoun and last and last.rule == "statement-topic":
        text = scene.document.text
        return replace(
            last,
            end=made.end,
            quote=text[last.start : made.end],
            said=made.quote,
            rule="statement-continued",
        )
    return made


def _continues(scene: Scene) -> bool:
    """Say whether a sentence goes on quoting: a fragment in lower case.

    Who acts in it is somebody else, unless it says "that".
    """
    text = scene.document.view
    if not any(text[q.start + 1 : q.start + 2].islower() for q in scene.quoted):
        return False
    return bool(scene.of("that")) or not any(
        m.subject
        and m.kind in VOICES - {"pronoun"}
        and not scene.is_quoted(m)
        and not is_governed(scene, m)
        for m in scene.mentions
    )


def _is_active(scene: Scene, hit: Hit) -> bool:
    """Say whether a verb has a subject that speaks, outside a quotation."""
    passive = hit.features & {"passive", "voice"} and not hit.features & {"present"}
    passive = passive and not is_spelled(scene, hit, "voice")
    told = "subordinate" in hit.features or _is_no_verb(scene, hit)
    told = told or (hit.name == "judge" and _acts_on_text(scene, hit))
    told = told or _is_passive(scene, hit) or "first-person" in hit.features
    told = told or _only_describes(scene, hit)
    told = told or is_conditional(scene, hit) or _is_about(scene, hit)
    told = told or is_of_thing(scene, hit)
    if not hit.first and scene.words.words("say", "present"):
        return False  # "Asked whether ..., X replied"
    ahead = hit.features & {"future", "past", "present"} == {"future"}
    of_verbs = scene.words.oblique is None or scene.words.words("tense", "closing")
    told = told or (ahead and bool(of_verbs))
    told = told or any(c.first <= hit.first < c.last for c in scene.of("commits"))
    told = told or _declines_deed(scene, hit)
    told = told or any(
        u.first <= hit.first < u.last or 0 <= u.first - hit.last <= 1
        for u in scene.of("unstated", "no_speech")
    )
    return not passive and not told and not scene.is_quoted(hit)


def _only_describes(scene: Scene, hit: Hit) -> bool:
    """Say whether a participle stands without its auxiliary: "accusé de fraude, X"."""
    endings = scene.words.words("say", "participle_endings")
    token = scene.tokens[hit.first]
    if not endings or "past" not in hit.features or not token.form.endswith(endings):
        return False
    before = scene.tokens[max(0, hit.first - _REACH) : hit.first]
    helping = scene.words.words("say", "participle_helped")
    return all(t.word.lemmas.isdisjoint(helping) for t in before)


def _by_text(scene: Scene, hit: Hit) -> bool:
    """Say whether a text provides something, and nobody speaks: "under the treaty"."""
    texts = scene.words.words("according", "texts")
    if not texts:
        return False
    at, end = hit.last, hit.last + 2
    if scene.words.verb_last:
        at, end = max(0, hit.first - 1), hit.first
    return any(
        key.startswith(texts) for t in scene.tokens[at:end] for key in t.word.keys
    )


def _declines_deed(scene: Scene, hit: Hit) -> bool:
    """Say whether a verb that comes last declines a deed: "to lift it X refused"."""
    endings = scene.words.words("perform", "infinitive_endings")
    if not scene.words.verb_last or all(
        r.first != hit.first for r in scene.of("refuse")
    ):
        return False
    before = scene.tokens[max(0, hit.first - 2) : hit.first]
    return bool(endings) and any(t.form.endswith(endings) for t in before)


def _is_passive(scene: Scene, hit: Hit) -> bool:
    """Say whether a passive names nobody: "shelling was reported near Badme"."""
    if not hit.first or hit.last - hit.first > 1 or "past" not in hit.features:
        return False
    helping = scene.words.words("say", "passive_after")
    if scene.tokens[hit.first - 1].form in helping:  # "est accusé", not "s'est réjoui"
        first = scene.tokens[max(0, hit.first - 2)].form
        return first not in scene.words.words("say", "reflexive")
    voiced = scene.words.words("say", "voiced")
    after = scene.tokens[hit.last : hit.last + 1]
    return scene.is_copula(scene.tokens[hit.first - 1]) and not any(
        t.form in voiced for t in after
    )


def _is_aside(scene: Scene, verb: Hit) -> bool:
    """Say whether a participle goes on with what another verb tells: "adding that".

    Not where its own subject stands before it: "with officials warning that".
    """
    if "participle" not in verb.features:
        return False
    if scene.tokens[verb.first - 1].form in scene.words.words(
        "say", "participle_after"
    ):
        return False
    return not any(
        m.last == verb.first and "," not in scene.gap(m.last - 1, m.last)
        for m in scene.mentions
    )


def _is_about(scene: Scene, hit: Hit) -> bool:
    """Say whether a clause only says what was spoken of: "the truce, of which X told"."""
    about = scene.words.words("relative", "about")
    if not about:
        return False
    marks = scene.words.words("relative", "words")
    for at in range(hit.first - 1, max(0, hit.first - _REACH), -1):
        if "," in scene.gap(at - 1, at):
            follows = scene.tokens[at + 1 : at + 2]
            return scene.tokens[at].form in about and any(
                not t.word.lemmas.isdisjoint(marks) for t in follows
            )
    return False


def _acts_on_text(scene: Scene, hit: Hit) -> bool:
    """Say whether a verb is an act on a text ("rejected the deal"), no opinion."""
    acts = scene.of("refused", "approved", "adopted", "extended")
    return any(a.first == hit.first for a in acts) and any(
        max(t.first - hit.last, hit.first - t.last) <= _NEAR_TEXT
        for t in scene.of("text", "strong_text")
    )


def _is_no_verb(scene: Scene, hit: Hit) -> bool:
    """Say whether a bare form is a noun or an infinitive: "states", "to say"."""
    present = scene.words.words("say", "present")
    if not present or "past" in hit.features:
        return False
    before = scene.tokens[hit.first - 1].form if hit.first else ""
    helped = scene.words.words("say", "helped")
    if any(t.form in helped for t in scene.tokens[max(0, hit.first - 2) : hit.first]):
        return False  # "did not rule out", "has not said"
    last = scene.tokens[hit.last - 1 : hit.last + 1]
    that = any(h.first in (hit.last - 1, hit.last) for h in scene.of("that")) and last
    if that and hit.cue.text.partition(" ")[0] in scene.words.words(
        "say", "present_that"
    ):
        return before in scene.words.words("say", "not_after")
    return hit.cue.text not in present or before in scene.words.words(
        "say", "not_after"
    )


def _by_verbs(
    scene: Scene,
    usable: Sequence[tuple[Hit, Mention | None]],
    before: Actor | None,
) -> Iterator[Suggestion]:
    voice_of = dict(usable)
    voice: Mention | None = None
    reported = scene.after_that()
    heads = [
        h
        for h, _ in usable
        if not (reported and reported.holds(*_ends(scene, h)) and h.name == "judge")
    ] or [h for h, _ in usable]
    if len(heads) > 1 and _closes(scene, heads[-1]):
        heads = heads[-1:]
    for group, span in _by_voice(scene, heads, voice_of):
        head = group[0]
        own = voice_of[head]
        voice = own or voice
        kind = voice.kind if voice else ""
        strength = _STRENGTH.get(kind, 0.5) - (0.1 if head.name == "judge" else 0)
        strength -= 0.1 if own is None else 0
        if kind == "pronoun" and head.name == "judge" and not before:
            strength -= 0.25
        yield _statement(scene, group, span, voice, strength=strength, before=before)


def _by_voice(
    scene: Scene, heads: Sequence[Hit], voice_of: Mapping[Hit, Mention | None]
) -> list[tuple[list[Hit], Span]]:
    """Share a sentence out among its voices: "thanked them and said" is one."""
    parts: list[tuple[list[Hit], Span]] = []
    joins = scene.words.words("joins", "words")
    for group, span in scene.carve(heads, scene.span):
        if parts and not scene.words.verb_last:
            last, before = parts[-1]
            verb = group[0].first
            at = next(i for i, t in enumerate(scene.tokens) if t.start >= span.start)
            joined = scene.tokens[at].form in joins and not any(
                at < m.last <= verb and m.subject for m in scene.mentions
            )
            if joined or voice_of[group[0]] is voice_of[last[0]]:
                parts[-1] = [*last, *group], Span(before.start, span.end)
                continue
        parts.append((group, span))
    return parts


def _closes(scene: Scene, verb: Hit) -> bool:
    """Say whether a verb's short clause ends the sentence: "..., officials said"."""
    if scene.words.verb_last or len(scene.tokens) - verb.first > _REACH:
        return False
    tail = scene.tokens[verb.last :]
    if scene.inside(_rest(scene, verb), "that") or any(t.is_finite for t in tail):
        return False
    return any(
        "," in scene.gap(at - 1, at) for at in range(max(1, verb.first - 8), verb.last)
    )


def _rest(scene: Scene, verb: Hit) -> Span:
    return Span(scene.where(verb).end, scene.span.end)


def _ends(scene: Scene, hit: Hit) -> tuple[int, int]:
    span = scene.where(hit)
    return span.start, span.end


def _statement(
    scene: Scene,
    cues: Sequence[Hit],
    span: Span,
    voice: Mention | None,
    *,
    strength: float,
    before: Actor | None,
) -> Suggestion:
    voices = _joined(scene, voice) if voice else []
    speakers = [one for m in voices for one in actors_of(scene, m, "speaker")]
    if voice and voice.kind == "pronoun" and before:
        told = speakers[0]
        speakers = [replace(told, id=before.id, of=before.of)]
    reported = scene.after_that()
    said = reported if reported and span.holds(reported.start, reported.end) else None
    text = scene.document.text
    mixed = any(span.meets(q.start, q.end) for q in scene.quoted)
    return compose(
        scene,
        "statement",
        span,
        cues=cues,
        rule=f"statement-{'topic' if _names_topic(scene, cues) else 'reported'}",
        strength=strength,
        modality="done",
        actors=speakers,
        negative=bool(cues) and is_negative(scene, cues[0]),
        extra=Extra(
            said=text[said.start : said.end] if said else None,
            speech="mixed" if mixed else "indirect",
        ),
    )


def _joined(scene: Scene, voice: Mention) -> list[Mention]:
    """Give who speaks together: "Chad and Niger said" has two voices."""
    found = [voice]
    others = [m for m in scene.mentions if m.kind in VOICES - {"pronoun"}]
    for other in reversed(others):
        if other.last <= found[0].lead and _is_listed(scene, other, found[0], found):
            found.insert(0, other)
    for other in others:
        if other.lead >= found[-1].last and _is_listed(scene, found[-1], other, found):
            found.append(other)
    return found


def _is_listed(
    scene: Scene, left: Mention, right: Mention, found: Sequence[Mention]
) -> bool:
    """Say whether two voices are told together: "Chad, Niger and Mali said"."""
    if is_governed(scene, left):
        return False
    if right.lead == left.last + 1:
        joins = scene.words.words("together", "words")
        return scene.tokens[left.last].form in joins
    comma = scene.gap(left.last - 1, left.last).strip() == ","
    return right.lead == left.last and len(found) > 1 and comma


def _names_topic(scene: Scene, cues: Sequence[Hit]) -> bool:
    """Say whether only a topic is told ("he spoke about X"): the content follows."""
    topics = {h.first for h in scene.of("topic_only")}
    return any(cue.first in topics for cue in cues)
