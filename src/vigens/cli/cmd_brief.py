"""`vigens brief CASE --since 24h`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from vigens.base import UsageError
from vigens.cli.options import add_case, add_json, add_lens, open_session
from vigens.cli.output import dump, say

#: Forms of a brief, by the ending of a file.
_FORMS = ("md", "html", "pdf")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "--since",
        metavar="WHEN",
        default="24h",
        help="when the shift began: hours ago as 8h, or a day, whose end counts "
        "(default: 24h)",
    )
    parser.add_argument(
        "--format",
        choices=_FORMS,
        help="Markdown, one HTML page, or PDF (default: by the ending of --output, "
        "else md)",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        default="en",
        help="in which language, such as fr or uk; what a case says stays as it is "
        "(default: en)",
    )
    parser.add_argument(
        "--output", metavar="FILE", help="write it there; PDF needs a file"
    )
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """Write the hand-over brief of a shift."""
    from vigens.board import print_brief, print_handover, speaking, tell, tongue_named
    from vigens.desk import Session
    from vigens.desk.shifts import (
        begin_shift,
        earlier,
        read_handover,
        read_shift,
        write_markdown,
    )

    form = _form(args)
    session = open_session(args)
    then = begin_shift(session.lens, args.since)
    asked = (args.as_of, args.known_at, args.recorded_at)
    is_present = asked == (None, None, None)
    lens = earlier(session.whole, session.lens, then, is_present=is_present)
    brief = read_handover(read_shift(Session(session.whole, lens), session))
    if args.json:
        dump({"schema": "vigens.brief/1", **asdict(brief)})
        return 0
    with speaking(tongue_named(args.language)):
        if form == "md":
            _hand_out(args, write_markdown(brief, tell).encode())
        elif form == "html":
            _hand_out(args, print_handover(brief).encode())
        else:
            _hand_out(args, print_brief(brief))
    return 0


def _form(args: argparse.Namespace) -> str:
    ending = (args.output or "").rpartition(".")[2].lower()
    form: str = args.format or (ending if ending in _FORMS else "md")
    if form == "pdf" and not args.output and not args.json:
        raise UsageError(
            "a PDF is no text for a terminal",
            "vigens brief",
            "name a file: --output handover.pdf",
        )
    return form


def _hand_out(args: argparse.Namespace, body: bytes) -> None:
    from vigens.desk import write_whole

    if args.output:
        write_whole(args.output, [body])
        say(args.output)
    else:
        say(body.decode().rstrip("\n"))
