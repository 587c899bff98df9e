"""`vigens confirm CASE [ENTRY...]`."""

from __future__ import annotations

import argparse

from vigens.cli.acting import act, add_acting, say_list
from vigens.cli.options import add_case
from vigens.cli.output import dump


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = (
        "A confirmation is of one version; it does not carry to news. It is taken back "
        "with\n`vigens supersede CASE CONFIRMATION --withdraw --reason TEXT`."
    )
    add_case(parser)
    parser.add_argument(
        "entries",
        metavar="ENTRY",
        nargs="*",
        help="what to confirm; without any, what waits for a second person is listed",
    )
    add_acting(parser)


def run(args: argparse.Namespace) -> int:
    """Confirm entries as a second person, or list what waits for one."""
    from vigens.desk import confirmation_draft, open_case

    case = open_case(args.case, args.clock)
    if not args.entries:
        return _list(args)
    drafts = [confirmation_draft(case, each, by=args.by) for each in args.entries]
    return act(args, case, drafts)


def _list(args: argparse.Namespace) -> int:
    from vigens.desk import open_case, waiting_now

    found = waiting_now(open_case(args.case, args.clock), args.clock)
    if args.json:
        dump(
            {
                "waiting": [
                    {
                        "entry": entry.id,
                        "kind": entry.kind,
                        "title": entry.title,
                        "recorded_by": entry.recorded_by,
                    }
                    for entry in found
                ]
            }
        )
        return 0
    rows = [
        f"{entry.id[:12]}  {entry.kind}  by {entry.recorded_by}  {entry.title}"
        for entry in found
    ]
    say_list("Waits for a second person", rows, "nothing")
    return 0
