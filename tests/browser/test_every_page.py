"""Every page of the board in a real browser: nobody is kept out, nothing complains."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.access import barriers, overflows, watch
from tests.browser.serving import serving
from tests.conftest import BROWSER_FLAGS
from vigens.board.routes import WAYS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LENS = "as_of=2026-02-25&known_at=2026-02-25"

#: What is there for those with accounts alone; `test_sign_in.py` goes there.
APART = {
    *("/sign-in", "/sign-in/provider", "/sign-in/back", "/sign-out"),
    *("/account", "/people", "/access"),
}

#: What a way needs to show something on the Paris case.
ASKED = {
    "/why": "q=endorsed(paris,force,CZ)",
    "/search": "q=ceasefire",
    "/adviser": "state=FR",
    "/delegation": "party=FR",
    "/timeline": "q=activation_condition",
    "/press": "q=ceasefire",
}
NAMED = {
    "/agreement/{name:path}": "/agreement/paris_declaration",
    "/obligation/{name}": "/obligation/contribute",
    "/counts/{measure}": "/counts/countries_ready",
    "/party/{id}": "/party/FR",
    "/party/{name}": "/party/FR",
    "/wordings": "/agreements",
}


def addresses() -> list[str]:
    """List an address for each page of the table that one can be written for."""
    found = []
    for way in WAYS:
        path = NAMED.get(way.path, way.path)
        if (
            "{" in path
            or path in APART
            or path.endswith((".pdf", ".md", ".ics", ".atom", ".csv"))
        ):
            continue
        asked = "&".join(filter(None, (ASKED.get(way.path), LENS)))
        found.append(f"{path}?{asked}")
    return found


@pytest.fixture(scope="module")
def board(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the Paris case that may be written to, and give its address."""
    case = tmp_path_factory.mktemp("board") / "paris"
    shutil.copytree(root / "examples" / "paris", case)
    with serving(case) as address:
        yield address.rstrip("/")


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


@pytest.mark.browser
@pytest.mark.parametrize("address", addresses())
def test_nobody_is_kept_out(board: str, browser: Browser, address: str) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]  # one of its words
        )
        page = context.new_page()
        troubles = watch(page)
        answer = page.goto(board + address)
        assert answer is not None
        assert answer.status == 200, page.inner_text("main")[:300]
        assert barriers(page) == [], scheme
        assert overflows(page) == []
        assert page.locator("h1").count() == 1
        assert troubles == []
        context.close()


@pytest.mark.browser
def test_without_scripts_every_page_says_the_same(board: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in addresses():
        page.goto(board + address)
        assert page.locator("main h1").count() == 1, address
        assert page.locator("main").inner_text().strip(), address
    context.close()
