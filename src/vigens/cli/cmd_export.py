"""`vigens export CASE [FILE]`."""

from __future__ import annotations

import argparse
import sys

from vigens.base import UsageError
from vigens.cli.options import add_json
from vigens.cli.output import dump, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "case", metavar="CASE", help="the case folder, or a journal file"
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="where to (default: stdout)"
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that exists"
    )
    parser.add_argument(
        "--reader",
        metavar="NAME",
        default="all",
        help="leave out what this reader may not see (default: all, the whole journal)",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the entries, one line each; the same journal always gives the same bytes."""
    from vigens.desk import export_journal, write_export

    if args.json and not args.file:
        raise UsageError(
            "what goes to stdout is the export itself, a JSON object a line",
            "vigens export --json",
            "leave --json out, or name a FILE",
        )
    lines = export_journal(args.case, args.clock, reader=args.reader)
    if args.file:
        n_bytes = write_export(args.file, lines, is_forced=args.force)
        if args.json:
            dump({"file": args.file, "entries": len(lines), "bytes": n_bytes})
        else:
            say(f"{args.file}: {len(lines)} entries, {n_bytes:,} bytes")
        return 0
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    return 0
