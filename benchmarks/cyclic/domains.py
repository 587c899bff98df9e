"""Duties, powers and suspensions that rest on one another, by event.

`python -m benchmarks.cyclic.domains [SIZE …]`: the domains of `tests/replays`, whose
intervals the tests compare with programs written by hand.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.run import machine, say
from tests.replays.domain_cases import EVENTS, draw, intervals, look, write

#: How many parties of each kind meet.
MANY = 20


def once(domain: str, size: int) -> tuple[float, int]:
    """Evaluate a log: processor seconds without reading it, and how many intervals."""
    log = draw(domain, size, size, MANY)
    with tempfile.TemporaryDirectory(prefix="vigens-bench-") as scratch:
        session = look(write(Path(scratch) / domain, domain, log, MANY))
        declared = session.case.program.events
        for event in EVENTS[domain]:
            if not declared[event].powers:
                session.evaluation.plan.recorded(event)
        start = time.process_time()
        found = sum(
            1 for _ in intervals(session, domain, log[-1][0] + 1, is_surely=True)
        )
        return time.process_time() - start, found


def main() -> int:
    """Print the cost of an event in each domain at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10**4, 10**5])
    sizes = parser.parse_args().sizes
    say(f"machine: {machine()}")
    for domain in EVENTS:
        for size in sizes:
            seconds, found = once(domain, size)
            each = 1e6 * seconds / size
            say(
                f"{domain:>8} {size:>9,} events: {each:6.1f} us each, {found:,} intervals"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
