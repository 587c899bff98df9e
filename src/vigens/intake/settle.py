"""What only the whole document can settle: repeats, and dates of one event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vigens.intake.dates import DateMention
from vigens.intake.rules.modality import AHEAD
from vigens.intake.suggestion import Suggestion

_REPEATED = 0.6
_FIRM = 0.5
_NEXT = 200  # characters from a meeting to what else is planned on its day
_NEXT_SENTENCE = 3
_NESTED = 8  # quotations that may stand in one another
_INHERITING = frozenset({"meeting-list", "meeting-attend", "meeting-travel"})


def settle(
    found: Iterable[Suggestion],
    published: str | None,
    own: frozenset[str],
    todays: Sequence[DateMention] = (),
) -> list[Suggestion]:
    """Order suggestions, drop doubles, weaken repeats, date what happened.

    Args:
        found: What the rules proposed.
        published: EDTF date of the report.
        own: The words of the language for "we" and "I".
        todays: Where somebody says "today" in words of their own.
    """
    unique = {(s.kind, s.start, s.end, s.institution): s for s in found}
    ordered = sorted(unique.values(), key=lambda s: (s.start, s.end, s.kind))
    voiced = _voiced(_without_repeats(ordered), own)
    return _dated(_spoken(voiced, todays), published)


def _without_repeats(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Keep the firmest naming of each body; later and weaker ones tell nothing new."""
    best: dict[str, Suggestion] = {}
    for suggestion in found:
        if suggestion.institution:
            key = suggestion.institution.name[:5].lower()
            if key not in best or suggestion.strength > best[key].strength:
                best[key] = suggestion
    firmest = set(map(id, best.values()))
    return [
        replace(s, strength=s.strength * _REPEATED)
        if s.institution and id(s) not in firmest
        else s
        for s in found
    ]


def _voiced(found: Sequence[Suggestion], own: frozenset[str]) -> list[Suggestion]:
    """Let "we" in somebody's own words stand for who speaks."""
    spoken = [s for s in found if s.speech == "direct" and s.actors]
    starts = [s.start for s in spoken]
    out = []
    for suggestion in found:
        if not any(
            a.id is None and a.surface.lower() in own for a in suggestion.actors
        ):
            out.append(suggestion)
            continue
        at = bisect_right(starts, suggestion.start)
        around = (s for s in spoken[max(0, at - _NESTED) : at])
        voice = next((s.actors[0].id for s in around if suggestion.end <= s.end), None)
        actors = tuple(
            replace(a, id=voice) if a.id is None and a.surface.lower() in own else a
            for a in suggestion.actors
        )
        out.append(replace(suggestion, actors=actors))
    return out


def _spoken(
    found: Sequence[Suggestion], todays: Sequence[DateMention]
) -> list[Suggestion]:
    """Date own words by the "today" in them, and what a voice goes on to say."""
    out: list[Suggestion] = []
    last: Suggestion | None = None
    for suggestion in found:
        now = suggestion
        if now.kind == "statement" and now.date is None:
            at = bisect_left(todays, now.start, key=lambda d: d.start)
            said = todays[at] if at < len(todays) else None
            if said and said.end <= now.end and now.speech == "direct":
                now = replace(now, date=said.edtf)
            elif last and _goes_on(last, now):
                now = replace(now, date=last.date)
        if now.kind == "statement":
            last = now
        out.append(now)
    return out


def _goes_on(last: Suggestion, now: Suggestion) -> bool:
    """Say whether the next sentence has more of the same voice."""
    voices = [{a.id for a in s.actors if a.id} for s in (last, now)]
    return 0 <= now.start - last.end <= _NEXT_SENTENCE and bool(voices[0] & voices[1])


def _dated(found: Sequence[Suggestion], published: str | None) -> list[Suggestion]:
    """Give undated attendance its meeting's date and place, past meetings a bound.

    A report is about one meeting mostly, the first that it dates; who came to it is
    told later, after other meetings were mentioned.
    """
    main: Suggestion | None = None
    last: Suggestion | None = None
    out: list[Suggestion] = []
    for suggestion in found:
        now = suggestion
        if now.kind == "meeting":
            attends = now.rule in _INHERITING
            is_main = attends and main and _alike(main.modality, now.modality)
            event = main if is_main else last
            if now.date is None:
                now = replace(now, date=_inherited(now, event, published))
            if now.place is None and attends and main and _is_same(now, main):
                now = replace(now, place=main.place)
            if suggestion.date is not None or (last is None and now.date):
                last = now
            if main is None and now.rule not in _INHERITING and now.strength >= _FIRM:
                main = now
        out.append(now)
    return out


def _is_same(attendance: Suggestion, event: Suggestion) -> bool:
    return attendance.modality == event.modality and attendance.date == event.date


def _inherited(
    suggestion: Suggestion, event: Suggestion | None, published: str | None
) -> str | None:
    done = suggestion.modality == "done"
    attends = suggestion.rule in _INHERITING
    if event and event.date and _alike(event.modality, suggestion.modality):
        near = 0 <= suggestion.start - event.end <= _NEXT
        if done or attends or (near and suggestion.rule != "meeting-held"):
            return event.date
    if done and published:
        return f"../{published}"
    return None


def _alike(one: str, other: str) -> bool:
    """Say whether two claims may be of one event: both past, or both to come."""
    return one == other or (one in AHEAD and other in AHEAD)
