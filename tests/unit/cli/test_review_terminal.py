"""Reviewing by key on a real terminal: a process of its own behind a pseudo-terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

pty = pytest.importorskip("pty")


def _at_terminal(case: Path, keys: str) -> str:
    """Type keys at `vigens review`; give all that the screen showed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "vigens", "review", str(case)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, keys.encode())
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # the other end is closed: the command has ended
            pass
        os.close(ours)
        assert process.wait(timeout=60) == 0
    return shown.decode()


def test_a_person_edits_accepts_rejects_and_goes_on_later(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    n_all = len(run("review", case, "list", "--json").json)
    keys = ["e", "statement=Said so.", "a", "g", "Z9", "r", "", "r", "old"]
    shown = _at_terminal(case, "\n".join([*keys, "q"]) + "\n")
    assert f"1 of {n_all}: " in shown
    assert "accepted 1 as claim" in shown
    assert '"Z9" is no grade' in shown
    assert "a rejection needs a reason" in shown
    assert f"{n_all - 2} wait; the same command goes on from here" in shown
    # The first twice, since it was edited; what went wrong stays in sight.
    assert shown.count(", waiting") == 4
    states = [i["state"] for i in run("review", case, "list", "--all", "--json").json]
    assert states == ["accepted", "rejected", *["waiting"] * (n_all - 2)]


def test_the_two_halves_of_a_grade_are_asked_apart_and_begin_at_f6(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    shown = _at_terminal(case, "g\nB\n\ng\n\n3\ng\n\n\nq\n")
    for grade in ("B6", "F3", "F6"):
        assert f"graded {grade}" in shown


def test_a_copy_is_accepted_as_one_origin_by_key(
    run: Run, case: Path, report: Path, tmp_path: Path
) -> None:
    run("review", case, "add", report)
    first = run("review", case, "accept", "1", "--json").json
    other = tmp_path / "other.txt"
    other.write_text("6 February 2026\n\nFrance and Germany signed a treaty.\n")
    number = run("review", case, "list", "--json").json[-1]["number"] + 1
    run("review", case, "add", other)
    keys = "s\n" * (number - 2) + f"o\nffffff\no\n{first['claim'][:12]}\nq\n"
    shown = _at_terminal(case, keys)
    assert "ffffff" in shown
    assert f"about {first['kind']} {first['matter'][:12]}" in shown
    assert "the two count as one" in shown
    claims = run("review", case, "list", "--all", "--json").json
    assert claims[number - 1]["state"] == "accepted"
