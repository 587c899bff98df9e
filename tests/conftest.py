"""What every test folder shares: data beside the checkout, browser, server, `--accept`.

`shared`, `chromium` and `server` skip a test where the machine lacks what it needs,
and say so. A browser or a PostgreSQL missing in continuous integration is a failure,
not a skip.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

from tests.stores.server import Server, find_programs

if TYPE_CHECKING:
    from playwright.sync_api import Page

# No deadline: two cores may be busy. In continuous integration the same examples each
# time, so that a failure there can be repeated here.
settings.register_profile("vigens", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "vigens")

# Nothing is kept beside the caches of whoever runs the tests.
os.environ.setdefault("VIGENS_CACHE", "off")

ROOT = Path(__file__).resolve().parent.parent
#: Holds the tests that take long.
LONG = ROOT / "tests" / "properties"
#: The first does as the others do, without windows and so for half the work.
BROWSERS = (
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
# Quiet and self-contained: no update, no sync, no look-up of the maker's servers.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each worker its share of the long tests to begin with.

    Workers begin with equal stretches of the list and take from one another's end; so a
    worker that has only long tests left would go on when the others are done.
    """
    n_workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if LONG in item.path.parents]
    rest = [item for item in items if LONG not in item.path.parents]
    share, items[:] = len(items) // n_workers, []
    for worker in range(n_workers):
        own = long[worker::n_workers]
        room = max(0, share - len(own)) if worker < n_workers - 1 else len(rest)
        items += [*own, *rest[:room]]
        del rest[:room]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which `make accept` uses."""
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite the expected outputs instead of comparing them",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def accept(pytestconfig: pytest.Config) -> bool:
    """Say whether expected outputs are to be rewritten."""
    return bool(pytestconfig.getoption("accept"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of development data, or skip: users do not have it."""
    named = os.environ.get("VIGENS_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not folder.is_dir():
        where = "VIGENS_SHARED" if named else "beside the checkout"
        pytest.skip(f"no folder of development data ({where})")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium, or skip with the reason."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing("no Chromium on this machine; tools/chromium installs one")
    return found


def missing(reason: str) -> NoReturn:
    """Skip a test for what the machine lacks; fail where it must not lack it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def page(chromium: str) -> Iterator[Page]:
    """Open an empty page in a headless browser of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, headless=True, args=list(BROWSER_FLAGS)
        )
        try:
            yield browser.new_page()
        finally:
            browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a running PostgreSQL server of this worker's own, or skip with the reason."""
    programs, reason = find_programs()
    if programs is None:
        missing(reason)
    own = Server(programs)
    try:
        own.start()
        yield own
    finally:
        own.close()


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """Give the address of an empty database, as the superuser of the server."""
    if not server.is_running():  # a test that failed may have left it down
        server.start()
    name = server.database()
    yield server.address(name)
    if server.is_running():
        server.drop(name)
