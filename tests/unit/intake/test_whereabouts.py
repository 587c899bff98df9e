"""A passage is found again in its file: page, paragraph or part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.intake.making import make_docx, make_pdf, paragraph
from vigens.desk import place_words, read_report
from vigens.desk.reports import Report

FIRST = "France and Germany signed an agreement on the river in Geneva on Wednesday."
SECOND = "The leaders of 12 countries met in Geneva on 4 February 2026."
LONG = (
    "Germany pledged ships for the river and the upper lock",
    "if a ceasefire holds until the autumn of the year.",
)


def report(folder: Path, name: str, data: bytes) -> Report:
    (folder / name).write_bytes(data)
    return read_report(folder / name)


def at(found: Report, words: str) -> dict[str, Any]:
    row = next(row for row in found.rows() if words in " ".join(row["quote"].split()))
    place: dict[str, Any] = row["at"]
    return place


def test_a_passage_of_a_pdf_has_its_page(tmp_path: Path) -> None:
    data = make_pdf([["Two shores", "", FIRST], [], [SECOND]])
    found = report(tmp_path, "a.pdf", data)
    assert at(found, "France and Germany")["page"] == 1
    assert at(found, "The leaders")["page"] == 3
    assert "to" not in at(found, "The leaders")
    row = found.quote("12 countries met in Geneva")
    (place,) = row["at"]["places"]
    assert (place["part"], place["end"] - place["start"]) == ("page 3", 26)
    assert place_words(row) == "page 3"


def test_a_passage_over_two_pages_names_both(tmp_path: Path) -> None:
    found = report(tmp_path, "a.pdf", make_pdf([[FIRST, LONG[0]], [LONG[1]]]))
    row = found.quote(" ".join(LONG))
    assert (row["at"]["page"], row["at"]["to"]) == (1, 2)
    assert place_words(row) == "pages 1 to 2"
    assert [p["part"] for p in row["at"]["places"]] == ["page 1", "page 2"]


def test_a_passage_of_a_docx_has_its_paragraph(tmp_path: Path) -> None:
    body = "".join(
        paragraph(text) for text in ("Two shores", "", FIRST, " ", LONG[0], LONG[1])
    )
    found = report(tmp_path, "a.docx", make_docx(body))
    assert at(found, "France and Germany")["paragraph"] == 2
    assert place_words(found.quote("France and Germany")) == "paragraph 2"
    both = found.quote(" ".join(LONG))
    assert place_words(both) == "paragraphs 3 to 4"
    assert {p["part"] for p in both["at"]["places"]} == {"word/document.xml"}


def test_a_passage_of_a_message_has_its_part(tmp_path: Path) -> None:
    head = (
        "From: a@b.example\r\nSubject: x\r\nDate: Fri, 06 Mar 2026 10:00:00 +0200\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
    )
    parts = (
        f"--x\r\nContent-Type: text/html\r\n\r\n<p>{FIRST}</p>\r\n"
        f"--x\r\nContent-Type: text/plain\r\n\r\n{FIRST}\r\n--x--\r\n"
    )
    found = report(tmp_path, "a.eml", (head + parts).encode())
    assert at(found, "France and Germany")["part"] == "text/plain 2"


@pytest.mark.parametrize("text", [FIRST, f"<html><body><p>{FIRST}</p></body></html>"])
def test_of_a_file_that_is_its_text_nothing_is_said(tmp_path: Path, text: str) -> None:
    found = report(tmp_path, "a.txt", text.encode())
    assert found.rows()
    assert not any("at" in row for row in found.rows())
    assert place_words(found.rows()[0]) == ""


def test_every_row_of_a_long_file_has_its_paragraph(tmp_path: Path) -> None:
    body = "".join(paragraph(FIRST) for _ in range(400))
    found = report(tmp_path, "a.docx", make_docx(body))
    numbers = [row["at"]["paragraph"] for row in found.rows()]
    assert numbers == list(range(1, 401))
