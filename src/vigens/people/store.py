"""The file of accounts, `people.db`: its own, private, and no part of the journal."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, Message, OutsideError
from vigens.people.accounts import Account, check_account
from vigens.people.passwords import Hashing, check_password
from vigens.people.roles import Role
from vigens.people.schema import APPLICATION, VERSION, go_forward, read_version

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Its name, beside the journal of a case.
PEOPLE_FILE = "people.db"

#: Seconds to wait for another program that writes.
PATIENCE_SECONDS = 5


class People:
    """The open file of accounts. Threads share it; each change is whole or not at all.

    Attributes:
        path: Of the file.
        hashing: Makes and checks the hashes of its passwords.
    """

    def __init__(self, path: Path, hashing: Hashing | None = None) -> None:
        """Open a file that is there.

        Raises:
            InputError: It is no file of accounts, or one of a newer program.
            OutsideError: It cannot be opened, or others can read it.
        """
        self.path = path
        self.hashing = hashing or Hashing()
        self._lock = RLock()
        try:
            if path.stat().st_mode & 0o077:
                raise OutsideError(
                    Message("others on this machine can open the file of accounts"),
                    str(path),
                    Message("chmod 600 {path}", path=path),
                )
            self._connection = sqlite3.connect(
                path,
                timeout=PATIENCE_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
        except (OSError, sqlite3.Error) as error:
            raise self._outside(error) from error
        self._prepare()

    def _prepare(self) -> None:
        """Check whose file it is, and take it to this version."""
        try:
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA secure_delete = ON")
            version = read_version(self._connection)
            (kind,) = self._connection.execute("PRAGMA application_id").fetchone()
            if version and kind != APPLICATION:
                raise sqlite3.DatabaseError  # noqa: TRY301 -- told like a broken file
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise InputError(
                Message("this is no file of accounts"),
                str(self.path),
                Message("move it away; `vigens account CASE add` makes a new one"),
            ) from error
        if version > VERSION:
            self._connection.close()
            raise InputError(
                Message(
                    "this file of accounts is of version {version}, and this program "
                    "knows versions up to {version2}",
                    version=version,
                    version2=VERSION,
                ),
                str(self.path),
                Message("use the newer program that wrote it"),
            )
        try:
            go_forward(self._connection)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._outside(error) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Read some rows.

        Raises:
            OutsideError: The file cannot be read.
        """
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise self._outside(error) from error

    def row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        """Read the first of some rows; none if there is none."""
        return next(iter(self.rows(statement, *values)), None)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Open one change, whole or not at all.

        Raises:
            OutsideError: The file cannot be written.
        """
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise self._outside(error) from error

    def _outside(self, error: Exception) -> OutsideError:
        return OutsideError(
            Message("the file of accounts cannot be used ({error})", error=error),
            str(self.path),
            Message(
                "is it there, is it yours, is the disk full, does another program "
                "hold it?"
            ),
        )

    # -- accounts ---------------------------------------------------------------

    def accounts(self) -> tuple[Account, ...]:
        """List the accounts by name, ended ones too."""
        rows = self.rows(_SELECT + "ORDER BY name")
        return tuple(_account(row) for row in rows)

    def find(self, name: str) -> Account | None:
        """Find an account by name; none if there is none."""
        row = self.row(_SELECT + "WHERE name = ?", name)
        return None if row is None else _account(row)

    def find_subject(self, issuer: str, subject: str) -> Account | None:
        """Find the account for which a provider vouches; none if there is none."""
        row = self.row(
            _SELECT + "WHERE issuer = ? AND subject = ?",
            issuer,
            subject,
        )
        return None if row is None else _account(row)

    def get(self, name: str) -> Account:
        """Give an account.

        Raises:
            InputError: There is none of this name.
        """
        found = self.find(name)
        if found is None:
            raise InputError(
                Message('there is no account "{name}"', name=name[:63]),
                str(self.path),
                Message("`vigens account CASE list` lists them"),
            )
        return found

    def has_password(self, name: str, password: str) -> bool:
        """Say whether this is the password of an account, ended or not."""
        row = self.row("SELECT hash FROM account WHERE name = ?", name)
        return self.hashing.is_right(row[0] if row else None, password)

    def add(self, account: Account, password: str | None, now: int) -> Account:
        """Make an account.

        Args:
            account: Checked here.
            password: None where only a provider vouches for this person.
            now: UTC seconds.

        Raises:
            InputError: The name is taken, also by an ended account, or something
                cannot be used.
            OutsideError: The file cannot be written.
        """
        account = replace(check_account(account), made_at=now)
        if password is not None:
            check_password(password, account.name)
        kept = None if password is None else self.hashing.hash(password)
        with self.change() as file:
            if file.execute(
                "SELECT 1 FROM account WHERE name = ?", (account.name,)
            ).fetchone():
                raise InputError(
                    Message(
                        'there is an account "{name}" already, or was one',
                        name=account.name,
                    ),
                    "name",
                    Message(
                        "take another name: entries signed with one stay that person's"
                    ),
                )
            file.execute(
                "INSERT INTO account (name, title, role, reader, delegation, levels, "
                "is_active, must_change, made_at, issuer, subject, granted, hash) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*_values(account), kept),
            )
        return self.get(account.name)

    def update(self, account: Account) -> Account:
        """Change what an account may do; its sessions see it at once.

        Ending an account ends its sessions and its tokens.

        Raises:
            InputError: It would leave nobody who can make accounts, or something
                cannot be used.
            OutsideError: The file cannot be written.
        """
        check_account(account)
        self.get(account.name)
        with self.change() as file:
            file.execute(
                "UPDATE account SET title = ?, role = ?, reader = ?, delegation = ?, "
                "levels = ?, is_active = ?, must_change = ?, issuer = ?, subject = ?, "
                "granted = ? WHERE name = ?",
                (*_values(account)[1:8], *_values(account)[9:], account.name),
            )
            if not account.is_active:
                _forget(file, account.name)
            (left,) = file.execute(
                "SELECT count(*) FROM account WHERE is_active AND role = ?",
                (Role.COORDINATOR.value,),
            ).fetchone()
            if not left:
                raise InputError(
                    Message("then nobody could make or change accounts"),
                    Message("account {name}", name=account.name),
                    Message("make another coordinator first"),
                )
        return self.get(account.name)

    def set_password(
        self, name: str, password: str, *, must_change: bool = False
    ) -> None:
        """Set a password, and end every session of the account.

        Args:
            name: Of the account.
            password: The new one.
            must_change: Whether its person must choose another one first of all.

        Raises:
            InputError: No such account, or the password is too weak.
            OutsideError: The file cannot be written.
        """
        self.get(name)
        kept = self.hashing.hash(check_password(password, name))
        with self.change() as file:
            file.execute(
                "UPDATE account SET hash = ?, must_change = ? WHERE name = ?",
                (kept, int(must_change), name),
            )
            file.execute("DELETE FROM session WHERE account = ?", (name,))


#: All that is kept of an account, but its hash.
_SELECT = (
    "SELECT name, title, role, reader, delegation, levels, is_active, must_change, "
    "made_at, issuer, subject, granted, hash IS NOT NULL FROM account "
)


def _account(row: tuple[Any, ...]) -> Account:
    name, title, role, reader, delegation, levels, active, must, made, *rest = row
    issuer, subject, granted, has_password = rest
    return Account(
        name,
        title,
        Role(role),
        reader,
        delegation,
        frozenset(levels.split()),
        bool(active),
        bool(must),
        made,
        issuer,
        subject,
        granted,
        bool(has_password),
    )


def _values(account: Account) -> tuple[object, ...]:
    return (
        account.name,
        account.title,
        account.role.value,
        account.reader,
        account.delegation,
        " ".join(sorted(account.levels)),
        int(account.is_active),
        int(account.must_change),
        account.made_at,
        account.issuer,
        account.subject,
        account.granted,
    )


def _forget(file: sqlite3.Connection, name: str) -> None:
    for table in ("session", "token"):
        file.execute(f"DELETE FROM {table} WHERE account = ?", (name,))  # noqa: S608 -- of two names


def make_people(folder: Path, hashing: Hashing | None = None) -> People:
    """Open the accounts of a case; without any, make the file, for its owner alone.

    Raises:
        InputError: The file is no file of accounts.
        OutsideError: It cannot be made or opened.
    """
    path = folder / PEOPLE_FILE
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise OutsideError(
            Message(
                "the file of accounts cannot be made ({strerror})",
                strerror=error.strerror,
            ),
            str(path),
            Message("is this the folder of a case, and may you write there?"),
        ) from error
    return People(path, hashing)


def find_people(folder: Path, hashing: Hashing | None = None) -> People | None:
    """Open the accounts of a case; none where it has no file of them.

    Raises:
        InputError: The file is no file of accounts.
        OutsideError: It cannot be opened.
    """
    path = folder / PEOPLE_FILE
    return People(path, hashing) if path.is_file() else None
