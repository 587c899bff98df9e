"""Tokens of the API and of calendars: shown once, kept as a hash, ending by themselves."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.people.accounts import Account
from vigens.people.roles import Role

if TYPE_CHECKING:
    from vigens.people.roles import Person
    from vigens.people.store import People

#: How every token begins, so that one that leaked is found by whoever looks for it.
PREFIX = "vigens_"

MOST_DAYS = 366
MOST_TOKENS = 40
LONGEST_TITLE = 60

#: A token that was used is noted as used once in so many seconds.
NOTED_EVERY = 60


class Purpose(StrEnum):
    """What a token opens: the API in a header, or calendar and feed in an address.

    An address ends up in logs and other people's programs, so a token of the one kind
    opens nothing of the other.
    """

    API = "api"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner may see it; `number` names it and opens nothing."""

    number: str
    account: str
    title: str
    role: Role
    purpose: Purpose
    made_at: int
    ends_at: int
    used_at: int | None
    used_from: str


def make_token(
    people: People,
    account: Account,
    title: str,
    *,
    now: int,
    role: Role | None = None,
    days: int = 90,
    purpose: Purpose = Purpose.API,
) -> tuple[Token, str]:
    """Make a token for an account.

    Args:
        people: The open file.
        account: Whose.
        title: What its owner calls it.
        now: UTC seconds.
        role: What it may do: no more than the account; by default the same, of a
            calendar to read.
        days: Until it ends.
        purpose: What it opens.

    Returns:
        The token, and its secret, which nobody sees again.

    Raises:
        InputError: The title, the days or the role cannot be used, or there are too
            many tokens.
        OutsideError: The file cannot be written.
    """
    if purpose == Purpose.CALENDAR:
        role = Role.VIEWER
    role = role or account.role
    title = " ".join(title.split())
    if not title.isprintable() or not 1 <= len(title) <= LONGEST_TITLE:
        what, where = "a token needs a name", "title"
        mend = f"say in 1 to {LONGEST_TITLE} letters what it is for"
    elif not role.permissions <= account.role.permissions:
        what, where = f"a {account.role} cannot hand on what a {role} may do", "role"
        mend = f"choose {account.role} or less"
    elif not 1 <= days <= MOST_DAYS:
        what, where = f"a token lasts 1 to {MOST_DAYS} days", "days"
        mend = "make a new one when it ends"
    elif len(list_tokens(people, account.name, now)) >= MOST_TOKENS:
        what, where = f"an account has at most {MOST_TOKENS} tokens", "tokens"
        mend = "end some that are not used"
    else:
        secret = PREFIX + secrets.token_urlsafe(32)
        number = secrets.token_hex(4)
        with people.change() as file:
            file.execute(
                "INSERT INTO token (hash, number, account, title, role, purpose, "
                "made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(_hash(secret), number, account.name, title, role.value),
                    *(purpose.value, now, now + days * 86400),
                ),
            )
        (made,) = (
            token
            for token in list_tokens(people, account.name, now)
            if token.number == number
        )
        return made, secret
    raise InputError(what, where, mend)


def find_token(
    people: People,
    secret: str,
    now: int,
    *,
    purpose: Purpose = Purpose.API,
    address: str = "",
) -> Person | None:
    """Give who a token speaks for, with no more than it may; none where it opens nothing.

    What it may is the lesser of its own role and the account's role of today.

    Raises:
        OutsideError: The file cannot be used.
    """
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    row = people.row(
        "SELECT account, role, used_at, ends_at FROM token "
        "WHERE hash = ? AND purpose = ?",
        *(_hash(secret), purpose.value),
    )
    if row is None or row[3] <= now:
        return None
    name, role, used_at, _ = row
    account = people.find(name)
    if account is None or not account.is_active or account.must_change:
        return None
    if used_at is None or now - used_at >= NOTED_EVERY:
        with people.change() as file:
            file.execute(
                "UPDATE token SET used_at = ?, used_from = ? WHERE hash = ?",
                (now, address[:64], _hash(secret)),
            )
    return account.person(_lesser(Role(role), account.role))


def list_tokens(people: People, account: str, now: int) -> tuple[Token, ...]:
    """List the tokens of an account that have not ended, newest first."""
    rows = people.rows(
        "SELECT number, account, title, role, purpose, made_at, ends_at, used_at, "
        "used_from FROM token WHERE account = ? AND ends_at > ? "
        "ORDER BY made_at DESC, number",
        *(account, now),
    )
    return tuple(
        Token(number, name, title, Role(role), Purpose(purpose), *rest)
        for number, name, title, role, purpose, *rest in rows
    )


def end_token(people: People, account: str, number: str) -> bool:
    """End a token of an account; say whether there was one.

    Raises:
        OutsideError: The file cannot be written.
    """
    with people.change() as file:
        done = file.execute(
            "DELETE FROM token WHERE account = ? AND number = ?", (account, number)
        )
        return done.rowcount > 0


def _lesser(own: Role, today: Role) -> Role:
    """Give the role that may no more than either; the least where neither contains."""
    if own.permissions <= today.permissions:
        return own
    return today if today.permissions <= own.permissions else Role.VIEWER


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
