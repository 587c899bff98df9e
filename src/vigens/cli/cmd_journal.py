"""`vigens journal init CASE`."""

from __future__ import annotations

import argparse

from vigens.base import UsageError
from vigens.cli.options import add_json
from vigens.cli.output import dump, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("action", metavar="init", help="make a journal in a database")
    parser.add_argument(
        "case",
        metavar="CASE",
        help="the address postgresql://USER@HOST/DATABASE, or a case whose case.toml "
        "names it as `journal`; PGPASSWORD, ~/.pgpass or a service gives the password",
    )
    parser.add_argument(
        "--zone",
        metavar="ZONE",
        help="zone of its civil days (default: the case's, else UTC)",
    )
    parser.add_argument(
        "--writer-role",
        metavar="NAME",
        default="vigens_writer",
        help="role that may read and add, and can change nothing "
        "(default: vigens_writer)",
    )
    parser.add_argument(
        "--reader-role",
        metavar="NAME",
        default="vigens_reader",
        help="role that may read all but the keys (default: vigens_reader)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the SQL and change nothing"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Make a journal on a server, or print the statements that make one."""
    from vigens.desk import prepare_server
    from vigens.journal import Roles, is_address

    if args.action != "init":
        raise UsageError(
            f'a journal cannot be asked to "{args.action[:40]}"',
            "vigens journal",
            "write `vigens journal init CASE`",
        )
    roles = Roles(args.writer_role, args.reader_role)
    done = prepare_server(args.case, zone=args.zone, roles=roles, is_dry=args.dry_run)
    if args.json:
        dump(
            {
                "journal": done.where,
                "zone": done.zone,
                "made": done.is_made,
                "dry_run": args.dry_run,
                "sql": done.statements if args.dry_run else None,
            }
        )
        return 0
    if args.dry_run:
        say(f"BEGIN;\n{done.statements}COMMIT;")
        return 0
    if not done.is_made:
        say(f"{done.where}: a journal is there already; nothing was changed")
        return 0
    say(f"{done.where}: journal made, zone {done.zone}")
    say(
        f"  who writes: GRANT {roles.writer} TO …; who reads: GRANT {roles.reader} TO …"
    )
    if is_address(args.case):
        say(
            f'next: journal = "{done.where}" in case.toml, then record, import or restore'
        )
    else:
        say(f"next: `vigens import {args.case} FILE`, or `vigens record {args.case}`")
    return 0
