"""`vigens head CASE`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_json
from vigens.cli.output import dump, say
from vigens.cli.proof_files import add_out, write_line


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "case", metavar="CASE", help="the case folder, or a journal file"
    )
    parser.add_argument(
        "--log",
        metavar="MARK",
        default="public",
        help="which log: all, or a mark (default: public)",
    )
    add_out(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Sign how a log stands now, to be published or kept by a witness."""
    from vigens.desk import make_head

    head, line = make_head(args.case, args.clock, args.log)
    if not args.file:
        return write_line(None, line, is_forced=False)
    write_line(args.file, line, is_forced=args.force)
    if args.json:
        dump({"file": args.file, "log": head.log, "size": head.size, "root": head.root})
    else:
        say(f'{args.file}: the log "{head.log}" with {head.size} entries, signed')
    return 0
