"""Making a journal in a database: its tables, and who may do what with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.chrono import zone_of
from vigens.journal.errors import JournalFileError, JournalOutsideError
from vigens.journal.stores.postgres.connecting import connect, shown, told

if TYPE_CHECKING:
    import psycopg

#: The schema that is laid first, whole; `schema/postgres/<n>.sql` leads on from n - 1.
FIRST_VERSION = 2

#: The schema that this version of the program reads and writes.
SCHEMA_VERSION = 2

#: Tables that a writer may add to, and that a reader may read whole.
_GROWING = ("entry", "leaf", "head", "signed_head", "backup")
_KEPT = ("setting", "schema_version", "redaction")

#: All of `entry` but the key, from which a reader could guess what a leaf stands for.
_OPEN_COLUMNS = (
    "position, id, kind, recorded_us, happened_first, happened_last, known_first, "
    "known_last, marks, leaf, body"
)

#: What takes longer row by row than for all rows in the end, taken down and put up
#: again by the owner within one transaction.
TAKE_DOWN = """
ALTER TABLE vigens.leaf DISABLE TRIGGER leaf_is_added_at_the_end;
ALTER TABLE vigens.leaf DROP CONSTRAINT leaf_log_position_key;
ALTER TABLE vigens.redaction DROP CONSTRAINT redaction_fact_fkey;
ALTER TABLE vigens.entry DROP CONSTRAINT entry_id_key
"""
PUT_UP = """
SET LOCAL maintenance_work_mem = '256MB';
ALTER TABLE vigens.entry ADD CONSTRAINT entry_id_key UNIQUE (id);
ALTER TABLE vigens.redaction ADD CONSTRAINT redaction_fact_fkey
    FOREIGN KEY (fact) REFERENCES vigens.entry (id);
