"""`vigens salvage FILE CASE`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.cli.options import add_by, add_json
from vigens.cli.output import dump, say, tell

if TYPE_CHECKING:
    from vigens.journal import Lost


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
    for lost in done.lost:
        tell(f"lost: {_named(lost)}: {lost.why}")
    for target in done.missing:
        tell(f"missing: {target[:12]}, which saved entries point at")
    verb = "saved" if done.journal else "can be saved"
    said = f"{done.n_saved} entries {verb}, {len(done.lost)} lost"
    say(f"{done.journal or args.file}: {said}")
    if done.batch:
        say(f"  listed in batch {done.batch[:12]}; its logs begin anew")
    return 1 if done.lost else 0


def _named(lost: Lost) -> str:
    place = "an entry" if lost.position is None else f"entry {lost.position}"
    return f"{place} ({lost.identifier[:12]})" if lost.identifier else place
