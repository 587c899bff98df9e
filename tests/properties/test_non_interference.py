"""What a reader may not see does not shape what he sees, on any surface.

Each journal is looked at twice through the same lens: whole, and without the entries
that are hidden from the reader. Every answer, list, count, number, error, exit status,
page and tag of a cache must be the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.asking import make_client
from tests.properties.hidden import NOW, Drawn, journals, lay, plain, run_command
from tests.properties.surfaces import endpoints, pages
from tests.unit.cli.tiny import PAGE
from vigens.base import VigensError
from vigens.board import make_app
from vigens.desk import (
    Looking,
    Session,
    compare,
    export_journal,
    make_lens,
    open_case,
    read_log,
    read_log_entry,
    read_status,
    read_unknowns,
    why,
)

#: More of them by hand: `VIGENS_EXAMPLES=2000 pytest tests/properties/test_non_…`.
EXAMPLES = int(os.environ.get("VIGENS_EXAMPLES", "40"))

#: Commands with the lens; ID stands for the beginning of some entry's id.
COMMANDS = (
    ["status", "CASE"],
    ["status", "CASE", "--json"],
    ["status", "CASE", "--all"],
    ["timeline", "CASE"],
    ["timeline", "CASE", "--json"],
    ["why", "CASE", "open_river"],
    ["why", "CASE", "lock_open", "--json"],
    ["why", "CASE", "help"],
    ["why", "CASE", "boats", "--json"],
    ["why", "CASE", "ID"],
    ["missing", "CASE", "open_river"],
    ["missing", "CASE", "endorsed(pact, water, GB)", "--json"],
    ["log", "CASE"],
    ["log", "CASE", "--json"],
    ["log", "CASE", "--last", "3"],
    ["log", "CASE", "--kind", "claim"],
    ["log", "CASE", "--kind", "x-thing"],
    ["log", "CASE", "ID"],
    ["log", "CASE", "ID", "--json"],
    ["log", "CASE", "--about", "ID"],
    ["log", "CASE", "r-1"],
    ["treaties", "CASE"],
    ["compare", "CASE", "--known-at", "2026-01-15..2026-03-09", "--all"],
    ["compare", "CASE", "open_river", "--as-of", "2026-01-05..", "--json"],
    ["why", "CASE", "open_river", "--html", "FILE"],
    ["missing", "CASE", "lock_open", "--html", "FILE"],
    ["export", "CASE", "FILE", "--json"],
    ["whatif", "CASE", "opens on 2026-03-20", "--as-of", "2026-04-01"],
    ["brief", "CASE", "--since", "2026-01-10"],
    ["brief", "CASE", "--since", "2026-01-10", "--json"],
    ["cite", "CASE", "open_river"],
    ["cite", "CASE", "/counts", "--style", "bibtex"],
    *(
        ["export", "CASE", "--format", each]
        for each in ("ical", "atom", "csvw", "geojson", "prov", "iati")
    ),
    *(
        ["export", "CASE", "--format", "csv", "--table", each]
        for each in ("states", "claims", "entries", "counts", "offers", "meetings")
    ),
)

#: Pages of the board and what its API is asked; their lens is added.
PAGES, ENDPOINTS = pages(), endpoints()


def looking(drawn: Drawn) -> Looking:
    return Looking(
        int(NOW.timestamp()),
        as_of="2026-02-10",
        known_at=drawn.known_at,
        recorded_at=drawn.recorded_at,
        reader=drawn.reader,
        policy=drawn.policy,
    )


def told(ask: Callable[[], Any]) -> Any:
    """Give what is answered, or the whole error."""
    try:
        return ask()
    except VigensError as error:
        return type(error), error.exit_status, str(error)


def fields(*found: object) -> str:
    """Write values of the desk with all their fields, but not where they lie."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(found))


def by_python(folder: Path, drawn: Drawn, names: list[str]) -> dict[str, Any]:
    """Ask the desk."""
    case = open_case(folder, lambda: NOW)

    def session() -> Session:
        return Session(case, make_lens(case, looking(drawn)))

    def of_log() -> Any:
        lens = make_lens(case, looking(drawn))
        lines = read_log(case, lens)
        return [(line.position, line.entry.id, line.known_from) for line in lines]

    def of_status() -> Any:
        one = session()
        status = read_status(one)
        return fields(status, read_unknowns(one, status))

    def of_entry(name: str) -> Any:
        return fields(read_log_entry(case, make_lens(case, looking(drawn)), name))

    def of_change() -> Any:
        one = session()
        later = make_lens(case, Looking(int(NOW.timestamp()), reader=drawn.reader))
        return fields(compare(one, Session(case, later)))

    return {
        "readers": told(lambda: session().lens.reader),
        "status": told(of_status),
        "why": told(lambda: fields(why(session(), "open_river", "lock_open"))),
        "log": told(of_log),
        "entries": [told(lambda name=name: of_entry(name)) for name in names],  # type: ignore[misc] # bound at once
        "change": told(of_change),
        "export": told(
            lambda: tuple(export_journal(folder, lambda: NOW, reader=drawn.reader))
        ),
    }


