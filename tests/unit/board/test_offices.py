"""The first pages and what they lead to: each answers, by one lens, for everybody."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import HOSTILE, clock, open_client
from vigens.desk import begin_case

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PAGES = (
    "/officer",
    "/officer?since=8h",
    "/officer?since=2026-01-05",
    "/clocks",
    "/brief",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_says_its_lens(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200, page.text[:300]
    assert "as of 2026-03-08T09:30Z" in page.text
    assert "not legal advice" in page.text
    assert HOSTILE not in page.text


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_case_says_what_to_do_next(tmp_path: Path, path: str) -> None:
    begin_case(tmp_path / "new", clock(), title="A new case", zone="Europe/Kyiv")
    page = open_client(tmp_path / "new").get(path)
    assert page.status_code == 200, page.text[:300]


def test_the_status_page_asks_who_one_is(client: TestClient) -> None:
    text = client.get("/?as_of=2026-02-01").text
    assert "Who are you?" in text
    assert 'href="/officer?as_of=2026-02-01"' in text


def test_a_wrong_shift_is_named_on_the_page(client: TestClient) -> None:
    text = client.get("/officer?since=tomorrow").text
    assert 'role="alert"' in text
    assert "mend" in text


def test_a_shift_from_before_the_signature_tells_of_it(client: TestClient) -> None:
    lens = "as_of=2026-02-01&known_at=2026-02-01"
    text = client.get(f"/officer?since=2026-01-05&{lens}").text
    assert "France has signed" in text
    assert "NO" in text


def test_the_brief_comes_as_markdown(client: TestClient) -> None:
    answer = client.get("/brief.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "handover-2026-03-08.md" in answer.headers["content-disposition"]
    assert "<script>" not in answer.text


def test_the_brief_comes_on_paper_with_its_letters(client: TestClient) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    answer = client.get("/brief.pdf")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/pdf"
    document = pdfium.PdfDocument(io.BytesIO(answer.content))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Hand-over brief" in text
    assert "Unclassified and exercise use" in text
    assert client.get("/brief.pdf").content == answer.content


def test_without_a_font_the_paper_says_what_is_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigens.board import paper

    paper._fonts.cache_clear()
    monkeypatch.setattr(paper, "_PLACES", ())
    answer = client.get("/brief.pdf?as_of=2026-02-01")
    paper._fonts.cache_clear()
    assert answer.status_code == 503
    assert "fonts-dejavu-core" in answer.text
