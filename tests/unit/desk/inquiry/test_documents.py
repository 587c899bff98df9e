"""Documents: whose text a reader may read, and passages at their exact place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.base import InputError
from vigens.desk.inquiry import list_documents, read_document
from vigens.journal import Passage, Source

TEXT = "The river rose at night. By dawn it stood in the lower town.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    place = writer.folder / "documents"
    place.mkdir()
    (place / f"{SHA256[:12]}-river.txt").write_text(TEXT, "utf-8")
    return writer


def record(writer: Writer, **fields: Any) -> str:
    payload = {
        "sha256": SHA256,
        "name": "river.txt",
        "length": len(TEXT),
        "media_type": "text/plain",
        "title": "The river",
    }
    return writer.record("document", payload, **fields)


def quote(writer: Writer, words: str, at: int | None = None, **fields: Any) -> str:
    start = TEXT.index(words) if at is None else at
    passage = Passage(SHA256, start, start + len(words), words)
    source = Source("https://paper.example", passage=passage)
    said = {"polarity": "pos", "statement": f"So: {words}", "actors": []}
    flood = writer.event("floods", "2026-01-10", **fields)
    return writer.record("claim", said, about=(flood,), sources=(source,), **fields)


def test_a_text_is_cut_where_passages_begin_and_end(writer: Writer) -> None:
    record(writer)
    quote(writer, "The river rose at night.")
    quote(writer, "rose at night. By dawn")
    found = read_document(writer.session("2026-03-31"), SHA256[:12])
    assert "".join(part.text for part in found.text) == TEXT
    marked = [(part.text, part.quotes, part.ends) for part in found.text]
    assert marked[:3] == [
        ("The river ", (0,), ()),
        ("rose at night.", (0, 1), (0,)),
        (" By dawn", (1,), (1,)),
    ]
    assert found.line.is_kept
    assert found.line.n_quotes == 2


def test_a_quote_with_other_words_is_told_and_not_marked(writer: Writer) -> None:
    record(writer)
    quote(writer, "the upper town", at=4)
    found = read_document(writer.session("2026-03-31"), SHA256)
    assert [one.is_there for one in found.quotes] == [False]
    assert all(not part.quotes for part in found.text)


def test_without_its_entry_a_reader_sees_only_what_claims_quote(
    writer: Writer,
) -> None:
    record(writer, marks=("FR",))
    quote(writer, "The river rose at night.")
    (line,) = list_documents(writer.session("2026-03-31"))
    assert (line.ref, line.is_kept, line.n_quotes) == ("", False, 1)
    found = read_document(writer.session("2026-03-31"), SHA256)
    assert found.text == ()
    assert "not the whole text" in found.note
    assert [one.quote for one in found.quotes] == ["The river rose at night."]
    theirs = read_document(writer.session("2026-03-31", reader="FR"), SHA256)
    assert theirs.line.title == "The river"
    assert theirs.text


def test_a_document_that_a_reader_may_not_know_of_is_not_found(writer: Writer) -> None:
    record(writer, marks=("FR",))
    quote(writer, "The river rose at night.", marks=("FR",))
    session = writer.session("2026-03-31")
    assert list_documents(session) == ()
    with pytest.raises(InputError, match="no single document"):
        read_document(session, SHA256)


def test_a_reviewer_reads_what_waits_in_the_inbox(writer: Writer) -> None:
    session = writer.session("2026-03-31")
    with pytest.raises(InputError):
        read_document(session, SHA256)
    found = read_document(session, SHA256[:16], may_read_all=True)
    assert "".join(part.text for part in found.text) == TEXT


@pytest.mark.parametrize(
    "reference", ["", "ab", "../../etc/passwd", "*" * 12, "0" * 64]
)
def test_no_other_name_opens_a_file(writer: Writer, reference: str) -> None:
    record(writer)
    with pytest.raises(InputError, match="no single document"):
        read_document(writer.session("2026-03-31"), reference, may_read_all=True)


def test_a_changed_file_is_not_shown_as_the_document(writer: Writer) -> None:
    record(writer)
    place = next((writer.folder / "documents").glob("*-river.txt"))
    place.write_text("Nothing happened.", "utf-8")
    found = read_document(writer.session("2026-03-31"), SHA256)
    assert found.text == ()
    assert "was changed" in found.note


def test_a_document_that_is_not_kept_says_so(writer: Writer) -> None:
    record(writer)
    next((writer.folder / "documents").glob("*-river.txt")).unlink()
    found = read_document(writer.session("2026-03-31"), SHA256)
    assert "does not keep" in found.note
