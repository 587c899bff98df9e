"""`vigens convert KIND FOLDER CASE`."""

from __future__ import annotations

import argparse

from vigens.base import UsageError, findings_form, nearest
from vigens.cli.options import add_by, add_json
from vigens.cli.output import dump, say, show_findings, tell

#: Each kind of folder with what it holds.
KINDS = {
    "treaties": "treaties.json, actions.csv and files of weights",
    "ceasefires": "ceasefires.csv, events.csv and perhaps dyads.csv",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    kinds = "; ".join(f"{kind}: {holds}" for kind, holds in KINDS.items())
    parser.add_argument("kind", metavar="KIND", help=f"what the folder holds ({kinds})")
    parser.add_argument("folder", metavar="FOLDER", help="the folder to read")
    parser.add_argument(
        "case", metavar="CASE", help="the case folder to write: a new or an empty one"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="go through everything, write nothing"
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Turn a folder of data into a case."""
    if args.kind not in KINDS:
        meant = nearest(args.kind, KINDS)
        raise UsageError(
            f'there is no kind "{args.kind[:40]}" of folder to convert',
            "the command",
            f'did you mean "{meant}"?' if meant else f"use {', '.join(KINDS)}",
        )
    return _treaties(args) if args.kind == "treaties" else _ceasefires(args)


def _ceasefires(args: argparse.Namespace) -> int:
    from vigens.desk import convert_ceasefires

    done = convert_ceasefires(args.folder, args.case, is_dry=args.dry_run)
    if args.json:
        dump(
            {
                "case": str(done.case),
                "ceasefires": done.n_ceasefires,
                "events": done.n_events,
                "dry_run": done.is_dry,
                "findings": findings_form(done.findings),
            }
        )
        return 0
    show_findings(done.findings)
    verb = "would become" if done.is_dry else "became"
    say(
        f"{args.folder}: {done.n_ceasefires} ceasefires and {done.n_events} rows of "
        f"events {verb} {done.case}"
    )
    if not done.is_dry:
        say(f'  try: vigens status {done.case} "halted(_, _)"')
    return 0


def _treaties(args: argparse.Namespace) -> int:
    from vigens.desk.treaties import convert_treaties

    done = convert_treaties(
        args.folder,
        args.case,
        args.clock,
        by=args.by,
        is_dry=args.dry_run,
        tell=tell,
    )
    if args.json:
        dump(
            {
                "case": str(done.case),
                "treaties": done.n_treaties,
                "parties": done.n_parties,
                "acts": done.n_acts,
                "rows": done.n_rows,
                "dry_run": done.is_dry,
                "findings": findings_form(done.findings),
            }
        )
        return 0
    show_findings(done.findings)
    verb = "would become" if done.is_dry else "became"
    say(
        f"{args.folder}: treaties {done.n_treaties}, parties {done.n_parties}, acts "
        f"{done.n_acts} {verb} the case {done.case}"
    )
    if done.findings:
        say(f"  findings: {len(done.findings)}")
    if not done.is_dry:
        say(f"  try: vigens treaties {done.case}")
    return 0
