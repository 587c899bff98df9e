"""`vigens key CASE`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_json
from vigens.cli.output import dump, say

_EPILOG = """\
The private key lies beside the journal, in a file that you alone can read, and goes into
no export, bundle or backup. Keep a copy of it somewhere else, and keep it out of git.
The first line that is printed can stand in another's file of trusted keys (--trust).
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "case", metavar="CASE", help="the case folder, or a journal file"
    )
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--rotate",
        action="store_true",
        help="draw a new key, to which the old one hands over; the old one is destroyed",
    )
    change.add_argument(
        "--lost",
        action="store_true",
        help="draw a new key where the old one is lost or in other hands: it hands "
        "nothing over, so tell your verifiers",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Show the public key of a journal and its fingerprint."""
    from vigens.desk import read_key

    key = read_key(args.case, args.clock, is_rotated=args.rotate, is_lost=args.lost)
    if args.json:
        dump(
            {
                "file": str(key.path),
                "fingerprint": key.fingerprint,
                "public": key.public,
                "new": key.is_new,
                "earlier": list(key.earlier),
            }
        )
        return 0
    say(f"{key.fingerprint}  {args.case}")
    say(f"  public key: {key.public}")
    say(f"  private key: {key.path}{', drawn just now' if key.is_new else ''}")
    for each in key.earlier:
        say(f"  earlier key: {each}")
    return 0
