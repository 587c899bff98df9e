"""The lens: everything that an answer depends on, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from vigens.base import Dated, Joined, Message
from vigens.chrono import civil_date, format_instant


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An event supposed to happen at a time, laid over the journal."""

    event: str
    values: tuple[str, ...]
    happened: str

    def __str__(self) -> str:
        said = f"({', '.join(self.values)})" if self.values else ""
        return f"{self.event}{said} on {self.happened}"


@dataclass(frozen=True, slots=True)
class Lens:
    """What an answer depends on, and is printed with.

    Attributes:
        program: Digest of the rule program.
        as_of: The instant asked about, UTC seconds.
        known_at: What was known by then counts, UTC seconds.
        recorded_at: What was recorded by then counts; `None` means all records.
        reader: For whom (release marks).
        policy: Name of the evidence policy.
        readings: Chosen readings, as (variant, reading) in order of name.
        hypotheses: Supposed events.
        assume_no_other_change: Whether silence after the last look is taken as quiet.
        zone: IANA zone of the case's civil days.
        engine: Version of the engine.

    Source:
        Design, section 4.1.
    """

    program: str
    as_of: int
    known_at: int
    recorded_at: int | None
    reader: str
    policy: str
    readings: tuple[tuple[str, str], ...]
    hypotheses: tuple[Hypothesis, ...]
    assume_no_other_change: bool
    zone: str
    engine: str


def describe_lens(lens: Lens) -> Joined:
    """Say a lens in one line of plain words.

    Source:
        Design, section 4.1.
    """
    return Joined(" · ", lens_words(lens))


def lens_words(lens: Lens) -> tuple[Message, ...]:
    """Say a lens part by part; the day asked about and the day of knowing come first.

    Source:
        Design, section 4.1.
    """
    parts = [
        Message("as of {day}", day=_day(lens.as_of, lens.zone)),
        Message("known at {day}", day=_day(lens.known_at, lens.zone)),
    ]
    if lens.recorded_at is not None:
        parts.append(
            Message("recorded by {day}", day=_day(lens.recorded_at, lens.zone))
        )
    parts.append(_reader(lens.reader))
    parts.append(Message("policy {name}", name=lens.policy))
    parts.extend(
        Message("reading {name}", name=f"{variant}.{name}")
        for variant, name in lens.readings
    )
    parts.extend(Message("supposing {event}", event=h) for h in lens.hypotheses)
    if lens.assume_no_other_change:
        parts.append(Message("assuming no other change"))
    parts.append(Message("rules {digest}", digest=lens.program[:8]))
    parts.append(Message("engine {version}", version=lens.engine))
    return tuple(parts)


def _reader(name: str) -> Message:
    """Name the reader; what else there may be is never looked at for it."""
    if name in ("public", "all"):
        return Message("reader {name}", name=Message(name))
    return Message("reader {name} (what is released to it)", name=name)


def _day(instant: int, zone: str) -> str:
    """Write the end of a civil day as that day, any other instant exactly."""
    following = format_instant(instant + 1, zone)
    if "T" not in following:
        return Dated(civil_date(instant, zone))
    return Dated(format_instant(instant, zone))
