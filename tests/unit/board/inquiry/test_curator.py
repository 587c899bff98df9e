"""The curator's page and the contradictions: what waits, with a way to each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.board.conftest import clock, make, open_client
from vigens.desk import begin_case
from vigens.journal import open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_curator_sees_what_waits(client: TestClient) -> None:
    text = client.get("/curator").text
    assert "Ten are ready" in text
    assert "Ungraded claims" in text
    assert "In the inbox" in text
    assert "<script>alert" not in text


def test_contradictions_show_both_sides(tiny: Path) -> None:
    said = {"polarity": "pos", "statement": "It was so", "actors": []}
    denied = {"polarity": "neg", "statement": "It was not so", "actors": []}
    event = {"event": "breach.happens", "args": ["b"], "title": "A breach <b>"}
    grade = {"reliability": "B", "credibility": 2}
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        journal.append(
            [
                make("occurrence", event, happened="2026-02-01", handle="o"),
                make("claim", said, about=("@o",), handle="c"),
                make("claim", denied, about=("@o",), handle="d"),
                make("grade", grade, about=("@c",)),
                make("grade", grade, about=("@d",)),
            ]
        )
    client = open_client(tiny)
    text = client.get("/contradictions").text
    assert "It was not so" in text
    assert "some say so, others deny it" in text
    assert "A breach &lt;b&gt;" in text
    assert "A breach &lt;b&gt;" in client.get("/curator").text


def test_a_new_case_says_where_claims_come_from(tmp_path: Path) -> None:
    client = open_client(begin_case(tmp_path / "new", clock()))
    assert client.get("/contradictions").status_code == 200
    text = client.get("/curator").text
    assert "Every claim of this view is graded." in text
    assert client.get("/curator").headers["cache-control"] == "no-store"
