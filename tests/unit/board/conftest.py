"""A tiny case with hostile words in every field, and a client that opens its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.asking import make_client
from vigens.board import make_app
from vigens.journal import Draft, Passage, Source, open_journal

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

#: What must never reach a page as it stands.
SCRIPT = "<script>alert('stored')</script>"
ATTRIBUTE = "\" onmouseover=\"alert('attribute')"
HOSTILE = SCRIPT + ATTRIBUTE

SETTINGS = """
title = "Tiny case {hostile}"
zone = "Europe/Paris"
begins = "2026-01-01"
headline = "switched_on"
matrix = {{ instrument = "accord", group = "club" }}
policy = "standard"

[policies.standard]
title = "As it is"

[policies.open-ear]
title = "Every page"
consideration = "F6"
standard = "F6"
"""

PAGE = """# Accord <script>alert('page')</script>

Prose with [another page](other.md#L3), [a source](https://source.example/a?b=1&c=2),
[a trap](javascript:alert(1)), [data](data:text/html,x) and ![a pixel](https://track.example/p.png).

<img src=x onerror=alert(1)>

```vigens
vigens 1
party FR "France"
party UA "Ukraine"
party CZ "Czechia <b>"
group club "The club"

instrument accord "The Accord <i>"
  kind         declaration
  binding      politically
  text         reported
  adopted      2026-01-06
  issuer       club, FR
  components   watch "Watch", force "Force"
  endorsement  approval, signature

fluent switched_on "the accord is switched on"
  under        accord
  holds while  ceasefire(general)
  rule         "it switches on with a ceasefire -- <script>"
```

## Duties

The warning comes fast.

```vigens
vigens 1
variant start "When the clock starts"
  reading breach "with the breach"
  reading report "with the report"

event warned(incident) "a warning over {incident} is given"

obligation warn "Warn <u>"
  under        accord component watch
  modality     shall
  obligor      FR
  trigger      on breach.happens(incident)
  performance  on warned(incident)
  within       24 hours after breach.happens(incident)   in reading start.breach
  within       24 hours after breach.reported(incident)  in reading start.report

obligation pay "Pay"
  under        accord component force
  modality     ready to
  obligor      unstated "who pays"
  trigger      switched_on
  performance  unstated "how much"
  within       unstated "no date"

step begin "The watch begins"
  under        accord
  due          unstated "no date is given"
  outcome      warned(first)

measure ready "states ready"
measure never "states never counted"
```
"""

OTHER = """# Other

```vigens
vigens 1
fluent idle "nothing is owed"
  holds while  not switched_on
```
"""


def clock() -> datetime:
    """Give the present of every test here."""
    return datetime(2026, 3, 8, 9, 30, 30, tzinfo=UTC)


def earlier() -> datetime:
    """Give the moment at which the tiny case was recorded."""
    return datetime(2026, 3, 1, 9, 0, 0, tzinfo=UTC)


def source(address: str, **fields: Any) -> Source:
    """Give a source with hostile words."""
    return Source(address, f"Gazette {HOSTILE}", "press", "2026-01-07", **fields)


def make(kind: str, payload: dict[str, Any], **fields: Any) -> Draft:
    """Draft a public entry, known from the day after the signature."""
    fields.setdefault("known_from", "2026-01-07")
    fields.setdefault("marks", ("public",))
    return Draft(kind, payload, f"curator {HOSTILE}", **fields)


def signature() -> list[Draft]:
    """Draft where one looked, and one signature with its claim, grade and review."""
    quote = f"it signs {HOSTILE}"
    quoted = Passage("d" * 64, 3, 3 + len(quote), quote)
    said = {"polarity": "pos", "statement": f"France signs {HOSTILE}", "actors": []}
    signs = {"event": "signs", "args": ["accord", "FR"], "title": f"It signs {HOSTILE}"}
    seen = {"events": ["*"], "audience": "public", "note": HOSTILE}
    grade = {"reliability": "B", "credibility": 2, "rule": HOSTILE}
    review = {"verdict": HOSTILE, "reason": HOSTILE}
    address = "https://gazette.example/a?x=<y>"
    return [
        make("coverage", seen, happened="2026-01-01/2026-02-28"),
        make("occurrence", signs, happened="2026-01-06", handle="sign"),
        make(
            "claim",
            {**said, "voice": "FR"},
            about=("@sign",),
            sources=(source(address, passage=quoted),),
            handle="said",
        ),
        make("grade", grade, about=("@said",)),
        make("review", review, about=("@said",)),
    ]


def others() -> list[Draft]:
    """Draft a count with a trap for an address, an offer, a meeting and two notes."""
    trap = {"polarity": "pos", "statement": "Ten are ready", "actors": [], "row": "r-1"}
    count = {
        "measure": "ready",
        "number": 10,
        "comparison": "more_than",
        "title": f"Ten {HOSTILE}",
        "speaker": f"Speaker {HOSTILE}",
    }
    offer = {
        "party": "FR",
        "title": f"Ships {HOSTILE}",
        "stance": "possible",
        "domains": ["sea"],
        "quantity": {"number": 3, "unit": HOSTILE, "comparison": "up_to"},
        "conditions": [HOSTILE],
        "gates": [HOSTILE],
    }
    meeting = {
        "title": f"Talks {HOSTILE}",
        "place": HOSTILE,
        "format": "hybrid",
        "attendance": [{"actor": "FR", "how": "online", "level": HOSTILE}],
    }
    address = "javascript:alert('address')"
    return [
        make("count", count, happened="2026-01-05", handle="ten"),
        make("claim", trap, about=("@ten",), sources=(source(address),)),
        make("offer", offer, happened="2026-01-05"),
        make("meeting", meeting, happened="2026-01-04"),
        make("note", {"text": f"A note {HOSTILE}"}, handle="note"),
        make("note", {"text": "A better note"}, supersedes="@note"),
    ]


def write_case(folder: Path, hostile: str = "<script>") -> Path:
    """Write the tiny case into a folder."""
    (folder / "agreements").mkdir(parents=True)
    settings = SETTINGS.format(hostile=hostile)
    (folder / "case.toml").write_text(settings, encoding="utf-8")
    (folder / "agreements" / "accord.md").write_text(PAGE, encoding="utf-8")
    (folder / "agreements" / "other.md").write_text(OTHER, encoding="utf-8")
    with open_journal(folder / "journal.jsonl", earlier, create=True) as journal:
        journal.append([*signature(), *others()])
    return folder


def open_client(folder: Path, now: Callable[[], datetime] = clock) -> TestClient:
    """Open the pages of a case folder."""
    return open_app(make_app(folder, now))


def open_app(app: Starlette) -> TestClient:
    """Open the pages of an application."""
    return make_client(app, follow_redirects=False)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Give the folder of the tiny case."""
    return write_case(tmp_path / "case")


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Give a client of a tiny case that no test changes."""
    return open_client(write_case(tmp_path_factory.mktemp("board") / "case"))


@pytest.fixture
def own_client(tiny: Path) -> TestClient:
    """Give a client of a tiny case that this test may change."""
    return open_client(tiny)


@pytest.fixture
def ids(tiny: Path) -> dict[str, str]:
    """Give the id of the last entry of each kind."""
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        return {entry.kind: entry.id for entry in journal.entries()}
