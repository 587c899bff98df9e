"""Every changed byte of a journal is found, or cannot change an answer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vigens.base import Severity, VigensError
from vigens.journal import (
    EVERYTHING,
    Draft,
    Entry,
    SignedHead,
    Store,
    entry_id,
    export_lines,
    format_recorded,
    fsck,
    open_journal,
    open_keyring,
    sign_logs,
    visible,
)

N_CHANGES = 1000  # of each form of file
N_VALUES = 300  # on a server


def lay(place: Path | str, clock: Any, folder: Path) -> None:
    """Make a journal with everything in it that a journal can hold."""
    with open_journal(place, clock, create=True, zone="Europe/Kyiv") as store:
        first = store.append(
            [
                Draft(
                    "note",
                    {"text": f"Запис {n}", "list": [n, None, True]},
                    "curator",
                    happened="2026-01/2026-03",
                    known_from="2026-02-01",
                    marks=("public", "UA")[: n % 3],
                )
                for n in range(9)
            ]
        )
        clock.on(seconds=5)
        what = Draft(
            "occurrence",
            {"event": "signs", "args": ["UA"], "title": "It is signed"},
            "curator",
            happened="2026-01-06",
            marks=("public",),
        )
        (done,) = store.append([what])
        claim = {"polarity": "pos", "statement": "So", "actors": ["UA"]}
        store.append([Draft("claim", claim, "curator", about=(done.id,))])
        store.append([Draft("note", {"text": "mended"}, "b", rectifies=first[0].id)])
        early = replace(first[3], payload={"text": "of another"}, marks=("FR",))
        store.adopt([replace(early, id=entry_id(early))], "from elsewhere")
        _redact(store, first[5])
        if not str(place).endswith(".jsonl"):
            ring = open_keyring(folder / "k.key")
            moment = format_recorded(clock())
            for state in sign_logs(store, ["all", "public"], ring.signer, moment):
                store.keep_signed(state.head)


def _redact(store: Store, target: Entry) -> None:
    """Redact past every use case: a fact, a second person, and the deed."""
    stub = {
        "kind": target.kind,
        "recorded_at": target.recorded_at,
        "marks": target.marks,
        "about": target.about,
        "rectifies": target.rectifies,
        "supersedes": target.supersedes,
    }
    payload = {"reason": "a name", "stub": stub, "leaves_open": (), "places": ()}
    fact = replace(target, kind="redaction", payload=payload, about=(target.id,))
    fact = replace(fact, id=entry_id(fact))
    second = replace(
        fact,
        kind="confirmation",
        payload={"by": "chair"},
        recorded_by="chair",
        about=(fact.id,),
    )
    store.adopt([fact, replace(second, id=entry_id(second))], "a redaction")
    store.redact(target.id, fact.id)


class Answer:
    """Everything that an answer can rest on, as one value."""

    def __init__(self, store: Store) -> None:
        self.lines = list(export_lines(store))
        self.entries: tuple[Entry, ...] = store.entries()
        self.views = [
            visible(
                self.entries,
                known_at=known_at,
                recorded_at=None,
                clearance=EVERYTHING,
                zone="Europe/Kyiv",
            )
            for known_at in (None, 1770000000)
        ]
        self.logs: dict[str, tuple[Any, ...]] = {}
        self.signed: tuple[SignedHead, ...] = ()
        if not store.where.endswith(".jsonl"):
            for log in store.logs():
                self.logs[log] = (
                    store.leaves(log),
                    store.heads(log),
                    store.redacted(),
                    [store.key_of(entry.id) for entry in self.entries],
                )
            self.signed = store.signed("public")

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, Answer)
        return (
            self.lines == other.lines
            and self.entries == other.entries
            and [(v.entries, v.replaced, v.known_from) for v in self.views]
            == [(v.entries, v.replaced, v.known_from) for v in other.views]
            and self.logs == other.logs
            and self.signed == other.signed
        )

    def __hash__(self) -> int:
        return hash(self.entries)


def changes(data: bytes, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Give places and new bytes: half anywhere, half where something is written."""
    written = [at for at, byte in enumerate(data) if byte]
    for number in range(N_CHANGES):
        spot = chance.choice(written) if number % 2 else chance.randrange(len(data))
        yield spot, data[spot] ^ chance.randrange(1, 256)


