"""A case with a large matrix and a long journal, as `vigens import` would take it in."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from vigens.journal import open_journal
from vigens.journal.bulk.quick import quick_bytes
from vigens.journal.entry import format_recorded

SETTINGS = """title = "A large case"
zone = "UTC"
begins = "{begins}"
headline = "truce"
matrix = {{ instrument = "accord", group = "club" }}
policy = "standard"

[policies.standard]
title = "Press and issuers count"
consideration = "D4"
standard = "C3"
"""

RULES = """
group club "The club"

event truce.begins "the truce begins"
event truce.ends "the truce ends"

fluent truce "the truce holds"
  initiated by   truce.begins
  terminated by  truce.ends

values sector "a sector" open
event shelling(sector) "shelling in {sector}"
event visit(party, sector) "{party} visits {sector}"
event delivery(party, sector) "{party} delivers to {sector}"
"""

#: How long before the last entry the first one was recorded.
SPAN = timedelta(days=200)


def states(number: int) -> list[str]:
    """Name the states of the matrix."""
    return [f"S{at:02}" for at in range(number)]


def components(number: int) -> list[str]:
    """Name the components of the matrix."""
    return [f"part_{at:02}" for at in range(number)]


def page(n_states: int, n_components: int) -> str:
    """Write the agreement page."""
    parties = "\n".join(f'party {code} "State {code}"' for code in states(n_states))
    parts = ", ".join(f'{name} "Part {name[5:]}"' for name in components(n_components))
    return f"""# The accord

```vigens
vigens 1
{parties}
{RULES}
instrument accord "The accord"
  kind         declaration
  binding      politically
  text         published
  adopted      2020-01-06
  issuer       club
  components   {parts}
  endorsement  approval, signature
```
"""


def _id_of(fields: dict[str, Any]) -> str:
    data = quick_bytes({"id": "0" * 64, **fields})
    assert data is not None, "the workload is in the plain form"
    return hashlib.sha256(data).hexdigest()


class _Writer:
    """Writes entries that follow one another by some seconds, as JSON lines."""

    def __init__(self, seed: int, begin: datetime, step: timedelta) -> None:
        self._chance = random.Random(seed)
        self._moment = begin
        self._step = step

    def entry(self, kind: str, payload: dict[str, Any], **more: Any) -> tuple[str, str]:
        """Give an entry's id and its line."""
        self._moment += self._step * self._chance.random()
        fields = {
            "format": 1,
            "kind": kind,
            "payload": dict(sorted(payload.items())),
            "happened": None,
            "known_from": None,
            "recorded_at": format_recorded(self._moment),
            "recorded_by": f"desk {self._chance.randrange(9)}",
            "sources": [],
            "marks": ["public"],
            "rectifies": None,
            "supersedes": None,
            "about": [],
            **more,
        }
        identifier = _id_of(fields)
        return identifier, orjson.dumps({"id": identifier, **fields}).decode()

    def move(self, moment: datetime) -> None:
        """Go on at a moment."""
        self._moment, self._step = moment, timedelta()

    def matter(self, event: str, args: list[str]) -> Iterator[str]:
        """Give what happened, who says so, and how good that is."""
        day = (self._moment - timedelta(days=1)).date().isoformat()
        is_sure = event in ("joins", "truce.begins")
        is_open = is_sure or self._chance.random() < 0.9
        marks = ["public"] if is_open else ["S01", "S02"]
        said = {"args": args, "event": event, "title": f"{event} {self._moment:%j %H}"}
        name, line = self.entry("occurrence", said, happened=day, marks=marks)
        yield line
        payload = {"polarity": "pos", "statement": "it was so", "actors": args[:1]}
        source = {
            "address": f"https://example.org/{self._chance.randrange(10**9):x}",
            "title": "A report",
            "type": "press",
            "published": day,
        }
        about = {"known_from": day, "sources": [source], "about": [name]}
        claim, line = self.entry("claim", payload, marks=marks, **about)
        yield line
        grade = {
            "reliability": "B" if is_sure else self._chance.choice("ABCCDE"),
            "credibility": 2 if is_sure else self._chance.choice([1, 2, 2, 3, 4]),
            "rule": "desk",
        }
        _, line = self.entry("grade", grade, marks=marks, about=[claim])
        yield line

    def matters(
        self, n_states: int, n_components: int
    ) -> Iterator[tuple[str, list[str]]]:
        """Give what happens: members, endorsements, a truce, and then incidents."""
        names = states(n_states)
        yield from (("joins", ["club", code]) for code in names)
        yield "truce.begins", []
        pairs = [(part, code) for part in components(n_components) for code in names]
        self._chance.shuffle(pairs)
        for part, code in pairs[: len(pairs) * 2 // 3]:
            yield "approves", ["accord", part, code]
        while True:
            sector = f"sector_{self._chance.randrange(40):02}"
            event = self._chance.choice(["shelling", "shelling", "visit", "delivery"])
            yield (
                (event, [sector])
                if event == "shelling"
                else (event, [self._chance.choice(names), sector])
            )


def write_case(
    folder: Path,
    *,
    n_states: int = 40,
    n_components: int = 60,
    n_entries: int = 100_000,
    seed: int = 1,
    ends: datetime | None = None,
) -> date:
    """Write a case whose journal is a database.

    Args:
        folder: That is not there yet.
        n_states: Rows of the matrix.
        n_components: Columns of the matrix.
        n_entries: Of the journal, at the least.
        seed: Of chance.
        ends: When the last entry is recorded; by default now.

    Returns:
        The last day that somebody looked at.
    """
    ends = (ends or datetime.now(UTC)).replace(microsecond=0)
    last_day = (ends - timedelta(days=1)).date()
    (folder / "agreements").mkdir(parents=True)
    begins = (ends - SPAN).date().isoformat()
    (folder / "case.toml").write_text(SETTINGS.format(begins=begins), "utf-8")
    text = page(n_states, n_components)
    (folder / "agreements" / "accord.md").write_text(text, "utf-8")
    writer = _Writer(seed, ends - SPAN, SPAN / n_entries * 1.9)
    looked = {"events": ["*"], "audience": "public", "note": "everything was looked at"}
    lines: list[str] = []
    for event, args in writer.matters(n_states, n_components):
        if len(lines) >= n_entries:
            break
        lines.extend(writer.matter(event, args))
    span = f"{begins}/{last_day.isoformat()}"
    writer.move(ends - timedelta(seconds=2))
    lines.append(writer.entry("coverage", looked, happened=span)[1])
    kept = folder / "journal.lines"
    kept.write_text("\n".join(lines) + "\n", "utf-8")
    with (
        kept.open("rb") as file,
        open_journal(folder / "journal.db", lambda: ends, create=True) as store,
    ):
        store.adopt_lines(file, "rows")
    kept.unlink()
    return last_day
