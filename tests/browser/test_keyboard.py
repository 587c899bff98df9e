"""Work on the board by keyboard alone, on the Paris case: Tab, Enter, Space, arrows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.access import watch
from tests.browser.keys import follow, pick, tab_to, write
from tests.browser.serving import serving
from tests.browser.standing import LENS, REPORT
from vigens.desk import add_report, open_case, read_queue
from vigens.journal import open_journal

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from vigens.journal import Entry


@pytest.fixture(scope="module")
def case(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the Paris case with a report in its queue."""
    folder = tmp_path_factory.mktemp("keys") / "paris"
    shutil.copytree(root / "examples" / "paris", folder)
    report = folder.parent / "talks.txt"
    report.write_text(REPORT, "utf-8")
    add_report(open_case(folder, now), report)
    return folder


@pytest.fixture(scope="module")
def board(case: Path) -> Iterator[str]:
    """Serve it, and give the address."""
    with serving(case) as address:
        yield address.rstrip("/")


@pytest.fixture
def screen(page: Page) -> Iterator[Page]:
    """Give a page whose mouse is never touched, and that must not complain."""
    page.set_viewport_size({"width": 1280, "height": 900})
    troubles = watch(page)
    yield page
    assert troubles == []


def now() -> datetime:
    return datetime.now(UTC)


def entries(case: Path) -> tuple[Entry, ...]:
    with open_journal(case / "journal.jsonl", now) as journal:
        return journal.entries()


def focused(page: Page) -> str:
    """Give what holds the focus, as it is written."""
    return str(page.evaluate("document.activeElement.outerHTML"))


@pytest.mark.browser
def test_the_first_key_leads_past_the_navigation(board: str, screen: Page) -> None:
    screen.goto(f"{board}/journal")
    screen.keyboard.press("Tab")
    assert "Skip to the content" in focused(screen)
    box = screen.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    screen.keyboard.press("Enter")
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.browser
def test_an_occurrence_is_recorded(case: Path, board: str, screen: Page) -> None:
    before = len(entries(case))
    screen.goto(board)
    follow(screen, screen.get_by_role("link", name="Record", exact=True))
    follow(screen, screen.get_by_role("link", name="New entry", exact=True))
    follow(screen, screen.get_by_role("link", name="What happened"))
    write(screen, screen.locator("#choose-q"), "ceasefire begins")
    with screen.expect_navigation():
        screen.keyboard.press("Enter")
    follow(screen, screen.locator("a[href*='/record/event/ceasefire.begins']"))
    write(screen, screen.locator("#arg_1"), "general")
    write(screen, screen.locator("#happened"), "2026-02-20")
    write(screen, screen.locator("#source"), "https://gazette.example/peace")
    follow(screen, screen.get_by_role("button", name="See what it would change"))
    assert screen.locator("h1").inner_text() == "Not recorded yet"
    assert len(entries(case)) == before
    follow(screen, screen.get_by_role("button", name="Record it"))
    assert screen.locator("h1").inner_text() == "Recorded"
    made = entries(case)[before:]
    assert [entry.kind for entry in made] == ["occurrence", "claim"]
    assert made[0].payload["event"] == "ceasefire.begins"


@pytest.mark.browser
def test_a_wrong_field_is_reached_from_what_is_said_of_it(
    board: str, page: Page
) -> None:
    screen = page  # it complains of the status of what is refused
    screen.goto(f"{board}/record/offer")
    pick(screen, screen.locator("#party"), "FR")
    write(screen, screen.locator("#number"), "many")
    with screen.expect_navigation():
        screen.keyboard.press("Enter")
    assert 'id="faults"' in focused(screen)
    tab_to(screen, screen.locator("#faults a[href='#number']"))
    screen.keyboard.press("Enter")
    assert 'id="number"' in focused(screen)
    assert screen.locator("#party").input_value() == "FR"


