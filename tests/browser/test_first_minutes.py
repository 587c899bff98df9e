"""The first ten minutes of each user, on the Paris case, by keyboard alone.

`--accept` writes a picture of where each walk ends up into `docs/images`.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.access import watch
from tests.browser.keys import choose_file, follow, pick, tab_to, write
from tests.browser.serving import serving
from tests.browser.standing import LENS, REPORT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "five plain words and more"

Keep = Callable[["Page", str], None]


@pytest.fixture(scope="module")
def case(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the Paris case that may be written to."""
    folder = tmp_path_factory.mktemp("minutes") / "paris"
    shutil.copytree(root / "examples" / "paris", folder)
    return folder


@pytest.fixture(scope="module")
def board(case: Path) -> Iterator[str]:
    """Serve it as `vigens serve` does, and give the address."""
    with serving(case) as address:
        yield address.rstrip("/")


@pytest.fixture
def keep(root: Path, request: pytest.FixtureRequest) -> Keep:
    """Keep a picture of a page for the documentation, where that is asked for."""

    def kept(page: Page, name: str) -> None:
        if request.config.getoption("--accept"):
            page.screenshot(path=root / "docs" / "images" / f"{name}.png")

    return kept


@pytest.fixture
def desktop(page: Page) -> Iterator[Page]:
    """Give a page on a desktop that must not complain."""
    page.set_viewport_size({"width": 1280, "height": 900})
    troubles = watch(page)
    yield page
    assert troubles == []


def words(page: Page) -> str:
    """Give all words of the page."""
    return page.locator("main").inner_text()


@pytest.mark.browser
def test_the_officer_takes_over(board: str, desktop: Page, keep: Keep) -> None:
    desktop.goto(f"{board}/?{LENS}")
    keep(desktop, "board")
    follow(desktop, desktop.locator(".who a", has_text="fficer"))
    assert "as_of=2026-02-25" in desktop.url
    assert desktop.locator(".headline .word").inner_text() == "NO"
    for heading in ("Running clocks", "Who acts next", "Changes since the last shift"):
        assert desktop.get_by_role("heading", name=heading).is_visible()
    keep(desktop, "officer")
    write(desktop, desktop.locator("#since"), "2026-01-31")
    follow(desktop, desktop.get_by_role("button", name="Look back"))
    assert "31 January 2026" in desktop.locator("#shift + form, #since").first.evaluate(
        "node => node.closest('section').innerText"
    )
    tab_to(desktop, desktop.get_by_role("link", name="as PDF"))
    with desktop.expect_download() as waiting:
        desktop.keyboard.press("Enter")
    brief = Path(waiting.value.path()).read_bytes()
    assert brief.startswith(b"%PDF-")
    follow(desktop, desktop.get_by_role("link", name="Hand-over brief"))
    assert "as of 25 February 2026" in desktop.inner_text("body")


@pytest.mark.browser
def test_the_adviser_asks_what_binds_czechia(
    board: str, desktop: Page, keep: Keep
) -> None:
    desktop.goto(f"{board}/adviser?{LENS}")
    pick(desktop, desktop.get_by_label("State", exact=True), "CZ")
    follow(desktop, desktop.get_by_role("button", name="Show"))
    assert "Czechia" in desktop.locator("h1").inner_text()
    assert "Monitoring and verification" in words(desktop)
    keep(desktop, "adviser")
    follow(desktop, desktop.locator("main a[href*='/why']"))
    assert desktop.get_by_role("heading", name="Why", exact=True).is_visible()


@pytest.mark.browser
def test_the_monitor_sees_first_what_nobody_saw(
    board: str, desktop: Page, keep: Keep
) -> None:
    desktop.goto(f"{board}/monitor?as_of=2026-03-09&known_at=2026-03-09")
    assert desktop.locator("h2").first.inner_text().startswith("Not observed")
    assert "nobody looked" in words(desktop)
    keep(desktop, "monitor")
    last = desktop.get_by_role("link", name="the last day on which somebody looked")
    follow(desktop, last)
    assert "7 March 2026" in desktop.locator("h1").inner_text()


