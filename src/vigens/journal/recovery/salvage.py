"""What can be saved of a damaged journal, and what is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vigens.base import VigensError
from vigens.journal.adopt import links
from vigens.journal.entry import Entry
from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.lines import is_torn, parse_entry, split_lines
from vigens.journal.recovery.pages import Pages, Row, read_pages
from vigens.journal.recovery.telling import is_text_journal
from vigens.journal.shape import shape_faults
from vigens.journal.stores.address import is_address

_ID = re.compile(rb"[0-9a-f]{64}")
_BEGINNING = re.compile(rb'\{"id":"([0-9a-f]{64})"')

#: Columns in a row of the table `entry`, in version 1 and since version 2.
_ENTRY_ROWS = (9, 12)

#: What the index of ids holds of each since version 3.
_SHORT = 12
_SHORT_ID = re.compile(rb"[0-9a-f]{12}")

_UNREADABLE = "the row cannot be read"
_REDACTED = "it was redacted: there is nothing to save"
_TORN = "a write was cut short: it was never acknowledged"


@dataclass(frozen=True, slots=True)
class Lost:
    """An entry that was there and cannot be saved.

    Attributes:
        position: Its place in the log, or its line in a text; none where that is lost.
        identifier: Its id, where that can still be read; or the first twelve digits.
        why: What is wrong with it.
    """

    position: int | None
    identifier: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a damaged journal.

    Attributes:
        entries: What can be saved, in order; each id was derived again.
        lost: What cannot.
        missing: Ids that entries point at and that are nowhere among them.
    """

    entries: tuple[Entry, ...]
    lost: tuple[Lost, ...]
    missing: frozenset[str]


def read_remains(place: Path | str) -> Remains:
    """Read whatever can be read of a damaged journal; nothing is written.

    Args:
        place: Text or SQLite, whole or what is left of it; or an address of a server.

    Raises:
        JournalFileError: There is no such file, or nothing of a journal in it.
        JournalOutsideError: It cannot be read.
    """
    if is_address(place):
        return _from_server(str(place)).settled()
    path = Path(place)
    data = _read(path)
    if data is None:
        raise JournalFileError("there is no such file", str(path), "check the path")
    if not is_text_journal(path):
        log = _read(path.with_name(f"{path.name}-wal")) or b""
        found = _from_database(read_pages(data, log))
    else:
        found = _from_text(data)
    remains = found.settled()
    if not remains.entries and not any(lost.identifier for lost in remains.lost):
        raise JournalFileError(
            "there is nothing of a journal in this file",
            str(path),
            "look for another copy of the journal, or restore a backup (`vigens restore`)",
        )
    return remains


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JournalOutsideError(
            f"this file cannot be read ({reason(error)})",
            str(path),
            "check the path and who may read it; copy a failing disk first",
        ) from error


@dataclass(slots=True)
class _Found:
    """What was read so far, in whatever order it came."""

    entries: dict[str, Entry] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    damaged: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    redacted: set[int] = field(default_factory=set)
    last: int = 0

    def take(self, raw: bytes, position: int | None, name: str | None = None) -> None:
        """Take one entry if its content gives its id."""
        try:
            entry = parse_entry(raw, "a row")
        except VigensError as error:
            if position is not None:
                self.damaged.setdefault(position, (name, error.what))
            return
        self.entries.setdefault(entry.id, entry)
        if position is not None:
            self.positions.setdefault(entry.id, position)

    def settled(self) -> Remains:
        """Put all in order, and say what is lost."""
        self._complete_names()
        for position, name in self.names.items():
            if name in self.entries:
                self.positions.setdefault(name, position)
        self._drop_redacted()
        refused = self._refused()
        ordered = sorted(
            self.entries.values(),
            key=lambda entry: self.positions.get(entry.id, self.last + 1),
        )
        entries = tuple(entry for entry in ordered if entry.id not in refused)
        known = {entry.id for entry in entries}
        missing = frozenset(
            target
            for entry in entries
            for _, target in links(entry)
            if target not in known
        )
        lost = (*self._gaps(), *refused.values())
        return Remains(entries, tuple(sorted(lost, key=_place)), missing)

    def _complete_names(self) -> None:
        """Find the whole ids of which an index gave the beginning."""
        whole = {
            name[:_SHORT]: name
            for entry in self.entries.values()
            for name in (entry.id, *(target for _, target in links(entry)))
        }
        for position, name in self.names.items():
            self.names[position] = whole.get(name[:_SHORT], name)

    def _drop_redacted(self) -> None:
        """Bring nothing back that was redacted, even if an old copy of it lies here."""
        for name, position in tuple(self.positions.items()):
            if position in self.redacted:
                del self.entries[name], self.positions[name]

    def _refused(self) -> dict[str, Lost]:
        """Tell what is whole and yet no entry that a journal takes."""
        refused: dict[str, Lost] = {}
        for entry in self.entries.values():
            for fault in shape_faults(entry)[:1]:
                position = self.positions.get(entry.id)
                refused[entry.id] = Lost(position, entry.id, fault.words)
        return refused

    def _gaps(self) -> Iterator[Lost]:
        taken = set(self.positions.values())
        last = max((self.last, *taken, *self.damaged, *self.names), default=0)
        for position in range(1, last + 1):
            if position in taken:
                continue
            name, why = self.damaged.get(position, (None, _UNREADABLE))
            if position in self.redacted:
                why = _REDACTED
            yield Lost(position, name or self.names.get(position), why)


