"""`vigens record CASE --event E` and `vigens record CASE --state S`."""

from __future__ import annotations

import argparse

from vigens.base import UsageError
from vigens.cli.acting import act, add_acting
from vigens.cli.options import add_case


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = (
        "What is recorded is a claim of its source, and has no effect until graded "
        "(--graded, or\n`vigens grade`). --about ID adds a claim to what is recorded "
        "already; --denies says that\nthe source denies it."
    )
    add_case(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--event", metavar="E", help="what happened, as in 'signs(paris, FR)'"
    )
    what.add_argument(
        "--state", metavar="S", help="what was seen to hold, as in 'ceasefire(general)'"
    )
    what.add_argument("--about", metavar="ID", help="a matter that is recorded already")
    parser.add_argument(
        "--on", metavar="DATE", help="when it happened or was seen (EDTF)"
    )
    parser.add_argument(
        "--not", dest="is_not", action="store_true", help="the state did not hold"
    )
    parser.add_argument(
        "--denies", action="store_true", help="the source says that it is not so"
    )
    parser.add_argument("--title", metavar="TEXT", help="say it in these words")
    parser.add_argument("--source", metavar="URL", help="where it stands")
    parser.add_argument("--source-title", metavar="TEXT", help="what that is called")
    parser.add_argument(
        "--source-type", metavar="WORD", help="what kind of source, as grades name it"
    )
    parser.add_argument(
        "--published", metavar="DATE", help="when the source was published (EDTF)"
    )
    parser.add_argument("--voice", metavar="ID", help="on whose word it is said")
    parser.add_argument(
        "--known-from",
        metavar="DATE",
        help="when one could know (default: when it was published, else now)",
    )
    parser.add_argument(
        "--graded", metavar="GRADE", help="grade the claim at once, as in B2"
    )
    add_acting(parser)


def run(args: argparse.Namespace) -> int:
    """Record what a source says."""
    from vigens.desk import Said, open_case, said_drafts
    from vigens.journal import Source

    if args.is_not and not args.state:
        raise UsageError(
            "only a state is seen not to hold",
            "--not",
            "a source that denies: --denies",
        )
    source = None
    if args.source:
        source = Source(
            args.source, args.source_title, args.source_type, args.published
        )
    case = open_case(args.case, args.clock)
    said = Said(
        event=args.event,
        state=args.state,
        about=args.about,
        happened=args.on,
        holds=not args.is_not,
        denies=args.denies,
        title=args.title,
        source=source,
        voice=args.voice,
        known_from=args.known_from or args.published,
        grade=args.graded,
    )
    return act(args, case, said_drafts(case, said, by=args.by))
