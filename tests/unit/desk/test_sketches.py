"""Sketches of kept reports: a line for each, whoever writes, whatever was torn."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.unit.cli.tiny import REPORT, present, write_case
from vigens.desk import Case, Filling, open_case
from vigens.desk.copies import SKETCHES, Sketches
from vigens.intake import Document, read_document


def document(number: int) -> Document:
    """Give a report that has a hundred words in common with no other one."""
    words = " ".join(f"word{number}x{n}" for n in range(500))
    text = f"Report {number} says that {words} and no more than that.\n"
    return read_document(text.encode(), f"{number}.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_adding_writes_as_much_for_the_last_as_for_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = [0]
    write, replace = os.write, Path.replace

    def counting(descriptor: int, data: bytes) -> int:
        done = write(descriptor, data)
        written[-1] += done
        return done

    def whole(self: Path, target: Path) -> Path:
        written[-1] += self.stat().st_size
        return replace(self, target)

    monkeypatch.setattr(os, "write", counting)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(Path, "replace", whole)
    sketches = Sketches(folder)
    for number in range(1000):
        sketches.keep(f"{number}.txt", document(number % 7))
        written.append(0)
    assert min(written[:-1]) > 0
    assert max(written) < 1.1 * min(written[:-1])


def test_two_writers_see_each_other_at_once(folder: Path) -> None:
    first, second = Sketches(folder), Sketches(folder)
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text("x")
    first.keep("a.txt", document(1))
    second.keep("a.txt", document(1))
    second.keep("b.txt", document(2))
    like = read_document((document(2).text + "And one more.").encode(), "c.txt")
    assert [copy.name for copy in first.copies_of(like)] == ["b.txt"]
    assert (folder / SKETCHES).read_bytes().count(b"\n") == 2


def test_many_writers_lose_no_line(folder: Path) -> None:
    every = [document(number) for number in range(40)]

    def keep(start: int) -> None:
        own = Sketches(folder)
        for number in range(start, 40, 4):
            own.keep(f"{number}.txt", every[number])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(4)))
    for number, each in enumerate(every):
        (folder / f"{number}.txt").write_text(each.text)
    assert (folder / SKETCHES).read_bytes().count(b"\n") == 40
    like = read_document((every[7].text + "And more.").encode(), "c.txt")
    assert [copy.name for copy in Sketches(folder).copies_of(like)] == ["7.txt"]


@pytest.mark.parametrize("junk", [b'{"name": "a.txt", "sha', b"\xff\xfe\n", b"[]\n"])
def test_a_torn_or_damaged_line_is_passed_over(folder: Path, junk: bytes) -> None:
    (folder / "a.txt").write_text(document(1).text)
    (folder / SKETCHES).write_bytes(junk)
    like = read_document((document(1).text + "And more.").encode(), "c.txt")
    assert [copy.name for copy in Sketches(folder).copies_of(like)] == ["a.txt"]
    assert [copy.name for copy in Sketches(folder).copies_of(like)] == ["a.txt"]


def test_sketches_of_before_give_way_to_new_ones(folder: Path) -> None:
    (folder / "a.txt").write_text(document(1).text)
    (folder / ".sketches.json").write_text("{}")
    Sketches(folder)
    assert not (folder / ".sketches.json").exists()
    assert (folder / SKETCHES).read_bytes().count(b"\n") == 1


def test_what_nobody_can_read_is_tried_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.bin").write_bytes(b"\x7fELF\0")
    Sketches(folder)
    monkeypatch.setattr("vigens.desk.copies.read_text_of", None)  # not called again
    Sketches(folder)


# -- the queue that is filled ------------------------------------------------------


@pytest.fixture
def case(tmp_path: Path) -> Case:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    return open_case(write_case(tmp_path / "case"), present)


def test_who_fills_a_queue_sees_what_another_adds(case: Case, tmp_path: Path) -> None:
    first, second = Filling(case), Filling(case)
    assert first.add(tmp_path / "report.txt").n_new > 0
    assert second.add(tmp_path / "report.txt").is_known
    (tmp_path / "copy.txt").write_text(REPORT + "\nRead more.\n", encoding="utf-8")
    assert len(second.add(tmp_path / "copy.txt").copies) == 1
