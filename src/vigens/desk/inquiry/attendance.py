"""Meetings with who was there, and how: in the room, by video, or it is not said.

A list of who came is no list of who stayed away: a member that no list names may have
been there. Only a claim that somebody was absent makes them absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.timelines import read_timeline
from vigens.engine import HIGH, LOW
from vigens.journal import thaw

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.journal import Entry
    from vigens.model import Weight

#: Ways of being at a meeting, as entries write them.
ROOM, VIDEO, UNSAID = "in_person", "online", "unknown"


@dataclass(frozen=True, slots=True)
class Seat:
    """One actor at a meeting."""

    actor: str
    title: str
    how: str
    level: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting.

    Attributes:
        ref: Entry id.
        title: In words.
        happened: EDTF, or empty.
        place: Where, or empty.
        format: In person, online, hybrid or unknown.
        weight: How it counts under the policy.
        seats: Who was there, as reported.
        unlisted: Sure members on that day that the list does not name.
    """

    ref: str
    title: str
    happened: str
    place: str
    format: str
    weight: Weight | None
    seats: tuple[Seat, ...]
    unlisted: tuple[str, ...]

    def how(self, actor: str) -> str:
        """Say how an actor was there; empty where the list does not name it."""
        return next((seat.how for seat in self.seats if seat.actor == actor), "")


@dataclass(frozen=True, slots=True)
class Meetings:
    """Every meeting of a view, the latest first.

    Attributes:
        meetings: The latest first.
        actors: Who is on any list, as `(code, title, meetings)`, the most first.
        group: What the members are members of, in words; empty without a group.
    """

    meetings: tuple[Meeting, ...]
    actors: tuple[tuple[str, str, int], ...]
    group: str


def read_meetings(session: Session) -> Meetings:
    """List meetings with their attendance."""
    group = session.case.settings.matrix_group or ""
    members = _members(session, group)
    entries = [e for e in session.assembled.view.entries if e.kind == "meeting"]
    meetings = [_meeting(session, entry, members) for entry in entries]
    meetings.sort(key=lambda one: one.happened, reverse=True)
    numbers: dict[str, int] = {}
    for meeting in meetings:
        for actor in {seat.actor for seat in meeting.seats}:
            numbers[actor] = numbers.get(actor, 0) + 1
    title = session.case.program.title_of
    actors = sorted(
        ((name, title(name), number) for name, number in numbers.items()),
        key=lambda one: (-one[2], one[1].casefold()),
    )
    return Meetings(
        tuple(meetings),
        tuple(actors),
        title(group) if group and members else "",
    )


def _members(session: Session, group: str) -> list[tuple[str, int, int]]:
    """Give who surely was a member, from when until when."""
    program = session.case.program
    if group not in program.values_of("group") or "member" not in program.fluents:
        return []
    return [
        (
            found.arguments[1],
            LOW if found.start is None else found.start,
            HIGH if found.end is None else found.end,
        )
        for found in read_timeline(session, f"member({group}, _)")
        if found.bound == "surely"
    ]


def _meeting(
    session: Session, entry: Entry, members: list[tuple[str, int, int]]
) -> Meeting:
    payload: dict[str, Any] = thaw(entry.payload)
    title = session.case.program.title_of
    seats = tuple(
        Seat(
            str(seat.get("actor")),
            title(str(seat.get("actor"))),
            str(seat.get("how") or UNSAID),
            str(seat.get("level") or ""),
        )
        for seat in payload.get("attendance") or ()
    )
    first = None
    if entry.happened:
        first, _ = edtf_bounds(parse_edtf(entry.happened), session.lens.zone)
    there = {seat.actor for seat in seats}
    unlisted = {
        title(name)
        for name, start, end in members
        if first is not None and start <= first < end and name not in there
    }
    weighing = session.assembled.weighings.get(entry.id)
    return Meeting(
        entry.id,
        entry.title,
        entry.happened or "",
        str(payload.get("place") or ""),
        str(payload.get("format") or UNSAID),
        weighing.weight if weighing else None,
        seats,
        tuple(sorted(unlisted, key=str.casefold)),
    )
