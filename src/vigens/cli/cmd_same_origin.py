"""`vigens same-origin CASE CLAIM CLAIM...`."""

from __future__ import annotations

import argparse

from vigens.cli.acting import act, add_acting
from vigens.cli.options import add_case


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = (
        "Taken back with `vigens supersede CASE ENTRY --withdraw --reason TEXT`."
    )
    add_case(parser)
    parser.add_argument(
        "claims",
        metavar="CLAIM",
        nargs="+",
        help="its id, the first 6 digits of it, or its row",
    )
    parser.add_argument("--reason", metavar="TEXT", help="how one sees it")
    parser.add_argument(
        "--known-from", metavar="DATE", help="from when one knew (default: now)"
    )
    add_acting(parser)


def run(args: argparse.Namespace) -> int:
    """Join copies of one story, so that they count as one origin."""
    from vigens.desk import open_case, same_origin_draft

    case = open_case(args.case, args.clock)
    draft = same_origin_draft(
        case, args.claims, by=args.by, reason=args.reason, known_from=args.known_from
    )
    return act(args, case, [draft])
