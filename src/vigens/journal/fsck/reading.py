"""Reading a journal for the check, as text or out of a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vigens.base import Finding
from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.fsck.check import RESTORE, Check
from vigens.journal.fsck.judging import judge
from vigens.journal.fsck.logs import check_logs
from vigens.journal.fsck.rows import read_rows
from vigens.journal.lines import is_torn, split_lines, torn
from vigens.journal.opening import (
    SQLITE_MAGIC,
    empty_database,
    is_named_database,
)
from vigens.journal.stores.address import is_address, shown_place
from vigens.journal.stores.inspecting import inspect


def fsck(
    path: str | Path, *, progress: Callable[[int], None] | None = None
) -> tuple[Finding, ...]:
    """Check a journal as a whole, reading on past whatever is damaged.

    Args:
        path: A text or SQLite journal, or the address of one on a server. Nothing is
            recorded in it; SQLite may fold in what a crash left beside the file.
        progress: Told how many entries of a large journal were read.

    Returns:
        What does not fit, in the order of the journal; empty for a sound one.

    Raises:
        JournalFileError: There is no such file.
        JournalOutsideError: It cannot be read, or belongs to another program.
    """
    if is_address(path):
        check = Check(shown_place(path), progress=progress)
        _read_database(path, check)
    else:
        check = Check(str(path), progress=progress)
        _read_file(Path(path), check)
    judge(check)
    return tuple(sorted(check.findings, key=lambda found: found.spans[0].line))


def _read_file(path: Path, check: Check) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(SQLITE_MAGIC))
        if head == SQLITE_MAGIC or is_named_database(path):
            if not head:
                raise empty_database(path)
            _read_sqlite(path, check)
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


def _read_text(data: bytes, check: Check) -> None:
    lines, tail = split_lines(data)
    for place, raw in enumerate(lines, 1):
        if raw.strip():
            check.take(raw, place)
    if is_torn(tail) and tail:
        check.findings.append(torn(check.where, len(lines) + 1, tail))
    elif tail.strip():
        check.take(tail, len(lines) + 1)


def _read_sqlite(path: Path, check: Check) -> None:
    import sqlite3

    try:
        _read_database(path, check)
    except JournalOutsideError as error:
        cause = error.__cause__
        if cause is None or isinstance(cause, sqlite3.OperationalError):
            raise  # another program's, or shut: that says nothing of what is in it
        check.report("J011", 1, error.what, RESTORE)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        check.report("J011", 1, f"the database cannot be read: {error}", RESTORE)


def _read_database(place: str | Path, check: Check) -> None:
    with inspect(place) as found:
        wrong = list(found.schema_faults())
        if wrong:
            more = f", and {len(wrong) - 1} more" if wrong[1:] else ""
            check.report("J025", 1, f"{wrong[0]}{more}", RESTORE)
        rows = read_rows(found, check)
        if found.version > 1:
            check_logs(found, rows, check)
        for message in found.faults():
            check.report("J011", 1, f"damaged: {message}", RESTORE)
