"""Passwords: what is asked of one, and its argon2id hash."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from vigens.base import InputError, Message

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12
LONGEST = 256
FEWEST_SIGNS = 5

#: Letters of a drawn password: none that is taken for another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: RFC 9106, second recommended option.

    Attributes:
        passes: Over the memory.
        memory_kib: In KiB.
        lanes: Threads.
    """

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 4


class Hashing:
    """Makes and checks hashes; a few at a time, since each takes its memory."""

    def __init__(self, cost: Cost | None = None, *, at_once: int = 2) -> None:
        """Hash at a cost; tests take a cheap one."""
        self._cost = cost or Cost()
        self._places = BoundedSemaphore(at_once)
        self._kept: PasswordHasher | None = None
        self._decoy = ""

    def hash(self, password: str) -> str:
        """Give the hash of a password, with its salt and its cost."""
        with self._places:
            return self._hasher().hash(_normal(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Say whether a password is the one that was hashed.

        Without a hash it takes as long, so that nobody learns which accounts exist.
        """
        from argon2.exceptions import Argon2Error, InvalidHashError

        if len(password) > LONGEST:
            return False
        with self._places:
            if not self._decoy:
                self._decoy = self._hasher().hash(secrets.token_urlsafe())
            try:
                self._hasher().verify(kept or self._decoy, _normal(password))
            except (Argon2Error, InvalidHashError):
                return False
        return kept is not None

    def is_stale(self, kept: str) -> bool:
        """Say whether a hash was made at another cost than is asked for now."""
        return self._hasher().check_needs_rehash(kept)

    def _hasher(self) -> PasswordHasher:
        if self._kept is None:
            from argon2 import PasswordHasher

            cost = self._cost
            self._kept = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        return self._kept


def check_password(password: str, name: str) -> str:
    """See that a password is worth its name.

    Raises:
        InputError: It is too short, too long, or too easily guessed.
    """
    word = _normal(password)
    if not SHORTEST <= len(word) <= LONGEST:
        what = f"a password has {SHORTEST} to {LONGEST} letters"
    elif len(set(word)) < FEWEST_SIGNS:
        what = f"this password has fewer than {FEWEST_SIGNS} different letters"
    elif name in word.casefold() and len(word) < len(name) + SHORTEST:
        what = "this password is little more than the name of the account"
    else:
        return password
    raise InputError(
        what, "password", Message("take four or five words that you can remember")
    )


def draw_password() -> str:
    """Draw a password to hand over: 20 letters in groups, about 98 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def _normal(password: str) -> str:
    """Give the same letters one form, however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)
