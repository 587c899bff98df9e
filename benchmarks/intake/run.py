"""Print how well the five reports are read: `python -m benchmarks.intake.run`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.intake.score import score, slots
from vigens.intake import read_document, suggest, suggestion_to_row

ROOT = Path(__file__).resolve().parents[2]
_SPEED = 30_000  # characters to read for the speed figure


def shared_folder() -> Path:
    """Give the folder of development data, as the tests find it."""
    return Path(os.environ.get("VIGENS_SHARED") or ROOT.parent / "shared")


def read_all(
    seeds: Path,
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, str], int, float]:
    """Read every report: rows by document, languages, inexact slices, seconds."""
    rows: dict[str, list[dict[str, Any]]] = {}
    languages: dict[str, str] = {}
    inexact = 0
    start = time.perf_counter()
    for path in sorted(seeds.glob("*.txt")):
        document = read_document(path.read_bytes(), path.name)
        found = suggest(document)
        languages[path.name] = document.language
        rows[path.name] = [suggestion_to_row(one, path.name) for one in found]
        inexact += sum(one.quote != document.text[one.start : one.end] for one in found)
    return rows, languages, inexact, time.perf_counter() - start


def whole_process(seeds: Path) -> float:
    """Time the same as a process of its own, interpreter start included."""
    program = (
        "import sys; from pathlib import Path; from vigens.intake import *\n"
        "for p in sorted(Path(sys.argv[1]).glob('*.txt')):"
        " suggest(read_document(p.read_bytes(), p.name))"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, str(seeds)], check=True)
    return time.perf_counter() - start


def warm_rate(seeds: Path) -> float:
    """Give articles of 3,000 characters read a second, words already looked up."""
    reports = [(p.read_bytes(), p.name) for p in sorted(seeds.glob("*.txt"))]
    done = 0
    start = time.perf_counter()
    while done < _SPEED:
        for data, name in reports:
            document = read_document(data, name)
            suggest(document)
            done += len(document.text)
    return done / 3000 / (time.perf_counter() - start)


def print_tables(gold: list[dict[str, Any]], seeds: Path) -> None:
    """Print precision, recall and F1 by language and kind, then the slots."""
    rows, languages, inexact, seconds = read_all(seeds)
    by_language: dict[str, list[str]] = defaultdict(list)
    for name, language in languages.items():
        by_language[language].append(name)
    for language, names in sorted(by_language.items()):
        claims = [g for g in gold if g["doc"] in names]
        made = [row for name in names for row in rows[name]]
        print(f"{language}: {len(names)} reports, {len(made)} suggestions")
        print(f"  {'kind':<12} {'P':>5} {'R':>5} {'F1':>5}   found wrong missed")
        for kind, tally in score(claims, made).items():
            print(
                f"  {kind:<12} {tally.precision:5.2f} {tally.recall:5.2f} "
                f"{tally.f1:5.2f}   {tally.found:5} {tally.wrong:5} {tally.missed:6}"
            )
        found = ", ".join(
            f"{name} {a}/{b}" for name, (a, b) in slots(claims, made).items() if b
        )
        print(f"  slots right on core claims: {found}")
    total = sum(map(len, rows.values()))
    print(f"exact slices: {total - inexact} of {total}")
    print(
        f"seconds: {seconds:.2f} in this process, {whole_process(seeds):.2f} as a "
        f"process of its own (aim 3); warm {warm_rate(seeds):.0f} articles of 3,000 "
        "characters a second (aim 100)"
    )


def main() -> int:
    """Print the tables, or say what is missing."""
    shared = shared_folder()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=Path, default=shared / "seeds")
    parser.add_argument("--gold", type=Path, default=shared / "data" / "seeds-gold")
    chosen = parser.parse_args()
    gold_file = chosen.gold / "gold.jsonl"
    if not chosen.seeds.is_dir() or not gold_file.is_file():
        print(
            f"left out: no reports in {chosen.seeds} or no gold.jsonl in {chosen.gold};"
            " name them with --seeds and --gold"
        )
        return 0
    gold = [json.loads(line) for line in gold_file.read_text("utf-8").splitlines()]
    print_tables(gold, chosen.seeds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
