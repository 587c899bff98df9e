"""Sessions: kept here, told apart by a secret of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.people.access import Happening, note
from vigens.people.attempts import begin_attempt, clear_attempts

if TYPE_CHECKING:
    from vigens.people.accounts import Account
    from vigens.people.store import People

#: Seconds after which a session ends: without being used, and in any case.
IDLE_SECONDS = 2 * 3600
LONGEST_SECONDS = 12 * 3600

#: A session that was used is noted as used once in so many seconds.
NOTED_EVERY = 60


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One session as its owner may see it; `number` names it and opens nothing."""

    number: str
    account: str
    made_at: int
    seen_at: int
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, and the secret of the session, which nobody sees again."""

    account: Account
    secret: str


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why somebody did not come in: a wrong name or password, or too early."""

    wait_seconds: int = 0


def sign_in(
    people: People,
    name: str,
    password: str,
    *,
    now: int,
    address: str = "",
    agent: str = "",
) -> SignedIn | NotSignedIn:
    """Let in who has the password; the session is always a new one.

    Raises:
        OutsideError: The file cannot be written.
    """
    found = check_right(people, name, password, now=now, address=address)
    if isinstance(found, NotSignedIn):
        return found
    return let_in(people, found, now=now, address=address, agent=agent)


def check_right(
    people: People, name: str, password: str, *, now: int, address: str = ""
) -> Account | NotSignedIn:
    """Give the account whose password this is, slowing down who guesses.

    Raises:
        OutsideError: The file cannot be written.
    """
    name = name.strip().casefold()[:63]
    wait = begin_attempt(people, name, address, now)
    if wait:
        note(people, Happening.SLOWED, now=now, account=name, address=address)
        return NotSignedIn(wait)
    right = people.has_password(name, password)
    account = people.find(name)
    if not right or account is None or not account.is_active:
        note(people, Happening.WRONG, now=now, account=name, address=address)
        return NotSignedIn()
    clear_attempts(people, name, address)
    _rehash(people, name, password)
    return account


def let_in(
    people: People,
    account: Account,
    *,
    now: int,
    address: str = "",
    agent: str = "",
    how: str = "",
) -> SignedIn:
    """Begin a session for somebody who has shown who they are.

    Args:
        people: The open file.
        account: Whose.
        now: UTC seconds.
        address: Where from.
        agent: What program.
        how: By what, if not by a password.

    Raises:
        OutsideError: The file cannot be written.
    """
    secret = secrets.token_urlsafe(32)
    with people.change() as file:
        file.execute(
            "DELETE FROM session WHERE seen_at < ? OR made_at < ?",
            (now - IDLE_SECONDS, now - LONGEST_SECONDS),
        )
        file.execute(
            "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)",
            (_hash(secret), account.name, now, now, address[:64], agent[:200]),
        )
    detail = f"with {how}" if how else ""
    facts = {"account": account.name, "address": address, "detail": detail}
    note(people, Happening.SIGNED_IN, now=now, **facts)
    return SignedIn(account, secret)


def find_session(
    people: People, secret: str, now: int, *, is_used: bool = True
) -> Account | None:
    """Give whose session a secret opens; none where it has ended.

    Args:
        people: The open file.
        secret: Of the session.
        now: UTC seconds.
        is_used: Whether its person does something; a page that listens does not.

    Raises:
        OutsideError: The file cannot be used.
    """
    if not secret or len(secret) > 100:
        return None
    key = _hash(secret)
    row = people.row(
        "SELECT account, made_at, seen_at FROM session WHERE hash = ?", key
    )
    if row is None:
        return None
    name, made_at, seen_at = row
    is_over = now - seen_at > IDLE_SECONDS or now - made_at > LONGEST_SECONDS
    account = None if is_over else people.find(name)
    if account is None or not account.is_active:
        with people.change() as file:
            file.execute("DELETE FROM session WHERE hash = ?", (key,))
        return None
    if is_used and now - seen_at >= NOTED_EVERY:
        with people.change() as file:
            file.execute("UPDATE session SET seen_at = ? WHERE hash = ?", (now, key))
    return account


def end_session(people: People, secret: str, now: int, address: str = "") -> None:
    """End the session that a secret opens, if there is one.

    Raises:
        OutsideError: The file cannot be written.
    """
    row = people.row("SELECT account FROM session WHERE hash = ?", _hash(secret))
    if row is None:
        return
    with people.change() as file:
        file.execute("DELETE FROM session WHERE hash = ?", (_hash(secret),))
    note(people, Happening.SIGNED_OUT, now=now, account=row[0], address=address)


def end_sessions(
    people: People, account: str, *, number: str = "", but: str = ""
) -> int:
    """End sessions of an account.

    Args:
        people: The open file.
        account: Whose.
        number: Only this one; empty for all.
        but: Secret of one that goes on.

    Returns:
        How many were ended.
    """
    with people.change() as file:
        done = file.execute(
            "DELETE FROM session WHERE account = ? AND hash <> ? "
            "AND (? = '' OR substr(hash, 1, 12) = ?)",
            (account, _hash(but), number, number),
        )
        return done.rowcount


def list_sessions(people: People, account: str, now: int) -> tuple[SessionFacts, ...]:
    """List the sessions of an account that have not ended, newest first."""
    rows = people.rows(
        "SELECT substr(hash, 1, 12), account, made_at, seen_at, address, agent "
        "FROM session WHERE account = ? AND seen_at >= ? AND made_at >= ? "
        "ORDER BY made_at DESC",
        *(account, now - IDLE_SECONDS, now - LONGEST_SECONDS),
    )
    return tuple(SessionFacts(*row) for row in rows)


def session_number(secret: str) -> str:
    """Give what a session is called in a list; it opens nothing."""
    return _hash(secret)[:12]


def _rehash(people: People, name: str, password: str) -> None:
    """Keep a hash at the cost that is asked for now."""
    row = people.row("SELECT hash FROM account WHERE name = ?", name)
    if row and row[0] and people.hashing.is_stale(row[0]):
        kept = people.hashing.hash(password)
        with people.change() as file:
            file.execute("UPDATE account SET hash = ? WHERE name = ?", (kept, name))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
