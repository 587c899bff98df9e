from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigens.base import VigensError
from vigens.desk import import_journal
from vigens.journal import Draft, export_lines, open_journal


def clock() -> datetime:
    return datetime(2026, 3, 8, 9, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    (folder / "agreements").mkdir(parents=True)
    (folder / "case.toml").write_text('title = "T"\n[policies.all]\ntitle = "A"\n')
    return folder


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    with open_journal(path, clock, create=True) as made:
        made.append([Draft("note", {"text": f"n{n}"}, "c") for n in range(20)])
    return path


def test_a_large_text_comes_in_by_lines_as_a_small_one_does(
    case: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = import_journal(case, text, clock, by="me")
    with open_journal(small.journal, clock) as made:
        lines = list(export_lines(made))
    Path(small.journal).unlink()
    monkeypatch.setattr("vigens.desk.transfer.LARGE_TEXT", 1)
    large = import_journal(case, text, clock, by="me")
    assert large == small
    with open_journal(large.journal, clock) as made:
        assert list(export_lines(made)) == lines
    again = import_journal(case, text, clock, by="me")
    assert (again.n_read, again.n_new, again.batch) == (20, 0, None)


def test_a_large_text_that_is_damaged_leaves_no_journal(
    case: Path, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.desk.transfer.LARGE_TEXT", 1)
    text.write_bytes(text.read_bytes().replace(b'"n7"', b'"m7"'))
    with pytest.raises(VigensError) as caught:
        import_journal(case, text, clock, by="me")
    assert caught.value.where == f"{text}:8"
    assert [path.name for path in case.iterdir() if "journal" in path.name] == []
