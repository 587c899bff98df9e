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
    "o accept as a copy, of one origin with a claim · e edit · r reject\n"
    "s skip · q quit · ? these keys"
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
        key = _ask(f"{place}: a g m o e r s q ? > ")
        if key in ("q", None):
            return False
        try:
            if _decide(args, number, key or "?"):
                return True
        except VigensError as error:
            tell(f"vigens: {error}")


def _decide(args: argparse.Namespace, number: int, key: str) -> bool:
    """Do what a key says; say whether the suggestion is done with."""
    from vigens.desk import open_case

    own = argparse.Namespace(**vars(args))
    case = open_case(args.case, args.clock)
    match key:
        case "s":
            return True
        case "a":
            accept(own, number)
            return True
        case "g":
            own.graded = _ask_grade()
        case "o":
            own.copy_of = _ask("the claim that it is a copy of > ")
        case "m":
            return _merge(own, case, number)
        case "r":
            return _reject(args, case, number)
        case "e":
            _edit(case, number)
            return False
        case _:
            say(_HELP)
            return False
    if not (own.graded or own.copy_of):  # asked for, and nothing said
        return False
    accept(own, number)
    return True


def _reject(args: argparse.Namespace, case: Case, number: int) -> bool:
    """Leave a suggestion out, with a reason."""
    from vigens.desk import reject_suggestion

    reason = _ask("why > ")
    if not reason:
        tell("a rejection needs a reason")
        return False
    reject_suggestion(case, args.clock, number, by=args.by, reason=reason)
    say(f"rejected {number}")
    return True


def _edit(case: Case, number: int) -> None:
    """Set one field instead of what was proposed."""
    from vigens.desk import FIELDS, edit_suggestion

    said = _ask(f"field=value, of {' '.join(FIELDS)} > ")
    if not said:
        return
    name, _, value = said.partition("=")
    fields: dict[str, object] = {name.strip(): value.strip()}
    if name.strip() == "actors":
        fields["actors"] = [x.strip() for x in value.split(",") if x.strip()]
    edit_suggestion(case, number, fields)


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


def _ask_grade() -> str | None:
    """Ask for the two halves of a grade apart; what is left empty cannot be judged."""
    source = _ask("the source, A to F, or both as in B2 [F] > ")
    if source is None or len(source) > 1:
        return source
    content = _ask("what it says, 1 to 6 [6] > ")
    return None if content is None else f"{source or 'F'}{content or '6'}"


def _ask(prompt: str) -> str | None:
    """Ask for a line; none at the end of input."""
    try:
        return input(prompt).strip()
    except EOFError:
        return None
