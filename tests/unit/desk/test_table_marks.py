"""Bulk tables for some readers alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.test_tables import CALM, TABLE, Folder
from vigens.base import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "case")


def test_a_table_with_marks_is_there_for_those_readers_alone(folder: Folder) -> None:
    rows = "day,who\n2026-02-03,FR\n"
    marked = TABLE.replace(
        "grade", 'marks = ["PL"]\ncovers = "2026-01-01/2026-02-28"\ngrade'
    )
    folder.write(marked + CALM, t_csv=rows)
    seen = {
        reader: folder.session(as_of="2026-02-10", reader=reader).assembled
        for reader in ("public", "FR", "PL", "all")
    }
    for reader, is_seen in (("public", 0), ("FR", 0), ("PL", 1), ("all", 1)):
        assert len(seen[reader].world.bulk) == is_seen, reader
        assert len(seen[reader].world.coverage) == is_seen, reader


def test_what_is_wrong_in_a_hidden_table_stops_nobody_else(folder: Folder) -> None:
    marked = TABLE.replace("grade", 'marks = ["PL"]\ngrade')
    folder.write(marked + CALM, t_csv="day,who\nnever,FR\n")
    assert folder.session(reader="public").case.tables.findings == ()
    missing = marked.replace("t.csv", "none.csv")
    folder.write(missing + CALM)
    assert folder.session(reader="FR").case.tables.findings == ()
    with pytest.raises(InputError, match="bulk table cannot be used"):
        folder.session(reader="PL")


@pytest.mark.parametrize("marks", ['"PL"', "[1]", '["a b"]', '[""]'])
def test_marks_of_a_table_are_names_of_readers(folder: Folder, marks: str) -> None:
    folder.write(TABLE + f"marks = {marks}\n" + CALM)
    with pytest.raises(InputError, match="`marks` is a list of readers"):
        folder.open()
