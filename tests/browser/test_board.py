"""A walk through the board on the Paris case in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def board(root: Path) -> Iterator[str]:
    """Serve the Paris case and give its address."""
    case = root / "examples" / "paris"
    with serving(case) as address:
        yield address


@pytest.mark.browser
def test_from_the_status_line_to_a_source(board: str, page: Page) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{board}?as_of=2026-02-25&known_at=2026-02-25")
    headline = page.locator(".headline")
    assert headline.locator(".word").inner_text() == "NO"
    assert "as of 25 February 2026" in page.locator(".lens").inner_text()

    headline.get_by_role("link", name="Why, down to the sources").click()
    assert "as_of=2026-02-25" in page.url
    assert page.locator("svg.tl").is_visible()
    assert "a general ceasefire begins" in page.locator(".missing").inner_text()

    claim = page.locator(".why .claim").first
    while not claim.is_visible():
        page.locator(".why details:not([open]) > summary:visible").first.click()
    outside = claim.locator("a.out").first
    assert (outside.get_attribute("href") or "").startswith("https://")
    assert outside.get_attribute("rel") == "noopener noreferrer nofollow"

    claim.get_by_role("link").first.click()
    assert "/entry/" in page.url
    assert page.locator(".sources a.out").first.is_visible()
    assert troubles == []


@pytest.mark.browser
def test_a_cell_of_the_matrix_leads_to_its_rule(board: str, page: Page) -> None:
    page.goto(f"{board}?as_of=2026-01-07&known_at=2026-01-07")
    row = page.locator(".matrix tr", has_text="Czechia").first
    cells = row.locator("td.cell").all_inner_texts()
    assert [" ".join(cell.split()[1:2]) for cell in cells][3] == "NO"
    row.locator("td.cell a").nth(3).click()
    page.locator(".headline .rule a").click()
    assert "/agreement/law/political_texts" in page.url
    assert page.locator(":target").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone(board: str, page: Page, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in ("", "why?q=activation_condition", "offers", "journal", "agreements"):
        page.goto(f"{board}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.browser
def test_the_form_changes_the_view(board: str, page: Page) -> None:
    page.goto(board)
    page.get_by_text("Look at it otherwise").click()
    page.get_by_label("As of").fill("2026-12-02")
    page.get_by_label("A further hypothesis").fill(
        "ceasefire.begins(general) on 2026-12-01"
    )
    page.get_by_label("assume no other change").check()
    page.get_by_role("button", name="Look", exact=True).click()
    assert page.locator(".headline .word").inner_text() == "YES"
    assert "(hypothesis)" in page.locator(".headline").inner_text()
