"""What the README shows is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from vigens.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n\$ (?P<words>[^\n]+)\n(?P<shown>.*?)```\n", re.DOTALL)


def printed(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    program, *arguments = shlex.split(words)
    assert program == "vigens"
    assert main(arguments) == 0
    return capsys.readouterr().out.strip("\n") + "\n"


def test_every_command_prints_what_the_readme_shows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, accept: bool
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "92")
    text = README.read_text("utf-8")
    found = {m["words"]: m["shown"] for m in _BLOCK.finditer(text)}
    assert len(found) >= 5
    now = {words: printed(words, capsys) for words in found}
    if accept:

        def renewed(block: re.Match[str]) -> str:
            words = block["words"]
            return f"```console\n$ {words}\n{now[words]}```\n"

        README.write_text(_BLOCK.sub(renewed, text), "utf-8")
    else:
        assert found == now
