"""Whole journals in and out, without loss."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.desk.case import open_case
from vigens.desk.files import write_whole
from vigens.desk.journals import NEW_JOURNAL, find_journal, has_journal, journal_of
from vigens.desk.settings import read_settings
from vigens.journal import (
    ALL,
    EVERYTHING,
    export_lines,
    governing,
    open_journal,
    read_readers,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.journal import Adoption, Clearance, Entry

#: A text journal of so many bytes is imported by lines.
LARGE_TEXT = 1_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought, or would bring.

    Attributes:
        journal: Where to.
        n_read: Entries of the other journal.
        n_new: Those that were new here.
        n_present: Those that were here already.
        batch: The entry that lists the new ones, if it was recorded.
        is_dry: Whether nothing was recorded.
        n_governing: How many of the new ones decide who sees what here.
    """

    journal: Path | str
    n_read: int
    n_new: int
    n_present: int
    batch: Entry | None
    is_dry: bool
    n_governing: int = 0


def import_journal(
    folder: str | Path,
    file: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    is_dry: bool = False,
) -> Imported:
    """Take over the entries of another journal, once however often it is done.

    Args:
        folder: The case; one without a journal gets a database.
        file: A journal, as text or SQLite.
        clock: For the entry that lists what was brought.
        by: Who imports.
        is_dry: Go through everything and record nothing.

    Raises:
        VigensError: The file is damaged, a link leads nowhere, or the journal cannot
            be written; then nothing is recorded.
    """
    place = Path(folder)
    settings = read_settings(place)
    if not is_dry and _is_large_text(file):
        return _import_lines(place, Path(file), clock, by=by)
    with open_journal(file, clock) as other:
        entries = other.entries()
    is_there = has_journal(place)
    path = find_journal(place) if is_there else place / NEW_JOURNAL
    title = f"import of {Path(file).name}"

    def adopt(into: Path | str, *, create: bool) -> Adoption:
        with open_journal(into, clock, create=create, zone=settings.zone) as store:
            return store.adopt(entries, title, recorded_by=by)

    if is_dry:
        present: tuple[Entry, ...] = ()
        if is_there:
            with open_journal(path, clock, zone=settings.zone) as store:
                present = store.entries()
        with tempfile.TemporaryDirectory(prefix="vigens-") as scratch:
            trial = Path(scratch) / "journal.jsonl"
            lines = [line.encode() for line in _lines_of(present)]
            write_whole(trial, lines)
            done = adopt(trial, create=False)
    else:
        try:
            done = adopt(path, create=not is_there)
        except BaseException:
            if isinstance(path, Path) and not is_there:
                _forget(path)
            raise
    return Imported(
        path,
        len(entries),
        len(done.added),
        done.n_present,
        None if is_dry else done.batch,
        is_dry,
        len(governing(done.added)),
    )


def _is_large_text(file: str | Path) -> bool:
    """Say whether a file is text by its name and so large that it goes in by lines."""
    path = Path(file)
    is_text = path.suffix.lower() in (".jsonl", ".ndjson")
    return is_text and path.is_file() and path.stat().st_size >= LARGE_TEXT


def _import_lines(
    folder: Path, file: Path, clock: Callable[[], datetime], *, by: str
) -> Imported:
    """Take over a large journal in text without holding it in memory."""
    zone = read_settings(folder).zone
    is_there = has_journal(folder)
    path = find_journal(folder) if is_there else folder / NEW_JOURNAL
    title = f"import of {file.name}"
    try:
        with (
            file.open("rb") as lines,
            open_journal(path, clock, create=not is_there, zone=zone) as store,
        ):
            came = store.adopt_lines(lines, title, recorded_by=by, where=str(file))
            batch = store.get(came.batches[-1]) if came.batches else None
    except BaseException:
        if isinstance(path, Path) and not is_there:
            _forget(path)
        raise
    n_read = came.n_added + came.n_present
    return Imported(path, n_read, came.n_added, came.n_present, batch, is_dry=False)


def export_journal(
    folder: str | Path, clock: Callable[[], datetime], *, reader: str = ALL
) -> tuple[bytes, ...]:
    """Give a journal as lines of UTF-8 text, the same bytes each time.

    Args:
        folder: The case, or a journal file, which knows no delegations.
        clock: What is known by now decides what a reader is cleared for.
        reader: For whom; what he may not see is left out.

    Raises:
        VigensError: The journal cannot be read, or there is no such reader.
    """
    path = journal_of(folder)
    clearance = EVERYTHING
    if reader != ALL:
        clearance = _clearance(folder, path, clock, reader)
    with open_journal(path, clock) as store:
        return tuple(line.encode() for line in export_lines(store, clearance))


def _clearance(
    folder: str | Path, path: str | Path, clock: Callable[[], datetime], reader: str
) -> Clearance:
    """Find what a reader may see now."""
    now = int(clock().timestamp())
    if Path(folder).is_dir():
        return open_case(folder, clock).readers(now, None).clearance(reader)
    with open_journal(path, clock) as store:
        known = read_readers(
            store.entries(), delegations=(), known_at=now, recorded_at=None, zone="UTC"
        )
    return known.clearance(reader)


def write_export(file: str | Path, lines: tuple[bytes, ...], *, is_forced: bool) -> int:
    """Write an export to a file, whole or not at all.

    Returns:
        How many bytes were written.

    Raises:
        InputError: There is such a file already.
        OutsideError: It cannot be written.
    """
    place = Path(file)
    refuse_existing(place, is_forced=is_forced)
    return write_whole(place, lines)


def refuse_existing(place: Path, *, is_forced: bool) -> None:
    """See that a file may be written where nobody asked to write over one.

    Raises:
        InputError: There is such a file or folder.
    """
    if place.is_dir():
        raise InputError("this is a folder, not a file", str(place), "name a file")
    if place.exists() and not is_forced:
        raise InputError(
            "this file exists already",
            str(place),
            "choose another name, or write over it with --force",
        )


def _lines_of(entries: tuple[Entry, ...]) -> list[str]:
    from vigens.journal import format_entry

    return [format_entry(entry) + "\n" for entry in entries]


def _forget(path: Path) -> None:
    """Take away the new and empty journal of an import that failed."""
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)
