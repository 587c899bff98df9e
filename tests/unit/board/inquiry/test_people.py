"""Pages of positions, bodies and meetings, with hostile words and on a new case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.board.conftest import HOSTILE, clock, make, open_client
from vigens.desk import begin_case
from vigens.journal import open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_a_meeting_stands_in_the_table_and_by_itself(client: TestClient) -> None:
    text = client.get("/meetings").text
    assert "in the room and by video" in text
    assert '<td class="seat yes"' in text
    assert '<span class="hidden">by video</span>' in text
    assert "nobody is absent unless somebody says so" in text
    assert "<script>alert" not in text


def test_positions_and_bodies_escape_what_people_wrote(tiny: Path) -> None:
    position = {"party": "FR", "point": f"tolls {HOSTILE}", "title": HOSTILE}
    body = {"body": "court", "status": "planned", "title": HOSTILE}
    post = {"event": "post.filled", "args": ["chair", "FR"], "title": "Filled"}
    said = {"polarity": "pos", "statement": HOSTILE, "actors": []}
    grade = {"reliability": "B", "credibility": 2}
    drafts = []
    for kind, payload in (
        ("position", position),
        ("institution", body),
        ("occurrence", post),
    ):
        drafts += [
            make(kind, payload, happened="2026-02-01", handle=kind),
            make("claim", said, about=(f"@{kind}",), handle=f"{kind}-said"),
            make("grade", grade, about=(f"@{kind}-said",)),
        ]
    with open_journal(tiny / "journal.jsonl", clock) as journal:
        journal.append(drafts)
    client = open_client(tiny)
    positions = client.get("/positions").text
    assert "tolls &lt;script&gt;" in positions
    bodies = client.get("/bodies").text
    assert '<time datetime="2026-02-01">1 Feb 2026</time></td>' in bodies
    assert "chair" in bodies
    for text in (positions, bodies):
        assert "<script>alert" not in text


def test_a_new_case_says_what_to_record(tmp_path: Path) -> None:
    client = open_client(begin_case(tmp_path / "new", clock()))
    assert "No position is known" in client.get("/positions").text
    assert "No post is named" in client.get("/bodies").text
    assert "No meeting is known" in client.get("/meetings").text
