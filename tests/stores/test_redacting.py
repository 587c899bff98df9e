"""`vigens redact` where a case's journal lies on a server: rows, files, backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.tiny import present, recording, write_case
from vigens.cli import main
from vigens.journal import fsck, open_journal

SECRET = "The lock opened on Friday."


@pytest.fixture
def case(tmp_path: Path, database: str) -> Path:
    """Give the tiny case with its journal on a server."""
    folder = write_case(tmp_path / "case")
    text = folder / "journal.jsonl"
    with open_journal(text, recording) as store:
        entries = store.entries()
    text.unlink()
    with open_journal(database, recording, create=True, zone="UTC") as store:
        store.adopt(entries, "a beginning")
    settings = (folder / "case.toml").read_text("utf-8")
    (folder / "case.toml").write_text(f'journal = "{database}"\n{settings}', "utf-8")
    return folder


def test_two_persons_empty_a_row_on_a_server_and_its_backup(
    case: Path, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: object) -> str:
        status = main([str(word) for word in words], present)
        out, err = capsys.readouterr()
        assert status == 0, err
        return out

    copy = tmp_path / "copy.db"
    run("backup", case, copy)
    assert SECRET.encode() in copy.read_bytes()
    run("redact", case, "r-1", "--reason", "law", "--by", "one")
    with open_journal(database, present) as store:
        fact = store.entries()[-1].id
    done = run("redact", case, "--confirm", fact, "--by", "two")
    assert done.count("payload and key destroyed") == 2
    with open_journal(database, present) as store:
        assert sum(entry.is_stub for entry in store.entries()) == 1
        assert all(
            entry.payload.get("statement") != SECRET for entry in store.entries()
        )
    for path in tmp_path.glob("copy*"):
        assert SECRET.encode() not in path.read_bytes(), path
    for place in (database, copy):
        assert not [f for f in fsck(place) if f.severity == "error"]
    said = run("why", case, "lock_open", "--as-of", "2026-02-20")
    assert "redacted on 2026-03-10 by one and two" in " ".join(said.split())
