"""The door: help, wrong words, streams that fail, and nothing but calm words."""

from __future__ import annotations

import builtins
import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.cli.tiny import present
from vigens.__main__ import main as begin
from vigens.base import OutsideError
from vigens.cli import cmd_status, main
from vigens.cli.main import COMMANDS, OTHER_WORDS, read_clock


def test_help_lists_every_command(run: Run) -> None:
    found = run("--help")
    assert found.status == 0
    for name in COMMANDS:
        assert re.search(rf"^    {name}( |$)", found.out, re.MULTILINE), name
    assert run().out == found.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    found = run(name, "--help")
    assert found.status == 0
    assert found.out.startswith(f"usage: vigens {name}")


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"serve", "demo", "export"}))
def test_every_command_prints_json_if_asked(run: Run, name: str) -> None:
    assert "--json" in run(name, "--help").out


def test_a_wrong_command_is_met_with_the_nearest(run: Run) -> None:
    found = run("stauts")
    assert found.status == 2
    assert 'did you mean "status"?' in found.err
    assert run("xyzzy").status == 2
    assert run("--nonsense").status == 2
    assert run("status").status == 2


def test_an_option_is_written_out(run: Run, case: Path) -> None:
    found = run("status", case, "--as", "2026-01-07")
    assert found.status == 2
    assert "--as" in found.err


def test_the_clock_has_a_zone() -> None:
    assert read_clock().utcoffset() is not None


def raising(error: BaseException) -> object:
    def run(_args: object) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (BrokenPipeError(), 141, ""),
        (OSError(28, "No space left on device"), 3, "No space left on device"),
        (ZeroDivisionError("by nought"), 3, "a fault of this program"),
        (RecursionError("deep"), 3, "RecursionError"),
        (OutsideError("no", "here", "mend"), 3, "where: here"),
    ],
)
def test_whatever_happens_there_is_no_traceback(
    run: Run,
    case: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    status: int,
    words: str,
) -> None:
    monkeypatch.setattr(cmd_status, "run", raising(error))
    found = run("status", case)
    assert found.status == status
    assert words in found.err
    assert "Traceback" not in found.err
    assert found.err.count("\n") <= 4


def test_the_traceback_can_be_asked_for(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cmd_status, "run", raising(ZeroDivisionError("by nought")))
    run("status", case)  # sets the environment right first
    monkeypatch.setenv("VIGENS_DEBUG", "1")
    assert "Traceback" in run("status", case).err


def test_an_output_that_cannot_be_written_is_said_once(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert main(["check", str(case)], present) == 3
    assert "No space left on device" in capsys.readouterr().err


def test_a_closed_output_is_no_fault(
    run: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main(["status", str(case)]) == 0
    assert main(["status", str(case / "nowhere")]) == 1
    for stream in (sys.stdout, sys.stderr):
        stream.close()


def test_ctrl_c_while_it_loads_is_calm(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def interrupted(name: str, *rest: Any) -> Any:
        if name == "vigens.cli.main":
            raise KeyboardInterrupt
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    assert begin() == 130
    assert capsys.readouterr().err == "vigens: stopped; nothing was begun\n"


def test_who_types_another_word_is_told_which_command_does_it(run: Run) -> None:
    for word in OTHER_WORDS:
        ran = run(word, "case")
        assert ran.status == 2
        named = set(re.findall(r"`vigens ([a-z-]+)", ran.err))
        assert named, word
        assert named <= set(COMMANDS)
        assert word not in COMMANDS
    assert "rectify CASE CORRECTION --undo" in run("undo").err
