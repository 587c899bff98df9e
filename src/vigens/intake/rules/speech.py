"""Statements: whose words, reported or quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import Extra, actors_of, compose, is_governed, is_place
from vigens.intake.rules.modality import is_conditional, is_negative
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Actor, Suggestion

_VOICES = frozenset(
    {"person", "office", "group", "organisation", "state", "capital", "pronoun"}
)
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
_NEAR_TEXT = 7
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
        if speaker and speaker.kind == "media":
            continue
        if speaker is None and not heard:
            continue
        usable.append((verb, speaker))
        heard += [speaker] if speaker else []
    if usable:
        firm = [u for u in usable if not _is_aside(scene, u[0])]
        yield from _by_verbs(scene, firm or usable, voice)
        return
    frames = scene.of("written_voice")
    accords = [h for h in scene.of("according") if not scene.is_quoted(h)]
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
    """Say whether a sentence goes on quoting: a fragment in lower case."""
    text = scene.document.view
    return any(text[q.start + 1 : q.start + 2].islower() for q in scene.quoted)


def _is_active(scene: Scene, hit: Hit) -> bool:
    """Say whether a verb has a subject that speaks, outside a quotation."""
    passive = hit.features & {"passive", "voice"} and not hit.features & {"present"}
    told = "subordinate" in hit.features or _is_no_verb(scene, hit)
    told = told or (hit.name == "judge" and _acts_on_text(scene, hit))
    told = told or is_conditional(scene, hit)
    if not hit.first and scene.words.words("say", "present"):
        return False  # "Asked whether ..., X replied"
    ahead = hit.features & {"future", "past", "present"} == {"future"}
    told = told or (ahead and scene.words.oblique is None)
    told = told or any(
        u.first <= hit.first < u.last or 0 <= u.first - hit.last <= 1
        for u in scene.of("unstated")
    )
    return not passive and not told and not scene.is_quoted(hit)


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
    speakers = actors_of(scene, voice, "speaker") if voice else []
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


def _names_topic(scene: Scene, cues: Sequence[Hit]) -> bool:
    """Say whether only a topic is told ("he spoke about X"): the content follows."""
    topics = {h.first for h in scene.of("topic_only")}
    return any(cue.first in topics for cue in cues)


def speaker_of(scene: Scene, verb: Hit) -> Mention | None:
    """Give who speaks: a subject close to the verb, before it if possible."""
    voices = [
        m
        for m in scene.mentions
        if (m.kind in _VOICES or m.kind == "media")
        and not is_place(scene, m)
        and not scene.is_quoted(m)
    ]
    before = [m for m in voices if m.last <= verb.first and m.subject]
    after = [m for m in voices if m.lead >= verb.last and m.subject]
    beside = any(verb.first - m.last <= 1 and not is_governed(scene, m) for m in before)
    if (
        after
        and not beside
        and after[0].lead == verb.last
        and not scene.gap(verb.last - 1, verb.last).strip()
    ):
        return after[0]
    verb_last = scene.words.verb_last
    if not verb_last:
        before = [m for m in before if verb.first - m.last <= _REACH]
    before = [m for m in before if not is_governed(scene, m)] or before
    before = _outside_clauses(scene, before) or before
    if before:
        if before[-1].kind == "pronoun" and before[-1].last == verb.first:
            return before[-1]  # "..., it said"
        named = [m for m in before if m.kind != "pronoun"] or before
        ranked = [m for m in named if m.kind in ("person", "office")] or named
        return ranked[0] if verb_last else ranked[-1]
    close = [m for m in after if m.lead - verb.last <= _BESIDE]
    return close[0] if close else _seat(scene, verb)


def _outside_clauses(scene: Scene, voices: Sequence[Mention]) -> list[Mention]:
    """Leave out who stands in a clause beside the subject: "X, whose Y met Z, said"."""
    if not voices:
        return []
    marks = scene.words.words("relative", "words")
    commas = [at for at in scene.joints() if "," in scene.gap(at - 1, at)]
    inner: list[tuple[int, int]] = []
    for at, end in pairwise((*commas, len(scene.tokens))):
        token = scene.tokens[at]
        if token.form in marks or not token.word.lemmas.isdisjoint(marks):
            inner.append((at, end))
    return [m for m in voices if not any(a <= m.first < b for a, b in inner)]


def _seat(scene: Scene, verb: Hit) -> Mention | None:
    """Give whose seat tells something: "in the Kremlin they said", in one word."""
    if "plural" not in verb.features:
        return None
    near = [
        m
        for m in scene.mentions
        if m.kind in ("capital", "group", "organisation", "office", "state")
        and not scene.is_quoted(m)
        and "location" in scene.tokens[m.last - 1].features | _lead(scene, m)
        and -_BESIDE <= m.lead - verb.last <= _BESIDE
    ]
    return near[0] if near else None


def _lead(scene: Scene, mention: Mention) -> frozenset[str]:
    return scene.tokens[mention.lead].features


def voice_after(scene: Scene, hit: Hit) -> Mention | None:
    """Give the voice inside or right beside a phrase such as "according to"."""
    near = [
        m
        for m in scene.mentions
        if -(m.last - m.lead + hit.last - hit.first) <= m.lead - hit.last <= 6
        and m.kind in (*_VOICES, "media")
        and m.last >= hit.first
    ]
    return near[0] if near else None
