"""Print how fast the engines are, side by side: `python -m benchmarks.engines`.

Every run is a process of its own; its time is from the files to the rows as Python
objects, without the start of the interpreter and imports: by the clock on the wall, and
by the processor's, which other programs on the machine disturb less (DuckDB works on two
cores at once, so there its processor time is up to twice the time on the wall). Parts,
late entries and whys are by the processor's clock. All engines of a case must
come to the same digest. Vigens finds its rules compiled by the run before, as every
command does that meets the same agreement files again; the first run is shown apart.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines.late import say_late
from benchmarks.engines.workload import write_case
from benchmarks.run import ROOT, machine, say

ENGINES = {"loop": "Python loop", "sql": "DuckDB", "asp": "clingo", "rules": "Vigens"}

#: What the whole run of Vigens should be faster than, and how many times.
AIMS = {"loop": 3.0, "sql": 1.5, "asp": 50.0}
#: Events from which clingo is left out: it would take many minutes.
MOST_FOR_ASP = 200_000


def in_process(what: str, folder: Path, timeout: float) -> dict[str, Any] | str:
    """Run one thing in a process of its own; say why where it failed."""
    words = [sys.executable, "-m", "benchmarks.engines.child", what, str(folder)]
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            env={**os.environ, "VIGENS_CACHE": str(folder.parent / "rules")},
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )
    except subprocess.TimeoutExpired:
        return f"more than {timeout:.0f} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it failed"])[-1][:160]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def repeated(
    what: str, folder: Path, repeats: int, timeout: float
) -> list[dict[str, Any]] | str:
    """Run one thing several times; fewer where it is slow."""
    runs: list[dict[str, Any]] = []
    for _ in range(repeats):
        found = in_process(what, folder, timeout)
        if isinstance(found, str):
            return found
        runs.append(found)
        if found.get("seconds", 0) > 20:
            break
    return runs


def middle(runs: Sequence[dict[str, Any]], key: str) -> float:
    """Give the median of one figure."""
    return float(statistics.median(run[key] for run in runs))


def case_of(work: Path, n_parties: int, n_events: int) -> Path:
    """Give the folder of a case, written once."""
    folder = work / f"{n_parties}_{n_events}"
    if not (folder / "params.json").exists():
        write_case(folder, n_parties, n_events)
    return folder


def side_by_side(folder: Path, engines: Sequence[str], repeats: int) -> bool:
    """Compare whole runs; say whether all come to the same rows."""
    found: dict[str, list[dict[str, Any]]] = {}
    if "rules" in engines:
        first = in_process("rules", folder, 900)
        if not isinstance(first, str):
            say(
                f"  Vigens, the first run of these rules: {first['seconds']:.3f} s, "
                f"processor {first['cpu']:.3f} s"
            )
    for engine in engines:
        runs = repeated(engine, folder, repeats, 900)
        if isinstance(runs, str):
            say(f"  {ENGINES[engine]:<12} {runs}")
            continue
        found[engine] = runs
        say(
            f"  {ENGINES[engine]:<12} median {middle(runs, 'seconds'):8.3f} s   processor "
            f"{middle(runs, 'cpu'):8.3f} s   {runs[0]['mib']:6.0f} MiB   "
            f"{runs[0]['rows']:>9,} rows   {runs[0]['digest']}"
        )
    digests = {run["digest"] for runs in found.values() for run in runs}
    if len(digests) > 1:
        say("  NOT THE SAME ROWS")
    _ratios(found)
    return len(digests) == 1 and len(found) == len(engines)


def _ratios(found: dict[str, list[dict[str, Any]]]) -> None:
    own = found.pop("rules", None)
    if own is None:
        return
    for engine, runs in found.items():
        times = middle(runs, "seconds") / middle(own, "seconds")
        used = middle(runs, "cpu") / middle(own, "cpu")
        met = "" if times >= AIMS[engine] else "  short of it"
        say(
            f"  {times:6.2f} times faster than {ENGINES[engine]}, by the processor "
            f"{used:.2f} (aim {AIMS[engine]}){met}"
        )
        if engine == "loop":
            memory = middle(own, "mib") / middle(runs, "mib")
            met = "" if memory <= 1.5 else "  over it"
            say(f"  {memory:6.2f} times the loop's memory (aim at most 1.5){met}")


def evaluation_alone(folder: Path, repeats: int) -> dict[str, float] | None:
    """Compare evaluation alone with the loop's."""
    own = repeated("parts_rules", folder, repeats, 900)
    loop = repeated("parts_loop", folder, repeats, 900)
    if isinstance(own, str) or isinstance(loop, str):
        say(f"  evaluation alone: {own if isinstance(own, str) else loop}")
        return None
    names = ("compile", "known", "open", "evaluate", "build")
    parts = {k: middle(own, k) for k in names}
    parts["events"] = float(sum(1 for _ in (folder / "events.csv").open("rb")) - 1)
    times = middle(loop, "evaluate") / parts["evaluate"]
    met = "" if times >= 20 else "  short of it"
    say(
        f"  Vigens in parts: rules compiled {parts['compile']:.3f} s, kept "
        f"{parts['known']:.3f} s; open with kept rules and table {parts['open']:.3f} s, "
        f"evaluation {parts['evaluate']:.3f} s, building rows {parts['build']:.3f} s"
    )
    say(
        f"  evaluation alone: loop {middle(loop, 'evaluate'):.3f} s, {times:.1f} times "
        f"faster (aim 20){met}"
    )
    return parts


