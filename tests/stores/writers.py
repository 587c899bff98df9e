"""Writers that a test kills: `python -m tests.stores.writers PLACE TOLD`.

This process imports everything once, and forks a writer for each name that it reads;
it prints the writer's number. A writer records groups of three entries, one after
another, and notes in the file TOLD what it was told of each: kept, refused, or unknown.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime

from vigens.journal import Draft, JournalOutsideError, Store, open_journal

#: How many entries a writer records at a time.
GROUP = 3


def write_without_end(name: str, place: str, told: int) -> None:
    """Record one group after another, and note what came of each.

    It ends when the process that forked it has ended.
    """
    parent = os.getppid()
    journal = _open(place)
    number = 0
    while os.getppid() == parent:  # whoever started us still wants us
        drafts = [
            Draft("note", {"text": f"{name} {number} {n}"}, name, marks=("public",))
            for n in range(GROUP)
        ]
        word = "kept"
        try:
            journal.append(drafts)
        except JournalOutsideError as error:
            word = "refused" if "nothing was written" in error.mend else "unknown"
            time.sleep(0.01)  # the server is coming back
        os.write(told, f"{word} {name} {number}\n".encode())
        number += 1


def _open(place: str) -> Store:
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            return open_journal(place, lambda: datetime.now(UTC))
        except JournalOutsideError:
            time.sleep(0.01)
    raise SystemExit


def main(place: str, told: str) -> None:
    """Fork a writer for each name on stdin, until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    if place.startswith("postgresql"):
        import psycopg  # noqa: F401 # once, for all writers
    descriptor = os.open(told, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            write_without_end(line.strip(), place, descriptor)
            os._exit(0)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
