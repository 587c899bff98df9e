"""The inbox in a real browser: by keys, and by plain forms without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import serving
from tests.unit.cli.tiny import REPORT, present, write_case
from vigens.desk import add_report, open_case, read_queue

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_case(tmp_path / "case")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    add_report(open_case(folder, present), tmp_path / "report.txt")
    return folder


@pytest.fixture
def board(folder: Path) -> Iterator[str]:
    """Serve the tiny case and give its address."""
    with serving(folder) as address:
        yield address


def states(folder: Path) -> list[str]:
    return [item.state for item in read_queue(open_case(folder, present))]


@pytest.mark.browser
def test_a_queue_is_worked_through_by_keys(
    folder: Path, board: str, page: Page
) -> None:
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{board.rstrip('/')}/inbox")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("mark#passage").is_visible()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator("h1").inner_text() == "Not recorded yet"
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator("h1").inner_text() == "Recorded"
    assert states(folder)[0] == "accepted"
    with page.expect_navigation():
        page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("off topic")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert states(folder)[1] == "rejected"
    with page.expect_navigation():
        page.keyboard.press("u")  # a slip: the rejection is taken back
    assert states(folder)[1] == "waiting"
    page.keyboard.press("g")
    assert page.evaluate("document.activeElement.id") == "reliability"
    assert troubles == []


@pytest.mark.browser
def test_without_javascript_the_forms_do_the_same(
    folder: Path, board: str, page: Page
) -> None:
    assert page.context.browser is not None
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{board.rstrip('/')}/inbox")
    plain.get_by_role("link", name="Begin with the first").click()
    plain.get_by_role("button", name="Accept").click()
    plain.get_by_role("button", name="Record it").click()
    assert plain.locator("h1").inner_text() == "Recorded"
    assert states(folder)[0] == "accepted"
