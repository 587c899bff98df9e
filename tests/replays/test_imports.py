"""The worked mappings on real tables: what comes out is what the tables say."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from vigens.desk import Looking, Session, make_lens, open_case
from vigens.desk.rows import import_table
from vigens.desk.treaties import convert_treaties, read_standing
from vigens.journal import Entry, fsck, open_journal, thaw

SHARED = Path(os.environ.get("VIGENS_SHARED") or Path(__file__).parents[3] / "shared")
DATA = SHARED / "data"
ROOT = Path(__file__).resolve().parents[2]
MAPPINGS = ROOT / "examples" / "imports"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="../shared/data is not on this machine"
)


def now() -> datetime:
    return datetime(2026, 11, 26, 12, tzinfo=UTC)


def take(
    case: Path, table: Path, mapping: Path, *, twice: bool = True
) -> tuple[Entry, ...]:
    """Import a table and give the entries; a second time nothing is new."""
    done = import_table(case, table, mapping, now, by="importer")
    assert (done.n_bad, done.is_refused) == (0, False), done.findings[:3]
    if twice:
        again = import_table(case, table, mapping, now, by="importer")
        assert (again.n_taken, again.n_present) == (0, done.n_taken)
    (path,) = case.glob("journal.*")
    assert not fsck(path)
    with open_journal(path, now) as store:
        return tuple(store.entries())


def empty_copy(tmp_path: Path) -> Path:
    case = tmp_path / "paris"
    shutil.copytree(ROOT / "examples" / "paris", case)
    (case / "journal.jsonl").write_text("", "utf-8")
    return case


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_claims_of_the_paris_case_come_out_of_its_table(tmp_path: Path) -> None:
    case = empty_copy(tmp_path)
    table = DATA / "paris-facts" / "facts.csv"
    entries = take(case, table, MAPPINGS / "paris-facts.toml")
    with open_journal(ROOT / "examples/paris/journal.jsonl", now) as store:
        wanted = store.entries()

    def claims(journal: tuple[Entry, ...]) -> dict[str, object]:
        return {
            str(entry.payload["row"]): (
                entry.happened,
                entry.known_from,
                [(s.address, s.title, s.type) for s in entry.sources],
                entry.marks,
                {
                    name: str(thaw(entry.payload.get(name) or ""))
                    for name in ("statement", "kind", "topic", "actors", "quantity")
                },
                entry.payload.get("contradiction_key"),
            )
            for entry in journal
            if entry.kind == "claim"
        }

    assert claims(entries) == claims(wanted)

    def said(journal: tuple[Entry, ...], kind: str) -> Counter[str]:
        rows = {e.id: e.payload["row"] for e in journal if e.kind == "claim"}
        return Counter(
            f"{rows[target]} {entry.payload.get('verdict')} "
            f"{entry.payload.get('reliability')}{entry.payload.get('credibility')}"
            for entry in journal
            if entry.kind == kind
            for target in entry.about
        )

    for kind in ("grade", "review"):
        assert said(entries, kind) == said(wanted, kind)


def test_treaties_enter_into_force_as_their_depositaries_say(tmp_path: Path) -> None:
    folder = DATA / "treaties"
    case = tmp_path / "case"
    convert_treaties(folder, case, now, by="importer")
    settings = (case / "case.toml").read_text("utf-8")
    (case / "case.toml").write_text(settings.partition("[[tables]]")[0], "utf-8")
    mapping = case / "treaty-actions.toml"
    shutil.copyfile(MAPPINGS / mapping.name, mapping)
    entries = take(case, folder / "actions.csv", mapping, twice=False)
    kinds = Counter(entry.kind for entry in entries)
    rows = rows_of(folder / "actions.csv")
    ended = sum(bool(row["effective"]) for row in rows)
    assert kinds["claim"] == len(rows)
    assert kinds["occurrence"] == len(rows) + ended
    opened = open_case(case, now)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert len(expected) == 42
    found: dict[str, tuple[str | None, str | None]] = {}
    for as_of in {each["as_of"] for each in expected.values()}:
        looking = Looking(int(now().timestamp()), as_of=as_of, reader="all")
        session = Session(opened, make_lens(opened, looking))
        names = [t for t, each in expected.items() if each["as_of"] == as_of]
        found |= {
            each.instrument.name: (each.entry_into_force, each.completed)
            for each in read_standing(session, names)
        }
    assert {treaty: day for treaty, (day, _) in found.items()} == {
        treaty: each["entry_into_force"] for treaty, each in expected.items()
    }
    for treaty, each in expected.items():
        if each["completing_instrument_date"]:
            assert found[treaty][1] == each["completing_instrument_date"], treaty


def test_months_of_aid_add_up_to_the_digit(tmp_path: Path) -> None:
    case = empty_copy(tmp_path)
    table = DATA / "ukraine_aid_kiel" / "donor_months.csv"
    entries = take(case, table, MAPPINGS / "aid-months.toml")
    wanted = Counter[str]()
    for row in rows_of(table):
        wanted[row["iso"]] += int(Decimal(row["total"]).scaleb(6))
    found = Counter[str]()
    for entry in entries:
        if entry.kind == "funding":
            found[entry.payload["by"][0]] += entry.payload["number"]
    assert {k: v for k, v in wanted.items() if v} == dict(found)
    months = {e.happened for e in entries if e.kind == "funding"}
    assert "2022-02" in months
    assert all(len(month or "") == 7 for month in months)
