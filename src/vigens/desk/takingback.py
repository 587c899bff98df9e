"""Taking a decision on a suggestion back.

Nothing is deleted by that. What the decision recorded is withdrawn by entries of their
own, and the suggestion waits again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import InputError, Message
from vigens.desk.case import open_store
from vigens.desk.correct import RECTIFY, Correction, correction_draft
from vigens.desk.decided import decided_in
from vigens.desk.queuefile import FILE_NAME, append_lines, deciding
from vigens.desk.records import Records, unfiltered
from vigens.journal import MATTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from vigens.desk.case import Case
    from vigens.desk.queue import Suggested
    from vigens.journal import Entry

#: Why a decision is taken back, where nobody says why.
BY_MISTAKE = "the decision was taken back"

#: Kinds of entries about a claim that accepting it may record.
_BESIDE_CLAIM = frozenset({"same_origin", "grade"})

#: Kinds of entries that stay where something else rests on them.
_MAY_STAY = MATTERS | {"document"}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking a decision back recorded.

    Attributes:
        entries: The notes that stand in the place of what the decision recorded.
        withdrawn: What they take back.
        kept: What the decision recorded and stays, since others built on it.
    """

    entries: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    kept: tuple[Entry, ...]


def take_back(
    case: Case,
    clock: Callable[[], datetime],
    item: Suggested,
    *,
    by: str,
    reason: str | None = None,
    known: Case | None = None,
) -> TakenBack:
    """Take a decision back: withdraw what it recorded, so that the suggestion waits.

    The claim goes, with the grade and the joining that were recorded with it, and the
    matter and the report's own entry where nothing else rests on them. Entries that
    others made of them since stay.

    Args:
        case: Of the queue.
        clock: For the journal.
        item: The suggestion, as it was when the person decided to.
        by: Who takes it back.
        reason: Why.
        known: The case as that person knows it; by default the whole.

    Raises:
        InputError: It is not decided, what decided it is hidden or cannot be withdrawn,
            or it was decided anew since.
        OutsideError: The journal cannot be written.
    """
    seen = known or case
    going, staying = _parts(seen, item)
    wanted = Correction(is_withdrawal=True, reason=reason or BY_MISTAKE)
    drafts = [
        correction_draft(seen, RECTIFY, entry.id, wanted, by=by) for entry in going
    ]
    with (
        deciding(case.folder),
        open_store(case.folder, clock, zone=case.settings.zone) as store,
    ):
        if store.size() != len(unfiltered(case.records)):
            now = replace(case, records=Records(store.entries()))
            _refuse_changed(now, item, going)
        entries = store.append(drafts)
    return TakenBack(entries, going, staying)


def restore_edits(case: Case, item: Suggested, before: Mapping[str, Any]) -> None:
    """Put back what a person had set of a waiting suggestion at an earlier time.

    Raises:
        OutsideError: The queue cannot be written.
    """
    drop = sorted(set(item.edits) - set(before))
    line = {"do": "edit", "key": item.key, "set": dict(before), "drop": drop}
    append_lines(case.folder / FILE_NAME, [line])


def _refuse_changed(case: Case, item: Suggested, going: Sequence[Entry]) -> None:
    """Refuse where somebody decided anew, or corrected what is to go, since."""
    decided = decided_in(unfiltered(case.records)).get(item.key, ("", ""))
    corrected = _followers(unfiltered(case.records))
    if decided[1] != item.decided or any(entry.id in corrected for entry in going):
        raise InputError(
            Message(
                "somebody changed what was decided of suggestion {number}",
                number=item.number,
            ),
            Message("entry {id}", id=item.decided[:12]),
            Message("look at it again"),
        )


def _parts(case: Case, item: Suggested) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Give what goes when a decision is taken back, and what stays of it."""
    every = tuple(unfiltered(case.records))
    by_id = {entry.id: entry for entry in every}
    decided = by_id.get(item.decided)
    if item.state == "waiting":
        raise InputError(
            Message(
                "suggestion {number} waits: nothing is decided", number=item.number
            ),
            Message("the queue"),
            Message("decide it first"),
        )
    if decided is None:
        raise InputError(
            Message("what decided suggestion {number} is hidden", number=item.number),
            Message("the queue"),
            Message("who may see it can take it back"),
        )
    if decided.kind != "claim":
        return (decided,), ()
    group = tuple(_recorded_with(every, _origin(by_id, decided)))
    latest = _Latest(every)
    if latest.of(decided) is None:
        raise InputError(
            Message(
                "nothing is left of what was decided of suggestion {number}",
                number=item.number,
            ),
            Message("entry {id}", id=decided.id[:12]),
            Message("it was withdrawn before; what stands in its place says why"),
        )
    ids = latest.names(*group)
    going: list[Entry] = []
    staying: list[Entry] = []
    for first in group:
        entry = latest.of(first)
        if entry is None:
            continue  # taken back before
        names = latest.names(first)
        is_needed = first.kind in _MAY_STAY and any(
            _rests_on(other, names, first)
            for other in every
            if other.id not in ids and latest.stands(other)
        )
        (staying if is_needed else going).append(entry)
    return tuple(going), tuple(staying)


def _rests_on(other: Entry, names: frozenset[str], entry: Entry) -> bool:
    """Say whether an entry is about another one, or quotes it where it is a report."""
    if entry.kind != "document":
        return not names.isdisjoint(other.about)
    sha256 = entry.payload.get("sha256")
    return any(
        source.passage is not None and source.passage.document == sha256
        for source in other.sources
    )


def _recorded_with(every: Sequence[Entry], claim: Entry) -> Iterator[Entry]:
    """List what one decision recorded with a claim: one commit bears one moment."""
    group = [
        entry
        for entry in every
        if (entry.recorded_at, entry.recorded_by)
        == (claim.recorded_at, claim.recorded_by)
    ]
    quoted = {s.passage.document for s in claim.sources if s.passage is not None}
    for entry in group:
        is_report = entry.kind == "document" and entry.payload.get("sha256") in quoted
        is_matter = entry.kind in MATTERS and entry.id in claim.about
        is_beside = entry.kind in _BESIDE_CLAIM and claim.id in entry.about
        if is_report or is_matter or is_beside or entry.id == claim.id:
            yield entry


def _origin(by_id: Mapping[str, Entry], entry: Entry) -> Entry:
    """Give the entry that a corrected one first was."""
    while (before := entry.rectifies or entry.supersedes) and before in by_id:
        entry = by_id[before]
    return entry


def _followers(every: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in every:
        for target in (entry.rectifies, entry.supersedes):
            if target is not None:
                found.setdefault(target, []).append(entry)
    return found


class _Latest:
    """What stands in the place of entries that were corrected."""

    def __init__(self, every: Iterable[Entry]) -> None:
        self._followers = _followers(every)

    def of(self, entry: Entry) -> Entry | None:
        """Give what stands in the place of an entry; none where a note does."""
        while followers := self._followers.get(entry.id):
            entry = followers[-1]
        return None if "withdraws" in entry.payload else entry

    def stands(self, entry: Entry) -> bool:
        """Say whether nothing took the place of an entry, and it is no note that does."""
        return entry.id not in self._followers and "withdraws" not in entry.payload

    def names(self, *entries: Entry) -> frozenset[str]:
        """Give the ids of entries and of all that corrects them."""
        found: set[str] = set()
        waiting = [entry.id for entry in entries]
        while waiting:
            name = waiting.pop()
            found.add(name)
            waiting += [e.id for e in self._followers.get(name, ())]
        return frozenset(found)
