"""`vigens timeline CASE [PATTERN]`."""

from __future__ import annotations

import argparse
import csv
import sys
from typing import TYPE_CHECKING

from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, say, table, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import Interval, Session

COLUMNS = ("fluent", "args", "value", "bound", "start", "end")
BAR_WIDTH = 24


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "pattern",
        metavar="PATTERN",
        nargs="?",
        help="'ceasefire(_)', 'endorsed(paris, _, CZ)', a name, or a name with *; "
        "without one, everything",
    )
    parser.add_argument(
        "--csv",
        action="store_true",
        help="print CSV: " + ",".join(COLUMNS) + "; the lens goes to stderr",
    )
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """List every maximal interval up to the day asked about."""
    from vigens.cli.wording import say_lens
    from vigens.desk import read_timeline
    from vigens.desk.forms import lens_form
    from vigens.model import describe_lens

    session = open_session(args)
    found = read_timeline(session, _pattern(session, args.pattern))
    if args.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(session, interval) for interval in found)
        tell(f"lens: {describe_lens(session.lens)}")
        return 0
    intervals = list(found)
    if args.json:
        dump(
            {
                "lens": lens_form(session.lens),
                "intervals": [
                    dict(zip(COLUMNS, _row(session, interval), strict=True))
                    for interval in intervals
                ],
            }
        )
        return 0
    _say_table(session, intervals)
    say()
    say_lens(session.lens)
    return 0


def _pattern(session: Session, text: str | None) -> str | None:
    """Leave names with * and atoms as they are; name the nearest for a wrong name."""
    from vigens.desk import as_atom

    if text is None or "*" in text or text.strip() in session.case.program.fluents:
        return text
    return as_atom(session, text)


def _row(session: Session, interval: Interval) -> tuple[str, ...]:
    from vigens.desk.forms import exact

    return (
        interval.fluent,
        " ".join(interval.arguments),
        "true",
        interval.bound,
        exact(session, interval.start),
        exact(session, interval.end),
    )


def _say_table(session: Session, intervals: Sequence[Interval]) -> None:
    if not intervals:
        say("nothing holds, surely or possibly, up to the day asked about")
        return
    first = session.case.settings.begins
    last = session.lens.as_of
    rows = [("state", "bound", "start", "end", "")]
    for interval in intervals:
        arguments = f"({', '.join(interval.arguments)})" if interval.arguments else ""
        rows.append(
            (
                interval.fluent + arguments,
                interval.bound,
                session.date(interval.start) or "…",
                session.date(interval.end) or "…",
                _bar(interval, first, last),
            )
        )
    for line in table(rows):
        say(line)
    say()
    begin, end = session.day(first), session.day(last)
    say(
        f"bars run from {begin} to {end}: █ surely, ░ possibly; … reaches past the ends"
    )


def _bar(interval: Interval, first: int, last: int) -> str:
    whole = max(1, last - first)

    def place(instant: int | None, default: int) -> int:
        at = default if instant is None else instant
        return min(BAR_WIDTH, max(0, (at - first) * BAR_WIDTH // whole))

    start, end = place(interval.start, first), place(interval.end, last + 1)
    sign = "█" if interval.bound == "surely" else "░"
    start = min(start, BAR_WIDTH - 1)
    length = max(1, end - start)
    return "·" * start + sign * length + "·" * (BAR_WIDTH - start - length)
