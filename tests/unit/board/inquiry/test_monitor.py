"""The monitor's page: what nobody looked at stands before every number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.board.conftest import clock, make, open_client
from vigens.desk import begin_case
from vigens.journal import Draft, open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_what_nobody_looked_at_comes_first(client: TestClient) -> None:
    text = client.get("/monitor?as_of=2026-03-01").text
    assert "1 March 2026 against 28 February 2026" in text
    assert text.index("Not observed") < text.index("Open attributions")
    assert text.index("Open attributions") < text.index("day against day")
    assert "nobody looked" in text
    assert "See 28 February 2026, the last day on which somebody looked" in text
    assert "<script>" not in text


def test_counts_of_two_days_stand_side_by_side(client: TestClient) -> None:
    text = client.get("/monitor?as_of=2026-01-05").text
    assert "<b>10</b>" in text
    assert "no count known" in text


def test_an_incident_leads_to_its_entry_and_its_reasons(tiny: Path) -> None:
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        journal.append([*incident()])
    text = open_client(tiny).get("/monitor").text
    assert "alleged" in text
    assert "attributes it to" in text
    assert "/why?q=breach_attributed" in text
    assert "no finding" in text


def incident() -> list[Draft]:
    """Draft an incident that one party attributes to another."""
    happens = {"event": "breach.happens", "args": ["b1"], "title": "Shots"}
    says = {"event": "attributes.breach", "args": ["b1", "FR", "UA"], "title": "Said"}
    said = {"polarity": "pos", "statement": "It was so", "actors": []}
    drafts = []
    for name, payload in (("b", happens), ("a", says)):
        drafts += [
            make("occurrence", payload, happened="2026-03-07", handle=name),
            make("claim", said, about=(f"@{name}",), handle=f"{name}c"),
            make("grade", {"reliability": "B", "credibility": 2}, about=(f"@{name}c",)),
        ]
    return drafts


def test_an_empty_case_says_what_to_record(tmp_path: Path) -> None:
    page = open_client(begin_case(tmp_path / "new", clock())).get("/monitor")
    assert page.status_code == 200
    assert "Nobody has recorded where they looked" in page.text
