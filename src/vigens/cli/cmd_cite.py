"""`vigens cite CASE WHAT`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from urllib.parse import quote

from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, say

if TYPE_CHECKING:
    from vigens.desk import Session

STYLES = ("plain", "apa", "bibtex")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "what",
        metavar="WHAT",
        help="a question, such as 'ceasefire(general)', or a page of the board, such "
        "as /counts",
    )
    parser.add_argument(
        "--style",
        choices=STYLES,
        default=STYLES[0],
        help="plain, apa (as the social sciences' journals do) or bibtex (default: plain)",
    )
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Write the citation of an answer or a page, with the whole lens pinned."""
    from vigens.desk.inquiry import cite

    session = open_session(args)
    title, place = _cited(session, args.what)
    place = session.case.settings.publication.address + place
    now = int(args.clock().timestamp())
    found = cite(session.case, session.lens, title, place, now)
    if args.json:
        texts = {style: getattr(found, style) for style in STYLES}
        dump({"title": title, "lens": dict(found.pairs), **texts})
    else:
        say(getattr(found, args.style))
    return 0


def _cited(session: Session, what: str) -> tuple[str, str]:
    """Give the title and the board's address of what is cited."""
    if what.startswith("/"):
        return session.case.settings.title, what
    answers = session.ask(what)
    title = what
    if len(answers) == 1:
        title = f"{answers[0].text}: {answers[0].word}"
    return title, f"/why?q={quote(what, safe='(),')}"
