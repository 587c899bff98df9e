"""The board shows the edition that its lens knows, and leads to the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import open_client, write_case

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture
def edited(tmp_path: Path) -> TestClient:
    """Open the tiny case, whose accord has a second edition."""
    folder = write_case(tmp_path / "case")
    page = folder / "agreements" / "accord.md"
    text = page.read_text("utf-8").replace("it switches on with", "it goes on with")
    text = text.replace(
        "\nfluent switched_on",
        '\nfluent second "the second edition is read"\n  initiated by  ending\n'
        'event ending "an end"\n\nfluent switched_on',
    )
    (folder / "agreements" / "accord@2026-02-04.md").write_text(text, "utf-8")
    return open_client(folder)


EARLY = "known_at=2026-02-03"


@pytest.mark.parametrize("name", ["accord", "accord@2026-02-04"])
def test_one_address_shows_the_edition_of_the_lens(
    edited: TestClient, name: str
) -> None:
    late = edited.get(f"/agreement/{name}").text
    early = edited.get(f"/agreement/{name}?{EARLY}").text
    assert "it goes on with" in late
    assert "it switches on with" in early
    assert "agreements/accord@2026-02-04.md" in late
    assert "accord@" not in early.split("<main")[1].split("<article")[1]


def test_a_page_leads_to_its_other_editions(edited: TestClient) -> None:
    late = edited.get("/agreement/accord").text
    assert "<strong>known from 4 February 2026</strong>" in late
    link = late.split('">first edition</a>')[0].rpartition('href="')[2]
    early = edited.get(link.replace("&amp;", "&")).text
    assert "it switches on with" in early
    assert "<strong>first edition</strong>" in early
    assert "Editions:" not in edited.get("/agreement/other").text


def test_links_between_pages_lead_to_the_edition_that_is_read(
    edited: TestClient,
) -> None:
    """Names of the accord lead into the edition of the lens, from any page."""
    late = edited.get("/agreement/accord").text
    assert 'class="name" href="/agreement/accord%402026-02-04#L' in late
    assert (
        'class="name" href="/agreement/accord?known_at=2026-02-03#L'
        in edited.get(f"/agreement/accord?{EARLY}").text
    )


def test_the_same_session_serves_the_same_lens(edited: TestClient) -> None:
    for _ in range(2):
        assert edited.get(f"/?{EARLY}").status_code == 200
    assert edited.get("/why?q=second").status_code == 200
    assert edited.get(f"/why?q=second&{EARLY}").status_code == 400


def test_an_event_of_a_later_edition_is_refused_by_name(edited: TestClient) -> None:
    supposed = "suppose=ending on 2026-02-10"
    assert edited.get(f"/?{supposed}").status_code == 200
    early = edited.get(f"/?{supposed}&{EARLY}")
    assert early.status_code == 400
    assert "unknown event" in early.text
