"""Which text an act is about: the nearest that it can befall."""

from __future__ import annotations

from itertools import pairwise

from vigens.intake.cues import Hit
from vigens.intake.rules.compose import closes_late, is_lacking
from vigens.intake.scene import Scene, Span

_JOINING = frozenset({"signed", "adopted", "approved", "ratified"})
_SPEAKING = frozenset({"say", "judge", "written_voice"})
_REACH = 8
_UNDER = 2
_BEFORE = 3  # words before a text that opens a sentence: "the new draft"


def text_of(scene: Scene, act: Hit) -> Hit | None:
    """Give the text that an act is about: the nearest within a few words."""
    reach = 2 * _REACH if closes_late(scene) else _REACH
    left = scene.tokens[act.last - 1].form in scene.words.words("places", "before")
    left = left and act.last - act.first > 1
    left = left or act.cue.text in scene.words.words("ended", "object_after")
    follows = act.name == "ended" and left  # "left the port" leaves no deal
    if scene.is_copula(scene.tokens[act.first]) and (
        act.first and "," in scene.gap(act.first - 1, act.first)
    ):
        reach *= 4  # "the pact, which ..., was extended"
    texts = [
        t
        for t in scene.of("text")
        if not _is_part(act, t)
        and not (follows and t.first < act.last)
        and not any(
            0 <= t.last - h.first <= _REACH / 2
            and "," not in scene.gap(t.first - 1, t.first)
            for h in scene.of("according")
        )
        and (
            t.last == act.first
            or not any(_under(scene, t, h) for h in scene.of("under", "about"))
        )
        and not _is_verb(scene, t)
        and not is_lacking(scene, t)
        and (
            max(t.first - act.last, act.first - t.last) <= reach
            or _opens(scene, t, act)
        )
    ]
    if not texts and act.cue.is_verb and act.last - act.first > 1:
        texts = [t for t in scene.of("text") if act.first < t.first < act.last]
    strong = {t.first for t in scene.of("strong_text")}
    return min(
        texts,
        key=lambda t: (
            max(t.first - act.last, act.first - t.last) - 3 * (t.first in strong)
        ),
        default=None,
    )


def texts_in(
    scene: Scene, act: Hit, text: Hit | None, span: Span
) -> list[tuple[Span, Hit | None]]:
    """Share a stretch out among texts that one act joins ("signed A and B")."""
    joins = set(scene.words.words("joins", "words"))
    texts = [t for t in scene.inside(span, "strong_text") if t.first >= act.last]
    if act.name not in _JOINING or len(texts) < 2:
        return [(span, text)]
    parts: list[tuple[Span, Hit | None]] = []
    start = span.start
    for left, right in pairwise(texts):
        cut = [
            t.start for t in scene.tokens[left.last : right.first] if t.form in joins
        ]
        if cut and right.first - left.last <= _REACH:
            parts.append((scene.shave(start, cut[-1]), left))
            start = cut[-1]
    return [*parts, (scene.shave(start, span.end), texts[-1] if parts else text)]


def is_vehicle(scene: Scene, text: Hit) -> bool:
    """Say whether a text only carries what was said: "said in a statement issued"."""
    if any(0 <= text.first - h.last <= _UNDER + 1 for h in scene.of("according")):
        return True
    if not scene.has(_SPEAKING):
        return False
    before = scene.tokens[max(0, text.first - 2) : text.first]
    return any(t.form in scene.words.words("places", "before") for t in before)


def _is_part(act: Hit, text: Hit) -> bool:
    """Say whether a text is a word of the act: "nahm das Abkommen an" encloses one."""
    if act.last - act.first > len(act.cue.items) and text.last < act.last:
        return text.first == act.first
    return act.first <= text.first < act.last


def _opens(scene: Scene, text: Hit, act: Hit) -> bool:
    """Say whether a text told at length is what a passive is about, no verb between."""
    between = scene.tokens[text.last : act.first]
    passive = "passive" in act.features or any(scene.is_copula(t) for t in between[-1:])
    if not passive or not 0 <= act.first - text.last <= 2 * _REACH:
        return False
    if any(t.form in scene.words.words("relative", "things") for t in between[:1]):
        return True  # "the deal that lets them pass has been renewed"
    if _is_subject_at_length(scene, text, act):
        return True
    modal = {h.first for h in scene.of("auxiliary", "possible")}
    return not any(
        token.is_finite and "noun" not in token.features and at not in modal
        for at, token in enumerate(between, text.last)
    )


def _is_subject_at_length(scene: Scene, text: Hit, act: Hit) -> bool:
    """Say whether a text opens a part, and all up to "was vetoed" is it.

    A plural is spelled as a verb of the present: only what is told of the past, or
    a mark of punctuation, ends what belongs to the text.
    """
    if not act.first or not scene.is_copula(scene.tokens[act.first - 1]):
        return False
    opens = text.first <= _BEFORE or any(
        scene.gap(at - 1, at) != " "
        for at in range(text.first - _BEFORE, text.first + 1)
    )
    between = scene.tokens[text.last : act.first - 1]
    told = any(
        scene.is_copula(t) or any("past" in r.features for r in t.readings[:1])
        for t in between
    )
    return opens and not told and not scene.separators(text.last, act.first)


def _under(scene: Scene, text: Hit, under: Hit) -> bool:
    """Say whether a text is only what something happens under."""
    before, after = text.first - under.last, under.first - text.last
    if not scene.words.verb_last and after >= 0:
        return False  # "the deal, under which ...": the word stands before its text
    return -_UNDER <= max(before, after) <= _UNDER


def _is_verb(scene: Scene, hit: Hit) -> bool:
    """Say whether the word for a text is a verb here: "to guarantee"."""
    before = scene.tokens[hit.first - 1].form if hit.first else ""
    return before in scene.words.words("text", "not_after")
