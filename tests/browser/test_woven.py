"""Woven pages of the Paris case in a real browser: screen, phone and links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vigens.desk import weave_files

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def woven(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weave the case into a folder."""
    folder = tmp_path_factory.mktemp("woven")
    weave_files([root / "examples" / "paris"], folder)
    return folder


@pytest.mark.browser
def test_a_name_leads_to_the_law_and_nothing_is_refused(
    woven: Path, page: Page
) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.goto((woven / "index.html").as_uri())
    page.get_by_role("link", name="Paris Declaration").first.click()
    page.get_by_role("link", name="ceasefire", exact=True).first.click()
    assert "/law/ceasefire.html#L" in page.url
    assert page.locator(":target").is_visible()
    assert troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rules_stand_beside_prose_and_below_it_on_a_phone(
    woven: Path, page: Page, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((woven / "agreements" / "paris_declaration.html").as_uri())
    row = page.locator(".row", has=page.locator(".beside")).first
    for width, is_beside in ((1280, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 900})
        prose = row.locator(".prose").bounding_box()
        rules = row.locator(".beside").bounding_box()
        assert prose is not None
        assert rules is not None
        assert (rules["x"] > prose["x"] + prose["width"] - 1) is is_beside
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_paper_keeps_both_columns(woven: Path, page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    page.goto((woven / "agreements" / "paris_declaration.html").as_uri())
    row = page.locator(".row", has=page.locator(".beside")).first
    prose, rules = (row.locator(one).bounding_box() for one in (".prose", ".beside"))
    assert prose is not None
    assert rules is not None
    assert rules["x"] > prose["x"] + prose["width"] - 1
