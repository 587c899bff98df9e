"""Every page of the board in a real browser: nobody is kept out, nothing complains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.access import barriers, overflows, watch
from tests.browser.keys import unfold, walk
from tests.browser.standing import NO_PAGES, PAGES, Standing, named, standing
from tests.conftest import BROWSER_FLAGS
from vigens.board.routes import WAYS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from vigens.board.ways import Way


@pytest.fixture(scope="module")
def desk(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """Serve the Paris case to persons with accounts."""
    with standing(root, tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Give one browser for all pages."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, headless=True, args=list(BROWSER_FLAGS)
        )
        yield browser
        browser.close()


#: Walked by keyboard at one of the two widths, in turn: every page at both takes long.
WALKED = (1280, 390)


@pytest.mark.browser
@pytest.mark.parametrize("way", PAGES, ids=named)
def test_nobody_is_kept_out(desk: Standing, browser: Browser, way: Way) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        viewport = {"width": width, "height": 900}
        context = desk.context(browser, way, viewport=viewport, color_scheme=scheme)
        page = context.new_page()
        troubles = watch(page)
        answer = page.goto(desk.address(way))
        assert answer is not None
        assert answer.status == 200, page.inner_text("main")[:300]
        assert barriers(page, looks_alone=scheme == "dark") == [], scheme
        assert overflows(page) == []
        assert page.locator("h1").count() == 1
        unfold(page)
        if width == WALKED[PAGES.index(way) % 2]:
            assert walk(page) == [], width
        assert troubles == []
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("way", PAGES, ids=named)
def test_without_scripts_a_page_says_the_same(
    desk: Standing, browser: Browser, way: Way
) -> None:
    context = desk.context(browser, way, java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.address(way))
    assert page.locator("main h1").count() == 1
    assert page.locator("main").inner_text().strip()
    page.close()


@pytest.mark.browser
def test_what_is_listed_as_no_page_is_none(desk: Standing, browser: Browser) -> None:
    for way in (way for way in WAYS if way.path in NO_PAGES):
        context = desk.context(browser, way)
        found = context.request.get(desk.address(way), max_redirects=0)
        is_page = found.headers.get("content-type", "").startswith("text/html")
        assert not is_page or found.status in (303, 400, 404), way.path
