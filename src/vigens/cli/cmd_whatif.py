"""`vigens whatif CASE --suppose "EVENT on DATE" [QUESTION...]`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, heading, say, say_wrapped, styled

if TYPE_CHECKING:
    from vigens.desk import ChangedAnswer, Changes, Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "questions",
        metavar="QUESTION",
        nargs="*",
        help="answer these through both lenses, whether they change or not",
    )
    parser.add_argument("--all", action="store_true", help="sum nothing up")
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Compare the case with the same case under a hypothesis."""
    if not args.suppose:
        raise UsageError(
            "nothing is supposed",
            "vigens whatif",
            'write --suppose "ceasefire.begins(general) on 2026-12-01"',
        )
    from vigens.desk import Session, as_atom, compare, read_duty, read_step

    after = open_session(args)
    before = Session(after.case, replace(after.lens, hypotheses=()))
    program = after.case.program
    duties = [q for q in args.questions if q.strip() in program.obligations]
    steps = [q for q in args.questions if q.strip() in program.steps]
    asked = [as_atom(after, q) for q in args.questions if q not in (*duties, *steps)]
    changes = compare(before, after, asked, is_whole=args.all or args.json)
    if args.json:
        _dump(changes, duties)
        return 0
    from vigens.cli.wording import say_duty, say_lens, say_step

    _say_changes(changes, is_whole=args.all)
    for name in duties:
        say()
        say_duty(after, read_duty(after, name.strip()))
    for name in steps:
        say()
        say_step(read_step(after, name.strip()))
    say()
    say_wrapped("(hypothesis) Nothing here is known; it is what would follow.")
    say_lens(after.lens)
    return 0


def _say_changes(changes: Changes, *, is_whole: bool) -> None:
    from vigens.cli.changes import say_duties, say_left_out, say_states, say_steps

    before, after = changes.before, changes.after
    for hypothesis in after.lens.hypotheses:
        say_wrapped(styled("title", str(hypothesis)), "supposing  ")
    if after.lens.assume_no_other_change:
        say("assuming   no other change, before and after")
    else:
        say_wrapped(
            "silence after the last look stays NOT KNOWN; --assume-no-other-change "
            "takes it as quiet",
            "note       ",
        )
    if changes.headline is not None:
        heading("Headline")
        _say_pair(before, after, changes.headline)
    if changes.answers:
        heading("Asked")
        _say_asked(before, after, changes.answers, is_whole=is_whole)
    title = "States that change (hypothesis)"
    say_states(changes, title, is_whole=is_whole, with_reasons=False)
    say_left_out(changes)
    say_duties(changes, "Duties that change (hypothesis)")
    title = "Planned steps that change (hypothesis)"
    say_steps(changes, title, with_before=False)


def _say_asked(
    before: Session,
    after: Session,
    pairs: tuple[ChangedAnswer, ...],
    *,
    is_whole: bool,
) -> None:
    """Print single answers whole, and the many answers of a `_` together."""
    from vigens.cli.wording import say_answers

    groups: dict[str, list[ChangedAnswer]] = {}
    for pair in pairs:
        groups.setdefault(pair.after.question.partition("(")[0], []).append(pair)
    for group in groups.values():
        if len(group) == 1:
            _say_pair(before, after, group[0])
            continue
        say_answers(after, tuple(pair.after for pair in group), is_whole=is_whole)
        changed = [p for p in group if p.before.verdict is not p.after.verdict]
        if not changed:
            say("  without the hypothesis  the same")
        for pair in changed:
            said = f"{pair.before.word}: {pair.after.question}"
            say_wrapped(said, "  without the hypothesis  ")


def _say_pair(before: Session, after: Session, pair: ChangedAnswer) -> None:
    from vigens.cli.wording import say_answer, word_of

    say_answer(after, pair.after)
    since = before.date(pair.before.since)
    said = f"{word_of(pair.before)}" + f" since {since}" * bool(since)
    causes = "; ".join(dict.fromkeys(cause.text for cause in pair.before.causes[:2]))
    without = said + f", {causes}" * bool(causes)
    say_wrapped(without, "  without the hypothesis  ")


def _dump(changes: Changes, duties: list[str]) -> None:
    from vigens.desk import read_duty
    from vigens.desk.forms import changes_form, duty_form, lens_form

    after = changes.after
    dump(
        {
            "lens": lens_form(after.lens),
            "hypothesis": True,
            **changes_form(changes),
            "asked_duties": [
                duty_form(after, read_duty(after, name.strip()), is_whole=True)
                for name in duties
            ],
        }
    )
