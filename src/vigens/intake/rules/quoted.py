"""Statements in somebody's own words: quotations with the voice beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from vigens.intake.cues import Cue, Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import Extra, actors_of, compose
from vigens.intake.rules.voices import VOICES, speaker_of, voice_after
from vigens.intake.scene import Scene, Span
from vigens.intake.segment import Quotation
from vigens.intake.suggestion import Suggestion
from vigens.intake.tokens import Token

_LONG = 3
_CLOSE = 160  # characters between a quotation and the verb that gives its voice
_SPOKEN = Cue("say", "", ())
_MOST = 12  # verbs of one sentence; more is no prose


def quoted_statements(
    scenes: Sequence[Scene], quotations: Sequence[Quotation]
) -> tuple[list[Suggestion], set[int]]:
    """Propose statements in somebody's own words.

    Returns:
        The suggestions, and the numbers of the sentences they take up.
    """
    found: list[Suggestion] = []
    used: set[int] = set()
    for quotation in quotations:
        first = bisect_right(scenes, quotation.start, key=_end)
        last = bisect_left(scenes, quotation.end, key=_start)
        held = scenes[first:last]
        if not held or used & {s.number for s in held}:
            continue
        frame = _frame(held, quotation)
        if frame is None:
            continue
        scene, verb, voice = frame
        found += _quoted(held, scene, verb, voice, quotation)
        used |= {s.number for s in held}
    return found, used


def _start(scene: Scene) -> int:
    return scene.sentence.start


def _end(scene: Scene) -> int:
    return scene.sentence.end


def _frame(
    held: Sequence[Scene], quotation: Quotation
) -> tuple[Scene, Hit, Mention | None] | None:
    """Find the words outside a quotation that say whose it is."""
    inner = Span(quotation.start, quotation.end)
    for scene in (held[-1], held[0]):
        verbs = scene.of("say", "judge", "written_voice")
        near = [v for v in verbs if _is_near(scene, v, quotation)]
        for verb in near[-_MOST:] if scene is held[-1] else near[:_MOST]:
            at = scene.where(verb)
            if quotation.dashed:
                if not _after_dash(scene, verb):
                    continue
            elif inner.holds(at.start, at.end):
                continue
            if verb.name == "written_voice":
                return scene, verb, voice_after(scene, verb)
            voice = speaker_of(scene, verb)
            if voice and voice.kind == "media":
                continue
            if quotation.dashed or _is_sentence(held, quotation):
                return scene, verb, voice
    if quotation.dashed:
        return None
    return _unknown_verb(held, quotation) or _introduced(held, quotation)


def _unknown_verb(
    held: Sequence[Scene], quotation: Quotation
) -> tuple[Scene, Hit, Mention | None] | None:
    """Find a verb no list knows right after a quotation, with somebody as subject."""
    scene = held[-1]
    at = next((i for i, t in enumerate(scene.tokens) if t.start >= quotation.end), None)
    if at is None or not _is_sentence(held, quotation):
        return None
    token = scene.tokens[at]
    if tagged := _tagged(scene, at):
        return scene, Hit(_SPOKEN, at, at + 1, frozenset()), tagged
    if not scene.document.view[quotation.end : token.start].strip(" \"'»”"):
        return None
    helping = scene.words.words("say", "auxiliaries")
    while at + 1 < len(scene.tokens) and scene.tokens[at].form in helping:
        at += 1  # ", s'est indigné X": the verb is made of two words
    token = scene.tokens[at]
    if not _may_speak(token):
        return None
    verb = Hit(_SPOKEN, at, at + 1, token.features)
    voice = speaker_of(scene, verb)
    return (scene, verb, voice) if voice and voice.kind != "media" else None


def _may_speak(token: Token) -> bool:
    """Say whether a word that no list knows can be a finite verb."""
    if token.is_finite:
        return True
    untold = not token.capital and not token.readings[0].features
    return untold and any(r.is_finite for r in token.readings)


def _introduced(
    held: Sequence[Scene], quotation: Quotation
) -> tuple[Scene, Hit, Mention | None] | None:
    """Find who a part before a colon is about, whatever its verb: "X was wary: ..."."""
    scene = held[0]
    before = [t for t in scene.tokens if t.end <= quotation.start]
    lead = scene.document.view[scene.span.start : quotation.start].rstrip()
    if not before or not lead.endswith(":") or not _is_sentence(held, quotation):
        return None
    verbs = [at for at, t in enumerate(before) if at and _may_speak(t)]
    people = [
        m
        for m in scene.mentions
        if m.kind in ("person", "office") and m.subject and m.last <= len(before)
    ]
    if len(people) != 1 or not verbs:
        return None
    at = verbs[0]
    return scene, Hit(_SPOKEN, at, at + 1, before[at].features), people[0]


def _tagged(scene: Scene, at: int) -> Mention | None:
    """Give the voice after a word that stands for a verb: "..., so the envoy"."""
    if not any(tag.first == at for tag in scene.of("tag")):
        return None
    near = (m for m in scene.mentions if m.lead - at in (1, 2) and m.kind in VOICES)
    return next(near, None)


def _is_near(scene: Scene, verb: Hit, quotation: Quotation) -> bool:
    """Say whether a verb stands close to either end of a quotation."""
    at = scene.where(verb)
    return any(
        abs(edge - place) <= _CLOSE
        for edge in (quotation.start, quotation.end)
        for place in (at.start, at.end)
    )


def _is_sentence(held: Sequence[Scene], quotation: Quotation) -> bool:
    """Say whether a quotation is long enough to be a statement of its own."""
    inside = sum(
        quotation.start <= t.start < quotation.end for s in held for t in s.tokens
    )
    return inside >= 5 and (
        len(held) > 1
        or inside * 2 >= len(held[0].tokens)
        or any(
            t.is_finite
            for t in held[0].tokens
            if quotation.start <= t.start < quotation.end
        )
    )


def _after_dash(scene: Scene, verb: Hit) -> bool:
    """Say whether a verb follows the dash that closes dashed speech."""
    for at in range(verb.first, 0, -1):
        gap = scene.gap(at - 1, at)
        if " -" in gap or (verb.name == "written_voice" and "," in gap):
            return True
        if verb.first - at > 8:
            return False
    return False


def _quoted(
    held: Sequence[Scene],
    frame: Scene,
    verb: Hit,
    voice: Mention | None,
    quotation: Quotation,
) -> Iterator[Suggestion]:
    whole = Span(
        min(quotation.start, frame.span.start), max(quotation.end, frame.span.end)
    )
    if quotation.dashed:
        whole = Span(quotation.start, held[-1].span.end)
    speakers = actors_of(frame, voice, "speaker") if voice else []
    if len(held) < _LONG:
        text = frame.document.text
        said = Span(quotation.start, quotation.end)
        yield compose(
            frame,
            "statement",
            whole,
            cues=[verb],
            rule="statement-quoted",
            strength=0.85 if voice else 0.65,
            modality="done",
            actors=speakers,
            extra=Extra(said=text[said.start : said.end], speech="direct"),
        )
        return
    for scene in held:
        views = scene.of("opinion", "say", "judge")
        if not views:
            continue
        acts = scene.of("ready", "we_will", "published", "held", "gathering")
        span = _own_words(scene, frame, verb)
        yield compose(
            scene,
            "statement",
            span,
            cues=views[:2],
            rule="statement-in-quotation",
            strength=0.65 if not acts else 0.45,
            modality="done",
            actors=speakers,
            extra=Extra(
                said=scene.document.text[span.start : span.end], speech="direct"
            ),
        )


def _own_words(scene: Scene, frame: Scene, verb: Hit) -> Span:
    """Give a sentence of a quotation without the dash and the attribution."""
    start, end = scene.span.start, scene.span.end
    if scene is frame:
        for at in range(verb.first, 0, -1):
            if "," in scene.gap(at - 1, at) or " -" in scene.gap(at - 1, at):
                end = scene.tokens[at - 1].end
                break
    if scene.tokens:
        start = max(start, min(scene.tokens[0].start, end))
    return scene.shave(start, end)