def is_wrong(place: Path | str) -> bool:
    """Say whether the check finds something; a note finds nothing."""
    try:
        return any(finding.severity != Severity.NOTE for finding in fsck(place))
    except VigensError:
        return True


@pytest.mark.parametrize("ending", ["jsonl", "db"])
def test_a_changed_byte_is_found_or_cannot_change_an_answer(
    ending: str, tmp_path: Path, clock: Any
) -> None:
    whole = tmp_path / f"journal.{ending}"
    lay(whole, clock, tmp_path)
    data = whole.read_bytes()
    assert not is_wrong(whole)
    with open_journal(whole, clock) as store:
        right = Answer(store)
    place = tmp_path / "changed" / whole.name
    n_found = 0
    for spot, new in changes(data, random.Random(20260308)):
        place.parent.mkdir()
        place.write_bytes(data[:spot] + bytes([new]) + data[spot + 1 :])
        is_found = is_wrong(place)
        n_found += is_found
        if not is_found:
            with open_journal(place, clock) as store:
                assert Answer(store) == right, f"byte {spot} became {new}"
        shutil.rmtree(place.parent)
    assert n_found > N_CHANGES // 4


COLUMNS = [
    ("entry", name)
    for name in (
        *("position", "id", "kind", "recorded_us", "happened_first", "happened_last"),
        *("known_first", "known_last", "marks", "key", "leaf", "body"),
    )
]
COLUMNS += [("leaf", name) for name in ("log", "number", "position", "hash")]
COLUMNS += [
    ("head", name) for name in ("log", "size", "root", "frontier", "recorded_us")
]
COLUMNS += [("signed_head", name) for name in ("log", "size", "key_id", "body")]
COLUMNS += [("redaction", name) for name in ("position", "fact")]
COLUMNS += [("setting", "value")]


def changed(value: Any, chance: random.Random) -> Any:
    """Change one byte of a value, or one binary digit of a number."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(20))
    data = bytearray(value.encode() if isinstance(value, str) else value)
    if isinstance(value, bytes):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        return bytes(data)
    plain = [at for at, byte in enumerate(data) if byte < 128]
    spot = chance.choice(plain)
    data[spot] = chance.choice([b for b in range(32, 127) if b != data[spot]])
    return data.decode()


def test_a_changed_value_on_a_server_is_found_or_cannot_change_an_answer(
    database: str, tmp_path: Path, clock: Any
) -> None:
    import psycopg
    from psycopg import sql

    lay(database, clock, tmp_path)
    assert not is_wrong(database)
    with open_journal(database, clock) as store:
        right = Answer(store)
    chance = random.Random(20260308)
    n_found = n_changed = 0
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # past the guards
        for number in range(N_VALUES):
            table, column = COLUMNS[number % len(COLUMNS)]
            rows = connection.execute(
                sql.SQL(
                    "SELECT ctid::text, {c} FROM vigens.{t} WHERE {c} IS NOT NULL"
                ).format(c=sql.Identifier(column), t=sql.Identifier(table))
            ).fetchall()
            place, old = chance.choice(rows)
            change = sql.SQL(
                "UPDATE vigens.{t} SET {c} = %s WHERE ctid = %s::tid RETURNING ctid::text"
            ).format(c=sql.Identifier(column), t=sql.Identifier(table))
            new = changed(old, chance)
            try:
                (moved,) = connection.execute(change, (new, place)).fetchone() or ("",)
            except psycopg.IntegrityError:
                continue  # the database refuses such a value whoever brings it
            n_changed += 1
            is_found = is_wrong(database)
            n_found += is_found
            if not is_found:
                with open_journal(database, clock) as store:
                    assert Answer(store) == right, f"{table}.{column}: {old} to {new}"
            connection.execute(change, (old, moved))
    assert n_found > n_changed * 0.9
    assert not is_wrong(database)
