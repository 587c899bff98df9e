"""Whole journals in and out, without loss."""

from __future__ import annotations

import contextlib
import io
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from vigens.base import InputError, Tenths
from vigens.desk.case import open_case
from vigens.desk.files import write_whole
from vigens.desk.journals import NEW_JOURNAL, find_journal, has_journal, journal_of
from vigens.desk.settings import read_settings
from vigens.journal import (
    ALL,
    COPY_AGAIN,
    EVERYTHING,
    Brought,
    Ledger,
    export_lines,
    governing,
    open_journal,
    read_readers,
    stream_lines,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from vigens.base import Finding
    from vigens.journal import Clearance, Entry, Store

#: A text journal of so many bytes, and a database of so many entries, goes in by lines.
LARGE_TEXT, LARGE_DATABASE = 1_000_000, 10_000


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
        findings: What was odd in the file: a torn last line, which was passed over.
    """

    journal: Path | str
    n_read: int
    n_new: int
    n_present: int
    batch: Entry | None
    is_dry: bool
    n_governing: int = 0
    findings: tuple[Finding, ...] = ()


def import_journal(
    folder: str | Path,
    file: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    is_dry: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Take over the entries of another journal, once however often it is done.

    Args:
        folder: The case; one without a journal gets a database.
        file: A journal, as text or SQLite.
        clock: For the entry that lists what was brought.
        by: Who imports.
        is_dry: Go through everything and record nothing.
        progress: Told how many hundredths of a large text are read.

    Raises:
        VigensError: The file is damaged, a link leads nowhere, or the journal cannot
            be written; then nothing is recorded.
    """
    place = Path(folder)
    zone = read_settings(place).zone
    is_there = has_journal(place)
    path = find_journal(place) if is_there else place / NEW_JOURNAL
    with contextlib.ExitStack() as opened:
        into: Path | str = path
        if is_dry and not is_there:
            scratch = tempfile.TemporaryDirectory(prefix="vigens-")
            into = Path(opened.enter_context(scratch)) / NEW_JOURNAL
        try:
            store = opened.enter_context(
                open_journal(into, clock, create=not is_there, zone=zone)
            )
            came = _adopt(store, file, clock, by=by, is_dry=is_dry, progress=progress)
        except BaseException:
            if isinstance(path, Path) and not is_there and not is_dry:
                opened.close()
                _forget(path)
            raise
        batch = store.get(came.batches[-1]) if came.batches and not is_dry else None
    n_read = came.n_added + came.n_present
    return Imported(
        path,
        n_read,
        came.n_added,
        came.n_present,
        batch,
        is_dry,
        came.n_governing,
        tuple(came.findings),
    )


def _adopt(
    store: Store,
    file: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    is_dry: bool,
    progress: Callable[[int], None] | None,
) -> Brought:
    """Take over another journal: a large one by lines, without holding it in memory."""
    title = f"import of {Path(file).name}"
    if _is_large_text(file):
        with _Watched(str(file), progress) as lines:
            return store.adopt_lines(
                cast("BinaryIO", lines),
                title,
                recorded_by=by,
                where=str(file),
                is_dry=is_dry,
            )
    with open_journal(file, clock) as other:
        if isinstance(other, Ledger) and other.size() >= LARGE_DATABASE:
            return store.adopt_lines(
                stream_lines(other),
                title,
                recorded_by=by,
                where=other.where,
                is_dry=is_dry,
            )
        entries, findings = other.entries(), other.findings
    done = store.adopt(entries, title, recorded_by=by, is_dry=is_dry)
    return Brought(
        len(done.added),
        done.n_present,
        len(governing(done.added)),
        [] if done.batch is None else [done.batch.id],
        [replace(finding, mend=COPY_AGAIN) for finding in findings],
    )


class _Watched(io.FileIO):
    """A file that tells how far it is read, each tenth of it once."""

    def __init__(self, name: str, tell: Callable[[int], None] | None) -> None:
        super().__init__(name)
        self._done = Tenths(Path(name).stat().st_size, tell)

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, and tell."""
        data = super().read(-1 if size is None else size) or b""
        self._done.reach(self.tell())
        return data


def _is_large_text(file: str | Path) -> bool:
    """Say whether a file is text by its name and so large that it goes in by lines."""
    path = Path(file)
    is_text = path.suffix.lower() in (".jsonl", ".ndjson")
    return is_text and path.is_file() and path.stat().st_size >= LARGE_TEXT


def export_journal(
    folder: str | Path, clock: Callable[[], datetime], *, reader: str = ALL
) -> Iterator[bytes]:
    """Give a journal as lines of UTF-8 text, the same bytes each time.

    They are read while they are asked for.

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

    def lines() -> Iterator[bytes]:
        with open_journal(path, clock) as store:
            for line in export_lines(store, clearance):
                yield line.encode()

    return lines()


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


def write_export(file: str | Path, lines: Iterable[bytes], *, is_forced: bool) -> int:
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


def refuse_existing(place: Path, *, is_forced: bool, option: str = "--force") -> None:
    """See that a file may be written where nobody asked to write over one.

    Args:
        place: The file.
        is_forced: Whether somebody did.
        option: By which option one does.

    Raises:
        InputError: There is such a file or folder.
    """
    if place.is_dir():
        raise InputError("this is a folder, not a file", str(place), "name a file")
    if place.exists() and not is_forced:
        raise InputError(
            "this file exists already",
            str(place),
            f"choose another name, or write over it with {option}",
        )


def _forget(path: Path) -> None:
    """Take away the new and empty journal of an import that failed."""
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with contextlib.suppress(OSError):
            name.unlink(missing_ok=True)
