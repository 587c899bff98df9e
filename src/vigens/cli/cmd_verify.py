"""`vigens verify FILE`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.base import findings_form
from vigens.cli.options import add_json
from vigens.cli.output import (
    dump,
    heading,
    say,
    say_wrapped,
    show_findings,
    tell_part,
)

if TYPE_CHECKING:
    from vigens.journal import Checked

_EPILOG = """\
Nothing is asked of anybody: no journal, no network. What a file cannot show is said as
plainly as what it does.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a bundle, a receipt, a head, or the opening of a sealed offer",
    )
    parser.add_argument(
        "--since",
        metavar="OLD",
        help="an earlier bundle, receipt or head: has the log only grown since?",
    )
    parser.add_argument(
        "--trust",
        metavar="KEYS",
        help="a file of trusted keys, a fingerprint and a name a line; others are refused",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Say what the file shows and what it does not."""
    from vigens.desk import verify_file

    checked = verify_file(
        args.file, trust=args.trust, since=args.since, progress=tell_part("checked")
    )
    if args.json:
        dump(
            {
                "file": args.file,
                "what": checked.what,
                "sound": checked.is_sound,
                "shown": checked.shown,
                "not_shown": checked.not_shown,
                "findings": findings_form(checked.findings),
            }
        )
    else:
        show_findings(checked.findings)
        say_checked(checked)
    return 0 if checked.is_sound else 1


def say_checked(checked: Checked) -> None:
    """Print what was shown and what was not."""
    verdict = "sound" if checked.is_sound else "NOT sound: believe nothing in it"
    article = "an" if checked.what[0] in "aeiou" else "a"
    say(f"{checked.where}: {article} {checked.what}, {verdict}")
    if checked.shown:
        heading("shown")
        for sentence in checked.shown:
            say_wrapped(sentence, "• ", "  ")
    if checked.is_sound:
        heading("not shown")
        for sentence in checked.not_shown:
            say_wrapped(sentence, "• ", "  ")
