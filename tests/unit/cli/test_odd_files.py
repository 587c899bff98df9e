"""Files that are none, or have names that no person would give them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import REPORT, present
from vigens.desk import open_case, read_queue

NAMES = (
    b"two\nlines.txt",
    b"no-\xff-letters.txt",
    b"\x1b[31mred.txt",
    ("д" * 120 + ".txt").encode(),
    b"n" * 251 + b".txt",
)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_file_is_taken(
    run: Run, case: Path, tmp_path: Path, name: bytes
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.write_text(REPORT, "utf-8")
    out = tmp_path / "rows.jsonl"
    assert run("read", folder, "--out", out).status == 0
    rows = [json.loads(row) for row in out.read_text("utf-8").split("\n")[:-1]]
    assert rows
    assert len({row["doc"] for row in rows}) == 1
    assert run("review", case, "add", folder).status == 0
    assert run("review", case, "accept", "1", "--graded", "B2").status == 0
    assert run("fsck", case).status == 0
    (kept,) = (case / "documents").glob("[!.]*")
    assert kept.read_text("utf-8") == REPORT
    shown = run("review", case, "list").out
    assert "\x1b" not in shown
    (case / "queue.jsonl").unlink()
    assert len(read_queue(open_case(case, present))) == len(rows)


def test_what_is_no_file_in_a_folder_is_told(
    run: Run, report: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    (folder / "inner").mkdir(parents=True)
    os.mkfifo(folder / "a-pipe")
    (folder / "b-nowhere").symlink_to(folder / "nothing")
    (folder / "c-loop").symlink_to(folder / "c-loop")
    (folder / "d.txt").write_bytes(report.read_bytes())
    found = run("read", "--jsonl", folder)
    assert found.status == 1
    for words in ("a-pipe", "b-nowhere", "c-loop", "inner: a folder in a folder"):
        assert words in found.err
    assert "1 of 4 reports are read, 3 refused" in found.err
    assert found.out
    assert "Traceback" not in found.err


def test_a_file_that_may_not_be_read_is_told(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # also where the tests run as root
    found = run("read", report)
    assert found.status == 1
    assert "Permission denied" in found.err
    assert "who may read it" in found.err
