"""Redaction in the backups that the tool made of a journal, where they can be reached.

A backup is a journal of its own. The redaction and its confirmation are taken into it, and
it is emptied as the journal was; from there its log goes on by itself.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.journal import NotSweptError, ReferenceRefusedError, open_journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from vigens.journal import Entry, Redaction, Store


@dataclass(frozen=True, slots=True)
class Place:
    """A place that held something of what was redacted.

    Attributes:
        name: The journal, a backup, a document, the queue.
        outcome: What was done there.
        is_whole: Whether nothing is left to do there.
    """

    name: str
    outcome: str
    is_whole: bool = True


def emptied(store: Store, redaction: Redaction) -> Place:
    """Empty an entry in a journal, and say whether its old bytes are swept."""
    was_there = redaction.target.id not in store.redacted()
    try:
        store.redact(redaction.target.id, redaction.fact.id)
    except NotSweptError as error:
        said = f"payload and key destroyed; {error.what}: {error.mend}"
        return Place(store.where, said, is_whole=False)
    return Place(
        store.where, "payload and key destroyed" if was_there else "already done"
    )


def backups_emptied(
    store: Store, redaction: Redaction, clock: Callable[[], datetime]
) -> Iterator[Place]:
    """Empty an entry in every backup that was made of a journal.

    Args:
        store: The journal.
        redaction: Confirmed.
        clock: For what is recorded in a backup.
    """
    for backup in dict.fromkeys((each.path, each.host) for each in store.backups()):
        path, host = backup
        if host != platform.node():
            said = f"a backup on {host}: restore it there, and redact it too"
            yield Place(path, said, is_whole=False)
        elif not Path(path).exists():
            said = "this backup is not there any more; if it was moved, redact it there"
            yield Place(path, said)
        else:
            yield from _in_backup(Path(path), redaction, clock)


def _in_backup(
    path: Path, redaction: Redaction, clock: Callable[[], datetime]
) -> Iterator[Place]:
    try:
        with open_journal(path, clock) as copy:
            if _held(copy, redaction.target.id) is None:
                return  # it was recorded after the backup was made
            told = [redaction.fact, redaction.second]
            entries = [entry for entry in told if entry is not None]
            copy.adopt(entries, "a redaction", missing=_beyond(entries))
            yield emptied(copy, redaction)
    except VigensError as error:
        yield Place(str(path), f"{error.what}: {error.mend}", is_whole=False)


def backups_whole(
    store: Store, redaction: Redaction, clock: Callable[[], datetime]
) -> list[str]:
    """List the backups on this machine that still hold what was redacted."""
    found = []
    for path in dict.fromkeys(
        each.path for each in store.backups() if each.host == platform.node()
    ):
        if not Path(path).exists():
            continue
        try:
            with open_journal(path, clock) as copy:
                held = _held(copy, redaction.target.id)
        except VigensError:
            continue  # `vigens fsck` of the backup says what is wrong with it
        if held is not None and not held.is_stub:
            found.append(path)
    return found


def _held(store: Store, identifier: str) -> Entry | None:
    try:
        return store.get(identifier)
    except ReferenceRefusedError:
        return None


def _beyond(entries: list[Entry]) -> frozenset[str]:
    """Give what these entries point at besides each other: it may be in no backup."""
    return frozenset(target for entry in entries for target in entry.about)
