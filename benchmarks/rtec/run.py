"""Print how long the logs take, from CSV to intervals: `python -m benchmarks.rtec.run`."""

from __future__ import annotations

import importlib
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.run import machine, say
from tests.replays.rtec_cases import RTEC, look, write_case
from vigens.engine import interval_columns

AIM_S = 1.0
FLUENTS = (
    "status",
    "voted",
    "outcome",
    "too_early",
    "may_close",
    "must_declare",
    "sanctioned",
)


def once(folder: Path) -> tuple[float, float, int]:
    """Open and evaluate the voting log: seconds of both, and how many intervals."""
    start = time.perf_counter()
    session = look(folder)
    opened = time.perf_counter()
    found = [interval_columns(session.evaluation, name) for name in FLUENTS]
    rows = [row for columns in found for row in columns.rows()]
    return opened - start, time.perf_counter() - opened, len(rows)


def main() -> int:
    """Print the figures of the voting log."""
    log = RTEC / "voting_shipped_events.csv.gz"
    if not log.exists():
        say("left out: the voting log (no RTEC logs beside the checkout)")
        return 0
    importlib.import_module("pyarrow.csv")
    say(f"machine: {machine()}")
    with tempfile.TemporaryDirectory(prefix="vigens-bench-") as scratch:
        folder = write_case(Path(scratch) / "voting", "voting", log)
        runs = [once(folder) for _ in range(3)]
    opening = statistics.median(run[0] for run in runs)
    whole = statistics.median(run[0] + run[1] for run in runs)
    verdict = "" if whole <= AIM_S else "  over it"
    say(
        f"voting log, 100,523 events: {whole:.2f} s from CSV to {runs[0][2]:,} intervals "
        f"as rows (aim {AIM_S} s){verdict}; {opening:.2f} s of it for rules and table"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
