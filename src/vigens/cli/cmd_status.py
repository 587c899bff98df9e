"""`vigens status CASE [QUESTION...]`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, say

if TYPE_CHECKING:
    from vigens.desk import Session

PURPOSE_OF_QUESTION = (
    "a state such as 'endorsed(paris, _, CZ)' (_ stands for any), an obligation, a "
    "planned step or a measure"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "questions", metavar="QUESTION", nargs="*", help=PURPOSE_OF_QUESTION
    )
    parser.add_argument("--all", action="store_true", help="sum nothing up")
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Print the first page, or the answers to questions."""
    session = open_session(args, by_columns=True)
    if args.questions:
        return _answer(args, session)
    from vigens.cli.status_page import say_status
    from vigens.desk import read_status, read_unknowns
    from vigens.desk.forms import lens_form, status_form

    status = read_status(session)
    unknowns = read_unknowns(session, status)
    if not args.json:
        say_status(session, status, unknowns, is_whole=args.all)
        return 0
    dump({"lens": lens_form(status.lens), **status_form(session, status, unknowns)})
    return 0


def _answer(args: argparse.Namespace, session: Session) -> int:
    from vigens.cli.wording import say_found, say_lens
    from vigens.desk import read_question
    from vigens.desk.forms import lens_form, question_form

    found = [read_question(session, text) for text in args.questions]
    if args.json:
        dump(
            {
                "lens": lens_form(session.lens),
                "results": [question_form(session, each) for each in found],
            }
        )
        return 0
    for each in found:
        say_found(session, each, is_whole=args.all)
        say()
    say_lens(session.lens)
    return 0
