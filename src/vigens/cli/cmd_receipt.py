"""`vigens receipt CASE ENTRY`."""

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
    parser.add_argument("entry", metavar="ENTRY", help="its id, or the beginning of it")
    parser.add_argument(
        "--log",
        metavar="MARK",
        help="in which log: all, or a mark that it bears (default: public if it is, else its first)",
    )
    add_out(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write a small file that proves an entry to be in a log; it holds the entry."""
    from vigens.desk import make_receipt

    receipt, line = make_receipt(args.case, args.clock, args.entry, args.log)
    if not args.file:
        return write_line(None, line, is_forced=False)
    write_line(args.file, line, is_forced=args.force)
    if args.json:
        dump(
            {
                "file": args.file,
                "entry": receipt.entry.id,
                "log": receipt.head.log,
                "number": receipt.place.number,
                "size": receipt.head.size,
            }
        )
    else:
        say(
            f"{args.file}: entry {receipt.entry.id[:12]} is number "
            f'{receipt.place.number} of {receipt.head.size} in the log "'
            f'{receipt.head.log}"'
        )
    return 0
