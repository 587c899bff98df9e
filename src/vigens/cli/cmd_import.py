"""`vigens import CASE FILE` and `vigens import CASE TABLE --columns MAPPING`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import UsageError, findings_form
from vigens.cli.options import add_by, add_case, add_json
from vigens.cli.output import (
    dump,
    say,
    say_wrapped,
    show_findings,
    tell,
    tell_part,
)

if TYPE_CHECKING:
    from vigens.desk.rows import TableImported


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a journal (.jsonl text, or a .db of Vigens) or a bundle; with --columns, "
        "a table",
    )
    parser.add_argument(
        "--columns",
        metavar="MAPPING",
        help="FILE is delimited text; this file maps its columns to entries",
    )
    parser.add_argument(
        "--skip-bad-rows",
        action="store_true",
        help="leave rows with a fault out, and list them in the batch; by default one "
        "bad row and nothing is recorded",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="go through everything, record nothing"
    )
    parser.add_argument(
        "--trust",
        metavar="KEYS",
        help="take in a bundle only if a key in this file signed it",
    )
    parser.add_argument(
        "--despite-fork",
        action="store_true",
        help="take in a bundle although its log was rewritten since it was seen before",
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Take over what is new, as one batch."""
    if args.columns:
        return _table(args)
    if args.skip_bad_rows:
        raise UsageError(
            "only tables have rows to skip", "--skip-bad-rows", "add --columns MAPPING"
        )
    from vigens.desk import import_journal, is_bundle_file

    if is_bundle_file(args.file):
        return _bundle(args)
    done = import_journal(
        args.case,
        args.file,
        args.clock,
        by=args.by,
        is_dry=args.dry_run,
        progress=tell_part("read"),
    )
    if args.json:
        dump(
            {
                "journal": str(done.journal),
                "read": done.n_read,
                "new": done.n_new,
                "present": done.n_present,
                "batch": done.batch.id if done.batch else None,
                "governing": done.n_governing,
                "dry_run": done.is_dry,
                "findings": findings_form(done.findings),
            }
        )
        return 0
    show_findings(done.findings)
    verb = "would be recorded" if done.is_dry else "recorded"
    say(f"{done.journal}: {done.n_new} new {verb}, {done.n_present} present already")
    if done.batch:
        say(f"  listed in batch {done.batch.id[:12]}")
    _say_governing(args, done.n_governing)
    return 0


def _say_governing(args: argparse.Namespace, number: int) -> None:
    """Say that what was brought decides who sees what."""
    if number:
        say_wrapped(
            f"{number} of these decide who sees what: release groups and who is in them "
            f"(`vigens log {args.case} --kind membership --reader all`)",
            "  ",
        )


def _bundle(args: argparse.Namespace) -> int:
    """Take in a bundle, and report where the two sides do not fit."""
    from vigens.desk import import_bundle

    done = import_bundle(
        args.case,
        args.file,
        args.clock,
        by=args.by,
        trust=args.trust,
        despite_fork=args.despite_fork,
        is_dry=args.dry_run,
        progress=tell_part("read"),
    )
    if args.json:
        dump(
            {
                "journal": str(done.journal),
                "new": done.n_new,
                "present": done.n_present,
                "documents": done.n_documents,
                "heads": done.n_heads,
                "governing": done.n_governing,
                "batches": list(done.batches),
                "refused": done.is_refused,
                "dry_run": done.is_dry,
                "findings": findings_form(done.findings),
            }
        )
        return 1 if done.is_refused else 0
    show_findings(done.findings)
    if done.is_refused:
        say(f"{args.file}: refused; nothing was recorded")
        return 1
    verb = "would be recorded" if done.is_dry else "recorded"
    say(
        f"{done.journal}: {done.n_new} new {verb}, {done.n_present} present already, "
        f"{done.n_documents} new documents"
    )
    for batch in done.batches:
        say(f"  listed in batch {batch[:12]}")
    _say_governing(args, done.n_governing)
    if done.n_heads:
        heads = f"{done.n_heads} signed head{'s' * (done.n_heads > 1)}"
        say(f"  {heads} {'to keep' if done.is_dry else 'kept'}")
    if done.findings:
        n_places = len(done.findings)
        places = f"{n_places} place{'s' * (n_places > 1)}"
        say(f"  {places} where the two sides do not fit, see above")
    return 0


def _table(args: argparse.Namespace) -> int:
    from vigens.desk.rows import import_table

    case, table = args.case, args.file
    if Path(case).is_file() and Path(table).is_dir():
        case, table = table, case  # either order: which is the case is plain
    done = import_table(
        case,
        table,
        args.columns,
        args.clock,
        by=args.by,
        is_dry=args.dry_run,
        skips_bad=args.skip_bad_rows,
        progress=lambda number: tell(f"{number:,} rows"),
    )
    show_findings(done.findings)
    if done.n_untold:
        tell(f"{done.n_untold} more findings; mend these first")
    if args.json:
        dump(_form(done))
    else:
        _say(done)
    return 1 if done.is_refused else 0


def _say(done: TableImported) -> None:
    verb = "recorded"
    if done.is_refused:
        verb = "not recorded: one bad row, and none is (--skip-bad-rows leaves it out)"
    elif done.is_dry:
        verb = "would be recorded"
    say(
        f"{done.n_rows} rows: {done.n_taken} new, {done.n_present} present already, "
        f"{done.n_bad} bad, {done.n_idle} that the mapping makes nothing of"
    )
    kinds = ", ".join(f"{number} {kind}" for kind, number in done.kinds.items())
    say(f"{kinds or 'nothing'} {verb}")
    for batch in done.batches:
        say(f"  listed in batch {batch.id[:12]}")


def _form(done: TableImported) -> dict[str, Any]:
    return {
        "rows": done.n_rows,
        "new": done.n_taken,
        "present": done.n_present,
        "bad": done.n_bad,
        "idle": done.n_idle,
        "kinds": done.kinds,
        "findings": findings_form(done.findings),
        "untold": done.n_untold,
        "batches": [batch.id for batch in done.batches],
        "dry_run": done.is_dry,
        "refused": done.is_refused,
    }
