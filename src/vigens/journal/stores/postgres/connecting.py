"""Reaching a PostgreSQL server: its address, its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.journal.errors import JournalFileError, JournalOutsideError

if TYPE_CHECKING:
    import psycopg

#: How long to wait for the server.
WAIT_SECONDS = 10

#: How long to wait for another writer.
LOCK_SECONDS = 10.0

#: What the server's words say where it refuses a connection: libpq gives no code then.
_REFUSALS = {
    "password": "28",
    "authentication": "28",
    "pg_hba": "28",
    'role "': "28",
    'database "': "3D",
}

# What the session asks of the server: a commit is on disk before it is acknowledged, a
# client that vanished without a word does not hold the lock for hours, a page of long
# entries is put in order without room on the disk, and no statement is compiled: all are
# small, and compiling one takes longer than a hundred of them.
_SESSION = """
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') IN ('off', 'local');
SET timezone = 'UTC';
SET work_mem = '64MB';
SET jit = off;
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3
"""

_LOST = (
    "the connection to the database was lost",
    "check the server and the network, and try again; nothing was written",
)
_MENDS = {
    "08": _LOST,
    "57": _LOST,
    "28": (
        "the database does not let us in",
        "check user and password (PGUSER, PGPASSWORD, ~/.pgpass or a service file)",
    ),
    "3D": (
        "there is no such database on the server",
        "check the address, or have the database made: createdb",
    ),
    "42501": (
        "this user may not do that to the journal",
        "connect as a member of the role that may; nothing was written",
    ),
    "25006": (
        "this journal can only be read",
        "this server or user is read-only: connect to the one that takes writes",
    ),
    "55P03": (
        "another process has held this journal for ten seconds",
        "wait until it is done, or end it, and try again; nothing was written",
    ),
    "53100": (
        "there is no room for the entry",
        "free some space on the server and try again; nothing was written",
    ),
    "53": (
        "the server lacks what the work needs",
        "try again when it has less to do; nothing was written",
    ),
    "XX": (
        "this database is damaged",
        "`vigens fsck` lists what is lost; restore it from a backup",
    ),
    "VG": (
        "the journal refused the change",
        "nothing was written; `vigens fsck` says more",
    ),
}


def shown(address: str) -> str:
    """Give an address as messages show it: who, where, which; never a secret.

    Raises:
        InputError: The address cannot be read, or holds a password.
    """
    parts = _parts(address)
    if parts.get("password"):
        raise InputError(
            "this address holds a password, which others could read",
            _words({**parts, "password": None}),
            "take it out; PGPASSWORD, ~/.pgpass or a service file may give it",
        )
    return _words(parts)


def connect(address: str, where: str) -> psycopg.Connection[Any]:
    """Connect to a database; every commit waits for the disk.

    Raises:
        JournalOutsideError: No driver, no server, no entry.
    """
    module = driver(where)
    try:
        connection: psycopg.Connection[Any] = module.connect(
            address,
            autocommit=True,
            connect_timeout=WAIT_SECONDS,
            fallback_application_name="vigens",
        )
    except module.OperationalError as error:
        raise _refused(error, where) from error
    try:
        with told(where):
            connection.execute(_SESSION)
    except BaseException:
        connection.close()
        raise
    return connection


def _refused(error: psycopg.Error, where: str) -> JournalOutsideError:
    words = _line(error)
    for part, state in _REFUSALS.items():
        if part in words.rpartition("failed: ")[2]:
            what, mend = _MENDS[state]
            return JournalOutsideError(f"{what} ({words})", where, mend)
    return JournalOutsideError(
        f"the database cannot be reached ({words})",
        where,
        "check the address, and that the server runs and takes connections",
    )


def driver(where: str) -> Any:
    """Give psycopg.

    Raises:
        JournalOutsideError: It is not installed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise JournalOutsideError(
            f"a journal on a server needs psycopg ({error})",
            where,
            "`pip install vigens[postgres]` brings it",
        ) from error
    return psycopg


@contextmanager
def told(where: str) -> Iterator[None]:
    """Say PostgreSQL's errors in our words: what, where, how to mend.

    Raises:
        JournalOutsideError: In place of any `psycopg.Error`.
        JournalFileError: There is no journal in the database.
    """
    import psycopg

    try:
        yield
    except psycopg.errors.UndefinedTable as error:
        raise JournalFileError(
            "there is no journal in this database",
            where,
            f"`vigens journal init {where}` makes one",
        ) from error
    except psycopg.Error as error:
        what, mend = _meaning(error)
        raise JournalOutsideError(f"{what} ({_line(error)})", where, mend) from error


def _meaning(error: psycopg.Error) -> tuple[str, str]:
    import psycopg

    state = error.sqlstate or ""
    for length in (5, 2):
        if state[:length] in _MENDS:
            return _MENDS[state[:length]]
    if not state and isinstance(error, psycopg.OperationalError):
        return _LOST
    return "the database refused", "`vigens fsck` says more; nothing was written"


def _line(error: psycopg.Error) -> str:
    """Give the server's own words, on one line."""
    words = error.diag.message_primary or str(error)
    return "; ".join(line.strip() for line in words.splitlines() if line.strip())


def _parts(address: str) -> dict[str, Any]:
    psycopg = driver(address.partition("@")[2] or "a PostgreSQL server")
    try:
        parts: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.Error as error:
        raise InputError(
            "this address of a database cannot be read",
            "the address that begins with postgresql://",
            "write postgresql://USER@HOST:PORT/DATABASE",
        ) from error
    return parts


def _words(parts: dict[str, Any]) -> str:
    user = f"{parts['user']}@" if parts.get("user") else ""
    host = str(parts.get("host") or "")
    port = f":{parts['port']}" if parts.get("port") else ""
    database = str(parts.get("dbname") or "")
    if parts.get("service"):
        database += f"?service={parts['service']}"
    if host.startswith("/"):
        return f"postgresql://{user}{port}/{database}?host={host}"
    return f"postgresql://{user}{host}{port}/{database}"
