"""`vigens export --format` writes what the case answers; `vigens notify` tells it once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.tiny import present, write_case
from vigens.cli import main
from vigens.desk.hooks import Hooks, Subscription, new_secret
from vigens.desk.outgoing import FORMATS, SHEETS


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_case(tmp_path_factory.mktemp("export") / "case")


def run(*words: object) -> int:
    return main([str(word) for word in words], present)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_to_a_file(
    case: Path, tmp_path: Path, name: str, capsys: Any
) -> None:
    file = tmp_path / "out"
    table = ("--table", "counts") if name in ("csv", "parquet") else ()
    assert run("export", case, file, "--format", name, *table, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"file": str(file), "format": name, "bytes": file.stat().st_size}
    assert (
        run("export", case, file, "--format", name, *table) != 0
    )  # it is there already


def test_a_table_goes_to_stdout_through_the_lens(case: Path, capsysbinary: Any) -> None:
    words = ("--format", "csv", "--table", "entries", "--as-of", "2026-02-01")
    assert run("export", case, *words, "--reader", "FR", "--policy", "open-ear") == 0
    out = capsysbinary.readouterr().out.decode()
    assert "as of 2026-02-01" in out
    assert "reader FR" in out
    assert "policy open-ear" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "csv"), "there is no table"),
        (("--format", "csv", "--table", "count"), 'did you mean "counts"'),
        (("--table", "counts"), "a table is of csv or parquet"),
        (("--format", "prov", "--bundle", "x"), "a bundle has a format of its own"),
        (("--format", "ical", "--reader", "nobody"), "there is no reader"),
    ],
)
def test_what_does_not_fit_together_is_said(
    case: Path, words: tuple[str, ...], told: str, capsys: Any
) -> None:
    assert run("export", case, *words) == 2
    assert told in capsys.readouterr().err


def test_the_help_names_every_format_and_table(capsys: Any) -> None:
    assert run("export", "--help") == 0
    text = " ".join(capsys.readouterr().out.split())
    for name in (*FORMATS, *SHEETS):
        assert name in text


def test_notify_says_what_it_did(tmp_path: Path, capsys: Any) -> None:
    folder = write_case(tmp_path / "case")
    assert run("notify", folder) == 0
    assert "nobody is told" in capsys.readouterr().out
    with Hooks(folder).change() as state:
        state.hooks.append(
            Subscription(
                "h", "x", "http://127.0.0.1:1/", "public", "", new_secret(), "o", 0
            )
        )
    assert run("notify", folder, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "subscriptions": 1,
        "noticed": 0,
        "sent": 0,
        "failed": 0,
        "waiting": 0,
        "stopped": [],
    }
    assert run("notify", tmp_path / "nowhere") != 0
