"""Measure the commands that people wait for: `make bench`.

Each command runs as a whole process, interpreter start included, once unmeasured and
then several times; the median and the best are printed beside the aim. The measuring
programs of the rooms follow (`benchmarks/<room>/`).
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VIGENS = Path(sys.executable).with_name("vigens")
CASE = ROOT / "examples" / "paris"


@dataclass(frozen=True, slots=True)
class Measure:
    """One command, what may take how long, and how often it runs."""

    name: str
    words: tuple[str, ...]
    aim_ms: int
    runs: int


def shared_folder() -> Path:
    """Give the folder of development data, as the tests find it."""
    return Path(os.environ.get("VIGENS_SHARED") or ROOT.parent / "shared")


def measures() -> list[Measure]:
    """Give what is measured; what a machine lacks is said and left out."""
    found = [Measure("vigens --help", ("--help",), 150, 9)]
    if CASE.is_dir():
        case = CASE.relative_to(ROOT).as_posix()
        found.append(Measure(f"vigens status {case}", ("status", case), 1000, 5))
    else:
        say("left out: vigens status (no examples/paris)")
    reports = sorted((shared_folder() / "seeds").glob("*.txt"))
    if reports:
        words = ("read", "--jsonl", *map(str, reports))
        found.append(Measure(f"vigens read, {len(reports)} reports", words, 3000, 3))
    else:
        say("left out: vigens read (no reports beside the checkout)")
    return found


def say(line: str) -> None:
    """Print a line at once: somebody is waiting for it."""
    print(line, flush=True)


def machine() -> str:
    """Name the machine on which the figures hold."""
    model = platform.processor() or platform.machine()
    cpu_info = Path("/proc/cpuinfo")
    if cpu_info.is_file():
        for line in cpu_info.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{model}, {os.cpu_count()} cores{load}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def run_once(words: Sequence[str]) -> tuple[float, int, str]:
    """Run `vigens` once: milliseconds, exit status, the first line of its errors."""
    start = time.perf_counter()
    done = subprocess.run(
        [str(VIGENS), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    taken = (time.perf_counter() - start) * 1000
    return taken, done.returncode, (done.stderr.strip().splitlines() or [""])[0]


def measure(what: Measure) -> bool:
    """Print the figures of one command; say whether it ran."""
    _, status, complaint = run_once(what.words)
    if status != 0:
        say(f"{what.name:<32} failed with status {status}: {complaint}")
        return False
    times = [run_once(what.words)[0] for _ in range(what.runs)]
    median = statistics.median(times)
    verdict = "" if median <= what.aim_ms else "  over its aim"
    say(
        f"{what.name:<32} median {median:7.0f} ms   best {min(times):7.0f} ms   "
        f"aim {what.aim_ms:5} ms   {what.runs} runs{verdict}"
    )
    return True


def rooms() -> dict[str, str]:
    """Give the rooms that bring their own measurements, with the program's name."""
    found = {}
    for name in ("run", "__main__"):
        for path in sorted(Path(__file__).parent.glob(f"*/{name}.py")):
            room = path.parent.name
            found[room] = f"benchmarks.{room}" + (".run" if name == "run" else "")
    return dict(sorted(found.items()))


def run_room(name: str) -> bool:
    """Run one room's program, its output passed on as it comes."""
    program = rooms().get(name)
    if program is None:
        say(f"no measurements for {name!r}; there are: {', '.join(rooms()) or 'none'}")
        return False
    say(f"\n== {name}")
    words = [sys.executable, "-m", program]
    return subprocess.run(words, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Print every figure; status 1 if something could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("room", nargs="*", help="only these rooms; default: everything")
    chosen = parser.parse_args().room
    say(f"machine: {machine()}")
    well = True
    if not chosen:
        say("whole commands, interpreter start included:")
        for what in measures():
            well = measure(what) and well
        say("make demo from a clean clone is timed by hand: time make demo (aim 60 s)")
    for name in chosen or rooms():
        well = run_room(name) and well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
