"""`vigens why CASE QUESTION`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.base import UsageError
from vigens.cli.options import (
    add_case,
    add_html,
    add_json,
    add_lens,
    open_session,
    write_page,
)
from vigens.cli.output import dump, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import (
        Answer,
        Duty,
        MatterView,
        PlannedStep,
        Session,
        Tally,
        TallyRead,
        Why,
    )

    Found = tuple[Answer, ...] | Duty | PlannedStep | Tally | TallyRead


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "question",
        metavar="QUESTION",
        help="a state such as 'endorsed(paris, force, CZ)', an obligation, a step, a "
        "measure, or the id of an entry that is claimed",
    )
    parser.add_argument(
        "--depth", type=_depth, metavar="N", help="unfold no deeper than N steps"
    )
    add_json(parser)
    add_html(parser)
    add_lens(parser)


#: Most answers that are unfolded at once; more would be read by nobody.
MOST_UNFOLDED = 60


def _refuse_crowd(session: Session, questions: Sequence[str]) -> None:
    """Stop before a question with `_` unfolds more than anybody would read."""
    total = sum(len(session.atoms(text)) for text in questions)
    if total > MOST_UNFOLDED:
        raise UsageError(
            f"this question stands for {total} answers; {MOST_UNFOLDED} are unfolded "
            "at most",
            "the question",
            "put a name in place of one _; `vigens status` sums them up",
        )


def run(args: argparse.Namespace) -> int:
    """Unfold every answer to a question."""
    from vigens.cli.questions import read_question
    from vigens.desk import why

    if args.json and args.html:
        raise UsageError(
            "JSON and HTML are two forms of one answer",
            "vigens why",
            "ask for one of --json and --html",
        )
    session = open_session(args)
    questions, matters = _meant(session, args.question)
    program = session.case.program
    named = None
    if args.question.strip() in (*program.obligations, *program.steps):
        named = read_question(session, args.question)
    _refuse_crowd(session, questions)
    found = why(session, *questions)
    if args.json:
        _dump(session, named, found, matters, args.depth)
    elif args.html:
        write_page(args, _page(session, args, named, found, matters))
    else:
        _say(session, named, found, matters, args.depth)
    return 0


def _dump(
    session: Session,
    named: Found | None,
    found: tuple[Why, ...],
    matters: tuple[MatterView, ...],
    depth: int | None,
) -> None:
    from vigens.cli.forms import (
        answer_form,
        lens_form,
        matter_form,
        question_form,
        why_form,
    )

    shown: dict[int, int] = {}
    dump(
        {
            "schema": "vigens.why/1",
            "lens": lens_form(session.lens),
            **(question_form(session, named) if named is not None else {}),
            "results": [
                {
                    "sentence": each.sentence,
                    "answer": answer_form(session, each.answer),
                    "why": why_form(session, each.tree, depth, shown=shown),
                }
                for each in found
            ],
            "matters": [matter_form(session, matter) for matter in matters],
        }
    )


def _page(
    session: Session,
    args: argparse.Namespace,
    named: Found | None,
    found: tuple[Why, ...],
    matters: tuple[MatterView, ...],
) -> str:
    from vigens.board import print_why
    from vigens.desk import Duty, PlannedStep

    return print_why(
        session,
        args.question.strip(),
        found,
        duty=named if isinstance(named, Duty) else None,
        sentence=named.sentence if isinstance(named, PlannedStep) else "",
        matters=matters,
        depth=args.depth,
    )


def _say(
    session: Session,
    named: Found | None,
    found: tuple[Why, ...],
    matters: tuple[MatterView, ...],
    depth: int | None,
) -> None:
    from vigens.cli.tree import Unfolding, say_matter
    from vigens.cli.wording import say_found, say_lens

    if named is not None:
        say_found(session, named, is_whole=True)
        say()
    unfolding = Unfolding(session, depth)
    for each in found:
        unfolding.say(each)
        say()
    for matter in matters:
        say_matter(session, matter)
        say()
    say_lens(session.lens)


def _meant(
    session: Session, text: str
) -> tuple[tuple[str, ...], tuple[MatterView, ...]]:
    """Find what a question is about: states to unfold, matters to list."""
    from vigens.cli.questions import as_atom
    from vigens.desk import read_counts, read_duty, read_matter
    from vigens.rules import Atom, atoms_in

    program = session.case.program
    name = text.strip()
    if name in program.measures:
        counts = read_counts(session, name).counts
        return (), tuple(read_matter(session, count.ref) for count in counts)
    if name in program.obligations:
        duty = read_duty(session, name)
        asked = dict.fromkeys(
            str(atom)
            for report in duty.instances
            for condition in (report.trigger_condition, report.while_condition)
            if condition is not None
            for atom in atoms_in(condition)
            if atom.is_ground
        )
        events = {
            trigger.event.name
            for trigger in duty.obligation.triggers
            if isinstance(trigger.event, Atom)
        }
        return tuple(asked), _occurrences(session, events)
    if name in program.steps:
        step = program.steps[name]
        parts = [p for p in (step.anchor, step.outcome) if isinstance(p, Atom)]
        return (), _occurrences(session, {atom.name for atom in parts})
    is_id = len(name) >= 6 and set(name.lower()) <= set("0123456789abcdef")
    if is_id and name not in program.fluents:
        return (), (read_matter(session, name),)
    return (as_atom(session, text),), ()


def _occurrences(session: Session, events: set[str]) -> tuple[MatterView, ...]:
    """List what is recorded of some events."""
    from vigens.desk import read_matter

    return tuple(
        read_matter(session, entry.id)
        for entry in session.assembled.view.entries
        if entry.kind == "occurrence" and entry.payload.get("event") in events
    )


def _depth(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f'"{text[:20]}" is no number of steps')
    return int(text)
