"""One suite, run on every store: `journal` and `place` come in each form.

`path` is a place that is a file: text or SQLite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import Draft, Store, open_journal


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 8, 9, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **step: float) -> None:
        self.now += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["jsonl", "db"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"journal.{request.param}"


@pytest.fixture(params=["jsonl", "db", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "postgres":
        address: str = request.getfixturevalue("database")
        return address
    return tmp_path / f"journal.{request.param}"


@pytest.fixture
def journal(place: Path | str, clock: Clock) -> Iterator[Store]:
    with open_journal(place, clock, create=True) as store:
        yield store


@pytest.fixture
def note() -> Callable[..., Draft]:
    def make(text: str = "Seen.", **fields: Any) -> Draft:
        return Draft("note", {"text": text}, "curator", **fields)

    return make


@pytest.fixture
def occurrence() -> Callable[..., Draft]:
    payload = {"event": "ceasefire.begins", "args": ["general"], "title": "It begins"}

    def make(**fields: Any) -> Draft:
        return Draft("occurrence", payload, "curator", **fields)

    return make


@pytest.fixture
def claim() -> Callable[..., Draft]:
    def make(*about: str, **fields: Any) -> Draft:
        payload = {"polarity": "pos", "statement": "They say so", "actors": ["UA"]}
        return Draft("claim", {**payload, **fields}, "curator", about=about)

    return make
