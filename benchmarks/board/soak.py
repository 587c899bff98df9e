"""A bounded soak of the board: `python -m benchmarks.board.soak [--seconds 300]`.

Several readers go from page to page, somebody records all the while, others listen.
Ends with status 1 where an answer is an error, a listener is lost, or memory grows.

Memory is flat where a straight line laid through all that was measured after the first
two fifths (least squares) rises by no more than the entries written meanwhile weigh, and
two hundredths of the memory. The first two fifths are left out since each page that is
opened for the first time loads what it needs.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.board.__main__ import at, first_page, record
from benchmarks.board.driving import Line, Listeners
from benchmarks.board.serving import Served, serving
from benchmarks.board.workload import write_case
from benchmarks.run import machine, say

#: What readers open, over and over.
PAGES = (
    "/",
    "/journal",
    "/obligations",
    "/agreements",
    "/search?q=shelling",
    "/counts",
)

#: Seconds between two records.
RECORD_EVERY = 2.0

#: Which part of the time is left out, before each page was opened some times.
WARMING = 0.4

#: Bytes that one recorded act weighs: an occurrence, its claim, its grade; measured with
#: `tracemalloc`. By which part memory may rise beside them.
OF_ACT, RISE = 8_000, 0.02

#: Fewer measures make no line.
LEAST_MEASURES = 3


@dataclass(slots=True)
class Soaked:
    """What came of it."""

    n_pages: int = 0
    n_records: int = 0
    n_told: int = 0
    errors: list[str] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)

    @property
    def rise(self) -> float:
        """Give by how many megabytes memory rose after warming, by a straight line."""
        late = self.resident[int(len(self.resident) * WARMING) :]
        if len(late) < LEAST_MEASURES:
            return 0.0
        slope = statistics.linear_regression(range(len(late)), late).slope
        return slope * (len(late) - 1)

    @property
    def allowed(self) -> float:
        """Give by how many megabytes it may have: what was written, and a little."""
        n_late = len(self.resident) - int(len(self.resident) * WARMING)
        return n_late * OF_ACT / 1e6 + RISE * statistics.mean(self.resident)

    @property
    def is_flat(self) -> bool:
        """Say whether memory stayed where it was."""
        return self.rise <= self.allowed

    def line(self) -> str:
        """Say it in one line."""
        memory = " → ".join(f"{mb:,.0f}" for mb in _some(self.resident))
        return (
            f"{self.n_pages:,} pages, {self.n_records} records, {self.n_told} events, "
            f"{len(self.errors)} errors; memory {memory} MB, after warming "
            f"{self.rise:+,.1f} MB (allowed {self.allowed:,.1f}): "
            f"{'flat' if self.is_flat else 'GROWING'}"
        )


def _some(values: Sequence[float], number: int = 6) -> list[float]:
    step = max(1, len(values) // number)
    return [*values[::step][:number], values[-1]]


async def soak(
    served: Served, folder: Path, day: str, *, seconds: float, readers: int, ears: int
) -> Soaked:
    """Read, record and listen at once for a while."""
    found = Soaked()
    end = time.monotonic() + seconds

    async def read(number: int) -> None:
        line = Line(served.port)
        for page in itertools.islice(itertools.cycle((*PAGES, at(day))), number, None):
            if time.monotonic() >= end:
                break
            answer = await line.ask(page, ("Accept-Encoding: gzip",))
            found.n_pages += 1
            if answer.status != 200:
                found.errors.append(f"{page}: {answer.status}")
            await asyncio.sleep(0.02)
        line.close()

    async def write() -> None:
        while time.monotonic() < end:
            await asyncio.to_thread(record, folder, found.n_records, day)
            found.n_records += 1
            found.resident.append(served.resident_mb())
            await asyncio.sleep(RECORD_EVERY)

    await first_page(served, "/")
    listeners = Listeners(served.port, at(day))
    await listeners.add(ears)
    await asyncio.gather(*(read(number) for number in range(readers)), write())
    found.n_told = listeners.n_told
    if listeners.n_lost:
        found.errors.append(f"{listeners.n_lost} listeners were lost")
    if not listeners.n_told:
        found.errors.append("no listener was told of anything")
    await listeners.close()
    found.resident.append(served.resident_mb())
    return found


def main() -> int:
    """Make a case, and soak the board that shows it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=300.0)
    args = parser.parse_args()
    say(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        day = write_case(folder, n_entries=args.entries).isoformat()
        with serving("board", folder) as served:
            found = asyncio.run(
                soak(served, folder, day, seconds=args.seconds, readers=4, ears=50)
            )
    say(found.line())
    for error in found.errors[:20]:
        say(error)
    return 0 if found.is_flat and not found.errors else 1


if __name__ == "__main__":
    sys.exit(main())
