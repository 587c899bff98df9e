"""A SQLite file as a journal's: connecting, making, recognising, saying its errors."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from vigens.base import Tell, Tenths
from vigens.chrono import zone_of
from vigens.journal.errors import (
    JournalFileError,
    JournalOutsideError,
    NotSweptError,
    reason,
)
from vigens.journal.stores.register import taken
from vigens.journal.stores.rewriting import sync_folder

#: Marks a database as ours: "VIGS".
APPLICATION_ID = 0x56494753

#: The schema that this version writes: `schema/sqlite/<n>.sql`, each one whole.
SCHEMA_VERSION = 3

_WAIT_SECONDS = 10.0

#: Pages that a backup copies before it may be stopped: 16 MB.
_PAGES_A_STEP = 4000

#: Pages in the side file before they are folded into the database: 16 MB.
_SIDE_PAGES = 4000
_GUARD = re.compile(r"CREATE TRIGGER (\w+) BEFORE INSERT ON (?:entry|leaf)\b")
_INDEX = re.compile(r"CREATE INDEX (\w+) ON entry\b")

#: What a disk says that knows no second name of a file, such as a memory stick's.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}

_MENDS = {
    "SQLITE_BUSY": (
        "another process has held this journal for ten seconds",
        "wait until it is done, or end it, and try again; nothing was written",
    ),
    "SQLITE_FULL": (
        "there is no room for the entry",
        "free some space and try again; nothing was written",
    ),
    "SQLITE_IOERR": (
        "the disk refused to read or write (it may be full)",
        "check the disk and its room, and try again; nothing was written",
    ),
    "SQLITE_READONLY": (
        "this journal can only be read",
        "check who may write the file and its folder, and if the disk is read-only",
    ),
    "SQLITE_CANTOPEN": (
        "this journal cannot be opened",
        "check who may read the file and write its folder",
    ),
    "SQLITE_CORRUPT": (
        "this database is damaged",
        "restore a backup (`vigens restore`), or save what is whole (`vigens salvage`)",
    ),
    "SQLITE_NOTADB": (
        "this file is no SQLite database",
        "restore a backup (`vigens restore`); a text journal ends in .jsonl",
    ),
}


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a database, for writing if the file allows it."""
    name = quote(str(path.absolute()))
    writable = all(
        os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
        for place in (path, path.parent)
    )
    has_more = any(Path(f"{path}{side}").exists() for side in ("-wal", "-journal"))
    mode = "mode=rw" if writable else "mode=ro" if has_more else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"file:{name}?{mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA secure_delete = ON")  # for what is redacted
        # Pages that commit after commit touches are folded into the file less often.
        connection.execute(f"PRAGMA wal_autocheckpoint = {_SIDE_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def resume(connection: sqlite3.Connection) -> None:
    """Go back to the write-ahead log where an import was broken off without it.

    One that is going on still keeps the file as it is, and puts it back itself.
    """
    with suppress(sqlite3.OperationalError):
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode == "delete":
            connection.execute("PRAGMA journal_mode = WAL")


def check_head(connection: sqlite3.Connection, where: str) -> tuple[int, str]:
    """See that a database is a journal of a version that this program reads.

    Returns:
        Its schema version, and the zone of its integer bounds.

    Raises:
        JournalOutsideError: Another program's database, or a newer version's.
        JournalFileError: Ours, but without its settings.
    """
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if owner != APPLICATION_ID:
        raise JournalOutsideError(
            f"this database belongs to another program (application id {owner})",
            where,
            "name a journal that Vigens made; this file was not touched",
        )
    if version > SCHEMA_VERSION:
        raise JournalOutsideError(
            f"this journal was written by a newer Vigens (schema {version}, this "
            f"program knows {SCHEMA_VERSION})",
            where,
            "use the newer Vigens; this file was not touched",
        )
    row = connection.execute("SELECT value FROM setting WHERE name = 'zone'").fetchone()
    if row is None:
        raise JournalFileError(
            "this journal lacks its settings", where, "restore it from a copy"
        )
    zone: str = row[0]
    zone_of(zone)
    return int(version), zone


def make(path: Path, zone: str) -> None:
    """Make a database beside its place and move it there whole.

    Args:
        path: Where it is to lie; one that another process made meanwhile stays.
        zone: IANA name of the case, kept for the integer bounds of dates.

    Raises:
        JournalOutsideError: It cannot be made there.
    """
    zone_of(zone)

    def lay(connection: sqlite3.Connection) -> None:
        lay_schema(connection, zone)

    with suppress(FileExistsError):  # another process made it meanwhile
        _place(path, lay)


def copy_whole(
    connection: sqlite3.Connection, path: Path, progress: Tell | None = None
) -> None:
    """Write a copy of a database, as it stands between two commits.

    Args:
        connection: In no transaction.
        path: Where no file is yet.
        progress: Told how many hundredths are copied.

    Raises:
        JournalOutsideError: There is a file at that place, or none can be made.
    """

    def fill(copy: sqlite3.Connection) -> None:
        (whole,) = connection.execute("PRAGMA page_count").fetchone()
        done = Tenths(whole, progress)
        connection.execute("BEGIN")  # so that all steps copy one moment
        try:
            connection.execute("SELECT 1 FROM setting").fetchone()
            connection.backup(
                copy,
                pages=_PAGES_A_STEP,
                progress=lambda _, left, of: done.reach(of - left),
            )
        finally:
            connection.execute("ROLLBACK")

    write_copy(path, fill)


def write_copy(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Write a database that only its owner may read, whole or not at all.

    Raises:
        JournalOutsideError: There is a file at that place, or none can be made.
    """
    try:
        _place(path, fill, mode=0o600)
    except FileExistsError as error:
        raise taken(path) from error


def _place(
    path: Path, fill: Callable[[sqlite3.Connection], None], mode: int | None = None
) -> None:
    """Make a database beside its place and move it there whole."""
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".vigens-") as folder:
            fresh = Path(folder) / "new.db"
            with told(str(path)), closing(sqlite3.connect(fresh)) as connection:
                fill(connection)
            if mode is not None:
                fresh.chmod(mode)
            _move(fresh, path)
        sync_folder(path)
    except FileExistsError:
        raise
    except OSError as error:
        raise JournalOutsideError(
            f"the journal cannot be made here ({reason(error)})",
            str(path),
            "check that the folder is there and who may write it",
        ) from error


def _move(fresh: Path, path: Path) -> None:
    """Give a file its place unless that is taken, also where there are no links."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS or path.exists():
            raise
        fresh.rename(path)


def sweep(connection: sqlite3.Connection, where: str) -> None:
    """Let nothing that a redaction destroyed lie on in the file or beside it.

    Raises:
        NotSweptError: Another process reads the journal, so its side file must
            stay.
    """
    is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise NotSweptError(
            "the entry is redacted, but what it said may still lie in the journal's "
            "side file, which another process reads",
            where,
            "end that process and redact again",
        )


def lay_schema(connection: sqlite3.Connection, zone: str) -> None:
    """Fill a file that nobody knows of yet, so that no side file takes room."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("BEGIN")
    for statement in statements_of(SCHEMA_VERSION):
        connection.execute(statement)
    connection.execute("INSERT INTO setting VALUES ('zone', ?)", (zone,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")


def statements_of(version: int) -> Iterator[str]:
    """Give the statements that make an empty journal of a version, one at a time."""
    place = files("vigens.journal.stores") / "schema" / "sqlite" / f"{version}.sql"
    statement = ""
    for line in place.read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def guards() -> dict[str, str]:
    """Give the triggers that look at each new entry and leaf, by name."""
    return _created(_GUARD)


def indexes() -> dict[str, str]:
    """Give the indexes that can be made once all entries are there, by name."""
    return _created(_INDEX)


def _created(form: re.Pattern[str]) -> dict[str, str]:
    found = {}
    for statement in statements_of(SCHEMA_VERSION):
        if name := form.search(statement):
            found[name[1]] = statement
    return found


@contextmanager
def told(where: str) -> Iterator[None]:
    """Say SQLite's errors in our words: what, where, how to mend.

    Raises:
        JournalOutsideError: In place of any `sqlite3.Error`.
    """
    try:
        yield
    except UnicodeDecodeError as error:  # of a damaged schema, in SQLite's own words
        what, mend = _MENDS["SQLITE_CORRUPT"]
        raise JournalOutsideError(what, where, mend) from error
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        for known, (what, mend) in _MENDS.items():
            if name == known or name.startswith(f"{known}_"):
                raise JournalOutsideError(f"{what} ({error})", where, mend) from error
        raise JournalOutsideError(
            f"the database refused ({error})", where, "`vigens fsck` says more"
        ) from error
