"""Print how fast the board answers under load: `python -m benchmarks.board`.

A case with a large matrix and a long journal, 16 connections, server and load together
on this machine; beside it, in the same run, a plain Jinja2 page of the same matrix.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.board.driving import Answer, Driven, Line, Listeners, drive, spread
from benchmarks.board.serving import Served, serving
from benchmarks.board.workload import write_case
from benchmarks.run import machine, say
from vigens.journal import Draft, open_journal

#: Seconds within which what was recorded shows, if it does.
SHOWS_WITHIN = 5.0

#: Seconds within which a board that was started shows a page.
STARTS_WITHIN = 60.0

#: What is asked: pages a second, milliseconds, megabytes.
PAGES_A_SECOND, P99_MS, CHANGE_MS, LISTENERS_MB = 300, 60, 300, 300


def record(folder: Path, number: int, day: str) -> None:
    """Record an act on one cell with claim and grade, as another process would.

    Of two numbers that follow, one ends and one begins an endorsement, so that one of
    them at least shows.
    """
    cell = number // 2
    part, state = f"part_{cell % 6:02}", f"S{cell % 8:02}"
    act = "approves" if number % 2 else "withdraws.support"
    fields = {"marks": ("public",), "known_from": day}
    said = {
        "event": act,
        "args": ["accord", part, state],
        "title": act,
    }
    with open_journal(folder / "journal.db", lambda: datetime.now(UTC)) as journal:
        made = Draft("occurrence", said, "bench", happened=day, **fields)  # type: ignore[arg-type]  # words of a draft
        (entry,) = journal.append([made])
        claim = {"polarity": "pos", "statement": "It approves", "actors": [state]}
        made = Draft("claim", claim, "bench", about=(entry.id,), **fields)  # type: ignore[arg-type]  # as above
        (entry,) = journal.append([made])
        grade = {"reliability": "B", "credibility": 2, "rule": "bench"}
        journal.append([Draft("grade", grade, "bench", about=(entry.id,), **fields)])  # type: ignore[arg-type]  # as above


def at(day: str) -> str:
    """Give the address of the first page as of a day."""
    return f"/?as_of={day}"


async def first_page(served: Served, path: str) -> Answer:
    """Ask for a page until it is there: a board that was just started asks to wait."""
    line, end = Line(served.port), time.perf_counter() + STARTS_WITHIN
    while True:
        answer = await line.ask(path, ("Accept-Encoding: gzip",))
        if answer.status != 503 or time.perf_counter() > end:
            line.close()
            return answer
        await asyncio.sleep(0.1)


async def after_change(
    served: Served, folder: Path, times: int, day: str
) -> list[float]:
    """Record something and ask for the page until it is a new one, several times.

    Returns:
        Seconds of each answer that was a new page; what does not show has none.
    """
    line, waits = Line(served.port), []
    headers = ("Accept-Encoding: gzip",)
    known = (await line.ask(at(day), headers)).etag
    for number in range(times):
        record(folder, number, day)
        end = time.perf_counter() + SHOWS_WITHIN
        while time.perf_counter() < end:
            begun = time.perf_counter()
            answer = await line.ask(at(day), headers)
            if answer.etag != known:
                waits.append(time.perf_counter() - begun)
                known = answer.etag
                break
            await asyncio.sleep(0.05)
    line.close()
    return waits


async def listened(
    served: Served, folder: Path, number: int, day: str
) -> tuple[float, float]:
    """Open listeners, record something; give megabytes, and seconds until all know."""
    before = served.resident_mb()
    listeners = Listeners(served.port, at(day))
    await listeners.add(number)
    taken = served.resident_mb() - before
    for act in (38, 41, 42, 45):  # two end, two begin, each on a cell of its own
        record(folder, act, day)
    begun = time.perf_counter()
    await listeners.all_told()
    waited = time.perf_counter() - begun
    told = listeners.n_told
    await listeners.close()
    if told < number:
        say(f"only {told} of {number} listeners were told")
    return taken, waited


async def measure(folder: Path, day: str, seconds: float, n_listeners: int) -> None:
    """Measure the board, then the plain page, and print both."""
    begun = time.perf_counter()
    with serving("board", folder) as served:
        heard = time.perf_counter()
        await first_page(served, "/")
        shown = time.perf_counter()
        say(
            f"start: heard after {heard - begun:.1f} s, first page {shown - heard:.1f} s"
        )
        await first_page(served, at(day))
        say(f"first page of another day {time.perf_counter() - shown:8.1f} s")
        pressed = await drive(served.port, at(day), seconds=seconds)
        say(f"page, gzip      {pressed.line()}")
        again = await first_page(served, at(day))  # the minute may have turned
        headers = (f"If-None-Match: {again.etag}", "Accept-Encoding: gzip")
        same = await drive(served.port, at(day), seconds=seconds, headers=headers)
        say(f"page, ETag      {same.line()}")
        waits = await after_change(served, folder, 10, day)
        say(f"after a change  {spread(waits)}  aim {CHANGE_MS} ms")
        resident = served.resident_mb()
        taken, waited = await listened(served, folder, n_listeners, day)
        say(
            f"{n_listeners} listeners   {taken:,.0f} MB more (of {resident:,.0f} MB); "
            f"all told after {waited:.1f} s  aim {LISTENERS_MB} MB"
        )
    with serving("plain", "40x60") as served:
        plain = await drive(served.port, "/", seconds=seconds)
        say(f"plain Jinja2    {plain.line()}")
    told(pressed, plain)


def told(board: Driven, plain: Driven) -> None:
    """Print how the two compare, and the aims."""
    say(f"ratio: {board.a_second / plain.a_second:.1f} times as many pages a second")
    say(f"aims: {PAGES_A_SECOND} pages/s, p99 under {P99_MS} ms")


def main() -> None:
    """Make the case, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--listeners", type=int, default=500)
    args = parser.parse_args()
    say(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        day = write_case(folder, n_entries=args.entries).isoformat()
        say(f"40 states, 60 components, {args.entries:,} entries")
        asyncio.run(measure(folder, day, args.seconds, args.listeners))


if __name__ == "__main__":
    main()
