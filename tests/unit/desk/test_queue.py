"""The queue of suggestions: it only grows, survives, and can be made anew."""

from __future__ import annotations

import itertools
import json
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.cli.tiny import REPORT, present, write_case
from vigens.base import InputError, OutsideError
from vigens.desk import (
    Case,
    accept_suggestion,
    add_report,
    edit_suggestion,
    open_case,
    read_queue,
    reject_suggestion,
    statement_of,
)
from vigens.desk.queuefile import deciding
from vigens.desk.records import unfiltered
from vigens.journal.stores.door import next_in


@pytest.fixture
def case(tmp_path: Path) -> Case:
    folder = write_case(tmp_path / "case")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    case = open_case(folder, present)
    add_report(case, tmp_path / "report.txt")
    return case


def again(case: Case) -> Case:
    return open_case(case.folder, present)


def states(case: Case) -> list[str]:
    return [item.state for item in read_queue(again(case))]


def test_a_report_is_kept_beside_its_suggestions(case: Case) -> None:
    (copy,) = (case.folder / "documents").glob("[!.]*")
    text = copy.read_text("utf-8")
    assert text == REPORT
    for item in read_queue(case):
        row = item.row
        assert text[row["start"] : row["end"]] == row["quote"]
        assert item.document["address"] == f"documents/{copy.name}"


def test_the_queue_is_made_anew_from_reports_and_journal(case: Case) -> None:
    accept_suggestion(case, present, 1, by="curator")
    reject_suggestion(again(case), present, 2, by="curator", reason="old")
    before = [(item.key, item.state) for item in read_queue(again(case))]
    (case.folder / "queue.jsonl").unlink()
    assert [(item.key, item.state) for item in read_queue(again(case))] == before
    assert (case.folder / "queue.jsonl").exists()


def test_a_torn_last_line_is_passed_over_and_cut_off(case: Case) -> None:
    path = case.folder / "queue.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"do":"edit","key":"ab')
    assert len(read_queue(case)) == whole.count(b'"do":"add"')
    edit_suggestion(case, 1, {"statement": "So it is."})
    lines = path.read_bytes().splitlines()
    assert all(json.loads(line) for line in lines)
    assert statement_of(read_queue(case)[0]) == "So it is."


@pytest.mark.parametrize("line", [b"no json", b"[]", b'{"do":"sing"}', b'{"do":"add"}'])
def test_a_damaged_line_is_named(case: Case, line: bytes) -> None:
    path = case.folder / "queue.jsonl"
    path.write_bytes(line + b"\n" + path.read_bytes())
    with pytest.raises(InputError, match="this line of the queue is damaged") as caught:
        read_queue(case)
    assert caught.value.where.endswith("queue.jsonl:1")


def test_an_accept_that_fails_records_nothing(case: Case) -> None:
    before = Path(case.journal_path).read_bytes()
    with pytest.raises(InputError):
        accept_suggestion(case, present, 1, by="curator", known_from="2031-01-01")
    with pytest.raises(InputError):
        accept_suggestion(case, present, 1, by="curator", grade="no")
    assert Path(case.journal_path).read_bytes() == before
    assert set(states(case)) == {"waiting"}


def test_each_kind_of_suggestion_becomes_its_kind_of_matter(case: Case) -> None:
    kinds = {}
    for item in read_queue(case):
        done = accept_suggestion(again(case), present, item.number, by="curator")
        kinds[item.row["kind"]] = done.matter.kind
        assert done.claim.sources[0].passage is not None
        assert done.claim.payload["suggestion"] == item.key
    assert kinds["meeting"] == "meeting"
    assert kinds["count"] == "count"
    assert kinds["statement"] == "statement"
    assert kinds["commitment"] == "offer"
    documents = [e for e in unfiltered(again(case).records) if e.kind == "document"]
    assert len(documents) == 1


def test_a_count_keeps_its_number_and_waits_for_a_measure(case: Case) -> None:
    item = next(i for i in read_queue(case) if i.row["kind"] == "count")
    done = accept_suggestion(
        case, present, item.number, by="curator", fields={"measure": "boats"}
    )
    assert done.matter.payload["number"] == item.row["count"]["n"]
    assert done.matter.payload["measure"] == "boats"


def test_a_folder_that_may_not_be_written_is_said(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case.folder / "queue.jsonl").unlink()
    (case.folder / "queue.jsonl").mkdir()
    (tmp_path / "more.txt").write_text(REPORT + "More.", encoding="utf-8")
    with pytest.raises((InputError, OutsideError)):
        add_report(case, tmp_path / "more.txt")


CLOCK = (present() + timedelta(minutes=n) for n in itertools.count())


def later() -> datetime:
    return next(CLOCK)


COPY = REPORT.replace("«", '"').replace("»", '"') + "\nRead more on our site.\n"


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in unfiltered(again(case).records)]


def test_a_copy_of_a_report_counts_as_one_origin(case: Case, tmp_path: Path) -> None:
    accept_suggestion(case, later, 1, by="curator")
    (tmp_path / "copy.txt").write_text(COPY, encoding="utf-8")
    queued = add_report(again(case), tmp_path / "copy.txt", address="https://x.example")
    (found,) = queued.copies
    assert found.name.endswith("report.txt")
    assert found.share > 80
    n_first = len(read_queue(case)) // 2
    for number in (n_first + 1, n_first + 2):
        accept_suggestion(again(case), later, number, by="curator")
    assert kinds(case).count("same_origin") == 1
    joined = next(e for e in unfiltered(again(case).records) if e.kind == "same_origin")
    claims = {e.id: e for e in unfiltered(again(case).records) if e.kind == "claim"}
    documents = {
        source.passage.document
        for target in joined.about
        for source in claims[target].sources
        if source.passage
    }
    assert len(documents) == 2


@pytest.mark.parametrize("first", [1, 8])
def test_copies_are_joined_whichever_is_accepted_first(
    case: Case, tmp_path: Path, first: int
) -> None:
    (tmp_path / "copy.txt").write_text(COPY, encoding="utf-8")
    add_report(again(case), tmp_path / "copy.txt")
    documents = [item.document["name"] for item in read_queue(again(case))]
    assert (documents[0], documents[7]) == ("report.txt", "copy.txt")
    for number in (first, 9 - first):
        accept_suggestion(again(case), later, number, by="curator")
    assert kinds(case).count("same_origin") == 1


def test_a_report_of_its_own_origin_is_not_joined(case: Case, tmp_path: Path) -> None:
    accept_suggestion(case, later, 1, by="curator")
    (tmp_path / "copy.txt").write_text(COPY, encoding="utf-8")
    add_report(again(case), tmp_path / "copy.txt")
    number = len(read_queue(again(case))) // 2 + 1
    accept_suggestion(again(case), later, number, by="curator", is_own=True)
    assert "same_origin" not in kinds(case)


@pytest.mark.parametrize(
    "junk", ["", "[]", '{"a": 1}', '{"name": "x", "runs": ["y"]}', "{"]
)
def test_damaged_sketches_are_made_anew(case: Case, tmp_path: Path, junk: str) -> None:
    (case.folder / "documents" / ".sketches.jsonl").write_text(junk + "\n")
    (tmp_path / "copy.txt").write_text(COPY, encoding="utf-8")
    assert len(add_report(case, tmp_path / "copy.txt").copies) == 1


def test_who_decides_does_not_keep_writers_of_the_journal_waiting(case: Case) -> None:
    begun = time.monotonic()
    with deciding(case.folder), next_in(case.folder / "journal.jsonl"):
        assert time.monotonic() - begun < 5  # whoever waits at the door waits for ten
