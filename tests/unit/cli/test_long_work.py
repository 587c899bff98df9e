"""Reading many reports: shown as it goes, stopped in any way, and taken up again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import REPORT

pty = pytest.importorskip("pty")

Start = Callable[..., subprocess.Popen[str]]

MANY = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of reports of which one is empty."""
    place = tmp_path / "reports"
    place.mkdir()
    for number in range(MANY):
        words = REPORT.replace("12 countries", f"{number + 2} countries")
        (place / f"{number:03}.txt").write_text(words, "utf-8")
    (place / "bad.txt").touch()
    return place


def wait_for(is_so: Callable[[], bool]) -> None:
    for _ in range(3000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to that")


def hold_back(process: subprocess.Popen[str]) -> None:
    """Let a process come last, so that it is not done before it can be stopped."""
    os.setpriority(os.PRIO_PROCESS, process.pid, 19)


def n_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_who_is_killed_loses_the_report_being_read_at_most(
    run: Run, process: Start, folder: Path, tmp_path: Path
) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "rows.jsonl"
    assert run("read", folder, "--out", whole).status == 1
    part = tmp_path / "rows.jsonl.part"
    with process("read", folder, "--out", out) as killed:
        hold_back(killed)
        wait_for(lambda: n_lines(part) > 5)
        killed.kill()
    assert not out.exists()
    n_kept = n_lines(part) - 1
    done = run("read", folder, "--out", out)
    assert out.read_bytes() == whole.read_bytes()
    assert f"of {MANY} reports, {n_kept} of them read before" in done.out
    assert not part.exists()


def test_who_is_stopped_is_told_how_to_go_on(
    run: Run, process: Start, folder: Path, tmp_path: Path
) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "rows.jsonl"
    run("read", folder, "--out", whole)
    with process("read", folder, "--out", out) as stopped:
        hold_back(stopped)
        wait_for(lambda: n_lines(tmp_path / "rows.jsonl.part") > 5)
        stopped.send_signal(signal.SIGINT)
        said = stopped.communicate()[1]
    assert stopped.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    run("read", folder, "--out", out)
    assert out.read_bytes() == whole.read_bytes()


def test_a_torn_line_is_read_anew(run: Run, folder: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "rows.jsonl"
    run("read", folder, "--out", whole)
    part = tmp_path / "rows.jsonl.part"
    head = json.dumps({"version": _version(run), "all": False}, ensure_ascii=False)
    part.write_text(f'{head}\n{{"name": "000.txt", "sha', "utf-8")
    run("read", folder, "--out", out)
    assert out.read_bytes() == whole.read_bytes()


def _version(run: Run) -> str:
    return run("--version").out.split()[-1]


def test_work_begun_in_another_way_is_not_mixed(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    out, part = tmp_path / "rows.jsonl", tmp_path / "rows.jsonl.part"
    part.write_text('{"version": "0.0.1", "all": false}\n', "utf-8")
    found = run("read", folder, "--out", out)
    assert found.status == 1
    assert "begin anew with --again" in found.err
    assert run("read", folder, "--out", out, "--again").status == 1  # bad.txt
    assert n_lines(out) >= MANY
    assert "--again" in run("read", folder, "--out", out).err


def test_two_runs_do_not_write_one_file(
    run: Run, process: Start, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rows.jsonl"
    with process("read", folder, "--out", out) as first:
        hold_back(first)
        wait_for(lambda: n_lines(tmp_path / "rows.jsonl.part") > 0)
        second = run("read", folder, "--out", out)
        first.communicate()
    assert second.status == 3
    assert "another run" in second.err
    assert n_lines(out) >= MANY


def test_the_first_row_is_there_before_the_last_report_is(
    process: Start, folder: Path
) -> None:
    words = ("read", folder / "000.txt", "/dev/stdin", "--jsonl")
    with process(*words, stdin=subprocess.PIPE) as reading:
        assert reading.stdout is not None
        assert json.loads(reading.stdout.readline())["doc"] == "000.txt"
        assert reading.stdin is not None
        reading.stdin.write(REPORT)
        reading.stdin.close()
        rest = reading.stdout.read()
    assert json.loads(rest.splitlines()[-1])["doc"] == "stdin"


@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_what_is_printed_of_a_run_that_is_stopped_is_whole(
    process: Start, folder: Path, form: str
) -> None:
    words = ("read", folder / "000.txt", "/dev/stdin", form)
    with process(*words, stdin=subprocess.PIPE) as reading:
        assert reading.stdout is not None
        first = reading.stdout.readline()
        if form == "--json":
            first += reading.stdout.read(1)
        reading.send_signal(signal.SIGINT)
        rest = reading.stdout.read()
    assert reading.returncode == 130
    if form == "--json":
        told = json.loads(first + rest)
        assert [one["name"] for one in told["documents"]] == ["000.txt"]
        assert (told["stopped"], told["refused"]) == (True, [])
    else:
        assert all(json.loads(row) for row in (first + rest).splitlines())


def test_what_is_refused_stands_in_the_json_too(run: Run, folder: Path) -> None:
    found = run("read", folder, "--json")
    assert found.status == 1
    assert len(found.json["documents"]) == MANY
    (refused,) = found.json["refused"]
    assert refused["where"] == "bad.txt"
    assert refused["what"]
    assert refused["mend"]
    assert found.json["stopped"] is False


# -- into the queue ----------------------------------------------------------------


def keys_of(run: Run, case: Path) -> list[str]:
    return [item["key"] for item in run("review", case, "list", "--json").json]


def test_filling_the_queue_goes_on_where_it_was_killed(
    run: Run, process: Start, case: Path, folder: Path
) -> None:
    with process("review", case, "add", folder) as killed:
        wait_for(lambda: n_lines(case / "queue.jsonl") > 8)
        killed.kill()
    kept = {json.loads(row)["document"]["name"] for row in _read_rows(case)}
    done = run("review", case, "add", folder)
    assert done.status == 1  # bad.txt
    assert f"{len(kept)} read before" in done.out
    keys = keys_of(run, case)
    assert len(set(keys)) == len(keys)
    items = run("review", case, "list", "--json").json
    assert {item["document"]["name"] for item in items} == {
        f"{number:03}.txt" for number in range(MANY)
    }
    again = run("review", case, "add", folder)
    assert f"0 suggestions queued, {MANY} read before" in again.out
    assert keys_of(run, case) == keys


def _read_rows(case: Path) -> list[str]:
    text = (case / "queue.jsonl").read_text("utf-8")
    whole = text[: text.rfind("\n") + 1].splitlines()
    return [row for row in whole if '"do":"read"' in row]


def test_a_report_whose_rows_are_half_there_is_read_anew(
    run: Run, case: Path, report: Path
) -> None:
    run("review", case, "add", report)
    keys = keys_of(run, case)
    rows = (case / "queue.jsonl").read_bytes().splitlines(keepends=True)
    (case / "queue.jsonl").write_bytes(b"".join(rows[:3]) + rows[3][:40])
    done = run("review", case, "add", report)
    assert f"{len(keys) - 3} suggestions queued, 3 there already" in done.out
    assert keys_of(run, case) == keys


def test_filling_streams_json_and_closes_it(run: Run, case: Path, folder: Path) -> None:
    found = run("review", case, "add", folder, "--json")
    assert [one["name"] for one in found.json] == [f"{n:03}.txt" for n in range(MANY)]
    assert "bad.txt" in found.err
    assert run("review", case, "add", folder / "bad.txt", "--json").json == []


def test_what_was_read_before_is_read_again_when_asked(
    run: Run, case: Path, report: Path
) -> None:
    first = run("review", case, "add", report, "--json").json[0]
    again = run("review", case, "add", report, "--again", "--json").json[0]
    assert (again["new"], again["known"]) == (0, first["new"])
    assert (first["read_before"], again["read_before"]) == (False, False)
    assert run("review", case, "add", report, "--json").json[0]["read_before"] is True


# -- on a terminal -----------------------------------------------------------------


def test_a_terminal_shows_which_of_how_many(folder: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = ["-m", "vigens", "read", str(folder), "--out", str(tmp_path / "o.jsonl")]
    with subprocess.Popen(
        [sys.executable, *words], stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # the other end is closed: the command has ended
            pass
        os.close(ours)
        process.wait(timeout=60)
    text = shown.decode()
    assert f"reading {MANY} of {MANY + 1}" in text
    assert text.rstrip().endswith(f"{MANY} of {MANY + 1} reports are read, 1 refused")
