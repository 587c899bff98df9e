"""Putting a suggestion together: date, place, condition, actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vigens.intake.cues import Hit
from vigens.intake.dates import DateMention
from vigens.intake.mentions import Mention
from vigens.intake.rules.modality import AHEAD
from vigens.intake.scene import Scene, Span
from vigens.intake.suggestion import (
    Actor,
    Count,
    Institution,
    Instrument,
    Kind,
    Suggestion,
)

ACTING = frozenset(
    {"person", "office", "organisation", "state", "group", "capital", "pronoun"}
)
_OWED = frozenset({"pledged", "willing", "decided"})
_PART = 25
_OPENING = 2  # words before a place that opens a sentence


@dataclass(frozen=True, slots=True)
class Extra:
    """The slots that only some kinds have."""

    count: Count | None = None
    instrument: Instrument | None = None
    institution: Institution | None = None
    said: str | None = None
    speech: str | None = None


NOTHING = Extra()


def compose(
    scene: Scene,
    kind: Kind,
    span: Span,
    *,
    cues: Sequence[Hit],
    rule: str,
    strength: float,
    modality: str,
    actors: Iterable[Actor] = (),
    negative: bool = False,
    extra: Extra = NOTHING,
) -> Suggestion:
    """Make a suggestion; date, place and condition are read off its stretch."""
    found = date_in(scene, span, modality, cues, spoken=kind == "statement")
    text = scene.document.text
    condition = condition_in(scene, span) if kind != "statement" else None
    return Suggestion(
        kind=kind,
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        actors=tuple(actors),
        modality=modality,
        polarity="neg" if negative else "pos",
        date=found[0],
        date_text=found[1],
        place=place_in(scene, span),
        count=extra.count,
        instrument=extra.instrument,
        institution=extra.institution,
        condition=text[condition.start : condition.end] if condition else None,
        said=extra.said,
        speech=extra.speech,
        why=tuple(dict.fromkeys(scene.said(c) for c in cues)),
        rule=rule,
        strength=max(0.0, min(1.0, strength)),
    )


def actor(scene: Scene, mention: Mention, role: str) -> Actor:
    """Turn a mention into an actor with a role."""
    span = scene.where(mention)
    surface = scene.document.text[span.start : span.end]
    return Actor(surface, mention.id, role, span.start, span.end, mention.of)


def actors_of(scene: Scene, mention: Mention, role: str) -> list[Actor]:
    """Turn a mention into an actor: one, or each of those it stands for.

    "The ministers of Chad, Niger and Kenya" stand for all three; where they do not
    speak, Niger and Kenya are mentions of their own.
    """
    one = actor(scene, mention, role)
    if mention.members:
        return [replace(one, id=member) for member in mention.members]
    if mention.id is None and mention.of and mention.kind in ("group", "office"):
        others = _listed_after(scene, mention)
        if others:
            named = [mention.of, *(others if role == "speaker" else ())]
            return [replace(one, id=name, of=None) for name in named]
    return [one]


def _listed_after(scene: Scene, mention: Mention) -> list[str]:
    """Give the states and bodies that go on a list which a mention begins."""
    found: list[str] = []
    joins = scene.words.words("joins", "words")
    last = mention.last
    for other in scene.mentions:
        if other.kind not in ("state", "organisation") or other.first < last:
            continue
        between = scene.tokens[last : other.first]
        joined = any(t.form in joins for t in between)
        comma = scene.gap(last - 1, last).strip() == ","
        if other.first - last > 2 or not (joined or comma) or other.id is None:
            break
        found.append(other.id)
        last = other.last
    return found


def actors_in(scene: Scene, span: Span, role: str) -> list[Actor]:
    """Give everybody named in a stretch, with one role; no mere places."""
    return [
        one
        for m in scene.mentions_in(span)
        if m.kind in ACTING and not is_place(scene, m)
        for one in actors_of(scene, m, role)
    ]


def is_place(scene: Scene, mention: Mention) -> bool:
    """Say whether a name stands for where, not for who."""
    if mention.kind == "place":
        return True
    if mention.kind not in ("capital", "state", "region"):
        return False
    known = scene.places.get(id(mention))
    if known is None:
        known = scene.places[id(mention)] = _is_place(scene, mention)
    return known


def _is_place(scene: Scene, mention: Mention) -> bool:
    features = scene.tokens[mention.last - 1].features
    if "place" in features and not mention.subject:
        return True
    if mention.kind == "capital" and (scene.of("travel") or _is_city(scene, mention)):
        return True
    if mention.first == 0:
        return False
    before = scene.tokens[mention.first - 1].form
    if before in scene.words.words("places", "before"):
        return True
    # "in X, Y and Z": the list goes on
    joined = before in scene.words.words("joins", "words") or (
        scene.gap(mention.first - 1, mention.first).strip() == ","
    )
    at = mention.first - (1 if before in scene.words.words("joins", "words") else 0)
    listed = [m for m in scene.mentions if m.last == at]
    return joined and any(is_place(scene, m) for m in listed)


def closes_late(scene: Scene) -> bool:
    """Say whether verbs stand at the end of their clause, always or in part."""
    return scene.words.verb_last or bool(scene.words.words("certain", "final"))


def is_lacking(scene: Scene, text: Hit) -> bool:
    """Say whether a text is only what there was none of: "left without a deal"."""
    lacking = scene.words.words("lacking", "words")
    at = text.last if scene.words.verb_last else max(0, text.first - 2)
    return any(t.form in lacking for t in scene.tokens[at : at + 2])


def is_governed(scene: Scene, mention: Mention) -> bool:
    """Say whether a preposition, an oblique article or a postposition governs a name."""
    behind = scene.words.words("postpositions", "words")
    if behind:
        return _stands_before(scene, mention, behind)
    words = scene.words.words("prepositions", "words")
    at = mention.lead - 1
    while at >= 0 and scene.tokens[at].form in scene.words.determiners:
        at -= 1
    if at > 0 and scene.tokens[at].form in scene.words.words("together", "words"):
        listed = [m for m in scene.mentions if m.last == at and m.kind == mention.kind]
        return any(is_governed(scene, m) for m in listed[:1])
    return at >= 0 and scene.tokens[at].form in words


def _stands_before(scene: Scene, mention: Mention, words: tuple[str, ...]) -> bool:
    """Say whether a word follows a name, or the names that it is listed with."""
    at = mention.last
    joins = scene.words.words("together", "words")
    while at + 1 < len(scene.tokens) and scene.tokens[at].form in joins:
        listed = [m.last for m in scene.mentions if m.lead == at + 1]
        at = max([*listed, at + 2])
    return at < len(scene.tokens) and scene.tokens[at].form in words


def _is_city(scene: Scene, mention: Mention) -> bool:
    """Say whether the word for "city" follows: "Baku city"."""
    after = scene.tokens[mention.last : mention.last + 1]
    cities = scene.words.words("places", "city")
    return any(t.form.startswith(cities) for t in after) if cities else False


def place_in(scene: Scene, span: Span) -> str | None:
    """Give the first place named in a stretch: its English name, else its words.

    A place that opens the sentence is that of each of its parts.
    """
    places = [m for m in scene.mentions_in(span) if is_place(scene, m)]
    if not places:
        opening = [m for m in scene.mentions if 0 < m.first <= _OPENING]
        places = [m for m in opening if is_place(scene, m)]
    cities = [m for m in places if m.kind in ("capital", "place")]
    for mention in cities or places:
        return mention.english or scene.said(mention)
    return None


def date_in(
    scene: Scene, span: Span, modality: str, cues: Sequence[Hit], *, spoken: bool
) -> tuple[str | None, str | None]:
    """Give the date of a stretch that stands nearest to its cue, and its words.

    Where the stretch has none, the sentence's counts. The date of a statement is when
    it was made: one inside what was said is not it; nor is that day one of what was
    said, though a month or a year may be.
    """
    if not scene.dates:
        return None, None
    dates = list(scene.dates)
    said = scene.after_that()
    inner = [*scene.quoted, *([said] if said else [])]
    if spoken:
        dates = [d for d in dates if not any(q.meets(d.start, d.end) for q in inner)]
        dates = [d for d in dates if not (cues and _is_told(scene, cues[0], d))]
    for part in inner:
        if not spoken and part.holds(span.start, span.end):
            dates = [
                d
                for d in dates
                if part.holds(d.start, d.end) or _is_coarse(d, modality)
            ]
    dates = [d for d in dates if span.holds(d.start, d.end)] or dates
    if cues and len(dates) > 1:
        dates.sort(key=lambda d: _away(scene, cues[0], d))
    for found in dates:
        edtf = _reading(found, modality, scene.document.published)
        if edtf is not None:
            return edtf, scene.document.text[found.start : found.end]
    return None, None


def _is_told(scene: Scene, verb: Hit, date: DateMention) -> bool:
    """Say whether a date after a verb of speaking is one of what is said.

    "Chad said it would sign in May": another verb stands between, none of its own.
    """
    if scene.words.verb_last or date.start < scene.where(verb).end:
        return False
    between = [t for t in scene.tokens[verb.last :] if t.end <= date.start]
    will = {h.first for h in scene.of("certain")}
    return any(
        (t.is_finite and "noun" not in t.features) or at in will
        for at, t in enumerate(between, start=verb.last)
    )


def _is_coarse(date: DateMention, modality: str) -> bool:
    return modality == "done" and len(date.edtf.strip("~")) < len("2026-01-06")


def _away(scene: Scene, cue: Hit, date: DateMention) -> int:
    """Give how far a date is from a cue; another part of the sentence is farther."""
    at = scene.where(cue)
    gap = (
        scene.document.view[at.end : date.start]
        if date.start >= at.end
        else scene.document.view[date.end : at.start]
    )
    return len(gap) + _PART * sum(gap.count(mark) for mark in ",;:")


def _reading(found: DateMention, modality: str, published: str | None) -> str | None:
    """Read a date beside what has happened, or beside what is to come."""
    if modality == "pledged" and found.edtf.endswith("/.."):
        return (found.following or found.edtf).removesuffix("/..")
    due = modality in _OWED and found.edtf.startswith("../")  # "promised it by May"
    if modality in AHEAD or due:
        return found.following or found.edtf
    if modality != "done":
        return found.edtf
    edtf = found.preceding or found.edtf
    if found.basis == "relative-to-event" and published and edtf > published:
        return None
    if edtf.startswith("../") and published and edtf[3:] > published:
        return None  # a term that is still open is not when something was done
    return edtf.removesuffix("/..")


def condition_in(scene: Scene, span: Span) -> Span | None:
    """Give the stretch that a condition word opens, up to the next comma."""
    for hit in scene.inside(span, "condition"):
        start = scene.where(hit).start
        ends = [
            p for p in scene.separators(hit.last, len(scene.tokens) - 1) if p > start
        ]
        postposed = scene.words.words("condition", "postposed")
        if postposed:
            return scene.shave(span.start, scene.where(hit).end)
        found = scene.shave(start, min([*ends, span.end]))
        words = [t.end for t in scene.tokens if found.holds(t.start, t.end)]
        return Span(found.start, words[-1]) if words else None
    return None
