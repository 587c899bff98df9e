"""The demo: the Paris case in place, its status, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_that_is_ended_leaves_no_copy(
    tmp_path: Path, number: signal.Signals
) -> None:
    words = [sys.executable, "-m", "vigens", "demo", "--port", "0"]
    place = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place
    ) as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            if "The board is at" in line:
                break
        assert list(tmp_path.glob("vigens-demo-*"))
        demo.send_signal(number)
        _, told = demo.communicate(timeout=60)
    assert demo.returncode == 0
    assert "Traceback" not in told
    assert not list(tmp_path.glob("vigens-demo-*"))
