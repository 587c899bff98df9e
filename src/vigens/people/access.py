"""The access log: who came in, who was refused, who recorded what. No password."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.people.store import People

#: Lines kept; the oldest go. Addresses of people are kept no longer than a year.
MOST_LINES = 200_000
KEPT_SECONDS = 366 * 86400

#: The same thing from the same place within so many seconds is one line.
SAME_WITHIN = 60


class Happening(StrEnum):
    """What is noted."""

    SIGNED_IN = "signed in"
    WRONG = "wrong password"
    SLOWED = "too many attempts"
    REFUSED = "refused"
    SIGNED_OUT = "signed out"
    RECORDED = "recorded"
    ACCOUNT = "account"
    PASSWORD = "password"  # noqa: S105 -- the name of a happening
    TOKEN = "token"  # noqa: S105 -- as above


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of the access log.

    Attributes:
        number: Counts up.
        at: UTC seconds.
        what: What happened.
        account: Whose name was used; as typed where there is no such account.
        address: Where from.
        detail: Of what, in words.
        times: How often within the same minute.
    """

    number: int
    at: int
    what: str
    account: str
    address: str
    detail: str
    times: int


def note(
    people: People,
    what: Happening,
    *,
    now: int,
    account: str,
    address: str = "",
    detail: str = "",
) -> None:
    """Write a line, or count it to the one before where it says the same.

    Raises:
        OutsideError: The file cannot be written.
    """
    facts = (str(what), *map(_plain, (account[:63], address[:64], detail[:300])))
    with people.change() as file:
        last = file.execute(
            "SELECT number, at, what, account, address, detail FROM access "
            "ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if last and last[2:] == facts and now - last[1] < SAME_WITHIN:
            file.execute(
                "UPDATE access SET times = times + 1 WHERE number = ?", (last[0],)
            )
            return
        done = file.execute(
            "INSERT INTO access (at, what, account, address, detail) "
            "VALUES (?, ?, ?, ?, ?)",
            (now, *facts),
        )
        number = done.lastrowid or 0
        if number % 1000 == 0:
            file.execute(
                "DELETE FROM access WHERE number <= ? OR at < ?",
                (number - MOST_LINES, now - KEPT_SECONDS),
            )


def _plain(text: str) -> str:
    """Give a text without signs that would steer who reads the log."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def read_access(
    people: People, *, account: str = "", before: int = 0, most: int = 200
) -> tuple[Noted, ...]:
    """Read the latest lines, newest first.

    Args:
        people: The open file.
        account: Only of this account; empty for all.
        before: Only lines with a lower number; 0 for all.
        most: Lines.
    """
    rows = people.rows(
        "SELECT number, at, what, account, address, detail, times FROM access "
        "WHERE (? = '' OR account = ?) AND (? = 0 OR number < ?) "
        "ORDER BY number DESC LIMIT ?",
        *(account, account, before, before, most),
    )
    return tuple(Noted(*row) for row in rows)
