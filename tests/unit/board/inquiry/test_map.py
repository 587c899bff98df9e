"""The map of stances: drawn, in words, and never on a question that is not one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.board.conftest import clock, open_client
from vigens.desk import begin_case

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_each_state_is_drawn_with_its_sign_and_told_in_words(
    client: TestClient,
) -> None:
    text = client.get("/map").text
    assert 'data-state="UA"' in text
    assert 'class="state open" data-state="FR"' in text
    assert "68/262" in text
    assert "Autonomous Republic of Crimea" in text
    assert 'id="atlas-clip-0-UA"' in text
    assert "/why?q=endorsed" in text
    assert "<script>" not in text


def test_a_question_of_ones_own_is_kept(client: TestClient) -> None:
    text = client.get("/map", params={"q": "signed(accord, _)"}).text
    assert 'class="state yes" data-state="FR"' in text
    assert '<option value="signed(accord, _)" selected>' in text


@pytest.mark.parametrize("q", ["switched_on", "signed(accord, FR)", "nothing(_)"])
def test_a_question_about_no_state_is_refused_with_a_mend(
    client: TestClient, q: str
) -> None:
    page = client.get("/map", params={"q": q})
    assert page.status_code == 400
    assert "mend:" in page.text


def test_without_outlines_the_words_remain(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.board.inquiry.map.has_outlines", lambda: False)
    text = client.get("/map?as_of=2026-02-02").text
    assert "No outlines of states are installed" in text
    assert "/why?q=endorsed" in text


def test_a_new_case_has_a_map_page(tmp_path: Path) -> None:
    page = open_client(begin_case(tmp_path / "new", clock())).get("/map")
    assert page.status_code == 200
