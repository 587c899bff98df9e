"""The whole-journal check: derive everything again, and list what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import Finding, Severity, Span, VigensError, nearest
from vigens.journal.adopt import links
from vigens.journal.asof import visible
from vigens.journal.columns import Columns, columns_of
from vigens.journal.entry import Entry
from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.eyes import EVERYTHING
from vigens.journal.kinds import KINDS
from vigens.journal.lines import is_torn, parse_entry, split_lines, torn
from vigens.journal.opening import SQLITE_MAGIC
from vigens.journal.shape import is_known_too_late, link_faults, shape_faults

if TYPE_CHECKING:
    import sqlite3

_RESTORE = (
    "restore the journal from another copy, or import what is whole into a new one"
)
_SUPERSEDE = "record an entry that supersedes this one"


@dataclass(slots=True)
class _Check:
    """What was read so far, and what was found."""

    where: str
    findings: list[Finding] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def report(
        self,
        code: str,
        place: int,
        message: str,
        mend: str,
        *,
        severity: Severity = Severity.ERROR,
        text: str = "",
    ) -> None:
        span = Span(self.where, max(place, 1), 1, 1, text[:200])
        self.findings.append(Finding(code, severity, message, (span,), mend))

    def about_entry(
        self,
        code: str,
        entry: Entry,
        message: str,
        mend: str,
        *,
        severity: Severity = Severity.ERROR,
    ) -> None:
        text = f"{entry.id[:12]} {entry.kind}: {entry.title[:80]}"
        place = self.places[entry.id]
        self.report(code, place, message, mend, severity=severity, text=text)

    def take(self, raw: bytes, place: int) -> Entry | None:
        """Read one entry and derive its id; report it where that fails."""
        text = raw.decode(errors="replace")
        try:
            entry = parse_entry(raw, self.where, line=place)
        except VigensError as error:
            code = "J002" if "does not fit its hash" in error.what else "J006"
            self.report(code, place, error.what, error.mend, text=text)
            return None
        if entry.id in self.entries:
            message = f"the entry {entry.id[:12]} stands here a second time"
            self.report("J003", place, message, "delete one of the two", text=text)
            return None
        self.entries[entry.id] = entry
        self.places[entry.id] = place
        return entry


def fsck(path: str | Path) -> tuple[Finding, ...]:
    """Check a journal file as a whole, reading on past whatever is damaged.

    Args:
        path: A text or SQLite journal. Nothing is recorded in it; SQLite may fold
            in what a crash left beside the file.

    Returns:
        What does not fit, in the order of the journal; empty for a sound one.

    Raises:
        JournalFileError: There is no such file.
        JournalOutsideError: It cannot be read, or belongs to another program.
    """
    path = Path(path)
    check = _Check(str(path))
    try:
        with path.open("rb") as file:
            is_database = file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
        if is_database or path.suffix.lower() in (".db", ".sqlite"):
            _read_database(path, check)
        else:
            _read_text(path.read_bytes(), check)
    except FileNotFoundError as error:
        raise JournalFileError(
            "there is no such journal", str(path), "check the path"
        ) from error
    except OSError as error:
        raise JournalOutsideError(
            f"this journal cannot be read ({reason(error)})",
            str(path),
            "check the path and who may read it",
        ) from error
    for entry in check.entries.values():
        _check_entry(entry, check)
    _check_order(check)
    _check_rivals(check)
    return tuple(sorted(check.findings, key=lambda found: found.spans[0].line))


def _read_text(data: bytes, check: _Check) -> None:
    lines, tail = split_lines(data)
    for place, raw in enumerate(lines, 1):
        if raw.strip():
            check.take(raw, place)
    if is_torn(tail) and tail:
        check.findings.append(torn(check.where, len(lines) + 1, tail))
    elif tail.strip():
        check.take(tail, len(lines) + 1)


def _read_database(path: Path, check: _Check) -> None:
    import sqlite3

    from vigens.journal.stores.sqlite_file import check_head, connect, told

    try:
        with told(str(path)):
            connection = connect(path)
    except JournalOutsideError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            raise  # it is shut, which says nothing of what is in it
        check.report("J011", 1, error.what, _RESTORE)
        return
    with closing(connection):
        try:
            _, zone = check_head(connection, str(path))
            for (message,) in connection.execute("PRAGMA integrity_check"):
                if message != "ok":
                    check.report("J011", 1, f"damaged: {message}", _RESTORE)
            for place, row in _rows(connection):
                _take_row(place, row, zone, check)
        except sqlite3.Error as error:
            check.report("J011", 1, f"the database cannot be read: {error}", _RESTORE)


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[Any, ...]]]:
    rows = connection.execute(
        "SELECT position, CAST(body AS BLOB), CAST(id AS BLOB), CAST(kind AS BLOB), "
        "recorded_us, happened_first, happened_last, known_first, known_last "
        "FROM entry ORDER BY position"
    )
    for place, *row in rows:
        yield place, tuple(row)


def _take_row(place: int, row: tuple[Any, ...], zone: str, check: _Check) -> None:
    body, identifier, kind, *columns = row
    if not isinstance(body, bytes):
        check.report("J011", place, "the row holds no entry", _RESTORE)
        return
    n_before = len(check.entries)
    entry = check.take(body, place)
    if len(check.entries) == n_before or entry is None:
        return
    if identifier != entry.id.encode() or kind != entry.kind.encode():
        check.about_entry(
            "J010", entry, "the row's id or kind is not the entry's", _RESTORE
        )
    derived = columns_of(entry, zone)
    for name, stored, right in zip(Columns._fields, columns, derived, strict=True):
        if stored != right:
            message = f"the column {name} holds {stored}, the entry says {right}"
            check.about_entry("J010", entry, message, _RESTORE)


def _check_entry(entry: Entry, check: _Check) -> None:
    for name, target in links(entry):
        if target not in check.entries:
            message = f'"{name}" points at {target[:12]}, which is not in the journal'
            check.about_entry(
                "J004", entry, message, "import the journal that holds it"
            )
    if entry.kind not in KINDS:
        near = nearest(entry.kind, KINDS)
        check.about_entry(
            "J007",
            entry,
            f'this version does not know the kind "{entry.kind}"; it is kept',
            (
                f'if "{near}" was meant, {_SUPERSEDE}'
                if near
                else "use a newer version to read it"
            ),
            severity=Severity.NOTE,
        )
    for fault in shape_faults(entry):
        check.about_entry(fault.code, entry, fault.words, _SUPERSEDE)

    def kind_of(identifier: str) -> str:
        found = check.entries.get(identifier)
        return found.kind if found else ""

    for name, wanted in link_faults(entry, kind_of):
        check.about_entry("J008", entry, f'"{name}" is not {wanted}', _SUPERSEDE)
    if is_known_too_late(entry.known_from, entry.recorded_at):
        message = f"known from {entry.known_from}, after it was recorded"
        check.about_entry("J013", entry, message, _SUPERSEDE)


def _check_order(check: _Check) -> None:
    """Recording never goes back, but for what an import lists in its batch."""
    imported = {
        target
        for entry in check.entries.values()
        if entry.kind == "batch"
        for target in entry.about
    }
    last: Entry | None = None
    for entry in check.entries.values():
        if entry.id in imported:
            continue
        if last is not None and _moment(entry) < _moment(last):
            check.about_entry(
                "J005",
                entry,
                f"recorded at {entry.recorded_at}, before the entry above it "
                f"({last.recorded_at}), and no import lists it",
                "lines were moved or taken from elsewhere: import them instead",
                severity=Severity.WARNING,
            )
        last = entry


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.recorded_at)


def _check_rivals(check: _Check) -> None:
    entries = tuple(check.entries.values())
    view = visible(
        entries, known_at=None, recorded_at=None, clearance=EVERYTHING, zone="UTC"
    )
    for identifier, rivals in view.rivals.items():
        names = ", ".join(name[:12] for name in rivals)
        check.about_entry(
            "J012",
            check.entries[identifier],
            f"{len(rivals)} corrections do not know of each other: {names}",
            "record one entry that rectifies the one and supersedes the other",
            severity=Severity.WARNING,
        )
