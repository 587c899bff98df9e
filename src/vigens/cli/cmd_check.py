"""`vigens check [CASE | FILE...]`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import Severity, UsageError, has_errors
from vigens.cli.options import add_json
from vigens.cli.output import dump, findings_to_json, say, show_findings

if TYPE_CHECKING:
    from vigens.desk import Checked


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "places",
        metavar="CASE | FILE",
        nargs="*",
        help="a case folder, or agreement files (default: the folder one is in)",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print findings, and how much was checked."""
    from vigens.desk import check_case, check_files

    places = args.places or ["."]
    folders = [place for place in places if Path(place).is_dir()]
    if folders and len(places) > 1:
        raise UsageError(
            "a case is checked by itself",
            "vigens check",
            "name one case folder, or only files",
        )
    checked = (
        check_case(places[0], args.clock)
        if folders or not args.places
        else check_files(places)
    )
    if args.json:
        dump(
            {
                "pages": checked.n_pages,
                "entries": checked.n_entries,
                "declared": dict(checked.counts),
                "findings": findings_to_json(checked.findings),
            }
        )
    else:
        show_findings(checked.findings)
        say(_summary(checked))
    return 1 if has_errors(checked.findings) else 0


def _summary(checked: Checked) -> str:
    parts = []
    for severity in Severity:
        number = sum(found.severity is severity for found in checked.findings)
        if number or severity is Severity.ERROR:
            parts.append(f"{number or 'no'} {severity}{'s' * (number != 1)}")
    declared = ", ".join(
        f"{number} {noun if number != 1 else noun[:-1]}"
        for noun, number in checked.counts
    )
    pages = f"{checked.n_pages} agreement file{'s' * (checked.n_pages != 1)}"
    entries = f", {checked.n_entries} entries" if checked.n_entries else ""
    return f"{', '.join(parts)} in {pages}{entries} (with the general law: {declared})"
