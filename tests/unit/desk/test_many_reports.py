"""Ten thousand reports: what grows with them is only what has to."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.unit.cli.tiny import REPORT, present, write_case
from vigens.base import InputError
from vigens.desk import (
    Case,
    accept_suggestion,
    add_report,
    copies,
    edit_suggestion,
    find_suggested,
    open_case,
    queuelines,
    read_queue,
)
from vigens.desk.copies import Sketches, copies_among
from vigens.desk.runs import Runs
from vigens.intake import COPY_SHARE, Sketch, shared


@pytest.fixture
def case(tmp_path: Path) -> Case:
    folder = write_case(tmp_path / "case")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    add_report(open_case(folder, present), tmp_path / "report.txt")
    return open_case(folder, present)


# -- the queue ---------------------------------------------------------------------


def long_queue(case: Case, number: int) -> Path:
    """Make the queue longer by suggestions of other reports."""
    path = case.folder / "queue.jsonl"
    first = json.loads(path.read_text("utf-8").splitlines()[0])
    with path.open("a", encoding="utf-8") as file:
        for n in range(number):
            document = {**first["document"], "sha256": f"{n:064x}"}
            line = {**first, "key": f"{n:064x}", "document": document}
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    return path


def test_to_find_one_suggestion_no_other_line_is_read(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_queue(case, 3_000)
    n_first = len(read_queue(case)) - 3_000
    n_read = 0
    parse = json.loads

    def counted(raw: bytes) -> object:
        nonlocal n_read
        n_read += 1
        return parse(raw)

    queuelines._parsed.cache_clear()
    monkeypatch.setattr("vigens.desk.queuelines.json.loads", counted)
    found = find_suggested(case, n_first + 1_234)
    assert found.key == f"{1_233:064x}"
    assert found.document["sha256"] == found.key
    assert n_read <= 2
    assert found.row["kind"]
    assert sum(item.state == "waiting" for item in read_queue(case)) == n_first + 3_000
    assert n_read <= 3


def test_what_is_new_in_a_held_queue_is_seen(case: Case, tmp_path: Path) -> None:
    before = len(read_queue(case))
    (tmp_path / "more.txt").write_text(REPORT + "More.\n", encoding="utf-8")
    add_report(case, tmp_path / "more.txt")
    assert len(read_queue(case)) > before
    edit_suggestion(case, 1, {"place": "Bern"})
    assert find_suggested(case, 1).edits == {"place": "Bern"}


def test_another_queue_in_its_place_is_read_from_the_beginning(case: Case) -> None:
    path = case.folder / "queue.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    n_before = len(read_queue(case))
    path.write_bytes(b"".join(lines[1:]) + lines[0])  # the same file, as long as before
    assert [item.number for item in read_queue(case)] == list(range(1, n_before + 1))
    assert read_queue(case)[0].key == json.loads(lines[1])["key"]
    path.unlink()
    path.write_bytes(b"".join(lines[:2]))
    assert len(read_queue(case)) == 2


def test_a_line_that_is_damaged_behind_its_key_is_named_when_it_is_read(
    case: Case,
) -> None:
    path = case.folder / "queue.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:-10] + b"\n" + b"".join(lines[2:]))
    assert find_suggested(case, 1).row["kind"]
    with pytest.raises(InputError, match="damaged") as caught:
        accept_suggestion(case, present, 2, by="vira")
    assert caught.value.where.endswith("queue.jsonl:2")


# -- copies ------------------------------------------------------------------------


def test_shared_runs_are_counted_whatever_was_sorted() -> None:
    draw = random.Random(4)
    index, every = Runs(), []
    for number in range(400):
        runs = draw.sample(range(5_000), draw.randint(0, 200))
        every.append(set(runs))
        assert index.add(runs) == number
        if number % 40 == 0:
            own = draw.sample(range(5_000), 300)
            counts = index.shared_with(own)
            assert counts.tolist() == [len(each & set(own)) for each in every]
    assert Runs().shared_with([1, 2]).tolist() == []


def test_no_copy_is_passed_over_for_speed(tmp_path: Path) -> None:
    draw = random.Random(5)
    base = [draw.sample(range(1 << 40), 900) for _ in range(6)]
    sketches: dict[str, Sketch] = {}
    for number in range(120):
        first, second = draw.sample(base, 2)
        cut = draw.randint(0, 900)
        runs = set(first[:cut]) | set(second[: draw.randint(0, 900 - cut)])
        own = Sketch(len(runs), sorted(runs)[:400])
        sketches[f"{number:012x}-r"] = own
        (tmp_path / f"{number:012x}-r").touch()
    with (tmp_path / ".sketches.jsonl").open("w") as file:
        for number, (name, own) in enumerate(sketches.items()):
            line = {"name": name, "sha256": f"{number:064x}", "n": own.n_runs}
            line["runs"] = list(own.smallest)
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    kept = Sketches(tmp_path)
    n_found = 0
    for number, own in enumerate(sketches.values()):
        shares = sorted(
            (
                round(shared(own, other) * 100)
                for n, other in enumerate(sketches.values())
                if n != number and shared(own, other) >= COPY_SHARE
            ),
            reverse=True,
        )
        among = {f"{n:064x}" for n in range(120)}
        found = kept.copies_among(f"{number:064x}", among)
        assert [copy.share for copy in found] == shares[: copies.MOST_COPIES]
        n_found += len(found)
        few = {f"{n:064x}" for n in (3, 50, 77)}
        wanted = {copy.sha256 for copy in kept.copies_among(f"{number:064x}", few)}
        alone = copies_among(tmp_path, f"{number:064x}", few)
        assert {copy.sha256 for copy in alone} == wanted
    assert n_found > 500
