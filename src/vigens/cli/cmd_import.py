"""`vigens import CASE FILE`."""

from __future__ import annotations

import argparse

from vigens.cli.options import add_by, add_case, add_json
from vigens.cli.output import dump, findings_to_json, say, show_findings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a journal (.jsonl text, or a .db of Vigens), or a bundle",
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
    from vigens.desk import import_journal, is_bundle_file

    if is_bundle_file(args.file):
        return _bundle(args)
    done = import_journal(
        args.case, args.file, args.clock, by=args.by, is_dry=args.dry_run
    )
    if args.json:
        dump(
            {
                "journal": str(done.journal),
                "read": done.n_read,
                "new": done.n_new,
                "present": done.n_present,
                "batch": done.batch.id if done.batch else None,
                "dry_run": done.is_dry,
            }
        )
        return 0
    verb = "would be recorded" if done.is_dry else "recorded"
    say(f"{done.journal}: {done.n_new} new {verb}, {done.n_present} present already")
    if done.batch:
        say(f"  listed in batch {done.batch.id[:12]}")
    return 0


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
    )
    if args.json:
        dump(
            {
                "journal": str(done.journal),
                "new": done.n_new,
                "present": done.n_present,
                "documents": done.n_documents,
                "heads": done.n_heads,
                "batches": list(done.batches),
                "refused": done.is_refused,
                "dry_run": done.is_dry,
                "findings": findings_to_json(done.findings),
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
    if done.n_heads:
        say(f"  {done.n_heads} signed heads {'to keep' if done.is_dry else 'kept'}")
    if done.findings:
        say(f"  {len(done.findings)} places where the two sides do not fit, see above")
    return 0
