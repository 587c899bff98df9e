"""Entries as other programs keep them: provenance, pledges, places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vigens.desk.status import read_matrix
from vigens.formats import Account, Place, Pledge, Record
from vigens.journal import thaw
from vigens.model import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.desk.answers import Session
    from vigens.journal import Entry

_CURRENCY = re.compile(r"[A-Z]{3}")


def read_records(session: Session) -> tuple[Record, ...]:
    """List the entries that count through the lens, with where each comes from."""
    return tuple(_record(entry) for entry in session.assembled.view.entries)


def read_pledges(session: Session) -> tuple[Pledge, ...]:
    """List pledges of money: funding, and offers whose unit is a currency."""
    return tuple(_pledges(session))


def read_places(
    session: Session, points: Mapping[str, tuple[float, float]]
) -> tuple[Place, ...]:
    """List states with what they endorse, and meetings with the place as it is said.

    Args:
        session: The case through its lens.
        points: Where the states of a map are, by name in rules; may be empty.
    """
    return (*_states(session, points), *_meetings(session))


def _record(entry: Entry) -> Record:
    return Record(
        entry.id,
        entry.kind,
        entry.title,
        entry.recorded_at,
        entry.recorded_by,
        tuple(
            Account(one.address, one.title or "", one.published or "")
            for one in entry.sources
        ),
        entry.about,
        tuple(one for one in (entry.rectifies, entry.supersedes) if one is not None),
    )


def _pledges(session: Session) -> Iterator[Pledge]:
    program = session.case.program
    for entry in session.assembled.view.entries:
        if entry.kind not in ("offer", "funding") or _weight(session, entry) not in (
            Weight.SURE,
            Weight.POSSIBLE,
        ):
            continue
        payload: dict[str, Any] = thaw(entry.payload)
        if entry.kind == "offer":
            much, by = payload.get("quantity") or {}, [payload["party"]]
            if not _CURRENCY.fullmatch(str(much.get("unit"))):
                continue
        else:
            much, by = payload, payload["by"]
        weighing = session.assembled.weighings[entry.id]
        yield Pledge(
            entry.id[:16],
            entry.title,
            weighing.reason,
            " ".join(by),
            ", ".join(program.title_of(one) for one in by),
            "",
            much.get("number"),
            str(much.get("unit") or ""),
            entry.happened or "",
            str(much.get("comparison") or "eq"),
        )


def _states(
    session: Session, points: Mapping[str, tuple[float, float]]
) -> Iterator[Place]:
    matrix = read_matrix(session)
    if matrix is None:
        return
    names = [part.name for part in matrix.instrument.components]
    for row in matrix.rows:
        cells = zip(names, row.cells, strict=True)
        facts = {
            "kind": "state",
            "name": row.title,
            "party": row.party,
            "member": row.membership.verdict.word,
            **{f"endorses_{name}": cell.verdict.word for name, cell in cells},
        }
        yield Place(f"state:{row.party}", facts, points.get(row.party))


def _meetings(session: Session) -> Iterator[Place]:
    for entry in session.assembled.view.entries:
        place = entry.payload.get("place")
        if entry.kind != "meeting" or not place:
            continue
        weight = _weight(session, entry)
        facts = {
            "kind": "meeting",
            "name": entry.title,
            "place": str(place),
            "happened": entry.happened or "",
            "weight": str(weight) if weight else "",
        }
        yield Place(f"meeting:{entry.id}", facts)


def _weight(session: Session, entry: Entry) -> Weight | None:
    weighing = session.assembled.weighings.get(entry.id)
    return weighing.weight if weighing else None
