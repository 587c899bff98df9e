"""One engine on one case in a process of its own; prints one line of JSON."""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.engines.rows import digest, read_params

#: Loaded before the clock starts, as an import is no part of a run.
NEEDS = {
    "asp": ("clingo",),
    "sql": ("duckdb",),
    "rules": ("vigens.desk.answers", "zoneinfo"),
}


def whole_run(engine: str, folder: Path) -> dict[str, Any]:
    """Time a run from the files to the rows."""
    module = importlib.import_module(f"benchmarks.engines.{engine}")
    for name in NEEDS.get(engine, ()):
        importlib.import_module(name)
    start, used = time.perf_counter(), time.process_time()
    rows = module.run(folder)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    peak = peak_mib()
    return {
        "seconds": seconds,
        "cpu": used,
        "mib": peak,
        "rows": len(rows),
        "digest": digest(rows),
    }


def peak_mib() -> float:
    """Give the most memory that this process has had.

    Where the system says it of the program alone: what `getrusage` says also counts the
    process that started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def parts_of_vigens(folder: Path) -> dict[str, Any]:
    """Time the parts of a Vigens run, by the processor's clock."""
    from benchmarks.engines import rules
    from vigens.desk.rulecache import compiled_of

    for name in NEEDS["rules"]:
        importlib.import_module(name)
    params = read_params(folder)
    clock = time.process_time
    compile_only(folder)  # once before: what follows compiles the rules once more
    marks = [clock()]
    compile_only(folder)
    marks.append(clock())
    compiled_of(pages_of(folder))
    marks.append(clock())
    session = rules.open_log(folder, params)
    marks.append(clock())
    found = rules.evaluate(session.evaluation, params)
    marks.append(clock())
    n_rows = len(rules.as_rows(found))
    marks.append(clock())
    names = ("compile", "known", "open", "evaluate", "build")
    spans = {
        name: after - before
        for name, before, after in zip(names, marks, marks[1:], strict=False)
    }
    return {**spans, "rows": n_rows}


def parts_of_loop(folder: Path) -> dict[str, Any]:
    """Time the parts of the loop, by the processor's clock."""
    from benchmarks.engines import loop

    params = read_params(folder)
    start = time.process_time()
    events = loop.read_events(folder)
    middle = time.process_time()
    rows = loop.evaluate(events, params)
    end = time.process_time()
    return {"read": middle - start, "evaluate": end - middle, "rows": len(rows)}


def compile_only(folder: Path) -> None:
    """Compile the agreement files of a case, the general law among them."""
    from vigens.lang import compile_pages

    compile_pages(pages_of(folder))


def pages_of(folder: Path) -> tuple[Any, ...]:
    """Read the agreement files of a case and the general law."""
    from vigens.desk import read_pages
    from vigens.lang import Page
    from vigens.law import law_pages

    law = [Page(name, text) for name, text in law_pages()]
    return (*law, *read_pages(folder))


def late_entries(folder: Path) -> dict[str, Any]:
    """Measure late entries and whys."""
    from benchmarks.engines.late import late_and_why

    return late_and_why(folder)


WORK = {
    "parts_rules": parts_of_vigens,
    "parts_loop": parts_of_loop,
    "late": late_entries,
}


def main() -> None:
    """Do what the command line says: an engine's name, or `parts_…`; a folder."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    found = WORK[what](folder) if what in WORK else whole_run(what, folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
