"""`vigens redact CASE [ENTRY --reason TEXT | --confirm ID | --resume [ID]]`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from vigens.base import OutsideError, UsageError
from vigens.cli.acting import agreed, is_terminal, say_carried, say_list
from vigens.cli.options import add_by, add_case, add_json
from vigens.cli.output import dump, say, say_wrapped, tell

if TYPE_CHECKING:
    from vigens.desk import Case, Foreseen
    from vigens.journal import Redaction

_EPILOG = """\
Two persons and a reason: one writes ENTRY and --reason, and nothing is destroyed yet;
another writes --confirm, and what the entry says and its key are destroyed in the journal,
in backups made by `vigens backup`, in the copies of documents that it names, and in the queue. Its id, its place,
its leaves in the logs, its kind, marks and links stay, and so does the reason, for whoever
saw the entry. It cannot be undone. Without ENTRY, redactions are listed.

What no program reaches: other copies of the case, exports and bundles made before, copies
in git, snapshots of the file system, what a disk moved aside by itself, and archived logs
of a database server.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    add_case(parser)
    parser.add_argument(
        "entry",
        metavar="ENTRY",
        nargs="?",
        help="what to redact: its id, the first 6 digits of it, or its row",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why; it stays")
    parser.add_argument(
        "--leaves-open",
        action="append",
        metavar="EVENT",
        help="silence about this event says nothing until somebody looks again; may be "
        "repeated (default: what the entry stands for)",
    )
    parser.add_argument(
        "--leaves-nothing-open",
        action="store_true",
        help="silence says what it said before: the entry was a mistake or a double",
    )
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="SHA256",
        help="destroy the case's copy of this document, too; may be repeated",
    )
    parser.add_argument(
        "--confirm", metavar="ID", help="agree, as a second person, and carry it out"
    )
    parser.add_argument(
        "--resume",
        metavar="ID",
        nargs="?",
        const="",
        help="complete what was confirmed and not carried out whole",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="record and destroy nothing"
    )
    parser.add_argument(
        "--yes", action="store_true", help="do not ask on a terminal; destroy it"
    )
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Want, confirm, complete or list redactions."""
    from vigens.desk import open_case

    chosen = [args.entry is not None, args.confirm is not None, args.resume is not None]
    if sum(chosen) > 1:
        raise UsageError(
            "one thing at a time", "vigens redact", "ENTRY, --confirm or --resume"
        )
    case = open_case(args.case, args.clock)
    if args.entry is not None:
        return _want(args, case)
    if args.confirm is not None:
        return _confirm(args, case)
    if args.resume is not None:
        return _resume(args, case)
    return _list(args, case)


def _want(args: argparse.Namespace, case: Case) -> int:
    from vigens.desk import named, versions, want_redaction

    if not args.reason:
        raise UsageError(
            "a redaction needs a reason", "vigens redact", "add --reason TEXT"
        )
    if args.leaves_nothing_open and args.leaves_open:
        raise UsageError(
            "something is left open, or nothing", "vigens redact", "choose one of them"
        )
    done = want_redaction(
        case,
        args.clock,
        args.entry,
        args.reason,
        by=args.by,
        leaves_open=() if args.leaves_nothing_open else args.leaves_open,
        documents=args.document,
        is_dry=args.dry_run,
    )
    _warn(done)
    if args.json:
        dump(_foreseen_form(done))
        return 0
    _say_foreseen(done)
    (fact,) = done.carried.entries
    for event in fact.payload.get("leaves_open") or ():
        say_wrapped(
            f"silence about {event} will say nothing until somebody looks again", "  "
        )
    for other in versions(case, named(case, fact.about[0])):
        words = f"another version of it stays: {other.id[:12]}; redact it, too"
        say_wrapped(words, "  ")
    if not args.dry_run:
        say_wrapped(
            "nothing is destroyed yet; another person writes `vigens redact CASE "
            f"--confirm {fact.id[:12]} --by NAME`",
            "  ",
        )
    return 0


def _say_foreseen(done: Foreseen) -> None:
    """Say what a redaction will change once it is carried out."""
    say("once it is carried out:")
    say_carried(done.carried)


def _warn(done: Foreseen) -> None:
    """Warn of readers who will see other entries."""
    for each in done.eyes:
        for marks, words in ((each.gains, "will see"), (each.loses, "no longer sees")):
            if marks:
                names = ", ".join(marks)
                tell(
                    f"this redaction changes who sees what: {each.reader} {words} what "
                    f"is released to {names}"
                )
        if each.gains:
            tell(
                "  mend: to keep it from them, record first that they are no member: "
                f"`vigens release CASE leave {each.gains[0]} {each.reader}`"
            )


def _foreseen_form(done: Foreseen) -> dict[str, Any]:
    from vigens.desk.forms import carried_form

    return {
        **carried_form(done.carried),
        "eyes": [
            {
                "reader": each.reader,
                "gains": list(each.gains),
                "loses": list(each.loses),
            }
            for each in done.eyes
        ],
    }


def _confirm(args: argparse.Namespace, case: Case) -> int:
    from vigens.desk import (
        carry_out,
        confirmation_draft,
        find_redaction,
        foresee,
        open_case,
    )

    found = find_redaction(case, args.confirm)
    if found.second is None:
        draft = confirmation_draft(case, found.fact.id, by=args.by, of_redaction=True)
        asks = is_terminal() and not (args.yes or args.json or args.dry_run)
        foreseen = foresee(case, args.clock, found.fact, is_dry=args.dry_run)
        _warn(foreseen)
        if args.json and args.dry_run:
            carry_out(case, args.clock, [draft], is_dry=True)
            dump(_foreseen_form(foreseen))
            return 0
        if asks or args.dry_run:
            _say_foreseen(foreseen)
        if asks:
            say_wrapped(found.fact.title, f"{found.fact.recorded_by} wants it: ")
            say_wrapped(found.target.title, f"{found.target.kind}  ")
            if not agreed("destroy it, for good? [y/N] "):
                say("nothing is destroyed")
                return 0
        carry_out(case, args.clock, [draft], is_dry=args.dry_run)
        if args.dry_run:
            say("dry run: nothing is confirmed, nothing destroyed")
            return 0
        case = open_case(args.case, args.clock)
        found = find_redaction(case, found.fact.id)
    return _complete(args, case, [found])


def _resume(args: argparse.Namespace, case: Case) -> int:
    from vigens.desk import find_redaction, redactions

    if args.resume:
        return _complete(args, case, [find_redaction(case, args.resume)])
    return _complete(args, case, [each for each in redactions(case) if each.second])


def _complete(args: argparse.Namespace, case: Case, found: list[Redaction]) -> int:
    from vigens.desk import complete

    is_whole = True
    rows = []
    for each in found:
        places = complete(case, args.clock, each)
        is_whole &= all(place.is_whole for place in places)
        rows.append(
            {
                "entry": each.target.id,
                "fact": each.fact.id,
                "places": [
                    {
                        "place": place.name,
                        "outcome": place.outcome,
                        "whole": place.is_whole,
                    }
                    for place in places
                ],
            }
        )
        if not args.json:
            say_wrapped(f"by {each.persons}", f"redacted {each.target.id[:12]}  ")
            for place in places:
                say(f"  {place.name}: {place.outcome}")
    if args.json:
        dump({"redacted": rows})
    elif not rows:
        say("nothing is left to do")
    return 0 if is_whole else OutsideError.exit_status


def _list(args: argparse.Namespace, case: Case) -> int:
    from vigens.desk import redactions

    found = redactions(case)
    if args.json:
        dump(
            {
                "redactions": [
                    {
                        "fact": each.fact.id,
                        "entry": each.target.id,
                        "reason": each.fact.payload["reason"],
                        "by": each.fact.recorded_by,
                        "second": each.second.recorded_by if each.second else None,
                        "done": each.is_done,
                    }
                    for each in found
                ]
            }
        )
        return 0
    rows = []
    for each in found:
        state = "waits for a second person"
        if each.second is not None:
            state = "done" if each.is_done else "confirmed and not carried out"
        rows.append(
            f"{each.fact.id[:12]}  of {each.target.id[:12]}  {each.persons}  {state}: "
            f"{each.fact.title}"
        )
    say_list("Redactions", rows, "none")
    return 0
