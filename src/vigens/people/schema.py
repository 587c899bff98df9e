"""The tables of `people.db`, and the way from each older version to this one."""

from __future__ import annotations

import sqlite3

#: Told to the `file` command and to whoever opens a stranger's file.
APPLICATION = 0x5647504C  # VGPL

#: Each step leads from the version before it to the next; none is ever changed.
STEPS = (
    """
    CREATE TABLE account (
        name        TEXT PRIMARY KEY,
        title       TEXT NOT NULL,
        role        TEXT NOT NULL,
        reader      TEXT,
        delegation  TEXT,
        levels      TEXT NOT NULL DEFAULT '',
        hash        TEXT,
        is_active   INTEGER NOT NULL DEFAULT 1,
        must_change INTEGER NOT NULL DEFAULT 0,
        made_at     INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE session (
        hash     TEXT PRIMARY KEY,
        account  TEXT NOT NULL REFERENCES account(name),
        made_at  INTEGER NOT NULL,
        seen_at  INTEGER NOT NULL,
        address  TEXT NOT NULL,
        agent    TEXT NOT NULL
    ) STRICT;
    CREATE INDEX session_account ON session(account);
    CREATE TABLE attempt (
        key      TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        last_at  INTEGER NOT NULL,
        until    INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE access (
        number   INTEGER PRIMARY KEY AUTOINCREMENT,
        at       INTEGER NOT NULL,
        what     TEXT NOT NULL,
        account  TEXT NOT NULL,
        address  TEXT NOT NULL,
        detail   TEXT NOT NULL,
        times    INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE INDEX access_account ON access(account, number);
    """,
    """
    CREATE TABLE token (
        hash     TEXT PRIMARY KEY,
        number   TEXT NOT NULL UNIQUE,
        account  TEXT NOT NULL REFERENCES account(name),
        title    TEXT NOT NULL,
        role     TEXT NOT NULL,
        purpose  TEXT NOT NULL,
        made_at  INTEGER NOT NULL,
        ends_at  INTEGER NOT NULL,
        used_at  INTEGER,
        used_from TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX token_account ON token(account);
    """,
    """
    ALTER TABLE account ADD COLUMN issuer TEXT;
    ALTER TABLE account ADD COLUMN subject TEXT;
    CREATE UNIQUE INDEX account_subject ON account(issuer, subject)
        WHERE subject IS NOT NULL;
    """,
    """
    ALTER TABLE account ADD COLUMN granted TEXT NOT NULL DEFAULT '';
    """,
)

#: The version that this program writes.
VERSION = len(STEPS)


def read_version(connection: sqlite3.Connection) -> int:
    """Give the version of the tables; 0 of an empty file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def go_forward(connection: sqlite3.Connection) -> int:
    """Take the tables to this version, each step whole or not at all.

    Returns:
        The version they were at before.
    """
    before = read_version(connection)
    for number, step in enumerate(STEPS[before:], before + 1):
        # The script is one transaction of its own, its version number included.
        connection.executescript(
            f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; "
            f"PRAGMA application_id = {APPLICATION}; COMMIT;"
        )
    return before
