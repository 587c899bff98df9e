"""The journalist's pages: claims, citing, corrections, method."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

from tests.unit.board.conftest import open_client


def test_claims_show_who_says_so_and_narrow_by_facet(client: TestClient) -> None:
    text = client.get("/press").text
    assert "2 claims fit." in text
    assert '<option value="FR">France (1)</option>' in text
    narrowed = client.get("/press?speaker=FR&grade=B").text
    assert "One claim fits." in narrowed
    assert '<option value="FR" selected>' in narrowed
    assert "<script>alert" not in text


def test_changed_since_tells_what_became_of_each(client: TestClient) -> None:
    text = client.get("/press?since=2026-03-01").text
    assert "graded B2" in text
    assert "0 claims fit." in client.get("/press?since=2026-03-02").text
    assert client.get("/press?since=yesterday").status_code == 400


def test_every_page_leads_to_its_citation(client: TestClient) -> None:
    text = client.get("/counts?as_of=2026-02-01").text
    link = html.unescape(text.split('class="cite" href="')[1].split('"')[0])
    page = client.get(link).text
    assert "Cite this view" in page
    permanent = html.unescape(
        page.split('class="button permanent" href="')[1].split('"')[0]
    )
    assert permanent.startswith("/counts?as_of=2026-02-01&known_at=2026-03-08T09")
    assert "recorded_at=" in permanent
    shown = client.get(permanent)
    assert shown.status_code == 200
    assert "recorded by 8 March 2026, 09:30 UTC" in shown.text


@pytest.mark.parametrize(
    "to",
    ["//evil.example/", "https://evil.example", "/\\evil", "javascript:x", "/cite"],
)
def test_a_citation_leads_nowhere_else(client: TestClient, to: str) -> None:
    page = client.get("/cite", params={"to": to}).text
    link = page.split('class="button permanent" href="')[1].split('"')[0]
    assert link.startswith("/?as_of=")


def test_a_case_may_name_its_address_and_licence(tiny: Path) -> None:
    settings = tiny / "case.toml"
    more = '\n[publication]\naddress = "https://case.example/"\nlicence = "CC BY 4.0"\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    client = open_client(tiny)
    text = client.get("/cite?to=/counts").text
    assert "https://case.example/counts?as_of=" in text
    assert "CC BY 4.0" in client.get("/method").text


def test_without_a_licence_the_method_says_so(client: TestClient) -> None:
    text = client.get("/method").text
    assert "no licence is stated" in text
    assert "completely reliable" in text
    assert "counts by default" in text
    assert "NOT KNOWN always has a cause" in text


def test_corrections_say_what_was_wrong_and_what_stands(client: TestClient) -> None:
    text = client.get("/corrections").text
    assert "superseded" in text
    assert "A better note" in text
    assert "<del>A note" in text
    assert "<script>alert" not in text
