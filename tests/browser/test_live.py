"""An open page in a real browser: what changes appears, is told and is marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.keys import tab_to
from tests.browser.serving import serving
from tests.unit.board.conftest import make, write_case
from vigens.journal import open_journal, thaw

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


@pytest.fixture
def board(case: Path) -> Iterator[str]:
    """Serve a case and give its address."""
    with serving(case) as address:
        yield address


def sign(case: Path, *marks: str) -> None:
    """Record that Czechia signs, with a claim of a gazette."""
    signs = {"event": "signs", "args": ["accord", "CZ"], "title": "It signs"}
    with open_journal(case / "journal.jsonl", lambda: datetime.now(UTC)) as journal:
        made = make("occurrence", signs, happened="2026-01-08", marks=marks)
        (entry,) = journal.append([made])
        said = {"polarity": "pos", "statement": "It signs", "actors": ["CZ"]}
        (claim,) = journal.append([make("claim", said, about=(entry.id,), marks=marks)])
        grade = {"reliability": "B", "credibility": 2, "rule": "by hand"}
        journal.append([make("grade", grade, about=(claim.id,), marks=marks)])


@pytest.mark.browser
def test_a_changed_status_appears_without_a_reload(
    board: str, case: Path, page: Page
) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    with page.expect_response(lambda answer: "/live" in answer.url):
        page.goto(f"{board}?as_of=2026-02-01")
    page.evaluate("window.isTheSame = true")
    told = page.get_by_role("status")
    sign(case, "FR")
    page.wait_for_timeout(1500)
    assert told.is_hidden(), "what is hidden from the reader is told to nobody"
    sign(case, "public")
    told.filter(has_text="Czechia").wait_for(state="visible", timeout=20_000)
    assert page.locator("[data-changed]").count() > 0
    row = page.locator("table.matrix tr", has_text="Czechia").first
    assert "NOT KNOWN" in row.inner_text()
    assert page.evaluate("window.isTheSame") is True
    assert troubles == []


@pytest.mark.browser
def test_what_changes_under_the_focus_leaves_it_there(
    board: str, case: Path, page: Page
) -> None:
    with page.expect_response(lambda answer: "/live" in answer.url):
        page.goto(f"{board}counts")
    tab_to(page, page.locator("main a", has_text="10"))
    page.evaluate("window.before = document.activeElement")
    with open_journal(case / "journal.jsonl", lambda: datetime.now(UTC)) as journal:
        ten = next(e for e in journal.entries() if e.kind == "count")
        more = thaw(ten.payload) | {"number": 11}
        journal.append([make("count", more, happened="2026-01-05", rectifies=ten.id)])
    page.get_by_role("status").filter(has_text="11").wait_for(timeout=20_000)
    assert page.evaluate("window.before.isConnected") is False, "it was renewed"
    for key in ("", "Shift+Tab", "Tab"):
        if key:
            page.keyboard.press(key)
        there = page.evaluate(
            "document.activeElement.matches('main a') && "
            "document.activeElement.textContent.includes('11')"
        )
        assert there == (key != "Shift+Tab"), key


@pytest.mark.browser
def test_without_script_a_link_loads_the_page_again(
    board: str, case: Path, page: Page
) -> None:
    browser: Browser | None = page.context.browser
    assert browser is not None
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{board}journal?kind=occurrence")
        assert "CZ" not in plain.locator("main").inner_text()
        sign(case, "public")
        plain.wait_for_timeout(1000)
        plain.get_by_role("link", name="Refresh").click()
        assert plain.url.endswith("/journal?kind=occurrence")
        assert "It signs" in plain.locator("main").inner_text()
