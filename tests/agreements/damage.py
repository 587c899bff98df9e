"""What a `damage` block does to the journal of a case, one line after another.

::

    cut 20                    take the last 20 bytes away
    replace "old" "new"       in the bytes of the file
    repeat 2                  write line 2 once more at the end
    drop 1                    take line 1 out
    move 3 1                  put line 3 in the place of line 1
    forge 2 kind "telegram"   set a field (`payload.text` reaches in) and derive the id
    entry {"kind": "note", "payload": {…}, "about": [1]}   add one; numbers are lines
    seal 500 personnel FR     add a sealed offer, and one line later what opens it
    database                  turn the text into an SQLite journal
    sql DELETE FROM entry     run a statement in it, past its guards
    redact 2 4                empty entry 2, as entry 4 wants it
    file documents/a.txt text a further file of the case
    sign public               sign how a log of it stands
    only 1 3                  keep these lines alone
    bundle a.bundle 1 2       write these lines as a bundle of another journal
    bundle a.bundle 1 2 redact 1    where that journal has redacted one
    fork a.bundle b.bundle    bundles of two copies of one journal, each with its own end
    in a.bundle drop 3        line 3 of the bundle: drop, repeat, or set a field
    in a.bundle set 1 heads.0.size 4
"""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.agreements.journal import NOW
from tests.unit.journal.bundle.conftest import redact
from vigens.desk import export_bundle, make_head
from vigens.journal import (
    Opening,
    entry_from_json,
    entry_id,
    format_entry,
    open_journal,
    read_lines,
    seal,
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
        elif word == "redact":
            target, fact = (int(each) - 1 for each in rest.split())
            with open_journal(path, lambda: NOW) as store:
                entries = store.entries()
                store.redact(entries[target].id, entries[fact].id)
        elif word == "file":
            name, _, held = rest.partition(" ")
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(held, "utf-8")
        elif word == "sign":
            make_head(folder, lambda: NOW, rest)
        elif word == "bundle":
            _bundle(folder, *rest.split())
        elif word == "fork":
            _fork(folder, *rest.split())
        elif word == "in":
            _in_bundle(folder, rest)
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
    if word == "only":
        lines[:] = [lines[int(each) - 1] for each in rest.split()]
        return
    if word in ("entry", "seal"):
        lines += _entries(lines, word, rest)
        return
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


def _entries(lines: list[str], word: str, rest: str) -> list[str]:
    """Make entries like the first one, of another kind and payload."""
    if word == "entry":
        return [_made(lines, **json.loads(rest))]
    number, unit, party = rest.split()
    offer = {
        "party": party,
        "title": "A contribution",
        "stance": "offer",
        "domains": ["land"],
        "conditions": [],
        "gates": [],
        "quantity": {"number": int(number), "unit": unit},
    }
    opening = Opening(sha256(rest.encode()).digest(), seal(offer, "a case").offer)
    payload = {"nonce": opening.nonce.hex(), "offer": offer}
    return [
        sealed := _made(lines, "sealed_offer", {"commitment": opening.commitment}),
        _made([*lines, sealed], "opened_offer", payload, [len(lines) + 1]),
    ]


def _made(
    lines: list[str], kind: str, payload: dict[str, Any], about: Sequence[int] = ()
) -> str:
    ids = [json.loads(line)["id"] for line in lines]
    first = json.loads(lines[0])
    fields = {"kind": kind, "payload": payload, "about": [ids[n - 1] for n in about]}
    made = entry_from_json(first | fields)
    return format_entry(replace(made, id=entry_id(made)))


def _forged(line: str, name: str, value: str) -> str:
    entry = json.loads(line)
    target = entry
    *path, last = name.split(".")
    for part in path:
        target = target[part]
    target[last] = json.loads(value)
    forged = entry_from_json(entry)
    return format_entry(replace(forged, id=entry_id(forged)))


def _bundle(folder: Path, name: str, *words: str) -> None:
    """Write some lines as a bundle of a journal that lies elsewhere."""
    place = folder / "journal.jsonl"
    entries = read_lines(place.read_bytes().splitlines(), str(place))
    numbers = [int(word) for word in words if word.isdigit()]
    is_redacted = "redact" in words
    target = entries[numbers.pop() - 1] if is_redacted else None
    chosen = [entries[number - 1] for number in numbers] or list(entries)
    targets = frozenset(target for entry in chosen for target in entry.about)
    with TemporaryDirectory() as elsewhere:
        other = Path(elsewhere) / "journal.db"
        with open_journal(other, lambda: NOW, create=True) as store:
            store.adopt(chosen, "a case", missing=targets)
            if target is not None:
                redact(store, target)
        export_bundle(other, lambda: NOW, folder / name, audience="all", is_forced=True)


def _fork(folder: Path, *names: str) -> None:
    """Let two copies of one journal go on by themselves."""
    place = folder / "journal.jsonl"
    first, *others = read_lines(place.read_bytes().splitlines(), str(place))
    with TemporaryDirectory() as elsewhere:
        root = Path(elsewhere) / "root.db"
        with open_journal(root, lambda: NOW, create=True) as store:
            store.adopt([first], "a case")
        for name, entry in zip(names, others, strict=False):
            copy = Path(elsewhere) / f"{name}.db"
            shutil.copy(root, copy)
            with open_journal(copy, lambda: NOW) as store:
                store.adopt([entry], "went on")
            export_bundle(copy, lambda: NOW, folder / name, audience="all")


def _in_bundle(folder: Path, rest: str) -> None:
    name, word, number, *more = rest.split(" ", 4)
    path, at = folder / name, int(number) - 1
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    if word == "drop":
        del lines[at]
    elif word == "repeat":
        lines.insert(at, lines[at])
    else:
        assert word == "set", word
        target: Any = lines[at]
        *steps, last = more[0].split(".")
        for step in steps:
            target = target[int(step) if step.isdigit() else step]
        target[int(last) if last.isdigit() else last] = json.loads(more[1])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


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
