"""Measure a journal on PostgreSQL: `python -m benchmarks.journal.postgres [ENTRIES]`.

A server of its own on a temporary folder, every commit on disk. Beside each figure stands
plain PostgreSQL doing the same with the same rows in the same run: binary COPY of a file
into a table with the same two keys, and one INSERT a commit.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks.journal.workload import write_lines
from tests.stores.server import Server, find_programs
from vigens.journal import Draft, open_journal
from vigens.journal.image import read_image

N_ENTRIES = 1_000_000
N_SINGLE = 300
GROUP = 100

_PLAIN = """
CREATE TABLE plain (
    position bigint PRIMARY KEY, id text COLLATE "C" UNIQUE, kind text,
    recorded_us bigint, happened_first bigint, happened_last bigint,
    known_first bigint, known_last bigint, marks text, key bytea, leaf bytea, body text
)
"""


def now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


@contextmanager
def timed(name: str, server: Server) -> Iterator[None]:
    """Print how long something took, and the processor time on both sides in it."""
    before, cpu, there = time.perf_counter(), _processor(), server.processor_seconds()
    yield
    seconds, used = time.perf_counter() - before, _processor() - cpu
    there = server.processor_seconds() - there
    print(
        f"{name:<40} {seconds:8.2f} s   CPU {used:6.2f} s here, {there:6.2f} s there",
        flush=True,
    )


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, -1)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def rate(name: str, n: int, act: Callable[[int], object], each: int = 1) -> None:
    """Print how many entries a second an act records."""
    before, cpu = time.perf_counter(), time.process_time()
    for number in range(n):
        act(number)
    seconds, used = time.perf_counter() - before, time.process_time() - cpu
    here = f"{1e6 * used / n / each:6.0f} us here"
    print(f"{name:<40} {n * each / seconds:8,.0f} /s  {here}", flush=True)


def bulk(server: Server, n_entries: int) -> str:
    """Import many entries, copy the same rows plainly, and read them as columns."""
    address = server.address(server.database())
    with tempfile.TemporaryDirectory() as folder:
        lines, rows = Path(folder) / "lines.jsonl", Path(folder) / "rows"
        write_lines(lines, n_entries)
        with open_journal(address, now, create=True) as journal:
            name = f"import {n_entries:,} entries with hashes"
            with timed(name, server), lines.open("rb") as stream:
                done = journal.adopt_lines(stream, "the benchmark")
            assert done.n_added == n_entries
            with psycopg.connect(address, autocommit=True) as connection:
                plain_copy(connection, rows, server)
            image = Path(folder) / "image"
            with timed("columns out of the server", server):
                made = read_image(journal, image)  # type: ignore[arg-type]  # a ledger
            assert made.size == journal.size()
            with timed("columns that were kept", server):
                read_image(journal, image)  # type: ignore[arg-type]  # a ledger
    return address


def plain_copy(
    connection: psycopg.Connection[tuple[object, ...]], rows: Path, server: Server
) -> None:
    """Copy the same rows into a table with the same keys."""
    out = (
        "COPY (SELECT * FROM vigens.entry ORDER BY position) TO STDOUT (FORMAT BINARY)"
    )
    with rows.open("wb") as file, connection.cursor().copy(out) as copy:
        for data in copy:
            file.write(data)
    connection.execute(_PLAIN)
    into = "COPY plain FROM STDIN (FORMAT BINARY)"
    with (
        timed("plain COPY of the rows of entries", server),
        rows.open("rb") as file,
        connection.cursor().copy(into) as copy,
    ):
        while data := file.read(1 << 18):
            copy.write(data)


def singles(server: Server) -> None:
    """Record one entry a commit, a hundred a commit, and INSERT plainly."""
    address = server.address(server.database())
    with open_journal(address, now, create=True) as journal:

        def record(number: int, n: int) -> None:
            journal.append(
                Draft("note", {"text": f"{number} {each}"}, "c", marks=("public",))
                for each in range(n)
            )

        rate("one entry a commit", N_SINGLE, lambda number: record(number, 1))
        rate(
            f"{GROUP} a commit",
            N_SINGLE,
            lambda number: record(number + N_SINGLE, GROUP),
            GROUP,
        )
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE plain (position bigint PRIMARY KEY, body text)"
        )
        insert = "INSERT INTO plain VALUES (%s, %s)"
        body = "x" * 400
        rate(
            "plain INSERT, one a commit",
            N_SINGLE,
            lambda number: connection.execute(insert, (number, body)),
        )


def main() -> None:
    """Run everything."""
    programs, reason = find_programs()
    if programs is None:
        sys.exit(reason)
    n_entries = int(sys.argv[1]) if len(sys.argv) > 1 else N_ENTRIES
    server = Server(programs)
    try:
        server.start()
        singles(server)
        bulk(server, n_entries)
    finally:
        server.close()


if __name__ == "__main__":
    main()
