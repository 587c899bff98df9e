"""What a `damage` block does to the journal of a case, one line after another.

::

    cut 20                    take the last 20 bytes away
    replace "old" "new"       in the bytes of the file
    repeat 2                  write line 2 once more at the end
    drop 1                    take line 1 out
    move 3 1                  put line 3 in the place of line 1
    forge 2 kind "telegram"   set a field (`payload.text` reaches in) and derive the id
    database                  turn the text into an SQLite journal
    sql DELETE FROM entry     run a statement in it, past its guards
"""

from __future__ import annotations

import json
import shlex
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.agreements.journal import NOW
from vigens.journal import (
    entry_from_json,
    entry_id,
    format_entry,
    open_journal,
    read_lines,
)


def damage(folder: Path, text: str) -> None:
    """Do what each line says."""
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        path = folder / "journal.jsonl"
        if word == "database":
            _to_database(path)
        elif word == "sql":
            _run(folder / "journal.db", rest)
        elif word == "cut":
            path.write_bytes(path.read_bytes()[: -int(rest)])
        elif word == "replace":
            old, new = shlex.split(rest)
            assert old in path.read_text("utf-8"), old
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        else:
            lines = path.read_text("utf-8").splitlines()
            _lines(lines, word, rest)
            path.write_text("".join(f"{one}\n" for one in lines), "utf-8")


def _lines(lines: list[str], word: str, rest: str) -> None:
    number, _, more = rest.partition(" ")
    at = int(number) - 1
    if word == "repeat":
        lines.append(lines[at])
    elif word == "drop":
        del lines[at]
    elif word == "move":
        lines.insert(int(more) - 1, lines.pop(at))
    else:
        assert word == "forge", word
        name, _, value = more.partition(" ")
        lines[at] = _forged(lines[at], name, value)


def _forged(line: str, name: str, value: str) -> str:
    entry = json.loads(line)
    target = entry
    *path, last = name.split(".")
    for part in path:
        target = target[part]
    target[last] = json.loads(value)
    forged = entry_from_json(entry)
    return format_entry(replace(forged, id=entry_id(forged)))


def _to_database(path: Path) -> None:
    entries = read_lines(path.read_bytes().splitlines(), str(path))
    with open_journal(path.with_suffix(".db"), lambda: NOW, create=True) as store:
        store.adopt(entries, "a case")
    path.unlink()


def _run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
        if not statement.startswith("DROP"):
            for _, made in guards:
                connection.execute(made)
