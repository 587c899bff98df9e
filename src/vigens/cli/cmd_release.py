"""`vigens release CASE group|join|leave NAME [MEMBER...]`."""

from __future__ import annotations

import argparse

from vigens.base import UsageError, nearest
from vigens.cli.acting import act, add_acting
from vigens.cli.options import add_case

ACTIONS = ("group", "join", "leave")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = (
        "A group is a reader: `--reader NAME` looks with its eyes, `--mark NAME` "
        "releases to its\nmembers. Who is in it is seen by the members, unless --mark "
        "says otherwise."
    )
    add_case(parser)
    parser.add_argument(
        "action", metavar="ACTION", help="group: record one; join and leave: who is in"
    )
    parser.add_argument("group", metavar="NAME", help="what marks and readers call it")
    parser.add_argument(
        "members",
        metavar="MEMBER",
        nargs="*",
        help="delegations, such as parties of the agreements",
    )
    parser.add_argument("--title", metavar="TEXT", help="what people call the group")
    parser.add_argument(
        "--span",
        metavar="DATES",
        help="from when until when they are in it, as in 2026-01-06/2026-06-30 "
        "(default: until they leave)",
    )
    parser.add_argument(
        "--known-from",
        metavar="DATE",
        help="from when they are cleared (default: now)",
    )
    add_acting(parser)


def run(args: argparse.Namespace) -> int:
    """Record a release group, or who is in it."""
    from vigens.desk import group_draft, membership_draft, open_case

    _check(args)
    case = open_case(args.case, args.clock)
    now = int(args.clock().timestamp())
    if args.action == "group":
        draft = group_draft(
            case, now, args.group, title=args.title, by=args.by, marks=args.mark
        )
        drafts = [draft]
    else:
        drafts = [
            membership_draft(
                case,
                now,
                args.group,
                member,
                is_member=args.action == "join",
                by=args.by,
                span=args.span,
                known_from=args.known_from,
                marks=args.mark,
            )
            for member in dict.fromkeys(args.members)
        ]
    args.mark = None  # the drafts bear their marks
    return act(args, case, drafts)


def _check(args: argparse.Namespace) -> None:
    """Refuse words that do not fit the action."""
    if args.action not in ACTIONS:
        meant = nearest(args.action, ACTIONS)
        raise UsageError(
            f'there is no action "{args.action[:40]}"',
            "vigens release",
            f'did you mean "{meant}"?' if meant else f"use {', '.join(ACTIONS)}",
        )
    if args.action == "group":
        wrong = "members join it" if args.members else ""
        wrong = wrong or ("a group needs a title" if not args.title else "")
        mend = f'write release CASE group {args.group[:40]} --title "…"'
    else:
        wrong = "" if args.members else "nobody is named"
        wrong = wrong or ("only a group has a title" if args.title else "")
        mend = f"write release CASE {args.action} {args.group[:40]} FR GB"
    if wrong:
        raise UsageError(wrong, f"vigens release {args.action}", mend)
