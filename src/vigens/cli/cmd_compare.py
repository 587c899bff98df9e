"""`vigens compare CASE [QUESTION...] --as-of A..B`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.cli.options import add_case, add_json, looking
from vigens.cli.output import dump, heading, say, say_wrapped, show_findings, styled

if TYPE_CHECKING:
    from vigens.desk import ChangedAnswer, Changes, Looking
    from vigens.model import Lens

_BETWEEN = ".."
_OF_LENS = ("as_of", "known_at", "recorded_at", "reader", "policy")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "questions",
        metavar="QUESTION",
        nargs="*",
        help="answer these states through both lenses, whether they differ or not",
    )
    parser.add_argument("--all", action="store_true", help="sum nothing up")
    add_json(parser)
    group = parser.add_argument_group(
        "two lenses",
        "A..B takes A before and B after, A.. and ..B leave the other side as it is by "
        "default; a single value is that of both",
    )
    for name, metavar, words in (
        ("--as-of", "A..B", "the days asked about (default: now)"),
        ("--known-at", "A..B", "count only what was known by then (default: now)"),
        (
            "--recorded-at",
            "A..B",
            "count only what was recorded by then (default: all)",
        ),
        (
            "--reader",
            "A..B",
            "public, all, a delegation or a release group (default: public)",
        ),
        ("--policy", "A..B", "evidence policies (default: the case's)"),
    ):
        group.add_argument(name, metavar=metavar, help=words)
    group.add_argument(
        "--reading",
        action="append",
        default=[],
        metavar="V.R..V.Q",
        help="readings of a variant; may be repeated",
    )
    group.add_argument(
        "--suppose",
        action="append",
        default=[],
        metavar='"EVENT on DATE"',
        help="lay an event over the journal, after but not before; may be repeated",
    )
    group.add_argument(
        "--assume-no-other-change",
        action="store_true",
        help="take silence after the last look as quiet, on both sides",
    )


def run(args: argparse.Namespace) -> int:
    """Say what differs between two lenses."""
    from vigens.desk import Session, as_atom, compare, make_lens, open_case

    sides = [_side(args, at) for at in (0, 1)]
    case = open_case(args.case, args.clock)
    lenses = [make_lens(case, side) for side in sides]
    odd = (finding for lens in lenses for finding in case.journal_findings(lens))
    show_findings(tuple(dict.fromkeys(odd)))
    if lenses[0] == lenses[1]:
        raise UsageError(
            "both sides are the same lens",
            "vigens compare",
            "write --as-of 2026-01-06..2026-02-25, --policy A..B, or --suppose",
        )
    before, after = (Session(case, lens) for lens in lenses)
    asked = [as_atom(after, text) for text in args.questions]
    changes = compare(before, after, asked, is_whole=args.all or args.json)
    if args.json:
        _dump(changes)
    else:
        _say(changes, is_whole=args.all)
    return 0


def _side(args: argparse.Namespace, at: int) -> Looking:
    """Read one side of every option."""
    own = argparse.Namespace(**vars(args))
    for name in _OF_LENS:
        setattr(own, name, _part(getattr(args, name), at))
    own.reader = own.reader or "public"
    own.reading = [text for each in args.reading if (text := _part(each, at))]
    own.suppose = args.suppose if at else []
    return looking(own)


def _part(text: str | None, at: int) -> str | None:
    if text is None or _BETWEEN not in text:
        return text
    return text.split(_BETWEEN, 1)[at].strip() or None


def _differing(left: Lens, right: Lens) -> list[str]:
    """Name the parts of the lens in which two lenses differ."""
    names = {
        "program": "rules",
        "as_of": "the day asked about",
        "known_at": "the day of knowledge",
        "recorded_at": "what was recorded",
        "reader": "the reader",
        "policy": "the evidence policy",
        "readings": "the readings",
        "hypotheses": "the hypothesis",
    }
    return [
        words
        for name, words in names.items()
        if getattr(left, name) != getattr(right, name)
    ]


def _say(changes: Changes, *, is_whole: bool) -> None:
    from vigens.cli.changes import (
        say_counts,
        say_duties,
        say_left_out,
        say_states,
        say_steps,
        say_tallies,
    )
    from vigens.model import describe_lens

    left, right = changes.before.lens, changes.after.lens
    say_wrapped(describe_lens(left), styled("faint", "before") + "  ")
    say_wrapped(describe_lens(right), styled("faint", "after") + "   ")
    say_wrapped(", ".join(_differing(left, right)), "they differ in  ")
    if changes.headline is not None:
        heading("Headline")
        _say_pair(changes, changes.headline)
    if changes.answers:
        heading("Asked")
        for pair in changes.answers:
            _say_pair(changes, pair)
    say_states(changes, "States that differ", is_whole=is_whole, with_reasons=True)
    say_left_out(changes)
    say_duties(changes, "Duties that differ")
    say_steps(changes, "Planned steps that differ", with_before=True)
    say_counts(changes, "Counts that differ")
    say_tallies(changes, "Tallies that differ")
    if right.hypotheses:
        say()
        say_wrapped(
            "(hypothesis) What stands after is not known; it is what would follow."
        )


def _say_pair(changes: Changes, pair: ChangedAnswer) -> None:
    from vigens.desk import sentence

    mark = "same  " if pair.before.verdict is pair.after.verdict else "differs  "
    say_wrapped(styled("title", pair.after.text), mark)
    say_wrapped(sentence(changes.before, pair.before), "  before  ")
    say_wrapped(sentence(changes.after, pair.after), "  after   ")


def _dump(changes: Changes) -> None:
    from vigens.desk.forms import changes_form, lens_form

    left, right = changes.before.lens, changes.after.lens
    dump(
        {
            "schema": "vigens.compare/1",
            "before": lens_form(left),
            "after": lens_form(right),
            "differ_in": _differing(left, right),
            **changes_form(changes),
        }
    )
