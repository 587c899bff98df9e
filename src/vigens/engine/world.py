"""What the engine is handed: evidence already weighed, and where one looked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.engine.intervals import HIGH, complement, union
from vigens.model import Weight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vigens.engine.intervals import Spans
    from vigens.model import CountSeen, Coverage, EventColumns, Happening, Sighting
    from vigens.rules import Program


@dataclass(frozen=True, slots=True)
class World:
    """One program and one body of evidence, seen through one lens.

    Attributes:
        program: The rules.
        happenings: Weighed occurrences by event type.
        sightings: Weighed observations by fluent.
        coverage: Where one looked, already cut at what was known.
        origin: Nothing unrecorded happened before this instant (UTC seconds).
        zone: IANA zone of civil days.
        readings: Chosen readings by variant.
        assume_no_other_change: Take silence after the last look as quiet.
        bulk: Weighed occurrences of whole tables, by event type.
        counts: Weighed anonymous counts, by measure.
        for_others: Where one looked for audiences that do not include the reader; it
            closes nothing, and is named as the cause.
    """

    program: Program
    happenings: Mapping[str, Sequence[Happening]]
    sightings: Mapping[str, Sequence[Sighting]]
    coverage: Sequence[Coverage]
    origin: int
    zone: str
    readings: Mapping[str, str] = field(default_factory=dict)
    assume_no_other_change: bool = False
    bulk: Mapping[str, Sequence[EventColumns]] = field(default_factory=dict)
    counts: Mapping[str, Sequence[CountSeen]] = field(default_factory=dict)
    for_others: Sequence[Coverage] = ()
    _gaps: dict[tuple[str, tuple[str | None, ...]], Spans] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _by_values: dict[str, dict[tuple[str, ...], list[Happening]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def occurred(
        self, event: str, values: tuple[str | None, ...]
    ) -> Sequence[Happening]:
        """List the occurrences of an event that may fit, of whatever weight.

        Args:
            event: Event type.
            values: Its arguments; `None` where any value is meant.

        Returns:
            Exactly those with the values where all are given, else all of the event.
        """
        found = self.happenings.get(event, ())
        if None in values or len(found) < 2:
            return found
        if event not in self._by_values:
            index: dict[tuple[str, ...], list[Happening]] = {}
            for one in found:
                index.setdefault(one.values, []).append(one)
            self._by_values[event] = index
        return self._by_values[event].get(tuple(v or "" for v in values), ())

    def covered(self, event: str, values: Sequence[str | None] = ()) -> Spans:
        """Give where one looked for an event.

        Args:
            event: Event type.
            values: Its arguments; `None` where any value is meant.

        Source:
            Design, section 4.3, cause 3; acts secret by nature are never closed.
        """
        spans = self._looked(event, values)
        if spans and self.assume_no_other_change:
            spans = union(spans, [(spans[-1][1], HIGH)])
        return spans

    def last_looked(self, event: str, values: Sequence[str | None] = ()) -> int | None:
        """Give the end of the last look for an event (UTC seconds, excluded).

        Args:
            event: Event type; nobody can look for one that is secret by nature.
            values: Its arguments; `None` where any value is meant.

        Source:
            Design, section 4.3, cause 3.
        """
        spans = self._looked(event, values)
        return spans[-1][1] if spans else None

    def gaps(self, event: str, values: Sequence[str | None]) -> Spans:
        """Give where an unrecorded occurrence is possible.

        Args:
            event: Event type.
            values: Its arguments; `None` where any value is meant.

        Source:
            Design, section 4.3, cause 3; what is denied did not happen unseen.
        """
        key = (event, tuple(values))
        if key not in self._gaps:
            denied = [
                (found.first, found.last + 1)
                for found in self.occurred(event, key[1])
                if found.weight is Weight.DENIED and found.values == key[1]
            ]
            closed = union(self.covered(event, values), denied)
            self._gaps[key] = complement(closed, self.origin, HIGH)
        return self._gaps[key]

    def _looked(self, event: str, values: Sequence[str | None]) -> Spans:
        declared = self.program.events.get(event)
        if declared is not None and declared.is_secret:
            return ()
        return union(
            (part.start, part.end)
            for part in self.coverage
            if _is_of(part, event, values)
        )

    def kept_for(
        self, event: str, values: Sequence[str | None], start: int, end: int
    ) -> tuple[str, ...]:
        """List the audiences for which one looked for an event, without the reader's.

        Args:
            event: Event type.
            values: Its arguments; `None` where any value is meant.
            start: UTC seconds; first instant that is asked about.
            end: UTC seconds; instant after the last.

        Source:
            Design, section 4.4: coverage states its audience.
        """
        return tuple(
            dict.fromkeys(
                part.audience
                for part in self.for_others
                if part.start < end and start < part.end and _is_of(part, event, values)
            )
        )


def _is_of(part: Coverage, event: str, values: Sequence[str | None]) -> bool:
    """Say whether a look was at an event with some arguments."""
    return (not part.events or event in part.events) and (
        not part.keys or any(value in part.keys for value in values)
    )