def per_event(small: dict[str, float], large: dict[str, float]) -> None:
    """Compare the cost of an event in a small and in a large log."""
    costs = [
        (p["open"] - p["known"] + p["evaluate"] + p["build"]) / p["events"] * 1e6
        for p in (small, large)
    ]
    times = costs[1] / costs[0]
    met = "" if times <= 1.5 else "  over it"
    say(
        f"cost per event without compilation: {costs[0]:.2f} us at "
        f"{small['events']:,.0f} events, {costs[1]:.2f} us at {large['events']:,.0f}: "
        f"{times:.2f} times (aim at most 1.5){met}"
    )


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _engines(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        wanted = ", ".join(ENGINES)
        raise argparse.ArgumentTypeError(f"no engine {unknown[0]!r}; use {wanted}")
    return names


def main() -> int:
    """Print every figure; status 1 where the engines disagree or one failed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.engines", description=__doc__
    )
    parser.add_argument("--parties", type=_numbers, default=[10, 100, 1000])
    parser.add_argument("--events", type=_numbers, default=[100_000, 1_000_000])
    parser.add_argument("--engines", type=_engines, default=list(ENGINES))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--work", type=Path, help="where the cases are kept")
    args = parser.parse_args()
    say(f"machine: {machine()}")
    with tempfile.TemporaryDirectory(prefix="vigens-bench-") as scratch:
        work = args.work or Path(scratch)
        well = True
        for n_parties in args.parties:
            small = evaluation_alone_at(work, n_parties, 10_000, args.repeat)
            for n_events in args.events:
                say(f"\n{n_parties} parties, {n_events:,} events")
                folder = case_of(work, n_parties, n_events)
                engines = [
                    engine
                    for engine in args.engines
                    if engine != "asp" or n_events <= MOST_FOR_ASP
                ]
                well = side_by_side(folder, engines, args.repeat) and well
                large = evaluation_alone(folder, args.repeat)
                if small and large and n_events >= 1_000_000:
                    per_event(small, large)
            if n_parties == args.parties[len(args.parties) // 2]:
                folder = case_of(work, n_parties, max(args.events))
                found = in_process("late", folder, 900)
                if isinstance(found, str):
                    say(f"  late entries: {found}")
                well = not isinstance(found, str) and say_late(found, say) and well
    return 0 if well else 1


def evaluation_alone_at(
    work: Path, n_parties: int, n_events: int, repeats: int
) -> dict[str, float] | None:
    """Measure the parts at another size."""
    say(f"\n{n_parties} parties, {n_events:,} events, for the cost per event")
    return evaluation_alone(case_of(work, n_parties, n_events), repeats)


if __name__ == "__main__":
    sys.exit(main())
