"""`vigens open CASE OPENING`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_by, add_json
from vigens.cli.output import dump, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("case", metavar="CASE", help="the case folder")
    parser.add_argument(
        "opening", metavar="OPENING", help="the file that `vigens seal` wrote"
    )
    parser.add_argument(
        "--mark",
        action="append",
        default=[],
        metavar="NAME",
        help="who may see the offer (default: who sees that it was sealed)",
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Record what opens a sealed offer; one that was changed opens nothing."""
    from vigens.desk import open_offer

    done = open_offer(args.case, args.opening, args.clock, by=args.by, marks=args.mark)
    if args.json:
        dump({"entry": done.entry.id, "sealed": done.sealed.id})
        return 0
    say(f"opened as {done.entry.id[:12]}: what was sealed as {done.sealed.id[:12]}")
    return 0
