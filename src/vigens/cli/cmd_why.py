"""`vigens why CASE QUESTION`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.cli.options import (
    add_case,
    add_json_or_html,
    add_lens,
    open_session,
    write_page,
)
from vigens.cli.output import dump, say

if TYPE_CHECKING:
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
    add_json_or_html(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Unfold every answer to a question."""
    from vigens.desk import read_meant, read_question, refuse_crowd, why

    session = open_session(args)
    questions, matters = read_meant(session, args.question)
    program = session.case.program
    named = None
    if args.question.strip() in (*program.obligations, *program.steps):
        named = read_question(session, args.question)
    refuse_crowd(session, questions)
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
    from vigens.desk.forms import (
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


def _depth(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f'"{text[:20]}" is no number of steps')
    return int(text)
