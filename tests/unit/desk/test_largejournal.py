from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import NOW
from vigens.desk import open_case
from vigens.desk.records import unfiltered
from vigens.journal import Draft, open_journal


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "case.toml").write_text('title = "T"\n[policies.all]\ntitle = "A"\n')
    payload = {"event": "e", "args": [], "title": "T"}
    with open_journal(tmp_path / "journal.db", lambda: NOW, create=True) as journal:
        journal.append([Draft("occurrence", payload, "c", happened="2026-01-01")])
    monkeypatch.setattr("vigens.desk.largejournal.LARGE", 1)
    return tmp_path


def test_only_what_asks_for_it_is_read_by_columns(case: Path) -> None:
    assert open_case(case, lambda: NOW).records.image is None
    plain = open_case(case, lambda: NOW, columns_for="all").records
    assert plain.image is not None
    assert plain.at([1])[0].happened == "2026-01-01"
    assert (case / "journal.db.image").is_file()
    with pytest.raises(AssertionError, match="answers alone"):
        unfiltered(plain)


@pytest.mark.parametrize(
    "settings",
    [
        'title = "T"\nzone = "Europe/Kyiv"\n[policies.all]\ntitle = "A"\n',
        'title = "T"\n[policies.all]\ntitle = "A"\n[four_eyes]\nkinds = ["claim"]\n',
    ],
)
def test_where_it_would_come_to_something_else_it_is_not(
    case: Path, settings: str
) -> None:
    (case / "case.toml").write_text(settings)
    assert open_case(case, lambda: NOW, columns_for="all").records.image is None


def test_a_small_journal_is_not(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigens.desk.largejournal.LARGE", 2)
    assert open_case(case, lambda: NOW, columns_for="all").records.image is None


def test_the_columns_of_a_server_lie_in_the_case(case: Path, database: str) -> None:
    with open_journal(case / "journal.db", lambda: NOW) as journal:
        made = journal.entries()
    (case / "journal.db").unlink()
    settings = case / "case.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'journal = "{database}"\n{text}', "utf-8")
    with open_journal(database, lambda: NOW, create=True) as journal:
        journal.adopt(made, "all")
    for _ in range(2):
        records = open_case(case, lambda: NOW, columns_for="all").records
        assert records.image is not None
        assert records.at([1]) == made
        kept = case / "journal.image"
        assert kept.stat().st_mode & 0o777 == 0o600
