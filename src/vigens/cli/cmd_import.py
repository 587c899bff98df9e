"""`vigens import CASE FILE`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_by, add_case, add_json
from vigens.cli.output import dump, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "file", metavar="FILE", help="a journal: .jsonl text, or a .db of Vigens"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="go through everything, record nothing"
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Take over what is new, as one batch."""
    from vigens.desk import import_journal

    done = import_journal(
        args.case, args.file, args.clock, by=args.by, is_dry=args.dry_run
    )
    if args.json:
        dump(
            {
                "journal": str(done.journal),
                "read": done.n_read,
                "new": done.n_new,
                "present": done.n_present,
                "batch": done.batch.id if done.batch else None,
                "dry_run": done.is_dry,
            }
        )
        return 0
    verb = "would be recorded" if done.is_dry else "recorded"
    say(f"{done.journal}: {done.n_new} new {verb}, {done.n_present} present already")
    if done.batch:
        say(f"  listed in batch {done.batch.id[:12]}")
    return 0
