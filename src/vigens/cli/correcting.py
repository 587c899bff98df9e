"""What `vigens rectify` and `vigens supersede` share."""

from __future__ import annotations

import argparse

from vigens.cli.acting import act, add_acting
from vigens.cli.options import add_case


def configure_correction(parser: argparse.ArgumentParser, *, clerical: bool) -> None:
    """Add the options of a correction."""
    add_case(parser)
    parser.add_argument(
        "entry", metavar="ENTRY", help="its id, the first 6 digits of it, or its row"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a field: one of the payload, happened, known_from, source.address "
        "(title, type, published; source.2.address); may be repeated",
    )
    parser.add_argument(
        "--drop",
        action="append",
        default=[],
        metavar="NAME",
        help="leave a field of the payload out; may be repeated",
    )
    parser.add_argument(
        "--event", metavar="E", help="what happened, as in 'signs(paris, FR)'"
    )
    parser.add_argument(
        "--about",
        action="append",
        default=[],
        metavar="ID",
        help="what it is about, in place of what it says now; may be repeated",
    )
    if clerical:
        parser.add_argument(
            "--over",
            metavar="RIVAL",
            help="settle two rival corrections: ENTRY stands, this one gives way",
        )
    parser.add_argument(
        "--undo",
        action="store_true",
        help="take a correction back: what it replaced is said again",
    )
    parser.add_argument(
        "--withdraw",
        action="store_true",
        help="put a note in its place, so that it counts no longer (--reason)",
    )
    parser.add_argument(
        "--reason", metavar="TEXT", help="why; kept with the correction"
    )
    add_acting(parser)


def correct(args: argparse.Namespace, how: str) -> int:
    """Record a correction with a look at what it changes."""
    from vigens.desk import Correction, correction_draft, open_case

    case = open_case(args.case, args.clock)
    wanted = Correction(
        sets=tuple(args.set),
        drops=tuple(args.drop),
        event=args.event,
        about=tuple(args.about),
        over=getattr(args, "over", None),
        marks=tuple(args.mark or ()),
        is_undo=args.undo,
        is_withdrawal=args.withdraw,
        reason=args.reason,
    )
    draft = correction_draft(case, how, args.entry, wanted, by=args.by)
    return act(args, case, [draft])
