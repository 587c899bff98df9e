"""Opening a journal: which store it is, and what it is not."""

from __future__ import annotations

import stat
from pathlib import Path

from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.lines import UNFINISHED
from vigens.journal.prepare import Clock
from vigens.journal.store import Store
from vigens.journal.stores.address import is_address

#: How every SQLite file begins.
SQLITE_MAGIC = b"SQLite format 3\0"

_TEXT_ENDINGS = (".jsonl", ".ndjson")
_DATABASE_ENDINGS = (".db", ".sqlite")

#: A file of more zeros than this is no text whose first group was broken off.
_MOST_ZEROS = 2_000_000


def open_journal(
    path: str | Path, clock: Clock, *, create: bool = False, zone: str = "UTC"
) -> Store:
    """Open a journal: `.jsonl` is text, `.db` is SQLite; content decides first.

    Args:
        path: The file; or the address `postgresql://…` of a database on a server.
        clock: Gives the present moment; asked only when something is recorded.
        create: Make an empty journal where there is no file.
        zone: IANA name of the case, kept in a new database for the integer bounds
            of dates.

    Returns:
        A store; close it, or use it in a `with`.

    Raises:
        JournalFileError: Missing, a folder, binary, not UTF-8, not a journal.
        EntryError: A line or row is damaged; the message names it.
        JournalOutsideError: No permission, disk, another program's database.
    """
    if is_address(path):
        from vigens.journal.stores.postgres.database import open_postgres

        return open_postgres(str(path), clock, create=create, zone=zone)
    path = Path(path)
    head = _head(path)
    if head is None and not create:
        raise JournalFileError(
            "there is no such journal",
            str(path),
            "check the path, or import into a new one",
        )
    if head is None:
        is_database = _ending_says_database(path)
    elif head:
        is_database = head == SQLITE_MAGIC
        _refuse_strange_content(path, head)
    else:
        is_database = _ending_says_database(path)
        if is_database:
            raise empty_database(path)
    if is_database:
        from vigens.journal.stores.sqlite import open_sqlite

        return open_sqlite(path, clock, create=head is None, zone=zone)
    from vigens.journal.stores.text import TextStore

    return TextStore(path, clock, create=head is None)


def empty_database(path: Path) -> JournalFileError:
    """Say that a file that bears the name of a database is empty."""
    return JournalFileError(
        "this database is empty: not even the head of a file is there",
        str(path),
        "restore a backup (`vigens restore`) once this file is moved away, or import "
        "again",
    )


def is_named_database(path: Path) -> bool:
    """Say whether a file has the ending of a database."""
    return path.suffix.lower() in _DATABASE_ENDINGS


def _head(path: Path) -> bytes | None:
    """Give the first bytes of a file, or none where there is no file."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise JournalFileError(
                "this is a folder, not a journal",
                str(path),
                "name the file in it, such as journal.jsonl",
            )
        if not stat.S_ISREG(mode):
            raise JournalFileError(
                "this is no ordinary file", str(path), "name a file on disk"
            )
        with path.open("rb") as file:
            return file.read(len(SQLITE_MAGIC))
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise JournalFileError(
            "a part of this path is a file, not a folder", str(path), "check the path"
        ) from error
    except (OSError, ValueError) as error:
        raise JournalOutsideError(
            f"this journal cannot be read ({reason(error)})",
            str(path),
            "check the path and who may read it",
        ) from error


def _ending_says_database(path: Path) -> bool:
    ending = path.suffix.lower()
    if is_named_database(path):
        return True
    if ending in _TEXT_ENDINGS:
        return False
    raise JournalFileError(
        f'the ending "{ending}" does not say what kind of journal this is',
        str(path),
        "use .jsonl for text or .db for a database",
    )


def _refuse_strange_content(path: Path, head: bytes) -> None:
    if head == SQLITE_MAGIC:
        return
    if is_named_database(path):
        raise JournalFileError(
            "this file is no SQLite database",
            str(path),
            "restore a backup (`vigens restore`); a text journal ends in .jsonl",
        )
    if b"\0" in head and not _is_unfinished(path, head):
        raise JournalFileError(
            "this is a binary file, not a journal",
            str(path),
            "name a .jsonl file or a Vigens database",
        )


def _is_unfinished(path: Path, head: bytes) -> bool:
    """Say whether a text begins with a group that is being written, or never was whole.

    It lacks its beginning until all of it is on disk; after a kill or a power cut there
    may be nothing but zeros, if not more of them than a group is likely to have.
    """
    rest = head.removeprefix(UNFINISHED)
    if rest != head and not rest.strip(b"0123456789abcdef"):
        return True
    if head.strip(b"\0") or path.stat().st_size > _MOST_ZEROS:
        return False
    return not path.read_bytes().strip(b"\0")