def by_command(folder: Path, drawn: Drawn, words: list[str], name: str) -> Any:
    """Ask the command line."""
    page = folder / "page.html"
    page.unlink(missing_ok=True)
    meant = {"CASE": str(folder), "ID": name, "FILE": str(page)}
    said = [meant.get(word, word) for word in words]
    said += ["--reader", drawn.reader]
    has_lens = words[0] != "export" or "--format" in words
    if has_lens:
        said += ["--policy", drawn.policy]
    if has_lens and words[0] != "compare":
        said += ["--known-at", drawn.known_at]
        said += [] if "--as-of" in said else ["--as-of", "2026-02-10"]
        said += ["--recorded-at", drawn.recorded_at] if drawn.recorded_at else []
    status, out, err = run_command(said)
    written = page.read_text("utf-8") if page.exists() else ""
    return status, plain(out), err, written


def by_board(folder: Path, drawn: Drawn, paths: list[str], name: str) -> Any:
    """Ask the board, with and without a day in the address."""
    app = make_app(folder, lambda: NOW)
    client = make_client(app, follow_redirects=False)
    lens = f"reader={drawn.reader}&policy={drawn.policy}"
    past = f"&as_of=2026-02-10&known_at={drawn.known_at}"
    past += f"&recorded_at={drawn.recorded_at}" if drawn.recorded_at else ""
    found: list[Any] = [client.get("/healthz").text]
    for path in paths:
        full = path.replace("ID", name)
        joint = "&" if "?" in full else "?"
        for more in (lens, lens + past):
            page = client.get(f"{full}{joint}{more}")
            headers = {k: v for k, v in page.headers.items() if k != "date"}
            found.append((page.status_code, headers, page.text))
    return found


def pair(drawn: Drawn) -> tuple[Drawn, Drawn]:
    """Give the journal whole and without what is hidden."""
    fewer = drawn.without_hidden
    assume(len(fewer.log) < len(drawn.log) or fewer.table != drawn.table)
    event(f"reader {drawn.reader}")
    return drawn, fewer


def seen_twice(drawn: Drawn, ask: Callable[[Path, Drawn], Any]) -> tuple[Any, Any]:
    """Look at one folder with either journal."""
    answers = []
    with TemporaryDirectory(prefix="vigens-") as place:
        for each in pair(drawn):
            lay(Path(place) / "case", each, PAGE)
            answers.append(ask(Path(place) / "case", each))
    return answers[0], answers[1]


bounded = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@bounded
@given(journals())
def test_the_desk_answers_as_if_the_hidden_were_not_there(drawn: Drawn) -> None:
    names = [*(entry.id[:6] for entry in drawn.log), "r-1", "r-2"]
    one, other = seen_twice(drawn, lambda at, each: by_python(at, each, names))
    assert one == other


@bounded
@given(
    journals(),
    st.lists(st.sampled_from(COMMANDS), min_size=3, max_size=3),
    st.integers(0, 13),
)
def test_commands_print_as_if_the_hidden_were_not_there(
    drawn: Drawn, commands: list[list[str]], number: int
) -> None:
    name = drawn.log[number % len(drawn.log)].id[:8]

    def ask(folder: Path, each: Drawn) -> Any:
        return [by_command(folder, each, words, name) for words in commands]

    one, other = seen_twice(drawn, ask)
    assert one == other


@bounded
@given(
    journals(),
    st.lists(st.sampled_from(PAGES), min_size=3, max_size=3),
    st.integers(0, 13),
)
def test_pages_look_as_if_the_hidden_were_not_there(
    drawn: Drawn, paths: list[str], number: int
) -> None:
    name = drawn.log[number % len(drawn.log)].id[:8]
    one, other = seen_twice(drawn, lambda at, each: by_board(at, each, paths, name))
    assert one == other


@settings(bounded, max_examples=max(1, EXAMPLES // 4))
@given(
    journals(),
    st.lists(st.sampled_from(ENDPOINTS), min_size=3, max_size=3),
    st.integers(0, 13),
)
def test_the_api_answers_as_if_the_hidden_were_not_there(
    drawn: Drawn, paths: list[str], number: int
) -> None:
    name = drawn.log[number % len(drawn.log)].id[:8]
    one, other = seen_twice(drawn, lambda at, each: by_board(at, each, paths, name))
    assert one == other
