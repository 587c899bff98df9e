"""`vigens review CASE [add FILE... | list | show N | accept N | reject N | undo N]`."""

from __future__ import annotations

import argparse
import os
import select
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError, nearest
from vigens.cli.adding import add, add_adding
from vigens.cli.options import add_by, add_case, add_json, add_marks
from vigens.cli.output import dump, say, say_wrapped, tell
from vigens.cli.review_words import (
    accept,
    fields_of,
    form_of,
    say_suggested,
    take_back_decision,
)

if TYPE_CHECKING:
    from vigens.desk import Case, Likenesses, Suggested

ACTIONS = (
    "add",
    "list",
    "show",
    "accept",
    "edit",
    "reject",
    "undo",
    "grade",
    "confirm",
    "looked",
)

_EPILOG = """\
actions:
  add FILE...   read reports, or folders of them, and put what they may say into the
                queue; one that was read before is passed over, so that work that was
                stopped goes on; --passage queues words of one report that the reader
                did not find
  list          what waits (--all: what is decided, too)
  show N        one suggestion whole
  accept N...   record it as a claim with its passage; no effect until graded
  edit N        set fields instead of what was proposed
  reject N...   leave it out, with --reason
  undo N...     take the decision back: what it recorded is withdrawn by entries of
                their own, and N waits again
  grade N B2    grade the claim that suggestion N became
  confirm N     confirm what it says happened; takes a second person (--by)
  looked SPAN   record where one looked and found no more, as in
                2026-03-08/2026-03-12, with --reason (what was searched) and, where
                it was for one event alone, --event
Without an action and on a terminal: one after the other, by key. Elsewhere the list, or
with --keys the same by lines of a file or pipe.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    add_case(parser)
    parser.add_argument(
        "words", metavar="ACTION", nargs="*", help="an action and what it is done to"
    )
    parser.add_argument("--all", action="store_true", help="list what is decided, too")
    parser.add_argument(
        "--keys",
        action="store_true",
        help="without an action: ask by key also where no terminal is",
    )
    add_adding(parser)
    deciding = parser.add_argument_group("accept, edit and reject")
    deciding.add_argument(
        "--about", metavar="ID", help="claim it of a matter recorded already"
    )
    deciding.add_argument(
        "--event", metavar="E", help="what happened, as in 'signs(paris, FR)'"
    )
    deciding.add_argument("--measure", metavar="M", help="what a count counts")
    deciding.add_argument("--number", metavar="N", type=int, help="the number counted")
    deciding.add_argument("--statement", metavar="TEXT", help="say it in these words")
    deciding.add_argument("--happened", metavar="DATE", help="when it happened (EDTF)")
    deciding.add_argument("--place", metavar="PLACE", help="where")
    deciding.add_argument("--actors", metavar="IDS", help="who, as in FR,GB,org:NATO")
    deciding.add_argument("--body", metavar="ID", help="which declared body is meant")
    deciding.add_argument("--voice", metavar="ID", help="on whose word it is said")
    deciding.add_argument("--polarity", choices=("pos", "neg"), help="said or denied")
    deciding.add_argument(
        "--known-from",
        metavar="DATE",
        help="when it was published (default: the report's date, else now)",
    )
    deciding.add_argument(
        "--graded", metavar="GRADE", help="grade it at once, as in B2"
    )
    deciding.add_argument(
        "--own-origin",
        action="store_true",
        help="its report is no copy of the one that reads alike",
    )
    deciding.add_argument(
        "--copy-of",
        metavar="CLAIM",
        help="it tells the story of this claim: the two count as one origin",
    )
    deciding.add_argument(
        "--reason", metavar="TEXT", help="why it is rejected, or taken back"
    )
    deciding.add_argument(
        "--audience",
        metavar="NAME",
        default="public",
        help="for whom the record of what one looked at is complete (default: public)",
    )
    add_marks(deciding)
    add_by(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Do what the action says."""
    from vigens.desk import open_case

    action, *words = args.words or [""]
    if action and action not in ACTIONS and Path(action).exists():
        action, words = "add", args.words
    if action and action not in ACTIONS:
        meant = nearest(action, ACTIONS)
        mend = f'did you mean "{meant}"?' if meant else f"use {', '.join(ACTIONS)}"
        raise UsageError(
            f'there is no action "{action[:40]}"',
            "vigens review",
            f"{mend} To queue a report, write `review CASE add FILE`",
        )
    if args.keys and (action or args.json):
        raise UsageError(
            "--keys goes alone, without an action and without --json",
            "vigens review",
            "write `review CASE --keys`",
        )
    case = open_case(args.case, args.clock)
    if action == "add":
        return add(args, case, words)
    if action in ("", "list"):
        if not action and (args.keys or sys.stdin.isatty()) and not args.json:
            from vigens.cli.review_keys import review_by_key

            return review_by_key(args)
        if not action and not args.json and _has_lines():
            tell("this is the list; --keys takes the lines that come in as keys")
        return _list(args, case)
    if not words:
        raise UsageError(
            f"{action} needs a number", "vigens review", "`review CASE list` shows them"
        )
    if action == "looked":
        return _looked(args, case, words)
    if action == "grade":
        return _grade(args, words)
    status = 0
    for word in words:
        status = max(status, _DECISIONS[action](args, _number(word)))
    return status


def _edit(args: argparse.Namespace, number: int | str) -> int:
    from vigens.desk import edit_suggestion, open_case

    case = open_case(args.case, args.clock)
    item = edit_suggestion(case, number, fields_of(args))
    if args.json:
        dump(form_of(item))
    else:
        say_suggested(case, item)
    return 0


