"""Reviewing by key: one suggestion after the other; ended and taken up at any time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.cli.output import say, tell
from vigens.cli.review_words import accept, say_suggested

if TYPE_CHECKING:
    from vigens.desk import Case

_HELP = (
    "a accept · g accept and grade · m merge with what is like it · e edit · r reject · "
    "s skip · q quit"
)
_SETTABLE = "statement happened place actors voice polarity measure event body"


def review_by_key(args: argparse.Namespace) -> int:
    """Go through what waits until the end, `q`, or the end of input.

    Each decision is recorded before the next suggestion is shown.
    """
    from vigens.desk import find_suggested, open_case, read_queue

    case = open_case(args.case, args.clock)
    waiting = [item.number for item in read_queue(case) if item.state == "waiting"]
    for n_seen, number in enumerate(waiting):
        while True:
            case = open_case(args.case, args.clock)
            item = find_suggested(case, number)
            if item.state != "waiting":  # decided elsewhere meanwhile
                break
            say()
            say_suggested(case, item)
            key = _ask(f"{_HELP} > ")
            if key in ("q", None):
                say(f"{len(waiting) - n_seen} wait; the same command goes on from here")
                return 0
            try:
                is_done = _decide(args, number, key or "?")
            except VigensError as error:
                tell(f"vigens: {error}")
                is_done = False
            if is_done:
                break
    say("nothing waits" if waiting else "nothing waits; `add FILE` fills the queue")
    return 0


def _decide(args: argparse.Namespace, number: int, key: str) -> bool:
    """Do what a key says; say whether the suggestion is done with."""
    from vigens.desk import edit_suggestion, open_case, reject_suggestion

    own = argparse.Namespace(**vars(args))
    case = open_case(args.case, args.clock)
    match key:
        case "s":
            return True
        case "a":
            accept(own, number)
            return True
        case "g":
            own.graded = _ask("grade, such as B2 > ") or ""
            accept(own, number)
            return True
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
            said = _ask(f"field=value, of {_SETTABLE} > ") or ""
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
