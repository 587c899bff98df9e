from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.desk.smallcase import NOW
from vigens.base import UsageError
from vigens.cli import main
from vigens.desk import Looking, make_lens, open_case, page_log, read_log
from vigens.desk.records import unfiltered
from vigens.journal import Draft, export_lines, open_journal


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


@pytest.fixture
def long(case: Path) -> Path:
    """Give a case with an import behind its one entry, and its list."""
    payload = {"event": "e", "args": [], "title": "T"}
    with open_journal(case / "more.jsonl", lambda: NOW, create=True) as text:
        text.append(
            Draft("occurrence", payload, "c", happened=f"2026-01-{day:02}")
            for day in range(2, 9)
        )
        lines = "".join(export_lines(text)).encode()
    (case / "more.jsonl").unlink()
    with open_journal(case / "journal.db", lambda: NOW) as journal:
        journal.adopt_lines(io.BytesIO(lines), "more")
        journal.append([Draft("note", {"text": "last"}, "c")])
    return case


def test_a_long_log_is_read_by_the_page(
    long: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.desk.longlog.PAGE", 3)
    lens = make_lens(
        case := open_case(long, lambda: NOW),
        Looking(now=int(NOW.timestamp()), reader="all"),
    )
    right = read_log(case, lens)
    plain = open_case(long, lambda: NOW, columns_for="all")
    for kind, last in ((None, None), (None, 4), ("occurrence", 2), ("batch", None)):
        found = page_log(plain, lens, kind=kind, last=last)
        assert found is not None
        pages = list(found.pages)
        wanted = [line for line in right if kind in (None, line.entry.kind)]
        assert [line for page in pages for line in page] == wanted[-(last or 99) :]
        assert max(map(len, pages)) <= 3
        assert (found.n_lines, found.n_shown) == (len(wanted[-(last or 99) :]), 10)
    with pytest.raises(UsageError, match="no kind"):
        page_log(plain, lens, kind="occurence")


def test_what_replaces_a_hidden_entry_is_no_reason_to_read_the_log_whole(
    long: Path,
) -> None:
    with open_journal(long / "journal.db", lambda: NOW) as journal:
        hidden = journal.entries()[0]
        seen = Draft(
            "note", {"text": "n"}, "c", supersedes=hidden.id, marks=("public",)
        )
        journal.append([seen])
    looking = Looking(now=int(NOW.timestamp()), reader="public")
    right = read_log(case := open_case(long, lambda: NOW), make_lens(case, looking))
    plain = open_case(long, lambda: NOW, columns_for="public")
    found = page_log(plain, make_lens(plain, looking))
    assert found is not None
    assert [line for page in found.pages for line in page] == [*right]
    assert [line.entry.kind for line in right] == ["note"]


def test_where_a_list_is_replaced_the_log_is_read_whole(
    long: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_journal(long / "journal.db", lambda: NOW) as journal:
        batch = next(e for e in journal.entries() if e.kind == "batch")
        journal.append([Draft("note", {"text": "not so"}, "c", supersedes=batch.id)])
    plain = open_case(long, lambda: NOW, columns_for="all")
    lens = make_lens(plain, Looking(now=int(NOW.timestamp()), reader="all"))
    assert page_log(plain, lens) is None
    assert main(["log", str(long), "--reader", "all"], clock=lambda: NOW) == 0
    told = capsys.readouterr().out
    assert "10 of 11 entries" in told
    assert " batch " not in told
