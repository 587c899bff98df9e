"""`vigens backup CASE FILE`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_json
from vigens.cli.output import dump, say, tell_part


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "case", metavar="CASE", help="the case folder, a journal file or an address"
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="where to: a new file, .jsonl for a journal in text, else .db",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write a whole copy, which redaction reaches later, too."""
    from vigens.desk import backup_journal

    done = backup_journal(
        args.case, args.file, args.clock, progress=tell_part("copied")
    )
    if args.json:
        dump({"file": str(done.file), "entries": done.n_entries, "root": done.root})
        return 0
    say(f"{done.file}: {done.n_entries} entries")
    if done.root:
        say(f"  root of the log: {done.root}")
    return 0
