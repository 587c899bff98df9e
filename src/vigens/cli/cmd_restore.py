"""`vigens restore FILE CASE`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_json
from vigens.cli.output import dump, say, tell


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument(
        "case",
        metavar="CASE",
        help="a case without a journal, a new file, or an empty journal on a server",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Check a backup whole, and make a journal of it."""
    from vigens.desk import restore_journal

    done = restore_journal(
        args.file,
        args.case,
        args.clock,
        progress=lambda number: tell(f"{number:,} entries checked"),
    )
    if args.json:
        dump({"journal": done.journal, "entries": done.n_entries})
        return 0
    say(f"{done.journal}: {done.n_entries} entries restored")
    return 0
