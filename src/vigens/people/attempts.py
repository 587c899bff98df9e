"""Slowing down who guesses: per account, per address, and for both together.

A guess is counted before the password is looked at, so that guesses sent at once are
counted too; one that was right takes its count back. The counts lie in the file, so a
restart forgets none of them.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from vigens.people.store import People


@dataclass(frozen=True, slots=True)
class Slowing:
    """How one kind of count slows down.

    Attributes:
        free: Failures that cost nothing.
        longest: Seconds, of the longest wait.
    """

    free: int
    longest: int

    def wait(self, failures: int) -> int:
        """Give the wait after so many failures: it doubles from two seconds."""
        over = failures - self.free
        return 0 if over < 0 else min(self.longest, 2 ** min(over + 1, 20))


#: One account from one address; one address; one account from anywhere. The last is
#: mild, so that nobody can shut another person out from afar.
SLOWING = {
    "pair": Slowing(free=5, longest=900),
    "address": Slowing(free=30, longest=900),
    "account": Slowing(free=50, longest=60),
}

#: Seconds without a failure after which earlier ones are forgotten.
FORGETS_AFTER = 3600


def begin_attempt(people: People, name: str, address: str, now: int) -> int:
    """Count an attempt, unless it comes too early.

    Returns:
        Seconds to wait; 0 if the password may be looked at.
    """
    keys = _keys(name, address)
    with people.change() as file:
        file.execute("DELETE FROM attempt WHERE last_at < ?", (now - FORGETS_AFTER,))
        kept = {key: _read(file, key) for key in keys.values()}
        wait = max(until - now for _, until in kept.values())
        if wait > 0:
            return wait
        for kind, key in keys.items():
            failures = kept[key][0] + 1
            until = now + SLOWING[kind].wait(failures)
            file.execute(
                "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?)",
                (key, failures, now, until),
            )
    return 0


def clear_attempts(people: People, name: str, address: str) -> None:
    """Take back what a right password was counted as, and this person's failures here.

    The address keeps its other failures: an account of one's own is no way to guess on.
    """
    keys = _keys(name, address)
    with people.change() as file:
        file.execute(
            "DELETE FROM attempt WHERE key IN (?, ?)", (keys["pair"], keys["account"])
        )
        file.execute(
            "UPDATE attempt SET failures = max(failures - 1, 0), until = 0 "
            "WHERE key = ?",
            (keys["address"],),
        )


def network(address: str) -> str:
    """Give what one caller is known by: the address, of IPv6 its /64 network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)


def is_loopback(address: str) -> bool:
    """Say whether a caller sits at this machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _keys(name: str, address: str) -> dict[str, str]:
    near = network(address)
    return {
        "pair": f"pair {near} {name[:63]}",
        "address": f"address {near}",
        "account": f"account {name[:63]}",
    }


def _read(file: sqlite3.Connection, key: str) -> tuple[int, int]:
    row = file.execute(
        "SELECT failures, until FROM attempt WHERE key = ?", (key,)
    ).fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))
