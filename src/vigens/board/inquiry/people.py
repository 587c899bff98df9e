"""Pages of who: positions, bodies and posts, meetings with attendance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claim, weight_words
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import N_
from vigens.desk.inquiry import read_bodies, read_meetings, read_positions

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import (
        Body,
        Meeting,
        Meetings,
        OnePosition,
        Positions,
        Post,
    )

#: How somebody was at a meeting: shape, words, class.
HOW = {
    "in_person": ("●", N_("in the room"), "yes"),
    "online": ("◐", N_("by video"), "yes"),
    "unknown": ("?", N_("there; in the room or by video is not said"), "open"),
    "": ("·", N_("not on the list"), "none"),
}

_FORMATS = {
    "in_person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("in the room and by video"),
    "unknown": N_("format not said"),
}

#: Most meetings that are columns of the table; the rest stands below alone.
MOST_COLUMNS = 24


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """One position with links."""

    found: OnePosition
    href: str
    weight: str
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True)
class PositionsPage:
    """The page of positions."""

    found: Positions
    points: tuple[tuple[str, tuple[ShownPosition, ...]], ...]
    party: str
    point: str
    everything: str


@dataclass(frozen=True, slots=True)
class ShownBody:
    """One body with links.

    Attributes:
        found: Of the desk.
        answers: Signs with words and the address of the reasons.
        reports: `(status, title, day, weight, href, claims)`.
    """

    found: Body
    answers: tuple[tuple[Sign | None, str, str], ...]
    reports: tuple[tuple[str, str, str, str, str, tuple[ShownClaim, ...]], ...]


@dataclass(frozen=True, slots=True)
class BodiesPage:
    """The page of bodies and posts."""

    bodies: tuple[ShownBody, ...]
    posts: tuple[tuple[Post, tuple[tuple[str, str, str, str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """One meeting with links; attendance by how somebody was there."""

    found: Meeting
    href: str
    format: str
    weight: str
    attendance: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """The page of meetings.

    Attributes:
        found: Of the desk.
        meetings: The latest first.
        columns: Those that are columns of the table, as `(day, title, href)`.
        rows: Actor by actor: title, number, and shape, words, class of each cell.
        key: The shapes.
    """

    found: Meetings
    meetings: tuple[ShownMeeting, ...]
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[str, int, tuple[tuple[str, str, str], ...]], ...]
    key: tuple[tuple[str, str, str], ...]


def show_positions(visit: Visit) -> Page:
    """Show who said what about what, over time."""
    party, point = visit.ask("party"), visit.ask("point")
    found = read_positions(visit.session, party, point)
    context = PositionsPage(
        found,
        tuple(
            (each.point, tuple(_position(visit, one) for one in each.positions))
            for each in found.points
        ),
        party,
        point,
        visit.link("/positions"),
    )
    return Page("positions.html", "Positions", context)


def _position(visit: Visit, found: OnePosition) -> ShownPosition:
    return ShownPosition(
        found,
        visit.link(f"/entry/{found.ref}"),
        weight_words(found.weight),
        tuple(show_claim(visit, claim) for claim in found.claims),
    )


def show_bodies(visit: Visit) -> Page:
    """Show bodies with what is said of them, and posts with their holders."""
    found = read_bodies(visit.session)
    context = BodiesPage(
        tuple(_body(visit, body) for body in found.bodies),
        tuple(
            (
                post,
                tuple(
                    (
                        one.holder,
                        one.bound,
                        one.since,
                        one.until,
                        visit.link("/why", q=one.question),
                    )
                    for one in post.holdings
                ),
            )
            for post in found.posts
        ),
    )
    return Page("bodies.html", "Bodies and posts", context)


def _body(visit: Visit, body: Body) -> ShownBody:
    return ShownBody(
        body,
        tuple(
            (
                sign_of(answer.verdict),
                answer.text,
                visit.link("/why", q=answer.question),
            )
            for answer in body.answers
        ),
        tuple(
            (
                report.status,
                report.title,
                report.happened,
                weight_words(report.weight),
                visit.link(f"/entry/{report.ref}"),
                tuple(show_claim(visit, claim) for claim in report.claims),
            )
            for report in body.reports
        ),
    )


def show_meetings(visit: Visit) -> Page:
    """Show meetings with who was there and how, as one table and one by one."""
    found = read_meetings(visit.session)
    columns = found.meetings[:MOST_COLUMNS]
    context = MeetingsPage(
        found,
        tuple(_meeting(visit, one) for one in found.meetings),
        tuple(
            (one.happened, one.title, visit.link(f"/entry/{one.ref}"))
            for one in columns
        ),
        tuple(
            (
                title,
                number,
                tuple(HOW.get(one.how(actor), HOW["unknown"]) for one in columns),
            )
            for actor, title, number in found.actors
        ),
        tuple(HOW.values()),
    )
    return Page("meetings.html", "Meetings", context)


def _meeting(visit: Visit, found: Meeting) -> ShownMeeting:
    groups: dict[str, list[str]] = {}
    for seat in found.seats:
        words = f"{seat.title} ({seat.level})" if seat.level else seat.title
        groups.setdefault(seat.how, []).append(words)
    return ShownMeeting(
        found,
        visit.link(f"/entry/{found.ref}"),
        _FORMATS.get(found.format, found.format),
        weight_words(found.weight),
        tuple(
            (*HOW.get(how, HOW["unknown"])[:2], tuple(names))
            for how, names in groups.items()
        ),
    )
