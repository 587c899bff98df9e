"""Statements: whose words, reported or quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import Extra, actors_of, compose, is_governed, is_place
from vigens.intake.rules.modality import is_conditional, is_negative
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import Actor, Suggestion
from vigens.intake.tokens import is_close_at

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
        if (speaker and speaker.kind == "media") or _is_credit(scene, verb):
            continue
        if speaker is None and not heard:
            continue
        usable.append((verb, speaker))
        heard += [speaker] if speaker else []
    if usable:
        yield from _by_verbs(scene, usable, voice)
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
    """Say whether a sentence goes on quoting: a fragment in lower case.

    Who acts in it is somebody else, unless it says "that".
    """
    text = scene.document.view
    if not any(text[q.start + 1 : q.start + 2].islower() for q in scene.quoted):
        return False
    return bool(scene.of("that")) or not any(
        m.subject
        and m.kind in _VOICES - {"pronoun"}
        and not scene.is_quoted(m)
        and not is_governed(scene, m)
        for m in scene.mentions
    )


def _is_active(scene: Scene, hit: Hit) -> bool:
    """Say whether a verb has a subject that speaks, outside a quotation."""
    passive = hit.features & {"passive", "voice"} and not hit.features & {"present"}
    told = "subordinate" in hit.features or _is_no_verb(scene, hit)
    told = told or (hit.name == "judge" and _acts_on_text(scene, hit))
    told = told or is_conditional(scene, hit) or _is_about(scene, hit)
    ahead = hit.features & {"future", "past", "present"} == {"future"}
    told = told or (ahead and scene.words.oblique is None)
    told = told or any(
        u.first <= hit.first < u.last or 0 <= u.first - hit.last <= 1
        for u in scene.of("unstated")
    )
    return not passive and not told and not scene.is_quoted(hit)


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
    for group, span in scene.carve(heads, scene.span):
        head = group[0]
        own = voice_of[head]
        voice = own or voice
        kind = voice.kind if voice else ""
        strength = _STRENGTH.get(kind, 0.5) - (0.1 if head.name == "judge" else 0)
        strength -= 0.1 if own is None else 0
        if kind == "pronoun" and head.name == "judge" and not before:
            strength -= 0.25
        yield _statement(scene, group, span, voice, strength=strength, before=before)


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
    joins = scene.words.words("together", "words")
    found = [voice]
    for other in scene.mentions:
        left, right = sorted((found[-1], other), key=lambda m: m.lead)
        if (
            all(other is not m for m in found)
            and right.lead == left.last + 1
            and scene.tokens[left.last].form in joins
            and other.kind in _VOICES - {"pronoun"}
            and not is_governed(scene, left)
        ):
            found.append(other)
    return sorted(found, key=lambda m: m.lead)


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
    verb_last = scene.words.verb_last
    close = [m for m in after if m.lead - verb.last <= _BESIDE]
    if close and not beside and not scene.gap(verb.last - 1, verb.last).strip():
        if verb_last and _opens_tail(scene, verb):
            return _head(scene, close)
        if close[0].lead == verb.last or (
            _opens_tail(scene, verb) and not is_governed(scene, close[0])
        ):
            return close[0]
    if not verb_last:
        before = [m for m in before if verb.first - m.last <= _REACH]
    before = [m for m in before if not is_governed(scene, m)] or before
    before = _outside_clauses(scene, before) or before
    if before:
        named = [m for m in before if m.kind != "pronoun"] or before
        ranked = [m for m in named if m.kind in ("person", "office")] or named
        return ranked[0] if verb_last else ranked[-1]
    return close[0] if close else _seat(scene, verb)


def _head(scene: Scene, voices: Sequence[Mention]) -> Mention:
    """Give the head of a chain in a language that puts it last: "X's office's chief Y"."""
    head = voices[0]
    for other in voices[1:]:
        if other.lead != head.last or not is_close_at(
            scene.document.view, scene.tokens, other.lead
        ):
            break
        head = other
    return head


def _opens_tail(scene: Scene, verb: Hit) -> bool:
    """Say whether a verb opens a clause of its own, its subject behind: ", says X"."""
    openers = scene.words.words("say", "after")
    before = scene.tokens[verb.first - 1].form if verb.first else ""
    if openers:
        return before in openers or scene.tokens[verb.first].form in openers
    return verb.first > 0 and "," in scene.gap(verb.first - 1, verb.first)


def _cites(scene: Scene, verb: Hit) -> bool:
    """Say whether words before a verb cite somebody else: "citing X, Y reports"."""
    return any(h.last <= verb.first for h in scene.of("impersonal"))


def _is_credit(scene: Scene, verb: Hit) -> bool:
    """Say whether a report only says whose news it is: ", as the Daily X writes".

    The medium need not be known: a clause that ends the sentence, and nobody in it.
    """
    if verb.cue.text not in scene.words.words("say", "credits"):
        return False
    if scene.words.verb_last and _cites(scene, verb):
        return True
    if "past" in verb.features and not scene.words.verb_last:
        return False
    tail = scene.tokens[verb.last :]
    if not 0 < len(tail) <= _REACH or not _opens_tail(scene, verb):
        return False
    if any("," in scene.gap(at - 1, at) for at in range(verb.last, len(scene.tokens))):
        return False
    if any(h.first > verb.last for h in scene.of("impersonal")):
        return True
    return not any(
        m.subject and m.lead >= verb.last and m.kind in _VOICES for m in scene.mentions
    )


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
        and (scene.is_quoted(hit) or not scene.is_quoted(m))
        and not (m.lead >= hit.last and _parts(scene, hit.last, m.lead))
    ]
    return near[0] if near else None


def _parts(scene: Scene, first: int, last: int) -> bool:
    """Say whether a comma stands before some words: "by the text, X must"."""
    return any("," in scene.gap(at - 1, at) for at in range(first, last + 1))