@pytest.mark.browser
def test_a_suggestion_is_accepted_and_taken_back(
    case: Path, board: str, screen: Page
) -> None:
    before = len(entries(case))
    screen.goto(f"{board}/inbox")
    follow(screen, screen.get_by_role("link", name="Begin with the first"))
    tab_to(screen, screen.locator("div.document"))
    follow(screen, screen.get_by_role("button", name="Accept"))
    follow(screen, screen.get_by_role("button", name="Record it"))
    assert screen.locator("h1").inner_text() == "Recorded"
    assert read_queue(open_case(case, now))[0].state == "accepted"
    made = entries(case)[before:]
    follow(screen, screen.get_by_role("link", name="take it back").last)
    write(screen, screen.locator("#reason"), "it was said of another meeting")
    follow(screen, screen.get_by_role("button", name="See what it would change"))
    follow(screen, screen.get_by_role("button", name="Record it"))
    undone = entries(case)[-1]
    assert undone.kind == "note"
    assert undone.rectifies in {entry.id for entry in made}
    follow(screen, screen.locator(f"a[href*='/entry/{undone.id}']").first)
    follow(screen, screen.locator(f"a[href*='/entry/{undone.id}/undo']"))
    follow(screen, screen.get_by_role("button", name="See what it would change"))
    follow(screen, screen.get_by_role("button", name="Record it"))
    restored = entries(case)[-1]
    assert restored.rectifies == undone.id
    assert restored.payload == next(e for e in made if e.id == undone.rectifies).payload


@pytest.mark.browser
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_lens_is_changed(board: str, screen: Page, key: str) -> None:
    screen.goto(board)
    folded = screen.locator(".lens summary")
    tab_to(screen, folded)
    screen.keyboard.press(key)
    write(screen, screen.locator("#as_of"), "2026-12-02")
    write(screen, screen.locator("#known_at"), "2026-02-25")
    pick(screen, screen.locator("#policy"), "open-ear")
    write(
        screen,
        screen.get_by_label("A further hypothesis"),
        "ceasefire.begins(general) on 2026-12-01",
    )
    assume = screen.get_by_label("assume no other change")
    tab_to(screen, assume)
    screen.keyboard.press("Space")
    assert assume.is_checked()
    follow(screen, screen.get_by_role("button", name="Look", exact=True))
    assert screen.locator(".headline .word").inner_text() == "YES"
    for part in ("as_of=2026-12-02", "known_at=2026-02-25", "policy=open-ear"):
        assert part in screen.url


@pytest.mark.browser
def test_a_view_is_cited(board: str, screen: Page) -> None:
    screen.goto(f"{board}/?{LENS}")
    word = screen.locator(".headline .word").inner_text()
    follow(screen, screen.get_by_role("link", name="cite this view"))
    field = screen.locator(".citation textarea").first
    tab_to(screen, field)
    screen.keyboard.press("Control+A")
    chosen = screen.evaluate("getSelection().toString()") or field.input_value()
    assert "recorded_at=" in chosen
    follow(screen, screen.get_by_role("link", name="Permanent link to this view"))
    assert screen.locator(".headline .word").inner_text() == word


@pytest.mark.browser
def test_two_views_are_compared(board: str, screen: Page) -> None:
    screen.goto(f"{board}/?as_of=2026-01-07&known_at=2026-01-07")
    follow(screen, screen.locator("nav.rooms").get_by_text("Facts"))
    follow(screen, screen.locator("nav.pages").get_by_text("Compare"))
    write(screen, screen.locator("#b1"), "2026-01-05")
    with screen.expect_navigation():
        screen.keyboard.press("Enter")
    assert "before_as_of=2026-01-05" in screen.url
    assert screen.get_by_role("heading", name="What differs").is_visible()
    assert screen.locator("main .sides a").count() == 2


@pytest.mark.browser
def test_what_is_wider_than_its_place_is_moved_by_arrows(
    board: str, screen: Page
) -> None:
    screen.set_viewport_size({"width": 390, "height": 844})
    screen.goto(f"{board}/meetings?{LENS}")
    place = screen.locator("div.scroll").first
    tab_to(screen, place)
    screen.keyboard.press("ArrowRight")
    screen.wait_for_timeout(500)  # a browser scrolls smoothly
    assert place.evaluate("node => node.scrollLeft") > 0
