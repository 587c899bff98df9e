"""Corrections that a reader may see: what was wrong, why, and what stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.base import Message
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.journal import read_redactions, thaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.journal import Entry, View

#: Ways of correcting, each with what it means.
RECTIFIED, SUPERSEDED = Message("rectified"), Message("superseded")
WITHDRAWN, REDACTED = Message("withdrawn"), Message("redacted")
RIVALS = Message("rivals")
MEANINGS: dict[str, str] = {
    RECTIFIED: Message("a clerical fault was mended: it was never right"),
    SUPERSEDED: Message("news replaced it: it was right when it was recorded"),
    WITHDRAWN: Message("it was taken back and counts no longer"),
    REDACTED: Message("two persons had destroyed what it said, for the reason given"),
    RIVALS: Message(
        "two corrections do not know of each other: which one stands is not known"
    ),
}

_REASON = "changed_because"


@dataclass(frozen=True, slots=True)
class Stands:
    """An entry that stands in the place of another."""

    ref: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction.

    Attributes:
        how: `rectified`, `superseded`, `withdrawn`, `redacted` or `rivals`.
        ref: The entry that corrects.
        recorded_at: When that was recorded, as the journal writes it.
        recorded_by: By whom.
        kind: Of what is corrected.
        title: Of what is corrected, as it stood.
        was: Its id.
        changed: Fields with what they said and what the correction says.
        reason: As given; empty where none was.
        stands: What stands in its place now; nothing where nothing does.
    """

    how: str
    ref: str
    recorded_at: str
    recorded_by: str
    kind: str
    title: str
    was: str
    changed: tuple[tuple[str, str, str], ...]
    reason: str
    stands: tuple[Stands, ...]

    @property
    def meaning(self) -> str:
        """Say what the way of correcting means."""
        return MEANINGS[self.how]


def read_corrections(session: Session) -> tuple[Corrected, ...]:
    """List every correction that is known through a lens, the newest first."""
    view = session.assembled.view
    by_id = {entry.id: entry for entry in view.shown}
    found = [
        _corrected(view, by_id, entry, target)
        for entry in view.shown
        if _is_known(session, entry)
        for target in (entry.rectifies, entry.supersedes)
        if target in by_id and target in view.replaced and not entry.is_stub
    ]
    found += _redacted(session)
    found.sort(key=lambda one: one.recorded_at, reverse=True)
    return tuple(found)


def _is_known(session: Session, entry: Entry) -> bool:
    """Say whether a correction counts: recorded, and known where it is news."""
    lens, view = session.lens, session.assembled.view
    recorded = entry.recorded_instant
    if lens.recorded_at is not None and recorded > lens.recorded_at:
        return False
    if entry.id in view.known_from:
        return True
    if entry.id not in view.replaced:
        return False
    if entry.supersedes is None:
        return True
    own = recorded
    if entry.known_from is not None:
        last = edtf_bounds(parse_edtf(entry.known_from), lens.zone)[1]
        own = recorded if last is None else min(last, recorded)
    return own <= lens.known_at


def _corrected(
    view: View, by_id: dict[str, Entry], entry: Entry, target: str
) -> Corrected:
    before = by_id[target]
    how = RECTIFIED if entry.rectifies == target else SUPERSEDED
    reason = str(entry.payload.get(_REASON) or "")
    changed = tuple(_changes(before, entry))
    if entry.kind == "note" and entry.payload.get("withdraws"):
        how, changed = WITHDRAWN, ()
        reason = str(entry.payload.get("text") or "").removeprefix("withdrawn: ")
    if target in view.rivals:
        how = RIVALS
    return Corrected(
        how,
        entry.id,
        entry.recorded_at,
        entry.recorded_by,
        before.kind,
        before.title,
        before.id,
        changed,
        reason,
        tuple(
            Stands(found.id, found.kind, found.title)
            for found in view.current(target)
            if how != WITHDRAWN or found.id != entry.id
        ),
    )


def _changes(before: Entry, after: Entry) -> Iterator[tuple[str, str, str]]:
    sides = [_fields(before), _fields(after)]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        one, other = sides[0].get(name, ""), sides[1].get(name, "")
        if one != other and name != _REASON:
            yield name, one, other


def _fields(entry: Entry) -> dict[str, str]:
    payload: dict[str, Any] = thaw(entry.payload)
    found = {name: _words(value) for name, value in payload.items()}
    found["happened"] = entry.happened or ""
    if entry.known_from is not None:
        found["known from"] = entry.known_from
    found["sources"] = "; ".join(
        source.title or source.address for source in entry.sources
    )
    return {name: words for name, words in found.items() if words}


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{k} {_words(v)}" for k, v in value.items() if v is not None)
    return str(value)


def _redacted(session: Session) -> Iterator[Corrected]:
    lens = session.lens
    shown = [
        entry
        for entry in session.assembled.view.shown
        if lens.recorded_at is None or entry.recorded_instant <= lens.recorded_at
    ]
    for each in read_redactions(shown):
        if not each.is_done or each.fact.recorded_instant > lens.known_at:
            continue
        stub = each.fact.payload.get("stub")
        kind = str(stub.get("kind") if stub else each.target.kind)
        yield Corrected(
            REDACTED,
            each.fact.id,
            each.fact.recorded_at,
            each.persons,
            kind,
            Message("an entry of kind {kind}", kind=kind),
            each.target.id,
            (),
            str(each.fact.payload.get("reason") or ""),
            (),
        )
