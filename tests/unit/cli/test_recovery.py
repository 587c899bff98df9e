"""vigens backup, restore and salvage."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


@pytest.fixture
def stored(run: Run, case: Path) -> Path:
    """Give the case with its journal as a database."""
    before = case.parent / "before.jsonl"
    (case / "journal.jsonl").rename(before)
    assert run("import", case, before).status == 0
    return case


def n_entries(run: Run, place: Path) -> int:
    return len(run("export", place).out.splitlines())


def test_a_backup_is_restored_into_the_case(run: Run, stored: Path) -> None:
    n = n_entries(run, stored)
    copy = stored.parent / "copy.db"
    made = run("backup", stored, copy, "--json")
    assert made.status == 0, made.err
    assert (made.json["entries"], len(made.json["root"])) == (n, 64)
    taken = run("restore", copy, stored)
    assert taken.status == 1
    assert "a journal here already" in taken.err
    (stored / "journal.db").rename(stored.parent / "away.db")
    back = run("restore", copy, stored)
    assert back.status == 0, back.err
    assert f"{n} entries restored" in back.out
    assert run("fsck", stored).status == 0
    assert n_entries(run, stored) == n
    again = run("backup", stored, stored.parent / "two.db")
    assert f"{made.json['root']}" in again.out
    assert run("backup", stored, copy).status == 3


def test_a_text_is_backed_up_as_text(run: Run, case: Path) -> None:
    copy = case.parent / "copy.jsonl"
    made = run("backup", case, copy, "--json")
    assert made.json["root"] is None
    assert copy.read_bytes() == (case / "journal.jsonl").read_bytes()
    new = case.parent / "new.jsonl"
    assert run("restore", copy, new, "--json").json == {
        "journal": str(new),
        "entries": made.json["entries"],
    }
    assert run("restore", case.parent / "none.jsonl", new).status == 1


def test_what_is_whole_is_saved_and_what_is_lost_is_listed(
    run: Run, case: Path
) -> None:
    place = case / "journal.jsonl"
    lines = place.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"recorded_by":"', b'"recorded_by":"x')
    damaged = case.parent / "damaged.jsonl"
    damaged.write_bytes(b"".join(lines))
    place.unlink()
    name = json.loads(lines[1])["id"]
    dry = run("salvage", damaged, case, "--dry-run")
    assert dry.status == 1
    assert f"lost: entry 2 ({name[:12]}): the content does not fit" in dry.err
    assert f"{len(lines) - 1} entries can be saved, 1 lost" in dry.out
    assert not place.exists()
    done = run("salvage", damaged, case, "--json")
    assert done.status == 1
    assert done.json["saved"] == len(lines) - 1
    (lost,) = done.json["lost"]
    assert (lost["position"], lost["id"]) == (2, name)
    assert place.exists()
    log = run("log", case, "--reader", "all").out
    assert "salvage of damaged.jsonl" in log
    assert run("salvage", damaged, case).status == 1


def test_many_that_are_lost_together_are_told_together(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.cli.cmd_salvage.FEW", 3)
    place = stored / "journal.db"
    n = n_entries(run, place)
    data = place.read_bytes()
    place.write_bytes(data[: len(data) // 2])
    new = stored.parent / "new.db"
    told = run("salvage", place, new, "--dry-run")
    lost = [line for line in told.err.splitlines() if line.startswith("lost:")]
    number = len(run("salvage", place, new, "--json").json["lost"])
    assert 3 < number <= n
    assert told.err.count("lost: entries ") > 0
    spans = [re.search(r"entries (\d+) to (\d+) \((\d+)\)", line) for line in lost]
    sizes = [int(found[3]) if found else 1 for found in spans]
    assert sum(sizes) == number
    assert all(int(s[2]) - int(s[1]) + 1 == int(s[3]) for s in spans if s)


def test_an_empty_database_is_told_alike(run: Run, stored: Path) -> None:
    (stored / "journal.db").write_bytes(b"")
    for command in ("fsck", "status"):
        done = run(command, stored)
        assert done.status == 1
        assert "not even the head of a file is there" in done.err
        assert "vigens restore" in done.err


def test_a_journal_that_was_cut_short_on_its_way_is_told(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = case / "journal.jsonl"
    short = case.parent / "short.jsonl"
    short.write_bytes(whole.read_bytes()[:-30])
    n = len(whole.read_bytes().splitlines())
    whole.unlink()
    for size in (1_000_000, 1):  # taken as entries, and by lines
        monkeypatch.setattr("vigens.desk.transfer.LARGE_TEXT", size)
        dry = run("import", case, short, "--dry-run", "--json")
        (found,) = dry.json["findings"]
        assert (dry.status, dry.json["read"], found["code"]) == (0, n - 1, "J001")
    told = run("import", case, short)
    assert f"short.jsonl:{n}:1: warning J001" in told.err
    assert "copy it again" in told.err
    back = run("restore", short, case.parent / "new.jsonl")
    assert back.status == 1
    assert "this backup is damaged (1 finding, the first: the last line is" in back.err


def test_of_a_sound_journal_nothing_is_lost(run: Run, stored: Path) -> None:
    new = stored.parent / "new.db"
    done = run("salvage", stored / "journal.db", new)
    assert done.status == 0, done.err
    assert "0 lost" in done.out
    assert run("fsck", new).status == 0


def test_a_case_moves_to_a_server_with_its_logs(
    run: Run, stored: Path, database: str
) -> None:
    copy = stored.parent / "copy.db"
    made = run("backup", stored, copy, "--json").json
    (stored / "journal.db").unlink()
    settings = stored / "case.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'journal = "{database}"\n{text}', "utf-8")
    early = run("restore", copy, stored)
    assert early.status == 1
    assert "vigens journal init" in early.err
    roles = ("--writer-role", "move_writer", "--reader-role", "move_reader")
    try:
        assert run("journal", "init", stored, *roles).status == 0
        back = run("restore", copy, stored)
        assert back.status == 0, back.err
        there = run("backup", stored, stored.parent / "again.db", "--json").json
        assert (there["entries"], there["root"]) == (made["entries"], made["root"])
        saved = run("salvage", database, stored.parent / "saved.db", "--json").json
        assert (saved["saved"], saved["lost"]) == (made["entries"], [])
    finally:
        import psycopg

        with psycopg.connect(database, autocommit=True) as connection:
            for role in ("move_writer", "move_reader"):
                connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())
