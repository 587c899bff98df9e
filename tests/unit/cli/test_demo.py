"""The demo: the Paris case in place, its status, and its end."""

from __future__ import annotations

from pathlib import Path

import pytest

import vigens
from tests.unit.cli.conftest import Run
from vigens.base import InputError
from vigens.cli.cmd_demo import find_example


def test_the_demo_shows_the_status_and_ends_if_asked(run: Run) -> None:
    found = run("demo", "--no-serve")
    assert found.status == 0
    assert "activation condition" in found.out
    assert "lens  as of 2026-03-10T12:00Z" in found.out
    assert run("demo", "--json").json["entries"] > 300


def test_the_demo_writes_nothing_to_the_example(run: Run) -> None:
    folder = find_example()
    before = sorted((p.name, p.stat().st_mtime_ns) for p in folder.rglob("*"))
    run("demo", "--no-serve")
    assert before == sorted((p.name, p.stat().st_mtime_ns) for p in folder.rglob("*"))


def test_an_installation_without_the_example_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vigens, "__file__", str(tmp_path / "src" / "v" / "__init__.py"))
    with pytest.raises(InputError, match="holds no example"):
        find_example()
