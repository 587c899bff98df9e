"""`vigens fsck CASE`."""

from __future__ import annotations

import argparse

from vigens.base import findings_form, has_errors
from vigens.cli.options import add_json
from vigens.cli.output import dump, say, show_findings, tell


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "case", metavar="CASE", help="the case folder, or a journal file"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Derive everything again, and list what does not fit."""
    from vigens.desk import check_journal

    path, findings = check_journal(
        args.case, progress=lambda number: tell(f"{number:,} entries read")
    )
    if args.json:
        dump({"journal": str(path), "findings": findings_form(findings)})
    else:
        show_findings(findings)
        number = len(findings)
        said = f"{number} finding{'s' * (number != 1)}" if number else "sound"
        say(f"{path}: {said}")
    return 1 if has_errors(findings) else 0
