"""A desk of two in a real browser, without scripts and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import serving
from tests.unit.board.conftest import write_case
from tests.unit.people.conftest import NOW, WORDS, cheap
from vigens.people import Account, Role, make_people

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEW = "four other words here"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a case with one account and give its address."""
    case = write_case(tmp_path_factory.mktemp("desk") / "case")
    people = make_people(case, cheap())
    olena = Account("olena", "Olena", Role.COORDINATOR, reader=None)
    people.add(olena, WORDS, NOW)
    people.close()
    with serving(case) as address:
        yield address


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    """Sign in by keyboard: the cursor stands in the first field."""
    page.goto(address)
    page.locator("#name:focus").wait_for()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


@pytest.mark.browser
def test_a_coordinator_makes_an_account_and_its_person_comes_in(
    board: str, page: Page
) -> None:
    browser = page.context.browser
    assert browser is not None
    mine = browser.new_context(java_script_enabled=False)
    page = mine.new_page()
    sign_in(page, f"{board}people", "olena", WORDS)
    assert page.url == f"{board}people"
    page.fill("#name", "jana")
    page.select_option("#role", "contributor")
    page.fill("#delegation", "CZ")
    page.get_by_role("button", name="Make the account").click()
    first = page.locator(".secret").inner_text()
    assert re.fullmatch(r"([a-z0-9]{5}-){3}[a-z0-9]{5}", first)

    theirs = browser.new_context(java_script_enabled=False)
    other = theirs.new_page()
    sign_in(other, f"{board}journal", "jana", first)
    assert other.url == f"{board}account"
    other.fill("#password", first)
    other.fill("#new", NEW)
    other.fill("#again", NEW)
    other.get_by_role("button", name="Change the password").click()
    assert other.locator(".done").is_visible()
    other.goto(f"{board}people")
    assert "permission to administer" in other.locator("main").inner_text()
    other.goto(f"{board}sign-out")
    other.get_by_role("button", name="Sign out").click()
    other.goto(f"{board}journal")
    assert "/sign-in" in other.url
    mine.close()
    theirs.close()
