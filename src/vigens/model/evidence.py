"""What the engine is given: weighed happenings, sightings, and where one looked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How a matter counts under a policy."""

    SURE = "sure"
    POSSIBLE = "possible"
    DENIED = "denied"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class ClaimWeight:
    """One claim and whether it counted."""

    ref: str
    affirms: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One occurrence of an event, weighed.

    Attributes:
        ref: Entry id of the occurrence, or of the hypothesis.
        event: Event type.
        values: Its arguments.
        first: Earliest instant, UTC seconds.
        last: Latest instant, UTC seconds, included.
        weight: Surely, possibly, denied (it did not happen in the range) or aside.
        reason: Why it counts so.
        rule: The named rule that settled a conflict.
        is_disputed: Whether both sides count.
        is_hypothesis: Whether it is only supposed.
        when_text: The date as written.
        by: Who did it, where that is recorded.
    """

    ref: str
    event: str
    values: tuple[str, ...]
    first: int
    last: int
    weight: Weight
    reason: str = ""
    rule: str | None = None
    is_disputed: bool = False
    is_hypothesis: bool = False
    when_text: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class CountSeen:
    """So many were seen at a time, without names, weighed: a lower bound.

    Attributes:
        ref: Entry id of the count.
        measure: What it counts.
        at_least: How many there surely were, if it counts.
        first: Earliest instant, UTC seconds.
        last: Latest instant, included.
        weight: As of an occurrence.
        when_text: The date as written.

    Source:
        Design, section 4.3: combined with named ones by maximum, never by sum.
    """

    ref: str
    measure: str
    at_least: int
    first: int
    last: int
    weight: Weight
    when_text: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A state seen at a time, weighed: it held, or it did not."""

    ref: str
    fluent: str
    values: tuple[str, ...]
    first: int
    last: int
    holds: bool
    weight: Weight
    reason: str = ""
    when_text: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where one looked, from and to (UTC seconds, `[start, end)`).

    Attributes:
        events: Event types; empty means every type that is not secret by nature.
        start: First instant.
        end: Instant after the last.
        note: What the case says of it.
        keys: Parties, sectors or other values for which one looked; empty means for
            all. An event is covered where one of its arguments is a key.
        audience: For whom the record of it is complete, where that is said.
    """

    events: frozenset[str]
    start: int
    end: int
    note: str = ""
    keys: frozenset[str] = frozenset()
    audience: str = ""