def _reject(args: argparse.Namespace, number: int | str) -> int:
    from vigens.desk import open_case, reject_suggestion

    if not args.reason:
        raise UsageError(
            "a rejection needs a reason", "vigens review reject", 'add --reason "…"'
        )
    case = open_case(args.case, args.clock)
    entry = reject_suggestion(case, args.clock, number, by=args.by, reason=args.reason)
    if args.json:
        dump({"number": number, "note": entry.id})
    else:
        say(f"rejected {number}: {args.reason}")
    return 0


def _undo(args: argparse.Namespace, number: int | str) -> int:
    from vigens.desk import find_suggested, open_case

    item = find_suggested(open_case(args.case, args.clock), number)
    take_back_decision(args, item, args.reason)
    return 0


def _has_lines() -> bool:
    """Say whether lines wait in a file or pipe that is the standard input."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISREG(mode)):
            return False
        return bool(select.select([sys.stdin], [], [], 0)[0])
    except (OSError, ValueError):  # it is shut, or none of the system's
        return False


def _grade(args: argparse.Namespace, words: list[str]) -> int:
    from vigens.cli.cmd_grade import effect_of, say_effect
    from vigens.desk import grade_claim, open_case

    if len(words) != 2:
        raise UsageError(
            "grade takes a number and a grade", "vigens review", "write grade 4 B2"
        )
    case = open_case(args.case, args.clock)
    item = _accepted(case, _number(words[0]), "grade")
    done = grade_claim(
        case,
        args.clock,
        item.decided,
        words[1],
        by=args.by,
        known_from=args.known_from,
    )
    if args.json:
        dump({"number": item.number, "claim": done.claim.id, "grade": done.grade.id})
        return 0
    say(f"graded {words[1].upper()}: claim {done.claim.id[:12]}")
    say_effect(effect_of(args, done.claim.about))
    return 0


def _looked(args: argparse.Namespace, case: Case, words: list[str]) -> int:
    from vigens.desk import record_look

    if len(words) != 1 or not args.reason:
        raise UsageError(
            "looked takes one span and a reason",
            "vigens review looked",
            'write looked 2026-03-08/2026-03-12 --reason "what was searched"',
        )
    entry = record_look(
        case,
        args.clock,
        words[0],
        args.reason,
        by=args.by,
        event=args.event,
        audience=args.audience,
        marks=args.mark,
    )
    if args.json:
        dump({"coverage": entry.id, "happened": entry.happened})
    else:
        say(f"looked at {entry.happened}: entry {entry.id[:12]}")
        say("  silence in that time now counts, up to the moment of this record")
    return 0


def _confirm(args: argparse.Namespace, number: int | str) -> int:
    from vigens.cli.cmd_grade import effect_of, say_effect
    from vigens.desk import confirm_occurrence, open_case

    case = open_case(args.case, args.clock)
    item = _accepted(case, number, "confirm")
    entry = confirm_occurrence(case, args.clock, item.decided, by=args.by)
    if args.json:
        dump({"number": number, "confirmation": entry.id, "about": [*entry.about]})
        return 0
    say(f"{args.by} confirms {number}: occurrence {entry.about[0][:12]}")
    say_effect(effect_of(args, entry.about))
    return 0


def _accepted(case: Case, number: int | str, action: str) -> Suggested:
    from vigens.desk import find_suggested

    item = find_suggested(case, number)
    if item.state != "accepted":
        raise InputError(
            f"suggestion {number} is {item.state}, so there is no claim to {action}",
            f"vigens review {action}",
            "accept it first",
        )
    return item


def _show(args: argparse.Namespace, number: int | str) -> int:
    from vigens.desk import find_suggested, open_case

    case = open_case(args.case, args.clock)
    item = find_suggested(case, number)
    if args.json:
        dump(form_of(item))
    else:
        say_suggested(case, item)
    return 0


_DECISIONS = {
    "show": _show,
    "accept": accept,
    "edit": _edit,
    "reject": _reject,
    "undo": _undo,
    "confirm": _confirm,
}


def _list(args: argparse.Namespace, case: Case) -> int:
    from vigens.desk import Likenesses, read_queue, statement_of

    queue = read_queue(case)
    likenesses = Likenesses(case)
    shown = [item for item in queue if args.all or item.state == "waiting"]
    if args.json:
        dump([{**form_of(item), "like": _like(likenesses, item)} for item in shown])
        return 0
    last = ""
    for item in shown:
        if item.document["sha256"] != last:
            last = item.document["sha256"]
            say_wrapped(item.document.get("title") or item.document["name"])
        state = "" if item.state == "waiting" else f"{item.state}: "
        if not state and any(like.contradicts for like in likenesses.of(item)):
            state = "contradicts what is recorded: "
        head = f"{item.number:>5}  {item.row['strength']:.2f}  {item.row['kind']:<12}"
        say_wrapped(state + statement_of(item)[:200], head + "  ")
    counts = {
        state: sum(item.state == state for item in queue)
        for state in ("waiting", "accepted", "rejected")
    }
    say(", ".join(f"{number} {state}" for state, number in counts.items()))
    return 0


def _like(likenesses: Likenesses, item: Suggested) -> list[dict[str, Any]]:
    if item.state != "waiting":
        return []
    return [
        {
            "entry": like.ref,
            "kind": like.kind,
            "title": like.title,
            "happened": like.happened or None,
            "said": like.said,
            "contradicts": like.contradicts,
        }
        for like in likenesses.of(item)
    ]


def _number(word: str) -> int | str:
    """Read a number, or the first 6 digits of a key or more."""
    if word.isdigit():
        return int(word)
    if len(word) >= 6 and set(word.lower()) <= set("0123456789abcdef"):
        return word
    raise UsageError(
        f'"{word[:40]}" is no number of a suggestion, and no key',
        "vigens review",
        "`review CASE list` shows them",
    )
