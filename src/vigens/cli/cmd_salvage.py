"""`vigens salvage FILE CASE`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.cli.options import add_by, add_json
from vigens.cli.output import dump, say, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.journal import Lost

#: So many lost entries are listed one by one.
FEW = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "file", metavar="FILE", help="the damaged journal: a file, or an address"
    )
    parser.add_argument(
        "case",
        metavar="CASE",
        help="a case without a journal, a new file, or an empty journal on a server",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what can be saved, write nothing"
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Save what is whole, and list what is lost."""
    from vigens.desk import salvage_journal

    done = salvage_journal(
        args.file, args.case, args.clock, by=args.by, is_dry=args.dry_run
    )
    if args.json:
        dump(
            {
                "journal": done.journal,
                "saved": done.n_saved,
                "lost": [
                    {"position": lost.position, "id": lost.identifier, "why": lost.why}
                    for lost in done.lost
                ],
                "missing": list(done.missing),
                "batch": done.batch,
                "dry_run": args.dry_run,
            }
        )
        return 1 if done.lost else 0
    _tell_lost(done.lost)
    for target in done.missing:
        tell(f"missing: {target[:12]}, which saved entries point at")
    verb = "saved" if done.journal else "can be saved"
    said = f"{done.n_saved} entries {verb}, {len(done.lost)} lost"
    say(f"{done.journal or args.file}: {said}")
    if done.batch:
        say(f"  listed in batch {done.batch[:12]}; its logs begin anew")
    return 1 if done.lost else 0


def _tell_lost(lost: Sequence[Lost]) -> None:
    """List what is lost; of many, those that follow one another together."""
    if len(lost) <= FEW:
        for one in lost:
            tell(f"lost: {_named(one)}: {one.why}")
        return
    runs: list[list[Lost]] = []
    for one in lost:
        last = runs[-1][-1] if runs else None
        follows = (
            last is not None
            and last.why == one.why
            and None not in (last.position, one.position)
            and one.position == (last.position or 0) + 1
        )
        if follows:
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        first, last = run[0], run[-1]
        several = f"entries {first.position} to {last.position} ({len(run)})"
        tell(f"lost: {several if run[1:] else _named(first)}: {first.why}")
    tell("the id of each that can be told: --json")


def _named(lost: Lost) -> str:
    place = "an entry" if lost.position is None else f"entry {lost.position}"
    return f"{place} ({lost.identifier[:12]})" if lost.identifier else place
