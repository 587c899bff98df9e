"""Where the journal of a case lies: a file in its folder, or a database on a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.desk.settings import read_address, read_settings
from vigens.journal import (
    Roles,
    is_address,
    make_on_server,
    open_journal,
    server_statements,
    shown_place,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

#: The journal of a case as text; one with bulk tables may do without.
JOURNAL = "journal.jsonl"

#: The journal of a case as a database; an import begins it where there is none.
NEW_JOURNAL = "journal.db"


def has_journal(folder: Path) -> bool:
    """Say whether a case has a journal, or names one on a server."""
    files = (NEW_JOURNAL, JOURNAL)
    return any((folder / name).exists() for name in files) or bool(read_address(folder))


def find_journal(folder: Path) -> Path | str:
    """Give the place of a case's journal: a server, a database, or else the text.

    Raises:
        InputError: There is none, or there are several.
    """
    address = read_address(folder)
    found: list[Path | str] = [] if address is None else [address]
    found += [
        folder / name for name in (NEW_JOURNAL, JOURNAL) if (folder / name).exists()
    ]
    if len(found) == 1:
        return found[0]
    if address is not None:
        raise InputError(
            "this case has two journals",
            f"{folder / 'case.toml'} and {found[1]}",
            "keep one: take the file away, or the line `journal` in case.toml; "
            "`vigens import` takes a file over",
        )
    if found:
        raise InputError(
            "this case has two journals",
            f"{found[0]} and {found[1]}",
            "keep one; `vigens import` and `vigens export` turn one into the other",
        )
    raise InputError(
        "this case has no journal",
        str(folder),
        "add an empty file journal.jsonl to begin one, or import into journal.db",
    )


def journal_of(named: str | Path) -> Path | str:
    """Give the journal that a person named: a case's, a file, or an address.

    Raises:
        InputError: A case without one, or with several.
    """
    if is_address(named):
        return str(named)
    path = Path(named)
    return find_journal(path) if path.is_dir() else path


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that was prepared for a journal.

    Attributes:
        where: The address, without any secret.
        zone: IANA name whose civil days count.
        statements: What makes the journal, as SQL.
        is_made: Whether it was made; not where one was there, nor in a dry run.
    """

    where: str
    zone: str
    statements: str
    is_made: bool


def prepare_server(
    named: str | Path, *, zone: str | None, roles: Roles, is_dry: bool
) -> Prepared:
    """Make a journal in an empty database of a server.

    Args:
        named: The address, or a case whose settings name it.
        zone: IANA name; none: the case's, or else UTC.
        roles: Who may write and who may read besides the owner, who is the user of
            this connection.
        is_dry: Change nothing; the server need not even run.

    Raises:
        InputError: No address, an unknown zone, or a name that is none.
        JournalOutsideError: The server does not let us.
    """
    if is_address(named):
        address = str(named)
        zone = zone or "UTC"
    else:
        found = read_settings(Path(named))
        zone = zone or found.zone
        if found.journal is None:
            raise InputError(
                "this case names no server",
                str(Path(named) / "case.toml"),
                'write journal = "postgresql://USER@HOST/DATABASE" there; a journal '
                "in the folder needs no preparing",
            )
        address = found.journal
    where = shown_place(address)
    statements = server_statements(zone, roles)
    is_made = not is_dry and make_on_server(address, zone, roles)
    return Prepared(where, zone, statements, is_made)


def pulse(address: str, clock: Callable[[], datetime]) -> tuple[int, int]:
    """Say how many entries a journal on a server holds, and how many are redacted.

    Raises:
        VigensError: It cannot be reached.
    """
    with open_journal(address, clock) as store:
        return store.size(), len(store.redacted())
