"""A file of accounts whose hashes are cheap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigens.people import Account, Cost, Hashing, People, Role, make_people

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
NOW = 1_773_000_000
WORDS = "correct horse battery"


def cheap() -> Hashing:
    """Give hashing that costs nothing, for tests."""
    return Hashing(CHEAP)


def hurry(people: People) -> None:
    """Let the disk of a test write when it likes."""
    people._connection.execute("PRAGMA synchronous = OFF")
    people._connection.execute("PRAGMA journal_mode = MEMORY")


def add(people: People, name: str, role: Role = Role.VIEWER) -> Account:
    """Make an account with the password of every test."""
    return people.add(Account(name, name.title(), role), WORDS, NOW)


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    """Give an open file with one coordinator and one reviewer."""
    opened = make_people(tmp_path, cheap())
    hurry(opened)
    add(opened, "olena", Role.COORDINATOR)
    add(opened, "petr", Role.REVIEWER)
    yield opened
    opened.close()
