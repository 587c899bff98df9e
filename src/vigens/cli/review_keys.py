"""Reviewing by key: one suggestion after the other; ended and taken up at any time."""

from __future__ import annotations

import argparse
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, VigensError
from vigens.cli.letters import letters
from vigens.cli.output import clean, say, say_wrapped, tell
from vigens.cli.review_words import accept, say_suggested, take_back_decision

if TYPE_CHECKING:
    from vigens.desk import Case, Suggested

_HELP = (
    "a accept · g accept and grade · m merge with what is like it\n"
    "o accept as a copy, of one origin with a claim · e edit · r reject\n"
    "s skip · u undo the last decision · q quit · ? these keys"
)
_KEYS = "a g m o e r s u q ?"


def review_by_key(args: argparse.Namespace) -> int:
    """Go through what waits until the end, `q`, or the end of input.

    Each decision is recorded before the next suggestion is shown; `u` takes back those
    of this sitting, the last one first.
    """
    from vigens.desk import open_case, read_queue

    with suppress(ImportError):  # arrows and earlier lines, where the system has them
        import_module("readline")
    case = open_case(args.case, args.clock)
    waiting = [item.number for item in read_queue(case) if item.state == "waiting"]
    if not waiting:
        say("nothing waits; `add FILE` fills the queue")
        return 0
    _say_keys()
    _Sitting(args, waiting).go()
    queue = read_queue(open_case(args.case, args.clock))
    n_left = sum(item.state == "waiting" for item in queue)
    more = f"{n_left} wait; the same command goes on from here"
    say_wrapped(more if n_left else "nothing waits")
    return 0


@dataclass(frozen=True, slots=True)
class _Done:
    """One thing that was done: a decision, or an edit with what was set before it."""

    item: Suggested
    edits: Mapping[str, Any] | None = None


class _Sitting:
    """What a person does from the first suggestion to `q`."""

    def __init__(self, args: argparse.Namespace, waiting: list[int]) -> None:
        self._args = args
        self._places = {number: n for n, number in enumerate(waiting, 1)}
        self._next = deque(waiting)
        self._done: list[_Done] = []

    def go(self) -> None:
        """Ask until nothing is next, or the person ends it."""
        while self._next or self._is_undone_at_the_end():
            number = self._next.popleft()
            if not self._review_one(number):
                return

    def _is_undone_at_the_end(self) -> bool:
        """Ask once more behind the last one, so that it can be taken back, too."""
        while self._done:
            if _ask("that was the last: u takes the decision back, q ends > ") != "u":
                return False
            if self._undo():
                return True
        return False

    def _review_one(self, number: int) -> bool:
        """Ask until one suggestion is decided or skipped; say whether to go on.

        It is shown again only where it has changed: what went wrong stays in sight.
        """
        from vigens.desk import find_suggested, open_case

        shown: Suggested | None = None
        place = f"{self._places[number]} of {len(self._places)}"
        while True:
            case = open_case(self._args.case, self._args.clock)
            item = find_suggested(case, number)
            if item.state != "waiting":  # decided elsewhere meanwhile
                return True
            if item != shown:
                say()
                say_suggested(case, item, is_by_key=True)
                shown = item
            key = _ask(f"{place}: {_KEYS} > ")
            if key in ("q", None):
                return False
            if key == "u":
                if self._undo(number):
                    return True
                continue
            try:
                if self._decide(item, key or "?"):
                    return True
            except VigensError as error:
                tell(f"vigens: {error}")

    def _decide(self, item: Suggested, key: str) -> bool:
        """Do what a key says; say whether the suggestion is done with."""
        from vigens.desk import find_suggested, open_case

        if key == "s":
            return True
        is_done = _decide(self._args, item.number, key)
        after = find_suggested(
            open_case(self._args.case, self._args.clock), item.number
        )
        if after.state != "waiting":
            self._done.append(_Done(after))
        elif after.edits != item.edits:
            self._done.append(_Done(after, item.edits))
        return is_done

    def _undo(self, here: int | None = None) -> bool:
        """Take back what was done last; say whether another suggestion is next for it."""
        from vigens.desk import open_case
        from vigens.desk.writing import restore_edits

        if not self._done:
            tell(
                "nothing was decided in this sitting; `vigens review CASE undo N` "
                "takes back what was decided before"
            )
            return False
        last = self._done.pop()
        number = last.item.number
        try:
            if last.edits is not None:
                case = open_case(self._args.case, self._args.clock)
                restore_edits(case, last.item, last.edits)
                say(f"suggestion {number} is as it was before the edit")
            else:
                take_back_decision(self._args, last.item)
        except InputError as error:
            tell(f"vigens: {error}")
            return False
        except VigensError as error:
            self._done.append(last)  # the journal cannot be written now
            tell(f"vigens: {error}")
            return False
        if number == here:
            return False
        self._next.extendleft((number,) if here is None else (here, number))
        return True


def _decide(args: argparse.Namespace, number: int, key: str) -> bool:
    """Do what a key says; say whether the suggestion is done with."""
    from vigens.desk import open_case

    own = argparse.Namespace(**vars(args))
    case = open_case(args.case, args.clock)
    match key:
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
            _say_keys()
            return False
    if not (own.graded or own.copy_of):  # asked for, and nothing said
        return False
    accept(own, number)
    return True


def _say_keys() -> None:
    for line in _HELP.splitlines():
        say_wrapped(line)


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

    say_wrapped(f"fields: {', '.join(FIELDS)}")
    said = _ask("field=value > ")
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
    """Ask for a line; none at the end of input.

    Keys that come through a pipe are shown behind the question, as a terminal would.
    """
    if sys.stdin is None:  # it was closed before the command began
        return None
    try:
        said = letters(input(prompt).strip(), sys.stdin.encoding or "utf-8")
    except EOFError:
        print()
        return None
    if not sys.stdin.isatty():
        print(clean(said))
    return said
