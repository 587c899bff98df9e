"""Keys of calls that record: a call that is sent twice records once, also later on.

What is kept is which entries a key led to, never what they say, so that nothing stays
here of an entry that is redacted.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

#: Beside the accounts, in the folder of the case.
KEYS_FILE = "api-keys.jsonl"

#: Most keys that are remembered.
MOST_KEYS = 2000

_LOG = logging.getLogger("vigens.board")


@dataclass(frozen=True, slots=True)
class Done:
    """What a key led to.

    Attributes:
        key: Hash of account and key.
        digest: Of the body that was sent with it.
        entries: Ids of what was recorded.
        waiting: Ids of those that waited for a second person.
    """

    key: str
    digest: str
    entries: tuple[str, ...]
    waiting: tuple[str, ...]


class Keys:
    """The keys of one board, in a file of their own."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._path = folder / KEYS_FILE
        self._lock = Lock()
        self._known: dict[str, Done] | None = None

    def find(self, account: str, key: str) -> Done | None:
        """Give what a key of an account led to."""
        with self._lock:
            return self._all().get(_hash(account, key))

    def keep(
        self,
        account: str,
        key: str,
        body: bytes,
        *,
        entries: tuple[str, ...],
        waiting: tuple[str, ...],
    ) -> None:
        """Remember what a key led to; where the disk refuses, until the board ends."""
        done = Done(_hash(account, key), digest_of(body), entries, waiting)
        with self._lock:
            known = self._all()
            known[done.key] = done
            while len(known) > MOST_KEYS:
                known.pop(next(iter(known)))
            line = json.dumps(asdict(done), separators=(",", ":")) + "\n"
            try:
                descriptor = os.open(
                    self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
                )
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    file.write(line)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                _LOG.error("%s cannot be written: %s", KEYS_FILE, error)

    def _all(self) -> dict[str, Done]:
        if self._known is None:
            self._known = {}
            try:
                lines = self._path.read_text("utf-8").splitlines()
            except (OSError, ValueError):
                lines = []
            for line in lines[-MOST_KEYS:]:
                done = _read(line)
                if done is not None:
                    self._known[done.key] = done
        return self._known


def digest_of(body: bytes) -> str:
    """Tell one body from another."""
    return hashlib.sha256(body).hexdigest()


def _hash(account: str, key: str) -> str:
    return hashlib.sha256(f"{len(account)}:{account}:{key}".encode()).hexdigest()


def _read(line: str) -> Done | None:
    try:
        found = json.loads(line)
        return Done(
            str(found["key"]),
            str(found["digest"]),
            tuple(map(str, found["entries"])),
            tuple(map(str, found["waiting"])),
        )
    except (ValueError, KeyError, TypeError):
        return None  # a torn last line
