"""Agreement cases: a small agreement, a journal, commands and what they print, one file.

A case is an agreement file, followed by fenced blocks in this order, each optional but
the last two, which may come again and again::

    ```settings   lines of case.toml, in place of those below
    ```journal    one entry a line, in the short form of `journal.py`
    ```table X    a bulk table, written as the file X of the case
    ```edition X  a further page, written as agreements/X.md; its rule blocks stand
                  between ~~~vigens and ~~~
    ```damage     what is done to the journal file afterwards, see `damage.py`
    ```command    vigens check CASE
    ```output     what it prints; `make accept` writes it
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SETTINGS = """\
title = "A small case"
zone = "Europe/Kyiv"
begins = "2026-01-01"
"""

_BLOCK = re.compile(
    r"^```(?P<kind>settings|journal|table|edition|damage|command|output)"
    r"(?P<name> [\w.@:-]+)?\n"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the place of what it prints in the file."""

    command: str
    expected: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file taken apart."""

    path: Path
    text: str
    agreement: str
    settings: str
    journal: str
    damage: str
    steps: tuple[Step, ...]
    tables: tuple[tuple[str, str], ...] = ()
    editions: tuple[tuple[str, str], ...] = ()

    def with_outputs(self, outputs: list[str]) -> str:
        """Give the text of the file with other outputs."""
        text = self.text
        for step, output in reversed(list(zip(self.steps, outputs, strict=True))):
            text = text[: step.start] + output + text[step.end :]
        return text


def read_case(path: Path) -> CaseFile:
    """Take a case file apart."""
    text = path.read_bytes().decode()
    blocks = list(_BLOCK.finditer(text))
    assert blocks, f"{path.name} has no command"
    single = {"settings": SETTINGS, "journal": "", "damage": ""}
    steps: list[Step] = []
    named: dict[str, list[tuple[str, str]]] = {"table": [], "edition": []}
    command: str | None = None
    for block in blocks:
        kind = block["kind"]
        if kind == "command":
            assert command is None, f"{path.name}: {command!r} has no output block"
            command = block["text"].strip()
        elif kind == "output":
            assert command is not None, f"{path.name}: an output without a command"
            start, end = block.span("text")
            steps.append(Step(command, block["text"], start, end))
            command = None
        elif kind in named:
            assert block["name"] is not None, f"{path.name}: a {kind} without a name"
            named[kind].append((block["name"].strip(), block["text"]))
        else:
            single[kind] = block["text"]
    assert command is None, f"{path.name}: {command!r} has no output block"
    agreement = text[: blocks[0].start()]
    return CaseFile(
        path,
        text,
        agreement,
        **single,
        steps=tuple(steps),
        tables=tuple(named["table"]),
        editions=tuple(named["edition"]),
    )