@pytest.mark.browser
def test_the_journalist_cites_what_was_known(
    board: str, desktop: Page, keep: Keep
) -> None:
    desktop.goto(f"{board}/press?q=ceasefire&{LENS}")
    assert desktop.locator("main a[href*='/entry/']").count() > 3
    keep(desktop, "press")
    desktop.goto(f"{board}/?{LENS}")
    word = desktop.locator(".headline .word").inner_text()
    follow(desktop, desktop.get_by_role("link", name="cite this view"))
    desktop.wait_for_timeout(500)  # the live script asks for the page once more
    assert desktop.get_by_role("button", name="Copy").count() > 1
    follow(desktop, desktop.get_by_role("link", name="Permanent link to this view"))
    assert "recorded_at=" in desktop.url
    assert desktop.locator(".headline .word").inner_text() == word
    desktop.goto(f"{board}/corrections")
    assert desktop.locator("h1").is_visible()
    desktop.goto(f"{board}/method")
    assert "standard" in words(desktop)


@pytest.mark.browser
def test_the_curator_takes_a_report_in_by_keyboard(
    board: str, desktop: Page, keep: Keep, tmp_path: Path
) -> None:
    report = tmp_path / "talks.txt"
    report.write_text(REPORT, "utf-8")
    desktop.goto(f"{board}/inbox/upload")
    choose_file(desktop, desktop.get_by_label("The file"), report)
    follow(desktop, desktop.get_by_role("button", name="Hand it in"))
    follow(desktop, desktop.get_by_role("link", name="To the inbox"))
    desktop.locator("a.queue-row").first.wait_for()
    desktop.wait_for_load_state()
    desktop.keyboard.press("j")
    desktop.keyboard.press("Enter")
    desktop.wait_for_selector("mark")
    assert (
        desktop.locator("mark").first.inner_text().strip()
        in REPORT.replace("\n", " ") + REPORT
    )
    keep(desktop, "inbox")
    desktop.keyboard.press("a")
    desktop.wait_for_selector("button[value=record]")
    desktop.keyboard.press("a")
    desktop.wait_for_url("**/recorded/**")
    assert "recorded" in words(desktop).lower()
    desktop.goto(f"{board}/journal")
    assert "claim" in words(desktop)


@pytest.mark.browser
def test_a_delegation_sees_and_changes_its_own_sheet_alone(
    case: Path, tmp_path: Path, desktop: Page, keep: Keep
) -> None:
    folder = tmp_path / "paris"
    shutil.copytree(case, folder)
    for name, more in (
        ("chair", ["--role", "coordinator"]),
        ("vilnius", ["--role", "contributor", "--delegation", "LT"]),
    ):
        subprocess.run(
            [sys.executable, "-m", "vigens", "account", folder, "add", name, *more],
            check=True,
            input=f"{PASSWORD}\n{PASSWORD}\n",
            text=True,
            capture_output=True,
        )
    with subprocess.Popen(
        [sys.executable, "-m", "vigens", "serve", folder, "--port", "0", "--json"],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split('"address":')[1].split('"')[1]
        address = address.rstrip("/")
        desktop.goto(f"{address}/delegation")
        assert "/sign-in" in desktop.url
        keep(desktop, "sign-in")
        desktop.keyboard.type("vilnius")
        desktop.keyboard.press("Tab")
        desktop.keyboard.type(PASSWORD)
        desktop.keyboard.press("Enter")
        desktop.wait_for_url("**/delegation**")
        assert "Lithuania" in desktop.locator("h1").inner_text()
        assert "nclassified and exercise use" in desktop.inner_text("body")
        keep(desktop, "delegation")
        for path in ("/people", "/access", "/proofs"):
            assert desktop.request.get(address + path).status in (200, 403)
        assert desktop.request.get(f"{address}/people").status == 403
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
