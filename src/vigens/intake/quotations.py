"""Every quotation in marks, with whose words it gives: from a clause or a whole train.

Statements are proposed from quotations that are sentences of their own; here short
ones count too ("sees no alternative"), since whoever checks a report wants them all.
Titles and names in marks are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules import is_governed, is_place, speaker_of, voice_after
from vigens.intake.scene import Scene, Span
from vigens.intake.segment import Quotation
from vigens.intake.suggestion import Actor
from vigens.intake.tokens import Token

_VOICES = frozenset(
    {"person", "office", "group", "organisation", "state", "capital", "pronoun"}
)
_SOMEBODY = frozenset({"person", "office", "pronoun"})
_SENTENCE = 5  # words from which a quotation needs no verb of speaking
_STOPS = ".!?…"
_WORD = 4  # letters of a word that tells something
_BLANKS = 3
_CLOSE = 3
_MOST = 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's own words, `text[start:end]`, marks included.

    `speaker` is None where nobody near is named; `cue` is the verb that told.
    """

    start: int
    end: int
    speaker: Actor | None
    cue: str | None


def quoted_words(
    scenes: Sequence[Scene], quotations: Sequence[Quotation]
) -> tuple[Quoted, ...]:
    """Tell whose words stand in marks, in reading order."""
    found: list[Quoted] = []
    last: tuple[int, Actor] | None = None
    heard: tuple[int, Actor] | None = None
    at = 0
    for quotation in quotations:
        while at < len(scenes) and scenes[at].sentence.end <= quotation.start:
            heard = _voice_of(scenes[at])
            last = heard or last
            at += 1
        held = []
        for scene in scenes[at:]:
            if scene.sentence.start >= quotation.end:
                break
            held.append(scene)
        if not held or not _is_speech(held, quotation):
            continue
        told = _told(held, quotation) or _before(scenes, at, quotation)
        speaker, cue = told or (None, None)
        near = last and held[0].sentence.paragraph - last[0] <= 1
        if speaker is None and last and near and _is_reported(held, quotation):
            speaker = last[1]
        speaker = speaker or _acting(held, quotation)
        if speaker is None and not heard:
            speaker = _subject_before(scenes, at)
        if speaker is None and last and held[0].sentence.paragraph - last[0] <= 1:
            speaker = last[1]  # a train of words goes on
        found.append(Quoted(quotation.start, quotation.end, speaker, cue))
        if speaker:
            last = heard = (held[-1].sentence.paragraph, speaker)
    return tuple(found)


def _is_speech(held: Sequence[Scene], quotation: Quotation) -> bool:
    """Say whether marks hold words said, no title or name."""
    inner = [
        t for s in held for t in s.tokens if quotation.start <= t.start < quotation.end
    ]
    if inner and _follows(held[0], inner[0], "titled"):
        return False
    if quotation.dashed or len(inner) >= _SENTENCE:
        return True
    view = held[0].document.view
    if view[quotation.start + 1 : quotation.end - 1].rstrip()[-1:] in _STOPS:
        return True
    speaks = any(
        s.of("say", "judge", "according", "written_voice", "tag") for s in held
    )
    named = all(t.capital or t.is_number for t in inner if len(t.form) >= _WORD)
    if not inner:
        return False
    if named:  # a single noun, where nouns are written like names
        return speaks and _follows(held[0], inner[0], "labelled")
    return speaks or len(inner) > 1 or not inner[0].capital


def _follows(scene: Scene, first: Token, name: str) -> bool:
    """Say whether the word before the marks tells a title, or a label given."""
    return any(0 <= first.start - scene.where(h).end <= _BLANKS for h in scene.of(name))


def _told(
    held: Sequence[Scene], quotation: Quotation
) -> tuple[Actor | None, str | None] | None:
    """Find who speaks in the sentences that hold a quotation."""
    for scene in (held[-1], held[0]):
        for verb in _verbs(scene, quotation):
            voice = _voice(scene, verb, quotation)
            if voice:
                return voice, scene.said(verb)
    return None


def _is_reported(held: Sequence[Scene], quotation: Quotation) -> bool:
    """Say whether the words around a quotation go on with what somebody said.

    German tells it by the verb's form: "the crisis (so he said) was over".
    """
    forms = held[0].words.words("say", "reported")
    return bool(forms) and any(
        t.form in forms and not quotation.start <= t.start < quotation.end
        for scene in held
        for t in scene.tokens
    )


def _acting(held: Sequence[Scene], quotation: Quotation) -> Actor | None:
    """Without a verb of speaking, give who acts in the sentence of a quotation."""
    for scene in (held[0], held[-1]):
        voices = [
            m
            for m in scene.mentions
            if m.kind in _VOICES
            and not is_place(scene, m)
            and not _stands_in(scene, m, quotation)
        ]
        acting = [m for m in voices if m.subject and not is_governed(scene, m)]
        if acting or voices:
            return _actor(scene, _likeliest(scene, acting or voices, quotation))
    return _opening(held[0], quotation)


def _opening(scene: Scene, quotation: Quotation) -> Actor | None:
    """Give the words that open a sentence, up to its verb, as who speaks."""
    for number, token in enumerate(scene.tokens):
        if token.start >= quotation.start:
            return None
        if number and not token.capital and any(r.is_finite for r in token.readings):
            return _described(scene, 0, number, quotation)
    return None


def _subject_before(scenes: Sequence[Scene], at: int) -> Actor | None:
    """Give who acts in the sentence before, where a quotation stands alone."""
    if at == 0 or at >= len(scenes):
        return None
    scene = scenes[at - 1]
    if scene.sentence.paragraph != scenes[at].sentence.paragraph:
        return None
    acting = [
        m
        for m in scene.mentions
        if m.kind in _SOMEBODY
        and m.subject
        and not is_governed(scene, m)
        and not scene.is_quoted(m)
    ]
    return _actor(scene, acting[0]) if acting else None


