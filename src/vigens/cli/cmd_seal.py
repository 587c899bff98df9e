"""`vigens seal CASE OFFER`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_by, add_json
from vigens.cli.output import dump, say

_EPILOG = """\
What is recorded is a hash and who sealed, nothing else. The file that opens it lies in
sealed/ beside the journal, for your eyes alone: who has it knows the offer, and without
it nobody can open. Real contributions belong on national systems; see
docs/sealed-offers.md for what a sealed offer still gives away.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    parser.add_argument("case", metavar="CASE", help="your case folder")
    parser.add_argument(
        "offer",
        metavar="OFFER",
        help="a JSON object: party, title, stance, domains, conditions, gates, quantity",
    )
    parser.add_argument(
        "--mark",
        action="append",
        default=[],
        metavar="NAME",
        help="who may see that something was sealed (default: the offer's party)",
    )
    parser.add_argument(
        "--replaces", metavar="ENTRY", help="an earlier sealed offer that this renews"
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Record a commitment, and keep what opens it."""
    from vigens.desk import seal_offer

    done = seal_offer(
        args.case,
        args.offer,
        args.clock,
        by=args.by,
        marks=args.mark,
        replaces=args.replaces,
    )
    if args.json:
        dump(
            {
                "entry": done.entry.id,
                "opening": str(done.opening),
                "receipt": str(done.receipt) if done.receipt else None,
            }
        )
        return 0
    say(f"sealed as {done.entry.id[:12]}")
    say(f"  opens with {done.opening}: keep it, and keep it to yourself")
    if done.receipt:
        say(f"  receipt: {done.receipt}")
    else:
        say("  no receipt: this journal is text and has no logs")
    return 0
