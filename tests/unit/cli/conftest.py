"""A tiny case and the command line, run in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.tiny import REPORT, present, write_case
from vigens.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("VIGENS_DEBUG", raising=False)

    def run_words(*words: object) -> Ran:
        status = main([str(word) for word in words], present)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run_words


@pytest.fixture
def process() -> Callable[..., subprocess.Popen[str]]:
    """Start the command line in a process of its own."""

    def start(*words: object, **options: Any) -> subprocess.Popen[str]:
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("env", {**os.environ, "PYTHONUNBUFFERED": "1"})
        return subprocess.Popen(
            [sys.executable, "-m", "vigens", *map(str, words)],
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    return start
