"""Writers, and a server, that are killed at any moment: nothing told is untrue."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from tests.stores.server import ROOT, Server
from tests.stores.writers import GROUP
from vigens.journal import fsck, open_journal

#: How many writers write at the same time.
N_WRITERS = 3

#: Kills in each part; the parts may run side by side. Three parts make 300.
N_KILLS = 100
PARTS = (1, 2, 3)

#: The longest between what a writer was told and the next kill, in seconds.
LONGEST = 0.02


class Nursery:
    """Starts writers quickly, and kills one of them."""

    def __init__(
        self, process: subprocess.Popen[str], told: Path, chance: random.Random
    ) -> None:
        self._process = process
        self._told = told
        self._told_before = 0
        self._chance = chance
        self._alive: list[int] = []
        self._n_born = 0

    def fill(self) -> None:
        """Start writers until there are enough."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        while len(self._alive) < N_WRITERS:
            self._n_born += 1
            self._process.stdin.write(f"w{self._n_born}\n")
            self._process.stdin.flush()
            self._alive.append(int(self._process.stdout.readline()))

    def kill_one(self) -> None:
        """Kill a writer, once one was told something, at a moment nobody foresees."""
        while (size := self._told.stat().st_size) == self._told_before:
            Event().wait(0.001)
        self._told_before = size
        Event().wait(self._chance.random() * LONGEST)
        victim = self._alive.pop(self._chance.randrange(len(self._alive)))
        os.kill(victim, signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill every writer."""
        while self._alive:
            os.kill(self._alive.pop(), signal.SIGKILL)


@contextmanager
def nursery(place: Path | str, told: Path, chance: random.Random) -> Iterator[Nursery]:
    told.touch()
    words = [sys.executable, "-m", "tests.stores.writers", str(place), str(told)]
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        writers = Nursery(process, told, chance)
        writers.fill()
        try:
            yield writers
        finally:
            writers.kill_all()


def judge(place: Path | str, told: Path, clock: Any) -> dict[str, int]:
    """Hold the journal against what the writers were told; give how often each."""
    words = dict[tuple[str, int], str]()
    for line in told.read_text().splitlines():
        word, name, number = line.split()
        words[name, int(number)] = word
    groups = defaultdict[tuple[str, int], list[int]](list)
    with open_journal(place, clock) as journal:
        for entry in journal.entries():
            name, number, part = str(entry.payload["text"]).split()
            groups[name, int(number)].append(int(part))
    assert {tuple(parts) for parts in groups.values()} <= {tuple(range(GROUP))}
    kept = {group for group, word in words.items() if word == "kept"}
    refused = {group for group, word in words.items() if word == "refused"}
    assert kept <= groups.keys(), "an acknowledged group is lost"
    assert not refused & groups.keys(), "a refused group was written"
    assert [finding for finding in fsck(place) if finding.code != "J001"] == []
    return {"kept": len(kept), "refused": len(refused), "groups": len(groups)}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("ending", ["jsonl", "db"])
def test_what_was_acknowledged_outlives_kill_9(
    tmp_path: Path, clock: Any, ending: str, part: int
) -> None:
    place, told = tmp_path / f"journal.{ending}", tmp_path / "told"
    open_journal(place, clock, create=True).close()
    with nursery(place, told, random.Random(part)) as writers:
        for _ in range(N_KILLS):
            writers.kill_one()
            writers.fill()
    counts = judge(place, told, clock)
    assert counts["kept"] >= N_KILLS
    assert counts["refused"] == 0


def kill_a_backend(server: Server, chance: random.Random) -> None:
    """Kill the server process of one writer: the server then starts anew by itself.

    One that was just about to end, since its writer was killed, ends in good order all
    the same, and nobody is sent home; then another is killed.
    """
    with psycopg.connect(server.address("postgres"), autocommit=True) as witness:
        for _ in range(60):
            try:
                rows = witness.execute(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = 'vigens'"
                ).fetchall()
                if rows:
                    with suppress(ProcessLookupError):
                        os.kill(chance.choice(rows)[0], signal.SIGKILL)
                witness.execute("SELECT pg_sleep(1)")
            except psycopg.OperationalError:  # all are sent home
                break
        else:
            pytest.fail("the server outlived kill -9 of its processes")
    server.wait()


def kill_the_server(server: Server, chance: random.Random) -> None:
    server.kill()
    server.start()


@pytest.mark.parametrize("part", PARTS)
def test_what_a_server_acknowledged_outlives_kill_9(
    server: Server, database: str, tmp_path: Path, clock: Any, part: int
) -> None:
    told, chance = tmp_path / "told", random.Random(part)
    open_journal(database, clock, create=True).close()
    rough: dict[int, Callable[[Server, random.Random], None]] = {
        25: kill_a_backend,
        50: kill_the_server,
        75: kill_a_backend,
    }
    with nursery(database, told, chance) as writers:
        for number in range(N_KILLS):
            writers.kill_one()
            if number in rough:
                rough[number](server, chance)
            writers.fill()
    counts = judge(database, told, clock)
    assert counts["kept"] > N_KILLS / 2
