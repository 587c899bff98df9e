"""`vigens missing CASE QUESTION`."""

from __future__ import annotations

import argparse

from vigens.cli.options import (
    add_case,
    add_json_or_html,
    add_lens,
    open_session,
    write_page,
)
from vigens.cli.output import dump, say, say_wrapped, styled


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "question",
        metavar="QUESTION",
        help="a state such as activation_condition or 'endorsed(paris, force, CZ)'",
    )
    add_json_or_html(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Say what would have to happen for an answer to be YES."""
    from vigens.cli.wording import say_lens, word_of
    from vigens.desk import as_atom, read_missing
    from vigens.desk.forms import lens_form, missing_form

    session = open_session(args)
    found = read_missing(session, as_atom(session, args.question))
    if args.json:
        dump(
            {
                "schema": "vigens.missing/1",
                "lens": lens_form(session.lens),
                "results": [missing_form(session, each) for each in found],
            }
        )
        return 0
    if args.html:
        from vigens.board import print_missing

        write_page(args, print_missing(session, args.question.strip(), found))
        return 0
    for each in found:
        answer = each.answer
        say_wrapped(styled("title", answer.text), word_of(answer) + "  ")
        say_wrapped(f"missing: {each.sentence}", "  ")
        alternatives = each.missing.alternatives
        if len(alternatives) > 1 and () not in alternatives:
            for number, needs in enumerate(alternatives, 1):
                words = "; and ".join(need.text for need in needs)
                say_wrapped(words, f"  {number}. ")
    say()
    say_lens(session.lens)
    return 0
