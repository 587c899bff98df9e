"""Who speaks: the subject of a verb of speaking, or the voice beside a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vigens.intake.cues import Hit
from vigens.intake.mentions import Mention
from vigens.intake.rules.compose import is_governed, is_place
from vigens.intake.scene import Scene
from vigens.intake.tokens import is_close_at

VOICES = frozenset(
    {"person", "office", "group", "organisation", "state", "capital", "pronoun"}
)
"""Kinds of mentions that can speak."""
_REACH = 12
_BESIDE = 4


def speaker_of(scene: Scene, verb: Hit) -> Mention | None:
    """Give who speaks: a subject close to the verb, before it if possible."""
    voices = [
        m
        for m in scene.mentions
        if (m.kind in VOICES or m.kind == "media")
        and not is_place(scene, m)
        and not scene.is_quoted(m)
    ]
    before = [m for m in voices if m.last <= verb.first and m.subject]
    after = [m for m in voices if m.lead >= verb.last and m.subject]
    beside = any(verb.first - m.last <= 1 and not is_governed(scene, m) for m in before)
    verb_last = scene.words.verb_last
    close = [m for m in after if m.lead - verb.last <= _BESIDE]
    if close and _says_nothing(scene, verb, close[0], before):
        close = []
    if close and not beside and not scene.gap(verb.last - 1, verb.last).strip():
        if verb_last and _opens_tail(scene, verb):
            return _head(scene, close)
        seated = "plural" in verb.features or not is_governed(scene, close[0])
        if close[0].lead == verb.last or (_opens_tail(scene, verb) and seated):
            return close[0]
    if close and close[0].lead == verb.last and before and before[-1].kind == "media":
        return close[0]  # "the Daily X was told by Y"
    if not verb_last:
        if (
            not close
            and _opens_tail(scene, verb)
            and (seat := _seat(scene, verb, reach=0))
        ):
            return seat
        before = [m for m in before if verb.first - m.last <= _REACH]
    before = [m for m in before if not is_governed(scene, m)] or before
    before = _outside_clauses(scene, before) or before
    if before:
        if before[-1].kind == "pronoun" and before[-1].last == verb.first:
            return before[-1]  # "..., it said"
        named = [m for m in before if m.kind != "pronoun"] or before
        ranked = [m for m in named if m.kind in ("person", "office")] or named
        return ranked[0] if verb_last else ranked[-1]
    unknown = _unknown(scene, verb)
    return unknown or (close[0] if close else _seat(scene, verb))


def _unknown(scene: Scene, verb: Hit) -> Mention | None:
    """Give who speaks where no list knows the name: "the shipping line Maersk said"."""
    at = verb.first - 1
    if verb.name != "say" or at < 0 or not scene.words.words("say", "capital"):
        return None  # nothing tells a name from a noun
    token = scene.tokens[at]
    known = any(m.lead <= at < m.last for m in scene.mentions) or any(
        d.start <= token.start < d.end for d in scene.dates
    )
    if known or (at == 0 and not token.upper):
        return None
    voice = Mention(at, at + 1, at, "organisation", None, subject=True)
    if not token.capital:
        if not _opens_clause(scene, at - 1) or _is_text(scene, at):
            return None
        voice = Mention(at - 1, at + 1, at - 1, "group", None, subject=True)
    apart = scene.gap(at, verb.first).strip() or scene.is_quoted(voice)
    return None if apart else voice


def _opens_clause(scene: Scene, at: int) -> bool:
    """Say whether an article begins a clause: "..., the company said"."""
    if at < 0 or scene.tokens[at].form not in scene.words.determiners:
        return False
    return at == 0 or bool(scene.gap(at - 1, at).strip())


def _is_text(scene: Scene, at: int) -> bool:
    return any(t.first <= at < t.last for t in scene.of("text", "gathering", "numeral"))


def _says_nothing(
    scene: Scene, verb: Hit, follows: Mention, before: Sequence[Mention]
) -> bool:
    """Say whether who follows a verb only acts in what is said.

    "Noted that Y had paid", "X, who hosted them, said he was ready".
    """
    thats = (h.last for h in scene.of("that"))
    if verb.last - verb.first > 1 and verb.last in thats:
        return True
    at = follows.last
    if not before or at == len(scene.tokens) or "," in scene.gap(at - 1, at):
        return False
    finite = any(r.is_finite for r in scene.tokens[at].readings[:1])
    return finite and follows.lead == verb.last


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
    first = verb.first
    helping = scene.words.words("say", "auxiliaries")
    while first and scene.tokens[first - 1].form in helping:
        first -= 1  # ", a annoncé X": the verb is made of two words
    return first > 0 and "," in scene.gap(first - 1, first)


def _cites(scene: Scene, verb: Hit) -> bool:
    """Say whether words before a verb cite somebody else: "citing X, Y reports"."""
    return any(h.last <= verb.first for h in scene.of("impersonal"))


def is_credit(scene: Scene, verb: Hit) -> bool:
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
        m.subject and m.lead >= verb.last and m.kind in VOICES for m in scene.mentions
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


def _seat(scene: Scene, verb: Hit, reach: int = _BESIDE) -> Mention | None:
    """Give whose seat tells something: "in the Kremlin they said", in one word.

    It stands at most `reach` words before the verb.
    """
    if "plural" not in verb.features:
        return None
    near = [
        m
        for m in scene.mentions
        if m.kind in ("capital", "group", "organisation", "office", "state")
        and not scene.is_quoted(m)
        and "location" in scene.tokens[m.last - 1].features | _lead(scene, m)
        and -reach <= m.lead - verb.last <= _BESIDE
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
        and m.kind in (*VOICES, "media")
        and m.last >= hit.first
        and (scene.is_quoted(hit) or not scene.is_quoted(m))
        and not (m.lead >= hit.last and _parts(scene, hit.last, m.lead))
    ]
    if not scene.words.verb_last and len(near) > 1:
        near = [m for m in near if m.lead >= hit.first] or near
    return near[0] if near else None


def _parts(scene: Scene, first: int, last: int) -> bool:
    """Say whether a comma stands before some words: "by the text, X must"."""
    return any("," in scene.gap(at - 1, at) for at in range(first, last + 1))
