"""`vigens read`: what is weak apart from what is shown, folders, unknown languages."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import REPORT
from tests.unit.intake.making import make_pdf


def test_weak_rows_are_there_when_asked_for(run: Run, report: Path) -> None:
    shown = run("read", "--jsonl", report).out.splitlines()
    every = run("read", "--jsonl", "--all", report).out.splitlines()
    rows = [json.loads(line) for line in every]
    assert [line for line in every if json.loads(line)["top"]] == shown
    assert any(row["rule"].startswith("hint-") and not row["top"] for row in rows)


def test_a_folder_is_read_file_by_file(run: Run, report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "inner").mkdir(parents=True)
    for name in ("b.txt", "a.txt", ".hidden"):
        (folder / name).write_bytes(report.read_bytes())
    done = run("read", "--jsonl", folder)
    docs = [json.loads(line)["doc"] for line in done.out.splitlines()]
    assert list(dict.fromkeys(docs)) == ["a.txt", "b.txt"]


def test_a_bad_file_of_a_folder_does_not_stop_the_others(
    run: Run, report: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"")
    (folder / "b.txt").write_bytes(report.read_bytes())
    done = run("read", "--json", folder)
    assert done.status == 1
    assert [d["name"] for d in json.loads(done.out)["documents"]] == ["b.txt"]
    assert "a.txt" in done.err


def test_an_empty_folder_is_said_to_be_one(run: Run, tmp_path: Path) -> None:
    done = run("read", tmp_path)
    assert done.status == 1
    assert "holds no file" in done.err


def test_an_unknown_language_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("اجتمعت وفود كينيا وتشاد في جنيف.\n", encoding="utf-8")
    assert "none that has a vocabulary" in run("read", path).out


def test_the_page_stands_beside_a_passage(run: Run, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf([["Two shores"], [REPORT.split("\n")[4]]]))
    (document,) = run("read", path, "--json").json["documents"]
    assert [row["at"]["page"] for row in document["suggestions"]] == [2]
    assert ", page 2" in " ".join(run("read", path).out.split()).replace(" ·", ",")
    run("review", case, "add", path)
    assert "], page 2" in run("review", case, "show", "1").out
    (item,) = run("review", case, "list", "--json").json
    assert item["suggestion"]["at"]["page"] == 2


def test_what_is_odd_of_a_report_is_said_where_it_is_queued(
    run: Run, case: Path, tmp_path: Path
) -> None:
    odd, plain = tmp_path / "odd.txt", tmp_path / "plain.txt"
    odd.write_text("Kokous päättyi eilen illalla pitkän työn jälkeen.\n", "utf-8")
    plain.write_text("The team won the match and the crowd was happy.\n", "utf-8")
    told = " ".join(run("review", case, "add", odd, plain).out.split())
    assert "odd.txt: 0 suggestions queued its language is none" in told
    assert "plain.txt: 0 suggestions queued nothing strong is found" in told
    (form,) = run("review", case, "add", odd, "--again", "--json").json
    assert "language" in form["notes"][0]
