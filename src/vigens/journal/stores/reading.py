"""Reading entries out of a database's rows, each id derived again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from vigens.journal.entry import Entry
from vigens.journal.errors import EntryError, ReferenceRefusedError
from vigens.journal.lines import parse_entry
from vigens.journal.stores.database import Queries
from vigens.journal.stores.finding import N_SHOWN, prefix_of, the_one
from vigens.journal.stubs import stub_entry

#: How many entries are read at a time.
PAGE = 1000

#: How many ids are looked up at a time.
_LEARNED = 10_000


class Held:
    """What the database holds, asked through its indexes.

    A server answers for ten thousand ids in the time that it takes for a few single
    ones: so what a group will ask for is learned at once.
    """

    __slots__ = ("_learned", "_rows", "last_recorded")

    def __init__(
        self, rows: Queries, last_recorded: str | None, learn: Iterable[str] = ()
    ) -> None:
        """Ask some rows; inside a commit they show what that wrote.

        Args:
            rows: Of the open transaction.
            last_recorded: When the entry at the end was recorded, if there is one.
            learn: Ids that will be asked for, as they stand now.
        """
        self._rows = rows
        self.last_recorded = last_recorded
        self._learned: dict[str, str | None] = {}
        wanted = iter(dict.fromkeys(learn))
        while part := list(islice(wanted, _LEARNED)):
            self._learned.update(dict.fromkeys(part))
            self._learned.update(rows.kinds_of(part))

    def __contains__(self, identifier: object) -> bool:
        return self.kind_of(str(identifier)) is not None

    def present(self, identifiers: Sequence[str]) -> set[str]:
        """Tell which of some ids are here."""
        return set(self._rows.kinds_of(identifiers)) if identifiers else set()

    def kind_of(self, identifier: str) -> str | None:
        """Give the kind of an entry, or none if it is not here."""
        if identifier in self._learned:
            return self._learned[identifier]
        return self._rows.kind_of(identifier)


def read_page(
    rows: Queries, after: int, where: str
) -> tuple[list[tuple[int, Entry]], int]:
    """Read the entries that follow a position.

    Returns:
        Position and entry, a stub for a redacted one; and the last position that was
        looked at, which is `after` itself at the end of the journal.

    Raises:
        EntryError: A row is damaged, or lies in another's place.
    """
    found: list[tuple[int, Entry]] = []
    for position, identifier, body, is_empty in rows.bodies(after, PAGE):
        after += 1
        place = f"{where}, entry {position}"
        if position == after and body is None and is_empty:
            found.append((position, _stub_at(rows, position, place)))
            continue
        entry = parse_entry(body or b"", place)
        written = identifier if isinstance(identifier, bytes) else identifier.encode()
        if entry.id.encode() != written or position != after:
            raise misplaced(entry, place)
        found.append((position, entry))
    return found, after


def misplaced(entry: Entry, place: str) -> EntryError:
    """Say that a row is not the one that its entry belongs in."""
    return EntryError(
        f"the row of entry {entry.id[:12]} bears another id or place",
        place,
        "`vigens fsck` lists what is wrong; restore the journal from a copy",
    )


def locate(rows: Queries, reference: str, where: str) -> tuple[int, str]:
    """Find the position and id of the one entry that an id or its beginning names.

    Raises:
        ReferenceRefusedError: Too short, unknown, or it fits several entries.
    """
    position = rows.position_of(reference)
    if position is not None:
        return position, reference
    prefix = prefix_of(reference, where)
    fitting, n_fitting = rows.fitting(prefix, N_SHOWN)
    found = the_one(prefix, [name for name, _ in fitting], n_fitting, where)
    return fitting[0][1], found


def read_entry(rows: Queries, position: int, where: str) -> Entry:
    """Read the entry at a position that is taken; a stub where it was redacted.

    Raises:
        EntryError: The row is damaged.
    """
    _, body, _ = rows.body_at(position)
    place = f"{where}, entry {position}"
    return _stub_at(rows, position, place) if body is None else parse_entry(body, place)


def _stub_at(rows: Queries, position: int, place: str) -> Entry:
    """Make what stands for a redacted entry, of what its fact keeps of it.

    Raises:
        EntryError: No fact says why the row is empty.
    """
    identifier, _, fact = rows.body_at(position)
    at = None if fact is None else rows.position_of(fact)
    body = None if at is None else rows.body_at(at)[1]
    if fact is None or body is None:
        raise EntryError(
            "this row is empty, and no redaction says why",
            place,
            "`vigens fsck` lists what is wrong; restore the journal from a copy",
        )
    told = parse_entry(body, place)
    stub = told.payload.get("stub")
    if not isinstance(stub, Mapping):
        kind = rows.kind_of(identifier) or "entry"
        stub = {
            "kind": kind,
            "recorded_at": told.recorded_at,
            "marks": (),
            "about": (),
        }
    return stub_entry(identifier, stub, fact)


def place_to_redact(
    rows: Queries, identifier: str, fact: str, where: str
) -> int | None:
    """Give the position of an entry that is to be redacted; none if it is already.

    Raises:
        ReferenceRefusedError: One of them is not here, or the fact is another kind.
    """
    position, identifier = locate(rows, identifier, where)
    _, fact = locate(rows, fact, where)
    if rows.kind_of(fact) != "redaction":
        raise ReferenceRefusedError(
            f"entry {fact[:12]} is no redaction",
            where,
            "record the redaction with its reason first",
        )
    return None if identifier in rows.redactions() else position
