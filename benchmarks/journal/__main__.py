"""Print how fast a journal takes entries in: `python -m benchmarks.journal`.

Beside each figure the database alone inserts the same rows in the same run. CPU seconds
count every process, so they say more than wall seconds on a machine that others use.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.journal.plain import commit_again, insert_all
from benchmarks.journal.workload import PARTIES, write_lines
from benchmarks.run import machine, say
from vigens.desk import Looking, Session, make_lens, open_case, read_status
from vigens.desk.assembling import assemble
from vigens.journal import Draft, Ledger, Store, open_journal
from vigens.journal.image import image_path, read_image

#: What is asked of each, for a million entries.
IMPORT_SECONDS, ARRAY_SECONDS, A_SECOND_BY_100 = 15, 3, 50_000


def clock() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


def cpu() -> float:
    """Give the CPU seconds of this process and of those that ended under it."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    under = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + under.ru_utime + under.ru_stime


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Do something; give wall seconds and CPU seconds."""
    wall, used = time.perf_counter(), cpu()
    act()
    return time.perf_counter() - wall, cpu() - used


def import_lines(lines: Path, journal: Path) -> None:
    """Import a text journal into a new database."""
    with (
        lines.open("rb") as file,
        open_journal(journal, clock, create=True) as store,
    ):
        store.adopt_lines(file, "rows")


def bulk(lines: Path, folder: Path, n_entries: int) -> Path:
    """Measure an import of everything, and plain insertion of its rows."""
    journal = folder / "case" / "journal.db"
    wall, used = timed(lambda: import_lines(lines, journal))
    plain_wall, plain_used = insert_all(journal, folder / "plain.db")
    (folder / "plain.db").unlink()
    size = journal.stat().st_size / 1e6
    say(
        f"import, ids, shapes, columns, leaves, heads  {wall:7.1f} s  CPU {used:6.1f} s"
        f"  {n_entries / wall:9,.0f} a second  {size:,.0f} MB  aim {IMPORT_SECONDS} s"
    )
    say(
        f"plain sqlite3, the same rows                 {plain_wall:7.1f} s"
        f"  CPU {plain_used:6.1f} s"
    )
    say(f"ratio: wall {wall / plain_wall:.1f}, CPU {used / plain_used:.1f}")
    return journal


def drafts(number: int, size: int) -> list[Draft]:
    """Give a group of occurrences that nobody recorded yet."""
    return [
        Draft(
            "occurrence",
            {
                "event": "visit",
                "args": [PARTIES[at % 60], PARTIES[number % 60]],
                "title": f"visit {at} of group {number}",
            },
            "desk",
            happened="2024-01-05",
            marks=("public",),
        )
        for at in range(size)
    ]


def groups(folder: Path, size: int, n_groups: int) -> None:
    """Measure durable commits of so many entries each."""
    made = [drafts(number, size) for number in range(n_groups)]
    place = folder / f"groups{size}.db"

    def append(store: Store) -> None:
        for group in made:
            store.append(group)

    with open_journal(place, clock, create=True) as store:
        wall, used = timed(lambda: append(store))
    plain = commit_again(place, folder / f"plain{size}.db")
    n_entries = size * n_groups
    say(
        f"{size:3} to a commit: {n_entries / wall:9,.0f} entries a second"
        f"  (CPU alone {n_entries / used:9,.0f})  plain sqlite3 {n_entries / plain:9,.0f}"
        f"  ratio {wall / plain:.1f}"
    )


def together(folder: Path, n_threads: int, n_each: int) -> None:
    """Measure threads that append one entry at a time and wait for the disk."""
    with open_journal(folder / "threads.db", clock, create=True) as store:

        def write(name: int) -> None:
            for number in range(n_each):
                store.append(drafts(name * 10_000 + number, 1))

        threads = [threading.Thread(target=write, args=(n,)) for n in range(n_threads)]

        def run() -> None:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        wall, _ = timed(run)
        n_commits = len(store.heads())
    n_entries = n_threads * n_each
    say(
        f"{n_threads} threads, one entry each time: {n_entries / wall:9,.0f} entries a "
        f"second in {n_commits} commits for {n_entries} entries"
    )


def arrays(journal: Path, n_entries: int) -> None:
    """Measure the way from a journal to what the engine is handed, and a status."""
    with open_journal(journal, clock) as store:
        assert isinstance(store, Ledger), "it is a database"
        kept = image_path(journal)
        wall, used = timed(lambda: read_image(store, kept))
        size = kept.stat().st_size / 1e6
    say(f"image made          {wall:7.1f} s  CPU {used:6.1f} s  {size:,.0f} MB")
    case = journal.parent

    def to_arrays() -> None:
        loaded = open_case(case, clock, columns_for="all")
        lens = make_lens(loaded, Looking(now=int(clock().timestamp()), reader="all"))
        assemble(loaded, lens)

    wall, used = timed(to_arrays)
    say(
        f"image to the arrays {wall:7.2f} s  CPU {used:6.2f} s  {n_entries:,} entries, "
        f"weighed  aim {ARRAY_SECONDS} s"
    )

    def status() -> None:
        loaded = open_case(case, clock, columns_for="all")
        lens = make_lens(loaded, Looking(now=int(clock().timestamp()), reader="all"))
        read_status(Session(loaded, lens))

    wall, used = timed(status)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    say(f"status              {wall:7.2f} s  CPU {used:6.2f} s  peak {peak:,.0f} MB")


def write_case(folder: Path) -> None:
    """Write the case of which the journal is one."""
    (folder / "agreements").mkdir(parents=True)
    here = Path(__file__).parent
    shutil.copy(here / "case.toml", folder / "case.toml")
    names = "\n".join(f'party {name} "{name}"' for name in PARTIES)
    events = "\n".join(
        f'event {name}(party, other: party) "{name}"'
        for name in ("shelling", "visit", "delivery", "breach")
    )
    page = f"# A large case\n\n```vigens\nvigens 1\n{names}\n{events}\n```\n"
    (folder / "agreements" / "large.md").write_text(page)


def main() -> int:
    """Print every figure."""
    parser = argparse.ArgumentParser(prog="benchmarks.journal", description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--folder", help="where to work; default: the system's")
    args = parser.parse_args()
    say(f"{args.entries:,} entries; {machine()}")
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        write_case(folder / "case")
        lines = folder / "rows.jsonl"
        write_lines(lines, args.entries)
        say(f"text: {lines.stat().st_size / 1e6:,.0f} MB")
        journal = bulk(lines, folder, args.entries)
        lines.unlink()
        groups(folder, 100, 300)
        groups(folder, 1, 1000)
        together(folder, 8, 100)
        arrays(journal, args.entries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
