"""Putting a backup back where there is no journal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from vigens.base import has_errors
from vigens.journal.errors import JournalFileError
from vigens.journal.fsck import fsck
from vigens.journal.lines import TORN
from vigens.journal.prepare import Clock
from vigens.journal.recovery.telling import is_text_journal
from vigens.journal.store import Backup
from vigens.journal.stores.address import is_address
from vigens.journal.stores.inspecting import inspect
from vigens.journal.stores.register import made_now, note, refuse_taken
from vigens.journal.stores.sqlite_file import connect, copy_whole, told


def restore(
    file: Path,
    place: Path | str,
    clock: Clock,
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Make a journal of a backup: the same entries, places, keys and logs.

    The backup is checked whole before anything is written, and listed as a backup of
    the new journal.

    Args:
        file: The backup, as `Store.backup` writes it; or any sound journal file.
        place: Where no file is yet; or the address of an empty journal on a server.
        clock: For the list of backups.
        progress: Told how many entries of a large backup were checked.

    Returns:
        How many entries were restored.

    Raises:
        JournalFileError: The backup is damaged, or is text and the place is not.
        JournalOutsideError: The place is taken or cannot be written.
    """
    if not is_address(place):
        refuse_taken(Path(place))
    found = fsck(file, progress=progress)
    if has_errors(found) or any(finding.code == TORN for finding in found):
        number = f"{len(found)} finding{'s' * (len(found) > 1)}"
        raise JournalFileError(
            f"this backup is damaged ({number}, the first: {found[0].message})",
            str(file),
            "take another one; `vigens salvage` saves what is whole in this one",
        )
    is_text = is_text_journal(file)
    if is_text and (is_address(place) or Path(place).suffix.lower() == ".db"):
        raise JournalFileError(
            "a backup in text has no keys and no logs that could be put back",
            str(file),
            "take it over with `vigens import`, which gives it new ones",
        )
    if is_address(place):
        return _to_server(file, str(place), clock)
    return _to_file(file, Path(place), clock, is_text=is_text)


def _to_server(file: Path, address: str, clock: Clock) -> int:
    from vigens.journal.stores.postgres.copying import copy_to_server
    from vigens.journal.stores.postgres.database import PostgresDatabase

    with inspect(file) as found:
        size = copy_to_server(found, address)
    with closing(PostgresDatabase(address)) as database:
        database.note_backup(_listed(file, clock, size))
    return size


def _to_file(file: Path, place: Path, clock: Clock, *, is_text: bool) -> int:
    from vigens.journal.stores.text import TextStore

    if is_text:
        with TextStore(file, clock, create=False) as store:
            size = store.size()
            store.write_copy(place)
    else:
        with told(str(file)), closing(connect(file)) as connection:
            (size,) = connection.execute("SELECT count(*) FROM entry").fetchone()
            copy_whole(connection, place)
    note(place, _listed(file, clock, size))
    return int(size)


def _listed(file: Path, clock: Clock, size: int) -> Backup:
    return made_now(file, clock(), size)