def _likeliest(
    scene: Scene, voices: Sequence[Mention], quotation: Quotation
) -> Mention:
    """Choose who speaks: somebody rather than something, the nearest before."""
    ranked = [m for m in voices if m.kind in _SOMEBODY] or voices
    before = [m for m in ranked if scene.where(m).end <= quotation.start]
    return before[-1] if before else ranked[0]


def _is_opened(scene: Scene, quotation: Quotation) -> bool:
    """Say whether a colon opens a quotation."""
    view = scene.document.view
    return view[max(0, quotation.start - _BLANKS) : quotation.start].strip() == ":"


def _voice(scene: Scene, verb: Hit, quotation: Quotation) -> Actor | None:
    """Give whose words a verb of speaking tells, named or only described."""
    if verb.name in ("according", "written_voice"):
        voice = voice_after(scene, verb)
        return _actor(scene, voice) if voice else None
    follows = quotation.end <= scene.where(verb).start and not scene.words.verb_last
    follows = follows or verb.name == "tag"
    if follows:
        close = [
            m
            for m in scene.mentions
            if m.kind in _VOICES and 0 <= m.lead - verb.last <= _CLOSE
        ]
        if close:
            named = _actor(scene, close[0])
            start = scene.tokens[verb.last].start  # "said the envoy of X"
            surface = scene.document.text[start : named.end]
            return replace(named, surface=surface, start=start)
        if told := _described(scene, verb.last, len(scene.tokens), quotation):
            return told
    voice = speaker_of(scene, verb)
    if voice and not _stands_in(scene, voice, quotation):
        return _actor(scene, voice)
    if inverted := _after_verb(scene, verb, quotation):
        return inverted
    return None if follows else _described(scene, 0, verb.first, quotation)


def _after_verb(scene: Scene, verb: Hit, quotation: Quotation) -> Actor | None:
    """Give the subject right after its verb: "Zudem sagte der Minister, ..."."""
    at = verb.first + 1
    opens = scene.words.words("say", "inverted")
    if not (0 < at < len(scene.tokens)) or scene.gap(at - 1, at).strip():
        return None
    if scene.tokens[at].form not in opens or not verb.first:
        return None
    for mention in scene.mentions:
        if mention.kind in _VOICES and 0 <= mention.lead - at <= _CLOSE:
            return _actor(scene, mention)
    return _described(scene, at, len(scene.tokens), quotation)


def _described(
    scene: Scene, first: int, last: int, quotation: Quotation
) -> Actor | None:
    """Give the words beside a verb, up to the next comma, as who speaks."""
    at = range(first, last) if first else range(last - 1, -1, -1)
    taken: list[int] = []
    for number in at:
        token = scene.tokens[number]
        if quotation.start <= token.start < quotation.end or len(taken) == _MOST:
            break
        if taken:
            left, right = sorted((taken[-1], number))
            if scene.gap(left, right).strip(" '-"):
                break
        elif token.form in scene.words.words("prepositions", "words"):
            return None
        if token.is_finite and not token.capital and taken:
            break
        taken.append(number)
    words = [scene.tokens[n] for n in sorted(taken)]
    if not any(len(t.form) >= _WORD for t in words):
        return None
    start, end = words[0].start, words[-1].end
    return Actor(scene.document.text[start:end], None, "speaker", start, end)


def _verbs(scene: Scene, quotation: Quotation) -> list[Hit]:
    """Give the verbs of speaking outside a quotation, the nearest first.

    Before a colon stands who speaks, so then no verb after the quotation counts.
    """
    is_opened = _is_opened(scene, quotation)
    inner = Span(quotation.start, quotation.end)
    verbs = [
        v
        for v in [
            *scene.of("say", "judge", "according", "written_voice"),
            *(
                t
                for t in scene.of("tag")
                if t.first and "," in scene.gap(t.first - 1, t.first)
            ),
        ]
        if not inner.meets(scene.where(v).start, scene.where(v).end)
        and not (is_opened and scene.where(v).start >= quotation.end)
    ]
    return sorted(
        verbs,
        key=lambda v: max(
            scene.where(v).start - quotation.end, quotation.start - scene.where(v).end
        ),
    )


def _before(
    scenes: Sequence[Scene], at: int, quotation: Quotation
) -> tuple[Actor | None, str | None] | None:
    """Take "he put it so:" from the sentence before a quotation."""
    if at == 0:
        return None
    scene = scenes[at - 1]
    text = scene.document.view[scene.sentence.start : quotation.start].rstrip()
    voice = _voice_of(scene)
    return (voice[1], None) if voice and text.endswith(":") else None


def _voice_of(scene: Scene) -> tuple[int, Actor] | None:
    """Give who speaks in a sentence, outside of quotations."""
    for verb in scene.of("say", "judge"):
        voice = None if scene.is_quoted(verb) else speaker_of(scene, verb)
        if voice and voice.kind != "media":
            return scene.sentence.paragraph, _actor(scene, voice)
    return None


def _stands_in(scene: Scene, mention: Mention, quotation: Quotation) -> bool:
    span = scene.where(mention)
    return quotation.start <= span.start < quotation.end


def _actor(scene: Scene, mention: Mention) -> Actor:
    start = scene.tokens[mention.lead].start
    end = scene.tokens[mention.last - 1].end
    surface = scene.document.text[start:end]
    return Actor(surface, mention.id, "speaker", start, end, mention.of)
