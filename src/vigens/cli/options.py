"""Options that commands share, and the case that they lead to."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from vigens.cli.output import show_findings, tell

if TYPE_CHECKING:
    from vigens.desk import Case, Looking, Session
    from vigens.model import Lens


def add_case(parser: argparse.ArgumentParser) -> None:
    """Add the case folder."""
    parser.add_argument("case", metavar="CASE", help="the case folder")


def add_json(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add `--json`."""
    parser.add_argument(
        "--json", action="store_true", help="print JSON instead of text"
    )


def add_json_or_html(parser: argparse.ArgumentParser) -> None:
    """Add `--json` and `--html`, of which one at most may be given."""
    forms = parser.add_mutually_exclusive_group()
    add_json(forms)
    forms.add_argument(
        "--html",
        metavar="FILE",
        help="write one HTML page that needs nothing else, instead of text",
    )


def add_by(parser: argparse.ArgumentParser) -> None:
    """Add who records."""
    parser.add_argument(
        "--by",
        metavar="NAME",
        default=os.environ.get("VIGENS_BY") or "curator",
        help="who records this (default: $VIGENS_BY, else curator)",
    )


def add_marks(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add who may see what is recorded."""
    parser.add_argument(
        "--mark",
        action="append",
        metavar="NAME",
        help="who may see it: public, a delegation or a release group; may be repeated; "
        "none: seen by `all` alone (default: as what it is about, else as case.toml)",
    )


def add_lens(parser: argparse.ArgumentParser, *, with_reader: bool = True) -> None:
    """Add everything that an answer depends on; the reader may be there already."""
    group = parser.add_argument_group(
        "the lens", "every answer is printed with the lens that it was seen through"
    )
    group.add_argument(
        "--as-of",
        metavar="DATE",
        help="the day asked about; a bare date is its end (default: now)",
    )
    group.add_argument(
        "--known-at",
        metavar="DATE",
        help="count only what was known by then (default: now)",
    )
    group.add_argument(
        "--recorded-at",
        metavar="DATE",
        help="count only what was recorded by then (default: all)",
    )
    if with_reader:
        group.add_argument(
            "--reader",
            default="public",
            metavar="NAME",
            help="whose eyes: public, all, a delegation or a release group "
            "(default: public)",
        )
    group.add_argument(
        "--policy", metavar="NAME", help="evidence policy (default: the case's)"
    )
    group.add_argument(
        "--reading",
        action="append",
        default=[],
        metavar="V.R",
        help="choose reading R of variant V; may be repeated",
    )
    group.add_argument(
        "--suppose",
        action="append",
        default=[],
        metavar='"EVENT on DATE"',
        help="lay an event over the journal; may be repeated; answers are labelled",
    )
    group.add_argument(
        "--assume-no-other-change",
        action="store_true",
        help="take silence after the last look as quiet",
    )


def looking(args: argparse.Namespace) -> Looking:
    """Give what a person asked for, with the present read from the clock."""
    from vigens.desk import Looking

    return Looking(
        now=int(args.clock().timestamp()),
        as_of=args.as_of,
        known_at=args.known_at,
        recorded_at=args.recorded_at,
        reader=args.reader,
        policy=args.policy,
        readings=tuple(args.reading),
        suppose=tuple(args.suppose),
        assume_no_other_change=args.assume_no_other_change,
    )


def load(args: argparse.Namespace, *, by_columns: bool = False) -> tuple[Case, Lens]:
    """Load the case and make the lens; say at once what is odd in the journal."""
    from vigens.desk import make_lens, open_case

    columns_for = args.reader if by_columns else None
    case = open_case(
        args.case,
        args.clock,
        columns_for=columns_for,
        progress=lambda number: tell(f"first look: {number:,} entries read"),
    )
    lens = make_lens(case, looking(args))
    show_findings(case.journal_findings(lens))
    return case, lens


def open_session(args: argparse.Namespace, *, by_columns: bool = False) -> Session:
    """Open the case through the lens that the options describe."""
    from vigens.desk import Session

    return Session(*load(args, by_columns=by_columns))


def write_page(args: argparse.Namespace, text: str) -> None:
    """Write the page that `--html` asks for, and say where it is."""
    from vigens.cli.output import say
    from vigens.desk import write_whole

    write_whole(args.html, [text.encode()])
    say(args.html)
