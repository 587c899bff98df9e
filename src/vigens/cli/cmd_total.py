"""`vigens total CASE OPENING...`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_by, add_json
from vigens.cli.output import dump, say

_EPILOG = """\
What was released together stays together: a later total takes all of a batch or none of
it, and what is new in it is at least the smallest group. So no difference of totals is
about fewer offers. A total that one offer dominates is not released.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    parser.add_argument("case", metavar="CASE", help="the case folder")
    parser.add_argument(
        "opening",
        metavar="OPENING",
        nargs="+",
        help="openings, as their owners handed them over",
    )
    parser.add_argument(
        "--unit", metavar="UNIT", required=True, help="what is added up"
    )
    parser.add_argument(
        "--minimum",
        metavar="N",
        type=int,
        default=5,
        help="smallest group of offers that give something (default and least: 5)",
    )
    parser.add_argument(
        "--mark",
        action="append",
        default=[],
        metavar="NAME",
        help="who may see the total (default: public)",
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Add up sealed offers without giving a single one away."""
    from vigens.desk import release_total

    done = release_total(
        args.case,
        args.opening,
        args.clock,
        unit=args.unit,
        by=args.by,
        marks=args.mark or ("public",),
        minimum=args.minimum,
    )
    if args.json:
        dump(
            {
                "entry": done.entry.id,
                "unit": args.unit,
                "number": done.number,
                "offers": done.n_offers,
            }
        )
        return 0
    say(f"{done.number} {args.unit} over {done.n_offers} sealed offers")
    say(f"  released as {done.entry.id[:12]}")
    return 0
