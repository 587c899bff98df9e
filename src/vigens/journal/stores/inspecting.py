"""Looking at a journal's database, for whoever checks, copies or saves it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from vigens.journal.stores.address import is_address
from vigens.journal.stores.raw import Inspection


def inspect(place: str | Path) -> AbstractContextManager[Inspection]:
    """Look at a journal's database without changing it, as it stands at one moment.

    Args:
        place: An SQLite file, or the address of a database on a server.

    Raises:
        JournalFileError: There is no journal, or it lacks its settings.
        JournalOutsideError: It cannot be read, or is of a newer version.
    """
    if is_address(place):
        from vigens.journal.stores.postgres.inspecting import inspect_postgres

        return inspect_postgres(str(place))
    from vigens.journal.stores.sqlite_inspecting import inspect_sqlite

    return inspect_sqlite(Path(place))
