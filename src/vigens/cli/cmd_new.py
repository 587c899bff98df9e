"""`vigens new FOLDER`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_json
from vigens.cli.output import dump, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "folder", metavar="FOLDER", help="where; not there yet, or empty"
    )
    parser.add_argument("--title", metavar="TEXT", help="of the case (default: FOLDER)")
    parser.add_argument(
        "--zone", metavar="ZONE", default="UTC", help="IANA zone (default: UTC)"
    )
    parser.add_argument(
        "--database",
        action="store_true",
        help="keep the journal in journal.db (SQLite), not in journal.jsonl (text)",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Begin a case: settings, a page that compiles, an empty journal, a README."""
    from vigens.desk import begin_case

    place = begin_case(
        args.folder,
        args.clock(),
        title=args.title,
        zone=args.zone,
        database=args.database,
    )
    files = sorted(
        path.relative_to(place).as_posix()
        for path in place.rglob("*")
        if path.is_file()
    )
    if args.json:
        dump({"case": str(place), "files": files})
        return 0
    say(f"{place}: a new case")
    for name in files:
        say(f"  {name}")
    say(f"next: edit {place}/agreements/first.md, then `vigens check {place}`")
    return 0
