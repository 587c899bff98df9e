"""What commands share that record something: a look first, then the deed, then a word.

On a terminal a person sees what would change and is asked; `--yes` and pipes are not
asked. `--dry-run` only looks.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from vigens.cli.options import add_by, add_json, add_marks
from vigens.cli.output import dump, heading, say, say_wrapped, styled, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import Carried, Case
    from vigens.journal import Draft, Entry

#: Up to so many changed states are told with their reasons; above `MANY` they are
#: counted by name.
FEW, MANY = 6, 24


def add_acting(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that records something."""
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="record nothing, and say what would change",
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="say what changes as of this day (default: the last that one looked at)",
    )
    parser.add_argument(
        "--yes", action="store_true", help="do not ask on a terminal; record it"
    )
    add_marks(parser)
    add_by(parser)
    add_json(parser)


def act(args: argparse.Namespace, case: Case, drafts: Sequence[Draft]) -> int:
    """Record drafts, and say what they change; on a terminal, ask before.

    Returns:
        The exit status: 0, also where a person says no.
    """
    from vigens.desk import carry_out, mark_drafts

    now = int(args.clock().timestamp())
    drafts = mark_drafts(case, now, drafts, args.mark)
    asks = not (args.yes or args.dry_run or args.json) and is_terminal()
    if asks:
        would = carry_out(case, args.clock, drafts, as_of=args.as_of, is_dry=True)
        say_carried(would)
        say()
        if not agreed("record it? [y/N] "):
            say("nothing is recorded")
            return 0
    done = carry_out(case, args.clock, drafts, as_of=args.as_of, is_dry=args.dry_run)
    if args.json:
        from vigens.desk.forms import carried_form

        dump(carried_form(done))
    elif asks:
        _say_entries(done.entries, "recorded")
    else:
        say_carried(done)
    return 0


def say_carried(done: Carried) -> None:
    """Say what was recorded, or would be, and what it changes."""
    from vigens.cli.changes import (
        MOST_STATES,
        say_counts,
        say_duties,
        say_states,
        say_steps,
        say_tallies,
    )

    _say_entries(done.entries, "would record" if done.is_dry else "recorded")
    for entry in done.waiting:
        words = (
            "waits for a second person, who writes `vigens confirm CASE ID --by NAME`"
        )
        say_wrapped(words, f"  {entry.kind} {entry.id[:12]} ")
    changes = done.changes
    if changes is None:
        tell("the agreement files have errors, so no answer is given")
        return
    day = changes.after.day(changes.after.lens.as_of)
    if changes.is_empty:
        say(f"  no answer changes, as of {day}, as known now and seen by all")
        return
    say(f"  as of {day}, as known now and seen by all:")
    if changes.states or changes.further:
        number = len(changes.states)
        say_states(
            changes,
            "States that change",
            is_whole=False,
            with_reasons=number <= FEW,
            most=1 if number > MANY else MOST_STATES,
        )
    if changes.duties:
        say_duties(changes, "Duties that change")
    say_steps(changes, "Planned steps that change", with_before=True)
    say_counts(changes, "Counts that change")
    say_tallies(changes, "Tallies that change")


def _say_entries(entries: Sequence[Entry], verb: str) -> None:
    for entry in entries:
        links = [
            f"{name} {target[:12]}"
            for name, target in (
                ("rectifies", entry.rectifies),
                ("supersedes", entry.supersedes),
            )
            if target
        ]
        said = f"{verb} {entry.kind} {entry.id[:12]}" + "".join(f", {x}" for x in links)
        say_wrapped(styled("title", entry.title), f"{said}  ")


def say_list(title: str, rows: Sequence[str], nothing: str) -> None:
    """Print a titled list, or that there is nothing."""
    heading(title)
    for row in rows:
        say(f"  {row}")
    if not rows:
        say(f"  {nothing}")


def is_terminal() -> bool:
    """Say whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str) -> bool:
    """Ask a person; no answer is no."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False
