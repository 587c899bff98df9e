"""A case whose journal lies on a server."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import present
from vigens.journal import open_journal

ROLES = ("--writer-role", "cli_writer", "--reader-role", "cli_reader")


@pytest.fixture
def on_server(case: Path, database: str) -> Path:
    """Give the case with its journal taken out, and the address of an empty server."""
    (case / "journal.jsonl").rename(case.parent / "before.jsonl")
    settings = case / "case.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'journal = "{database}"\n{text}', "utf-8")
    return case


def test_a_case_lives_on_a_server(run: Run, on_server: Path, database: str) -> None:
    early = run("log", on_server)
    assert early.status == 1
    assert "vigens journal init" in early.err
    try:
        made = run("journal", "init", on_server, *ROLES)
        assert made.status == 0, made.err
        assert "journal made, zone" in made.out
        assert "GRANT cli_writer TO" in made.out
        assert f"next: `vigens import {on_server} FILE`" in made.out
        again = run("journal", "init", database, *ROLES)
        assert "there already" in again.out
        brought = run("import", on_server, on_server.parent / "before.jsonl")
        assert brought.status == 0, brought.err
        assert "0 present already" in brought.out
        assert run("fsck", on_server).status == 0
        assert run("fsck", database).out.endswith(": sound\n")
        text = run("export", database).out
        before = (on_server.parent / "before.jsonl").read_text("utf-8")
        assert text.startswith(before)
        assert run("status", on_server).status == 0
        assert run("log", on_server, "--json").json["entries"]
    finally:
        with psycopg.connect(database, autocommit=True) as connection:
            for role in ("cli_writer", "cli_reader"):
                connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_a_dry_run_prints_what_an_administrator_may_run(
    run: Run, on_server: Path, database: str
) -> None:
    dry = run("journal", "init", on_server, "--dry-run", *ROLES)
    assert dry.status == 0
    assert dry.out.startswith("BEGIN;\n")
    assert dry.out.rstrip().endswith("COMMIT;")
    assert run("fsck", database).status == 1
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(dry.out.encode())
    try:
        assert run("fsck", database).status == 0
    finally:
        with psycopg.connect(database, autocommit=True) as connection:
            for role in ("cli_writer", "cli_reader"):
                connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_a_case_has_one_journal_alone(run: Run, on_server: Path) -> None:
    (on_server / "journal.jsonl").touch()
    found = run("log", on_server)
    assert found.status == 1
    assert "two journals" in found.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("journal", "init", "CASE"), "names no server"),
        (("journal", "make", "CASE"), "cannot be asked"),
        (("journal", "init", "postgresql://me:hunter2@db/x"), "password"),
        (("journal", "init", "postgresql://me@/x", "--zone", "Mars"), "zone"),
        (("journal", "init", "postgresql://me@/x", "--writer-role", 'a"b'), "role"),
        (("fsck", "postgresql://me:hunter2@db/x"), "password"),
        (("export", "postgresql://me@/x?host=/nowhere"), "cannot be reached"),
    ],
)
def test_what_is_off_is_said_and_no_secret_with_it(
    run: Run, case: Path, words: tuple[str, ...], said: str
) -> None:
    found = run(*(case if word == "CASE" else word for word in words))
    assert found.status in (1, 2, 3)
    assert said in found.err
    assert "hunter2" not in found.err


def test_an_address_in_the_settings_is_one(run: Run, case: Path) -> None:
    settings = case / "case.toml"
    text = settings.read_text("utf-8")
    for value, said in (
        ("journal.db", "no address"),
        ("postgresql://me:hunter2@db/x", "password"),
    ):
        settings.write_text(f'journal = "{value}"\n{text}', "utf-8")
        (case / "journal.jsonl").unlink(missing_ok=True)
        found = run("log", case)
        assert found.status == 1
        assert said in found.err
        assert "hunter2" not in found.err


def test_a_redaction_on_a_server_reaches_its_backups_and_columns(
    run: Run, on_server: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.desk.largejournal.LARGE", 1)
    with open_journal(database, present, create=True):
        pass
    assert run("import", on_server, on_server.parent / "before.jsonl").status == 0
    copy, image = on_server.parent / "copy.db", on_server / "journal.image"
    assert run("backup", on_server, copy).status == 0
    assert run("status", on_server).status == 0
    image.touch()
    name = json.loads(run("export", on_server).out.splitlines()[0])["id"]
    wanted = run("redact", on_server, name, "--reason", "law", "--by", "anna")
    assert wanted.status == 0, wanted.err
    done = run("redact", on_server, "--confirm", name, "--by", "boris", "--yes")
    assert done.status == 0, done.err
    assert not image.exists()
    for place in (on_server, copy):
        with open_journal(database if place == on_server else copy, present) as journal:
            assert name in journal.redacted()
        assert run("fsck", place).status == 0
