"""`vigens weave CASE | FILE... [-o OUT]`."""

from __future__ import annotations

import argparse
import sys

from vigens.base import UsageError, findings_form, has_errors
from vigens.cli.options import add_json
from vigens.cli.output import dump, say, show_findings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "places",
        metavar="CASE | FILE",
        nargs="+",
        help="a case folder, or agreement files",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="a file that ends in .html, or a folder that gets an index and a page for "
        "each file and for the general law (default: one document to stdout)",
    )
    parser.add_argument(
        "--known-at",
        metavar="DATE",
        help="of a case, the editions that were known by then (default: the newest)",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Weave, say what is wrong in the files beside it, and where the pages are."""
    from vigens.desk import weave_files

    if args.json and args.output is None:
        raise UsageError(
            "the document itself goes to stdout, so JSON has no room there",
            "vigens weave",
            "name a file or folder with -o",
        )
    woven = weave_files(args.places, args.output, args.known_at)
    show_findings(woven.findings)
    if args.output is None:
        sys.stdout.write(woven.text)
    elif args.json:
        dump(
            {
                "files": [str(path) for path in woven.files],
                "findings": findings_form(woven.findings),
            }
        )
    else:
        number = len(woven.files)
        say(f"{woven.files[0]}" + f" and {number - 1} more" * (number > 1))
    return 1 if has_errors(woven.findings) else 0
