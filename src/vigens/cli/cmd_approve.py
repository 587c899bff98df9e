"""`vigens approve CASE OFFER --level LEVEL`."""

from __future__ import annotations

import argparse

from vigens.cli.acting import act, add_acting
from vigens.cli.options import add_case


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = (
        "An approval follows from nothing else, and no other rung follows from it. Like "
        "whatever is\nclaimed it has no effect until graded (--graded, or `vigens "
        "grade`)."
    )
    add_case(parser)
    parser.add_argument(
        "offer", metavar="OFFER", help="its id, or the first 6 digits of it"
    )
    parser.add_argument(
        "--level",
        required=True,
        choices=("ministers", "leaders", "parliament"),
        help="which rung of the ladder",
    )
    parser.add_argument("--on", metavar="DATE", help="when it was approved (EDTF)")
    parser.add_argument("--who", metavar="TEXT", help="the office that approved it")
    parser.add_argument(
        "--domain",
        action="append",
        default=[],
        metavar="D",
        help="only this domain of the offer; may be repeated (default: all of them)",
    )
    parser.add_argument("--title", metavar="TEXT", help="say it in these words")
    parser.add_argument("--source", metavar="URL", help="where it stands")
    parser.add_argument("--source-title", metavar="TEXT", help="what that is called")
    parser.add_argument(
        "--known-from", metavar="DATE", help="when it was published (default: now)"
    )
    parser.add_argument(
        "--graded", metavar="GRADE", help="grade the claim at once, as in B2"
    )
    add_acting(parser)


def run(args: argparse.Namespace) -> int:
    """Record that ministers, leaders or a parliament approved an offer."""
    from vigens.desk import approval_drafts, open_case
    from vigens.journal import Source

    case = open_case(args.case, args.clock)
    source = Source(args.source, args.source_title) if args.source else None
    drafts = approval_drafts(
        case,
        args.offer,
        args.level,
        by=args.by,
        on=args.on,
        who=args.who,
        domains=args.domain,
        source=source,
        title=args.title,
        known_from=args.known_from,
        grade=args.graded,
    )
    return act(args, case, drafts)
