"""What only the whole document can settle: repeats, and dates of one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vigens.intake.suggestion import Suggestion

_REPEATED = 0.6
_FIRM = 0.5
_INHERITING = frozenset({"meeting-list", "meeting-attend", "meeting-travel"})


def settle(
    found: Iterable[Suggestion], published: str | None, own: frozenset[str]
) -> list[Suggestion]:
    """Order suggestions, drop doubles, weaken repeats, date what happened.

    Args:
        found: What the rules proposed.
        published: EDTF date of the report.
        own: The words of the language for "we" and "I".
    """
    unique = {(s.kind, s.start, s.end, s.institution): s for s in found}
    ordered = sorted(unique.values(), key=lambda s: (s.start, s.end, s.kind))
    return _dated(_voiced(_without_repeats(ordered), own), published)


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
    out = []
    for suggestion in found:
        if not any(
            a.id is None and a.surface.lower() in own for a in suggestion.actors
        ):
            out.append(suggestion)
            continue
        voice = next(
            (
                s.actors[0].id
                for s in spoken
                if s.start <= suggestion.start and suggestion.end <= s.end
            ),
            None,
        )
        actors = tuple(
            replace(a, id=voice) if a.id is None and a.surface.lower() in own else a
            for a in suggestion.actors
        )
        out.append(replace(suggestion, actors=actors))
    return out


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
            event = main if attends else last
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
    same = event is not None and event.modality == suggestion.modality
    if event and same and event.date and (done or suggestion.rule in _INHERITING):
        return event.date
    if done and published:
        return f"../{published}"
    return None
