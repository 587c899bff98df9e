"""Reviewing by key: one suggestion after the other; ended and taken up at any time."""

from __future__ import annotations

import argparse
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.cli.output import say, tell
from vigens.cli.review_words import accept, say_suggested

if TYPE_CHECKING:
    from vigens.desk import Case, Suggested

_HELP = (
    "a accept · g accept and grade · m merge with what is like it\n"
    "e edit · r reject · s skip · q quit · ? these keys"
)


def review_by_key(args: argparse.Namespace) -> int:
    """Go through what waits until the end, `q`, or the end of input.

    Each decision is recorded before the next suggestion is shown.
    """
    from vigens.desk import open_case, read_queue

    with suppress(ImportError):  # arrows and earlier lines, where the system has them
        import_module("readline")
    case = open_case(args.case, args.clock)
    waiting = [item.number for item in read_queue(case) if item.state == "waiting"]
    if not waiting:
        say("nothing waits; `add FILE` fills the queue")
        return 0
    say(_HELP)
    for n_seen, number in enumerate(waiting):
        if not _review_one(args, number, f"{n_seen + 1} of {len(waiting)}"):
            break
    queue = read_queue(open_case(args.case, args.clock))
    n_left = sum(item.state == "waiting" for item in queue)
    more = f"{n_left} wait; the same command goes on from here"
    say(more if n_left else "nothing waits")
    return 0


def _review_one(args: argparse.Namespace, number: int, place: str) -> bool:
    """Ask until one suggestion is decided or skipped; say whether to go on.

    It is shown again only where it has changed: what went wrong stays in sight.
    """
    from vigens.desk import find_suggested, open_case

    shown: Suggested | None = None
    while True:
        case = open_case(args.case, args.clock)
        item = find_suggested(case, number)
        if item.state != "waiting":  # decided elsewhere meanwhile
            return True
        if item != shown:
            say()
            say_suggested(case, item)
            shown = item
        key = _ask(f"{place}: a g m e r s q ? > ")
        if key in ("q", None):
            return False
        try:
            if _decide(args, number, key or "?"):
                return True
        except VigensError as error:
            tell(f"vigens: {error}")


def _decide(args: argparse.Namespace, number: int, key: str) -> bool:
    """Do what a key says; say whether the suggestion is done with."""
    from vigens.desk import FIELDS, edit_suggestion, open_case, reject_suggestion

    own = argparse.Namespace(**vars(args))
    case = open_case(args.case, args.clock)
    match key:
        case "s":
            return True
        case "a":
            accept(own, number)
            return True
        case "g":
            own.graded = _ask("grade, such as B2 > ")
            if own.graded:
                accept(own, number)
            return bool(own.graded)
        case "m":
            return _merge(own, case, number)
        case "r":
            reason = _ask("why > ")
            if not reason:
                tell("a rejection needs a reason")
                return False
            reject_suggestion(case, args.clock, number, by=args.by, reason=reason)
            say(f"rejected {number}")
            return True
        case "e":
            said = _ask(f"field=value, of {' '.join(FIELDS)} > ")
            if not said:
                return False
            name, _, value = said.partition("=")
            fields: dict[str, object] = {name.strip(): value.strip()}
            if name.strip() == "actors":
                fields["actors"] = [x.strip() for x in value.split(",") if x.strip()]
            edit_suggestion(case, number, fields)
            return False
        case _:
            say(_HELP)
            return False


def _merge(own: argparse.Namespace, case: Case, number: int) -> bool:
    """Accept a suggestion as one more claim about what is recorded already."""
    from vigens.desk import Likenesses, find_suggested

    found = Likenesses(case).of(find_suggested(case, number))
    first = found[0].ref[:12] if found else ""
    own.about = _ask(f"the entry it is about{f' [{first}]' * bool(first)} > ") or first
    if not own.about:
        tell("nothing recorded is like it: write an entry's id, or accept it as new")
        return False
    accept(own, number)
    return True


def _ask(prompt: str) -> str | None:
    """Ask for a line; none at the end of input."""
    try:
        return input(prompt).strip()
    except EOFError:
        return None
