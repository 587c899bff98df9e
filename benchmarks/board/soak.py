"""A bounded soak of the board: `python -m benchmarks.board.soak [--seconds 300]`.

Several readers go from page to page, somebody records all the while, others listen.
Ends with status 1 where an answer is an error, a listener is lost, or memory grows.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.board.__main__ import at, record
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

#: Memory after the first third may grow by this part and these megabytes, no more.
GROWTH, SLACK_MB = 0.10, 24.0


@dataclass(slots=True)
class Soaked:
    """What came of it."""

    n_pages: int = 0
    n_records: int = 0
    n_told: int = 0
    errors: list[str] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)

    @property
    def is_flat(self) -> bool:
        """Say whether memory stayed where it was after the first third."""
        early = max(self.resident[: len(self.resident) // 3 + 1])
        late = self.resident[-1]
        return late <= early * (1 + GROWTH) + SLACK_MB

    def line(self) -> str:
        """Say it in one line."""
        memory = " → ".join(f"{mb:,.0f}" for mb in _some(self.resident))
        return (
            f"{self.n_pages:,} pages, {self.n_records} records, {self.n_told} events, "
            f"{len(self.errors)} errors; memory {memory} MB, "
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
