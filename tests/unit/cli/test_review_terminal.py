"""Reviewing by key on a real terminal: a process of its own behind a pseudo-terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

pty = pytest.importorskip("pty")


def _at_terminal(case: Path, keys: str, **env: str) -> str:
    """Type keys at `vigens review`; give all that the screen showed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "vigens", "review", str(case)],
        env={**os.environ, **env},
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


def test_what_was_decided_is_taken_back_step_by_step(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    n_all = len(run("review", case, "list", "--json").json)
    keys = ["u", "e", "place=Bern", "a", "s", "r", "old", "u", "u", "u", "u", "q"]
    shown = _at_terminal(case, "\n".join(keys) + "\n")
    assert shown.count("nothing was decided in this sitting") == 2
    assert "taken back: suggestion 3 waits again" in shown
    assert "taken back: suggestion 1 waits again" in shown
    assert "suggestion 1 is as it was before the edit" in shown
    assert "the journal keeps all" in shown
    items = run("review", case, "list", "--all", "--json").json
    assert [item["state"] for item in items] == ["waiting"] * n_all
    assert items[0]["edits"] == {}
    assert run("fsck", case).status == 0


def test_after_undoing_one_goes_on_where_one_was(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    shown = _at_terminal(case, "s\nr\nold\nu\ns\nq\n")
    asked = [line for line in shown.split("\n") if " of " in line and "> " in line]
    assert [line.strip().split(" ")[0] for line in asked] == list("1232" + "3")


def test_the_last_decision_of_all_can_be_taken_back_too(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    numbers = [i["number"] for i in run("review", case, "list", "--json").json]
    run("review", case, "reject", *numbers[1:], "--reason", "old")
    shown = _at_terminal(case, "a\nu\na\nq\n")
    assert shown.count("that was the last: u takes the decision back") == 2
    assert shown.count("taken back: suggestion 1 waits again") == 1
    assert "nothing waits" in shown
    states = {i["state"] for i in run("review", case, "list", "--all", "--json").json}
    assert states == {"accepted", "rejected"}


def test_keys_come_through_a_pipe_when_one_says_so(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)

    def piped(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "vigens", "review", str(case), *options],
            input="a\nq\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )

    listed = piped()
    assert "waiting, 0 accepted" in listed.stdout
    assert "--keys takes the lines that come in as keys" in listed.stderr
    done = piped("--keys")
    assert "s u q ? > a\n" in done.stdout  # what came in is seen
    assert "accepted 1 as claim" in done.stdout
    assert done.stderr == ""
    assert run("review", case, "list", "--keys").status == 2


def test_an_earlier_decision_is_taken_back_by_number(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    run("review", case, "accept", "1", "--graded", "B2")
    told = run("review", case, "undo", "1", "--reason", "another river", "--json").json
    assert len(told["withdrawn"]) == len(told["recorded"]) == 4
    again = run("review", case, "undo", "1")
    assert again.status == 1
    assert "nothing is decided" in again.err
    shown = run("log", case, "--json").out
    assert "withdrawn: another river" in shown


@pytest.mark.parametrize("columns", ["40", "60"])
def test_a_narrow_terminal_shows_all_within_its_width(
    run: Run, case: Path, report: Path, columns: str
) -> None:
    run("review", case, "add", report)
    shown = _at_terminal(case, "?\ns\nq\n", COLUMNS=columns)
    lines = [line.rstrip("\r") for line in shown.split("\n")]
    asked = [line for line in lines if "> " in line]
    assert asked
    lines = [line for line in lines if "documents/" not in line]  # to be copied whole
    assert all(len(line) <= int(columns) for line in lines if line not in asked), lines
    assert all(len(line.partition("> ")[0]) < int(columns) for line in asked)


def test_a_terminal_that_obeys_nothing_gets_plain_lines(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    for env in ({"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "dumb"}):
        assert "\x1b" not in _at_terminal(case, "a\nu\nq\n", **env)


@pytest.mark.parametrize(
    "locale", [{}, {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}]
)
def test_letters_come_through_whatever_the_locale_says(
    run: Run, case: Path, report: Path, locale: dict[str, str]
) -> None:
    run("review", case, "add", report)
    keys = "e\nstatement=Қазақстан қол қойды\ne\nplace=\xff\nq\n".encode()
    done = subprocess.run(
        [sys.executable, "-m", "vigens", "review", str(case), "--keys"],
        input=keys.replace("\xff".encode(), b"\xff"),
        env={**os.environ, "LC_ALL": "C", **locale},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == b""
    (edits,) = (
        item["edits"]
        for item in run("review", case, "list", "--json").json
        if item["edits"]
    )
    assert edits == {"statement": "Қазақстан қол қойды", "place": "\ufffd"}


def test_a_closed_input_ends_calmly(run: Run, case: Path, report: Path) -> None:
    run("review", case, "add", report)
    program = f"{sys.executable} -m vigens review {case} --keys <&-"
    done = subprocess.run(
        ["/bin/sh", "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "wait; the same command goes on from here" in done.stdout


def test_an_option_that_is_no_letters_is_told(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    told = run("review", case, "edit", "1", "--statement", "\udcff\udcfe")
    assert told.status == 2
    assert "these bytes are no letters" in told.err
    assert "--statement" in told.err
    assert (
        run(
            "review",
            case,
            "edit",
            "1",
            "--place",
            "Женева".encode().decode("ascii", "surrogateescape"),
        ).status
        == 0
    )
    assert run("review", case, "list", "--json").json[0]["edits"] == {"place": "Женева"}
