"""The Paris case with papers for delegations alone: the public's answers stay as they are.

Nothing of this is in the example: a real record holds no invented papers.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vigens.cli import main

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LENS = ("--as-of", "2026-03-05", "--known-at", "2026-12-31")


def run(*words: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words], lambda: NOW)
    return status, out.getvalue(), err.getvalue()


def read(*words: object) -> Any:
    status, out, err = run(*words, "--json")
    assert status == 0, err
    return json.loads(out)


ASKED = (
    ("status",),
    ("status", "activation_condition"),
    ("why", "activation_condition"),
    ("missing", "activation_condition"),
    ("log",),
    ("timeline", "ceasefire(_)"),
)


def answers(case: Path, reader: str) -> list[tuple[int, str, str]]:
    return [
        run(verb, case, *question, *LENS, "--reader", reader, "--json")
        for verb, *question in ASKED
    ]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("eyes") / "paris"
    shutil.copytree(ROOT / "examples" / "paris", place)
    return place


def release(case: Path) -> None:
    """Record a group, who is in it, and a ceasefire that only they are told of."""
    words = ("group", "cell", "--title", "The cell", "--mark", "none")
    assert run("release", case, *words)[0] == 0
    joins = ("join", "cell", "FR", "GB", "--known-from", "2026-01-06")
    assert run("release", case, *joins)[0] == 0
    happened = ("--event", "ceasefire.begins(general)", "--on", "2026-03-01")
    told = ("--published", "2026-03-01", "--graded", "A1", "--mark", "cell")
    first = ("--source", "https://one.example/paper")
    status, out, err = run("record", case, *happened, *told, *first, "--json")
    assert status == 0, err
    entries = json.loads(out)["entries"]
    matter = next(each["id"] for each in entries if each["kind"] == "occurrence")
    second = ("--about", matter, "--source", "https://two.example/paper")
    assert run("record", case, *second, *told, "--json")[0] == 0
    assert run("confirm", case, matter, "--by", "second", "--json")[0] == 0


def test_papers_for_delegations_change_nothing_for_the_public(case: Path) -> None:
    before = {reader: answers(case, reader) for reader in ("public", "DE", "UA")}
    release(case)
    for reader, told in before.items():
        assert answers(case, reader) == told, reader
    for reader, word in (
        ("public", "NO"),
        ("DE", "NO"),
        ("FR", "YES"),
        ("cell", "YES"),
        ("all", "YES"),
    ):
        line = run("status", case, "activation_condition", *LENS, "--reader", reader)[1]
        assert f"{word}  " in line.splitlines()[0], (reader, line)


def test_only_all_is_told_that_the_public_is_told_no(case: Path) -> None:
    warned = {
        reader: "D010" in run("status", case, *LENS, "--reader", reader, "--json")[1]
        for reader in ("public", "FR", "all")
    }
    assert warned == {"public": False, "FR": False, "all": True}