def _place(lost: Lost) -> tuple[bool, int, str]:
    return lost.position is None, lost.position or 0, lost.identifier or ""


def _from_text(data: bytes) -> _Found:
    found = _Found()
    lines, tail = split_lines(data)
    n_blank = 0
    for number, raw in enumerate(lines, 1):
        if raw.strip(b" \t\r\n\0"):
            _take_line(raw, number - n_blank, found)
        else:
            n_blank += 1
    last = len(lines) + 1 - n_blank
    if tail and is_torn(tail):
        begun = _BEGINNING.match(tail)
        found.damaged[last] = (begun[1].decode() if begun else None, _TORN)
    elif tail.strip(b" \t\r\n\0"):
        _take_line(tail, last, found)
    return found


def _take_line(raw: bytes, position: int, found: _Found) -> None:
    """Take the entry of a line; of a damaged line what is whole in it."""
    before = len(found.entries)
    begun = _BEGINNING.match(raw)
    name = begun[1].decode() if begun else None
    if _is_stub(raw):
        found.redacted.add(position)
        found.damaged[position] = (name, _REDACTED)
        return
    found.take(raw, position, name)
    if len(found.entries) > before:
        return
    for number, carved in enumerate(_carve(raw)):
        found.take(carved, None if number else position)


def _is_stub(raw: bytes) -> bool:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "redacted" in value


def _from_server(address: str) -> _Found:
    from vigens.journal.stores.postgres.inspecting import readable

    found = _Found()
    for position, name, body, is_redacted in readable(address):
        if is_redacted:
            found.redacted.add(position)
        if body is None:
            found.damaged[position] = (name, _REDACTED if is_redacted else _UNREADABLE)
        else:
            found.take(body, position, name)
    return found


def _from_database(pages: Pages) -> _Found:
    found = _Found()
    for row in pages.rows():
        _take_row(row, found)
    for page in pages.strange():
        for carved in _carve(page):
            found.take(carved, None)
    return found


def _take_row(row: Row, found: _Found) -> None:
    """Take a row for what its form says it is."""
    values = row.values
    if row.number is not None and len(values) in _ENTRY_ROWS and values[0] is None:
        name = _text_id(values[1])
        if isinstance(values[-1], bytes):
            found.take(values[-1], row.number, name)
        elif name is not None and values[-1] is None:
            found.damaged.setdefault(row.number, (name, "the row holds no entry"))
    elif row.number is not None and len(values) == 2 and values[0] is None:
        if _text_id(values[1]) is not None:
            found.redacted.add(row.number)
    elif row.number is None and len(values) == 2 and isinstance(values[1], int):
        name = _text_id(values[0])
        if name is not None:
            found.names[values[1]] = name
        elif isinstance(values[0], bytes) and _SHORT_ID.fullmatch(values[0]):
            found.names.setdefault(values[1], values[0].decode())
    elif row.number is None and len(values) == 5 and values[0] == b"all":
        found.last = max(found.last, values[1] if isinstance(values[1], int) else 0)


def _text_id(value: object) -> str | None:
    if isinstance(value, bytes) and _ID.fullmatch(value):
        return value.decode()
    return None


def _carve(data: bytes) -> Iterable[bytes]:
    """Find whole entries in bytes that are otherwise damaged."""
    decoder = json.JSONDecoder()
    for begun in _BEGINNING.finditer(data):
        text = data[begun.start() :].decode("utf-8", "surrogateescape")
        try:
            _, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            continue
        yield text[:end].encode("utf-8", "surrogateescape")
