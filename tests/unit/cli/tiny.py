"""A tiny case on a river, small enough to work every answer out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vigens.journal import Draft, Source, open_journal

SETTINGS = """
title = "The river pact"
zone = "UTC"
begins = "2026-01-01"
headline = "open_river"
matrix = { instrument = "pact", group = "club" }
policy = "standard"

[policies.standard]
title = "As it is"

[policies.open-ear]
title = "Every page counts"
consideration = "F6"
standard = "F6"
"""

PAGE = """# The river pact

```vigens
vigens 1
party FR "France"
party GB "United Kingdom"
party DE "Germany"
group club "The club"

instrument pact "Pact on the river"
  kind         declaration
  binding      politically
  text         reported
  components   water "Water", bank "Bank"
  endorsement  approval

event opens "the lock opens"
event shuts "the lock shuts"
event flood(incident) "a flood at {incident}"
event helped(incident) "help arrives at {incident}"

fluent lock_open "the lock is open"
  initiated by   opens
  terminated by  shuts

fluent open_river "the river is open"
  under        pact
  holds while  lock_open
  rule         "the river is open while its lock is"

variant start "When the clock starts"
  reading flood "with the flood"
  reading word  "with the word of it"

event surveyed "the bank is surveyed"
event told(incident) "word of a flood at {incident}"

obligation help "Help after a flood"
  under        pact component water
  modality     shall
  obligor      FR
  trigger      on flood(incident)
  performance  on helped(incident)
  within       24 hours after flood(incident)  in reading start.flood
  within       24 hours after told(incident)   in reading start.word

obligation answer "Answer a flood"
  under        pact component water
  modality     shall
  obligor      GB
  trigger      on flood(incident)
  performance  on helped(incident)
  at           72 hours after flood(incident)

step survey "The bank is surveyed"
  under        pact
  due          about 6 months after opens
  outcome      surveyed

measure boats "boats on the river"
measure locks "locks on the river"
```
"""

REPORT = """\
Two shores meet in Geneva

5 February 2026

France and Germany signed an agreement on the river in Geneva on Wednesday.

The leaders of 12 countries met in Geneva on Wednesday to discuss guarantees.

French President Emmanuel Macron said that France would send officers to the lock.

Germany pledged ships for the river if a ceasefire holds. A declaration was published.
"""


def recording() -> datetime:
    """Give the moment at which the tiny case was recorded."""
    return datetime(2026, 3, 1, 9, tzinfo=UTC)


def present() -> datetime:
    """Give the present of the tests."""
    return datetime(2026, 3, 10, 12, tzinfo=UTC)


def source(name: str) -> Source:
    """Give a source."""
    return Source(f"https://{name}.example/page", f"The {name}", "press", "2026-01-10")


def make(kind: str, payload: dict[str, Any], **fields: Any) -> Draft:
    """Make a public draft, known from the tenth of January."""
    fields.setdefault("known_from", "2026-01-10")
    return Draft(kind, payload, "curator", marks=("public",), **fields)


def claim(
    words: str, about: str, name: str, row: str, *, known_from: str = "2026-01-10"
) -> Draft:
    """Make a claim about a matter; its row is its handle."""
    payload = {"polarity": "pos", "statement": words, "actors": [], "row": row}
    fields = {"about": (about,), "sources": (source(name),), "handle": row}
    return make("claim", payload, known_from=known_from, **fields)


def grade(letter: str, digit: int, about: str) -> Draft:
    """Make a grade of a claim."""
    payload = {"reliability": letter, "credibility": digit}
    return make("grade", payload, about=(about,))


def counts() -> list[Draft]:
    """Give two counts with one measure, each with a claim."""
    return [
        make(
            "count",
            {
                "measure": "boats",
                "number": 12,
                "comparison": "eq",
                "unit": "boats",
                "title": "Twelve boats",
                "speaker": "FR",
            },
            happened="2026-01-10",
            handle="twelve",
        ),
        claim("Twelve boats are out.", "@twelve", "gazette", "r-3"),
        make(
            "count",
            {
                "measure": "boats",
                "number": 20,
                "comparison": "more_than",
                "unit": "boats",
                "title": "More than twenty boats",
            },
            happened="2026-01-11",
            handle="twenty",
        ),
        claim("More than twenty boats are out.", "@twenty", "herald", "r-4"),
    ]


def drafts() -> list[Draft]:
    """Give the journal: the lock opens, two claims of one count, a set-aside page."""
    return [
        make(
            "coverage",
            {"events": ["*"], "audience": "public"},
            happened="2026-01-01/2026-02-28",
        ),
        make(
            "occurrence",
            {"event": "opens", "args": [], "title": "The lock opens"},
            happened="2026-01-09",
            handle="opening",
        ),
        claim("The lock opened on Friday.", "@opening", "gazette", "r-1"),
        grade("B", 2, "@r-1"),
        make(
            "occurrence",
            {"event": "shuts", "args": [], "title": "The lock shuts"},
            happened="2026-02-01",
            handle="shutting",
        ),
        claim(
            "A page says that the lock shut.",
            "@shutting",
            "rumour",
            "r-2",
            known_from="2026-02-02",
        ),
        *counts(),
        make("note", {"text": "Nobody watched the upper lock."}),
    ]


def write_case(folder: Path, page: str = PAGE, journal: str = "journal.jsonl") -> Path:
    """Write the tiny case into a folder."""
    (folder / "agreements").mkdir(parents=True)
    (folder / "case.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "agreements" / "pact.md").write_text(page, encoding="utf-8")
    with open_journal(folder / journal, recording, create=True) as store:
        store.append(drafts())
    return folder
