"""Documents on the board: marked text, hostile words, and whose text one may read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.board.conftest import SCRIPT, clock, make, open_client
from vigens.desk import begin_case
from vigens.journal import Passage, Source, open_journal

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TEXT = f"Lead. It signs {SCRIPT} today."
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


def keep(case: Path) -> TestClient:
    """Keep a hostile document with a claim on a passage of it."""
    (case / "documents").mkdir()
    place = case / "documents" / f"{SHA256[:12]}-a.txt"
    place.write_text(TEXT, "utf-8")
    words = f"It signs {SCRIPT}"
    passage = Passage(SHA256, 6, 6 + len(words), words)
    document = {"sha256": SHA256, "name": SCRIPT, "length": len(TEXT)}
    document |= {"media_type": "text/plain", "title": f"Title {SCRIPT}"}
    said = {"polarity": "pos", "statement": SCRIPT, "actors": []}
    event = {"event": "breach.happens", "args": ["b"], "title": "B"}
    claim = make("claim", said, about=("@o",))
    source = Source("https://a.example", passage=passage)
    with open_journal(case / "journal.jsonl", clock) as journal:
        journal.append(
            [
                make("document", document),
                make("occurrence", event, happened="2026-02-01", handle="o"),
                replace(claim, sources=(source,)),
            ]
        )
    return open_client(case)


def test_a_document_is_read_with_its_passages_marked(tiny: Path) -> None:
    client = keep(tiny)
    listed = client.get("/documents").text
    assert f"/document/{SHA256[:16]}" in listed
    text = client.get(f"/document/{SHA256[:16]}").text
    assert "<mark>It signs &lt;script&gt;" in text
    assert 'href="#quote-1"' in text
    assert 'href="#passage-1"' in text
    assert "<script>alert" not in text


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    assert client.get("/document/0123456789abcdef").status_code == 404
    # The tiny case quotes a document that it does not keep.
    page = client.get(f"/document/{'d' * 16}")
    assert page.status_code == 200
    assert "▲" in page.text


def test_a_new_case_says_where_documents_come_from(tmp_path: Path) -> None:
    text = open_client(begin_case(tmp_path / "new", clock())).get("/documents").text
    assert "No claim of this view quotes a document" in text