ALTER TABLE vigens.leaf ADD CONSTRAINT leaf_log_position_key UNIQUE (log, position);
ALTER TABLE vigens.leaf ENABLE TRIGGER leaf_is_added_at_the_end
"""

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Roles:
    """Names of the two roles beside the owner, who is whoever makes the journal.

    Attributes:
        writer: May read everything and add; may change and delete nothing.
        reader: May read everything but the keys.
    """

    writer: str = "vigens_writer"
    reader: str = "vigens_reader"


def script(zone: str, roles: Roles | None) -> str:
    """Write the statements that make a journal, for a person to read or run.

    Args:
        zone: IANA name of the case, kept for the integer bounds of dates.
        roles: Who may write and read besides the owner; none: nobody.

    Raises:
        InputError: A role's name is none that needs no quoting, or a zone is unknown.
    """
    zone_of(zone)
    parts = [statements()]
    settings = f"INSERT INTO vigens.setting VALUES ('zone', '{zone}');\n"  # noqa: S608 # a zone's name
    parts.append(settings + "".join(map(_laid, _versions())))
    if roles is not None:
        parts.append(grants(roles))
    return "\n".join(parts)


def statements() -> str:
    """Give the statements of all schema files, in their order."""
    return "\n".join(map(_tables, _versions()))


def grants(roles: Roles) -> str:
    """Write the statements that make the roles and say what they may do.

    Raises:
        InputError: A role's name is none that needs no quoting.
    """
    for role in (roles.writer, roles.reader):
        if not _NAME.fullmatch(role):
            raise InputError(
                f'"{role}" is no plain name of a role',
                "--writer and --reader",
                "use small letters, digits and underscores, such as vigens_writer",
            )
    growing = ", ".join(f"vigens.{table}" for table in _GROWING)
    kept = ", ".join(f"vigens.{table}" for table in _KEPT)
    rest = ", ".join(f"vigens.{table}" for table in _GROWING if table != "entry")
    both = f"{roles.writer}, {roles.reader}"
    return (
        "-- Roles without login: grant them to those who log in.\n"
        + "".join(map(_role, (roles.writer, roles.reader)))
        + f"GRANT USAGE ON SCHEMA vigens TO {both};\n"
        + f"GRANT SELECT ON {kept} TO {both};\n"
        + f"GRANT SELECT, INSERT ON {growing} TO {roles.writer};\n"
        + f"GRANT EXECUTE ON FUNCTION vigens.redact(bigint, text) TO {roles.writer};\n"
        + f"GRANT SELECT ON {rest} TO {roles.reader};\n"
        + f"GRANT SELECT ({_OPEN_COLUMNS}) ON vigens.entry TO {roles.reader};\n"
    )


def make(
    connection: psycopg.Connection[Any], where: str, zone: str, roles: Roles | None
) -> bool:
    """Make a journal in a database that has none; all or nothing.

    Returns:
        Whether it was made; not where one is there already.

    Raises:
        JournalOutsideError: The user may not make it.
        InputError: As `script` raises it.
    """
    text = script(zone, roles)
    with told(where), connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(1447642963)")
        if has_journal(connection):
            return False
        connection.execute(text.encode())
    return True


def make_on_server(address: str, zone: str, roles: Roles | None) -> bool:
    """Make a journal in a database of a server; see `make`."""
    where = shown(address)
    with connect(address, where) as connection:
        return make(connection, where, zone, roles)


def owns(connection: psycopg.Connection[Any]) -> bool:
    """Say whether we may do with the journal what its owner may."""
    found = connection.execute(
        "SELECT pg_has_role(current_user, nspowner, 'USAGE') "
        "FROM pg_catalog.pg_namespace WHERE nspname = 'vigens'"
    ).fetchone()
    return found == (True,)


def has_journal(connection: psycopg.Connection[Any]) -> bool:
    """Say whether a database holds a journal, whoever may read it."""
    found = connection.execute(
        "SELECT FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS space "
        "ON relnamespace = space.oid "
        "WHERE nspname = 'vigens' AND relname = 'schema_version'"
    ).fetchone()
    return found is not None


def check_head(connection: psycopg.Connection[Any], where: str) -> str:
    """See that the database holds a journal that this program reads; bring it forward.

    Returns:
        The zone of its integer bounds.

    Raises:
        JournalFileError: There is none, or it lacks its settings.
        JournalOutsideError: A newer version's; or an older one's and the user may
            not bring it forward.
    """
    if not has_journal(connection):
        raise JournalFileError(
            "there is no journal in this database",
            where,
            f"`vigens journal init {where}` makes one",
        )
    version = _version(connection)
    if version > SCHEMA_VERSION:
        raise JournalOutsideError(
            f"this journal was written by a newer Vigens (schema {version}, this "
            f"program knows {SCHEMA_VERSION})",
            where,
            "use the newer Vigens; nothing was touched",
        )
    if version < SCHEMA_VERSION:
        _forward(connection, where)
    row = connection.execute(
        "SELECT value FROM vigens.setting WHERE name = 'zone'"
    ).fetchone()
    if row is None:
        raise JournalFileError(
            "this journal lacks its settings", where, "restore it from a backup"
        )
    zone: str = row[0]
    zone_of(zone)
    return zone


def _forward(connection: psycopg.Connection[Any], where: str) -> None:
    """Bring an older journal to the present schema in one transaction."""
    if not owns(connection):
        raise JournalOutsideError(
            f"this journal has an older schema ({_version(connection)}, this program "
            f"writes {SCHEMA_VERSION})",
            where,
            "have its owner open it once with this version, which brings it forward",
        )
    with connection.transaction():
        connection.execute("SELECT vigens.take_turn()")
        for version in _later(_version(connection)):
            connection.execute(f"{_tables(version)}{_laid(version)}".encode())


def _version(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute(
        "SELECT max(version) FROM vigens.schema_version"
    ).fetchone()
    return 0 if row is None or row[0] is None else int(row[0])


def _versions() -> range:
    return range(FIRST_VERSION, SCHEMA_VERSION + 1)


def _later(version: int) -> range:
    return range(version + 1, SCHEMA_VERSION + 1)


def _tables(version: int) -> str:
    place = files("vigens.journal.stores") / "schema" / "postgres" / f"{version}.sql"
    return place.read_text("utf-8")


def _laid(version: int) -> str:
    return f"INSERT INTO vigens.schema_version (version) VALUES ({version:d});\n"  # noqa: S608 # a number


def _role(name: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles "
        f"WHERE rolname = '{name}') THEN CREATE ROLE {name} NOLOGIN; END IF; END $$;\n"
    )
