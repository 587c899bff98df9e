"""Why and missing as JSON trees and as pages of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import PAGE, write_case
from tests.unit.lang.test_weave import read

THEN = ("--as-of", "2026-01-20", "--known-at", "2026-01-20")
SHARED = PAGE.replace(
    'variant start "When',
    """fluent a "a"
  holds while lock_open
fluent b "b"
  holds while lock_open
fluent both "both"
  holds while a and b

variant start "When""",
)


def walk(node: dict[str, Any], level: int = 0) -> Iterator[tuple[dict[str, Any], int]]:
    yield node, level
    for child in node["children"]:
        yield from walk(child, level + 1)


@pytest.fixture
def shared_case(tmp_path: Path) -> Path:
    """Give a case in which two states rest on a third."""
    return write_case(tmp_path / "shared", SHARED)


def test_a_step_that_is_rested_on_twice_is_unfolded_once(
    run: Run, shared_case: Path
) -> None:
    tree = run("why", shared_case, *THEN, "both", "--json").json["results"][0]["why"]
    locks = [node for node, _ in walk(tree) if node["text"] == "the lock is open"]
    assert [node["as_above"] for node in locks] == [False, True]
    assert locks[0]["id"] == locks[1]["id"]
    assert locks[0]["children"]
    assert not locks[1]["children"]
    numbers = [node["id"] for node, _ in walk(tree) if not node["as_above"]]
    assert len(set(numbers)) == len(numbers)


def test_a_step_cut_off_is_not_said_to_stand_above(run: Run, shared_case: Path) -> None:
    """What stood too deep the first time is unfolded where it stands higher."""
    found = run("why", shared_case, *THEN, "both", "--depth", "2", "--json").json
    nodes = list(walk(found["results"][0]["why"]))
    assert max(level for _, level in nodes) == 2
    for node, level in nodes:
        assert (node["n_cut"] > 0) <= (level == 2)
        assert not node["as_above"] or level < 2


def test_a_why_is_a_page_that_needs_nothing_else(
    run: Run, case: Path, tmp_path: Path
) -> None:
    target = tmp_path / "why.html"
    found = run("why", case, *THEN, "open_river", "--html", target)
    assert (found.status, found.out.strip()) == (0, str(target))
    text = target.read_text("utf-8")
    page = read(text)
    assert {"script", "link", "img"} & set(page.tags) == set()
    assert "style" not in page.attributes
    assert page.tags.count("details") >= 3
    assert page.links == []
    assert "Every" not in text
    assert "the river is open: YES" in text
    assert "https://gazette.example/page" in text
    assert "as of 20 January 2026" in text
    assert text.index("the river is open: YES") < text.index("The lock opened on")


def test_a_cut_page_says_how_much_is_left_out(
    run: Run, case: Path, tmp_path: Path
) -> None:
    target = tmp_path / "why.html"
    run("why", case, *THEN, "open_river", "--html", target, "--depth", "0")
    text = target.read_text("utf-8")
    assert "… 1 steps below (--depth)" in text
    assert "gazette.example" not in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("help", "Who owes it, in which state"),
        ("survey", "planned step: The bank is surveyed"),
        ("boats", "More than twenty boats"),
    ],
)
def test_other_questions_are_pages_too(
    run: Run, case: Path, tmp_path: Path, question: str, words: str
) -> None:
    target = tmp_path / "why.html"
    assert run("why", case, question, "--html", target).status == 0
    read(text := target.read_text("utf-8"))
    assert words in text


def test_missing_is_a_page_too(run: Run, case: Path, tmp_path: Path) -> None:
    target = tmp_path / "missing.html"
    then = ("--as-of", "2026-01-05", "--known-at", "2026-01-20")
    assert run("missing", case, *then, "open_river", "--html", target).status == 0
    text = target.read_text("utf-8")
    read(text)
    assert "Exactly: the lock opens." in text
    assert "Why</h2>" not in text


def test_a_page_that_is_not_exhaustive_says_so(tmp_path: Path) -> None:
    from tests.unit.cli.tiny import present
    from vigens.board import print_missing
    from vigens.desk import Looking, MissingFor, Session, make_lens, open_case
    from vigens.engine import Missing, Need

    opened = open_case(write_case(tmp_path / "case"), present)
    looking = Looking(int(present().timestamp()), as_of="2026-01-05")
    session = Session(opened, make_lens(opened, looking))
    (answer,) = session.ask("open_river")
    ways = ((Need("event", "it rains"),), (Need("event", "it pours"),))
    found = [MissingFor(answer, Missing(ways, False), "any one of 2 ways")]
    text = print_missing(session, "open_river", found)
    assert "Any one of:" in text
    assert "Not exhaustive." in text


@pytest.mark.parametrize("verb", ["why", "missing"])
def test_one_form_at_a_time(run: Run, case: Path, verb: str) -> None:
    found = run(verb, case, "open_river", "--json", "--html", "x.html")
    assert found.status == 2
    assert "--html: not allowed with argument --json" in found.err


CROWD = PAGE.replace(
    'variant start "When',
    """values gauge "a gauge"
  of {gauges}
event read(gauge) "{{gauge}} is read"
fluent was_read(gauge) "{{gauge}} was read"
  initiated by read(gauge)
fluent some_read "a gauge was read"
  holds while some gauge: was_read(gauge)

variant start "When""".format(gauges=", ".join(f"g{n}" for n in range(1, 21))),
)


def test_a_crowd_is_cut_and_every_form_says_how_many_are_left_out(
    run: Run, tmp_path: Path
) -> None:
    crowd = write_case(tmp_path / "crowd", CROWD)
    tree = run("why", crowd, *THEN, "some_read", "--json").json["results"][0]["why"]
    (cut,) = [node for node, _ in walk(tree) if node["n_more"]]
    assert (len(cut["children"]), cut["n_more"]) == (12, 8)
    assert "└─ … and 8 more of the kind" in run("why", crowd, *THEN, "some_read").out
    target = tmp_path / "why.html"
    run("why", crowd, *THEN, "some_read", "--html", target)
    assert "… and 8 more of the kind" in target.read_text("utf-8")
