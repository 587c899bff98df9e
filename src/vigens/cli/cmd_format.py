"""`vigens format [CASE | FILE...]`."""

from __future__ import annotations

import argparse
from difflib import unified_diff
from typing import TYPE_CHECKING

from vigens.base import findings_form
from vigens.cli.options import add_json
from vigens.cli.output import dump, say, show_findings

if TYPE_CHECKING:
    from vigens.desk import LaidOut


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "places",
        metavar="CASE | FILE",
        nargs="*",
        help="case folders or agreement files (default: the folder one is in)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; list the files that would change, exit status 1 if any",
    )
    parser.add_argument(
        "--diff", action="store_true", help="write nothing; show what would change"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Lay out files, or say which would change."""
    from vigens.desk import find_pages, lay_out

    is_written = not (args.check or args.diff)
    paths = find_pages(args.places or ["."])
    found = [lay_out(path, is_written=is_written) for path in paths]
    changed = [each for each in found if each.is_changed]
    broken = [each for each in found if each.is_broken]
    if args.json:
        dump(
            {
                "pages": len(found),
                "changed": [str(each.path) for each in changed],
                "left_alone": [str(each.path) for each in broken],
                "findings": findings_form(
                    finding for each in found for finding in each.findings
                ),
            }
        )
    else:
        _show(found, is_written=is_written, has_diff=args.diff)
    return 1 if broken or (args.check and changed) else 0


def _show(found: list[LaidOut], *, is_written: bool, has_diff: bool) -> None:
    for each in found:
        show_findings(each.findings)
        if each.is_broken:
            say(f"left alone: {each.path}")
        elif each.is_changed and has_diff:
            for line in _difference(each):
                say(line)
        elif each.is_changed:
            say(f"{'laid out' if is_written else 'would change'}: {each.path}")
    n_changed = sum(each.is_changed for each in found)
    pages = f"{len(found)} agreement file{'s' * (len(found) != 1)}"
    would = "" if is_written else "would "
    change = "changed" if is_written else "change"
    say(f"{n_changed or 'none'} of {pages} {would}{change}")


def _difference(each: LaidOut) -> list[str]:
    name = str(each.path)
    before, after = each.before.splitlines(), each.after.splitlines()
    return list(unified_diff(before, after, name, name, lineterm=""))
