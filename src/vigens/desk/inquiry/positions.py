"""Positions: who said what about which point, over time, with who says they said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.reasons import ClaimView, claims_about

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.journal import Entry
    from vigens.model import Weight


@dataclass(frozen=True, slots=True)
class OnePosition:
    """One position as reported.

    Attributes:
        ref: Entry id.
        party: Code.
        party_title: In words.
        point: On which point.
        title: What is said.
        happened: EDTF, or empty.
        weight: How it counts under the policy.
        is_latest: Whether the record has no later one of this party on this point.
        claims: Who says that it was said.
    """

    ref: str
    party: str
    party_title: str
    point: str
    title: str
    happened: str
    weight: Weight | None
    is_latest: bool
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point with everybody's positions on it, the latest first."""

    point: str
    positions: tuple[OnePosition, ...]


@dataclass(frozen=True, slots=True)
class Positions:
    """Every position of a view, by point.

    Attributes:
        points: Those with the latest position first.
        parties: Who took one, as `(code, title, number)`.
    """

    points: tuple[Point, ...]
    parties: tuple[tuple[str, str, int], ...]


def read_positions(session: Session, party: str = "", point: str = "") -> Positions:
    """List positions by point.

    Args:
        session: The case through its lens.
        party: Only this one's; empty for everybody's.
        point: Only on this one; empty for all.
    """
    entries = [
        entry for entry in session.assembled.view.entries if entry.kind == "position"
    ]
    entries = [
        entry for entry in entries if _begins(session, entry) <= session.lens.as_of
    ]
    entries.sort(key=lambda entry: _begins(session, entry), reverse=True)
    latest: dict[tuple[str, str], str] = {}
    numbers: dict[str, int] = {}
    for entry in entries:
        who, about = str(entry.payload["party"]), str(entry.payload["point"])
        latest.setdefault((who, about), entry.id)
        numbers[who] = numbers.get(who, 0) + 1
    grouped: dict[str, list[OnePosition]] = {}
    for entry in entries:
        who, about = str(entry.payload["party"]), str(entry.payload["point"])
        if (party and who != party) or (point and about != point):
            continue
        shown = _position(session, entry, is_latest=latest[who, about] == entry.id)
        grouped.setdefault(about, []).append(shown)
    title = session.case.program.title_of
    return Positions(
        tuple(Point(name, tuple(found)) for name, found in grouped.items()),
        tuple(
            sorted(
                ((who, title(who), number) for who, number in numbers.items()),
                key=lambda one: one[1].casefold(),
            )
        ),
    )


def _begins(session: Session, entry: Entry) -> int:
    if not entry.happened:
        return session.assembled.view.known_from[entry.id]
    first, _ = edtf_bounds(parse_edtf(entry.happened), session.lens.zone)
    return session.case.settings.begins if first is None else first


def _position(session: Session, entry: Entry, *, is_latest: bool) -> OnePosition:
    party = str(entry.payload["party"])
    weighing = session.assembled.weighings.get(entry.id)
    return OnePosition(
        entry.id,
        party,
        session.case.program.title_of(party),
        str(entry.payload["point"]),
        entry.title,
        entry.happened or "",
        weighing.weight if weighing else None,
        is_latest,
        claims_about(session, entry.id),
    )
