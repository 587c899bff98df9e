"""A journal as it grows in use, as JSON Lines: occurrences, claims, grades."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from vigens.journal.bulk.quick import quick_bytes
from vigens.journal.entry import format_recorded

#: Of each ten entries: three occurrences, four claims, three grades.
ROUND = 10

#: Codes of the parties.
PARTIES = [f"P{number:02}" for number in range(60)]
_WORDS = [
    "the",
    "delegation",
    "reported",
    "shelling",
    "near",
    "the",
    "line",
    "of",
    "contact",
    "and",
    "asked",
    "that",
    "the",
    "monitors",
    "be",
    "let",
    "through",
    "before",
    "nightfall",
]
_TYPES = ["press", "agency", "official", "monitor"]


def _line(fields: dict[str, Any]) -> bytes:
    data = quick_bytes({"id": "0" * 64, **fields})
    assert data is not None, "the workload is in the plain form"
    return orjson.dumps({"id": hashlib.sha256(data).hexdigest(), **fields})


class _Writer:
    """Writes entries that follow one another by some seconds."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._moment = datetime(2024, 1, 1, tzinfo=UTC)

    def round(self) -> Iterator[bytes]:
        """Give ten entries: what happened, who says so, how good that is."""
        matters = [self._occurrence() for _ in range(3)]
        yield from matters
        claims = []
        for number in range(4):
            claims.append(self._claim(matters[number % 3]))
            yield claims[-1]
        for claim in claims[:3]:
            yield self._grade(claim)

    def _fields(self, kind: str, payload: dict[str, Any], **more: Any) -> bytes:
        self._moment += timedelta(seconds=self._chance.randrange(1, 60))
        fields = {
            "format": 1,
            "kind": kind,
            "payload": payload,
            "happened": None,
            "known_from": None,
            "recorded_at": format_recorded(self._moment),
            "recorded_by": f"desk {self._chance.randrange(9)}",
            "sources": [],
            "marks": ["public"] if self._chance.random() < 0.8 else ["P01", "P02"],
            "rectifies": None,
            "supersedes": None,
            "about": [],
        }
        return _line({**fields, **more})

    def _day(self) -> str:
        day = self._moment - timedelta(days=self._chance.randrange(1, 20))
        return day.date().isoformat()

    def _occurrence(self) -> bytes:
        one, two = self._chance.sample(PARTIES, 2)
        payload = {
            "args": [one, two],
            "event": self._chance.choice(["shelling", "visit", "delivery", "breach"]),
            "title": " ".join(self._chance.sample(_WORDS, 6)),
        }
        return self._fields("occurrence", payload, happened=self._day())

    def _claim(self, matter: bytes) -> bytes:
        address = f"https://example.org/{self._chance.randrange(10**9):x}"
        payload = {
            "actors": self._chance.sample(PARTIES, 2),
            "polarity": "pos" if self._chance.random() < 0.95 else "neg",
            "statement": " ".join(self._chance.sample(_WORDS, 12)),
            "voice": self._chance.choice(PARTIES),
        }
        source = {
            "address": address,
            "title": " ".join(self._chance.sample(_WORDS, 5)),
            "type": self._chance.choice(_TYPES),
            "published": self._day(),
        }
        return self._fields(
            "claim",
            payload,
            known_from=source["published"],
            sources=[source],
            about=[matter[7:71].decode()],
        )

    def _grade(self, claim: bytes) -> bytes:
        payload = {
            "credibility": self._chance.randrange(1, 7),
            "reliability": self._chance.choice("ABCDEF"),
            "rule": "desk",
        }
        return self._fields("grade", payload, about=[claim[7:71].decode()])


def write_lines(path: Path, n_entries: int, seed: int = 1) -> None:
    """Write a journal of some entries as `vigens export` does."""
    writer = _Writer(seed)
    with path.open("wb") as file:
        for _ in range(n_entries // ROUND):
            file.writelines(line + b"\n" for line in writer.round())
