"""`vigens propose CASE FILE...`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.cli.options import add_case, add_json
from vigens.cli.output import dump_line, say, say_wrapped, tell

if TYPE_CHECKING:
    from vigens.desk import Asked

_EPILOG = """\
The model is your own: any endpoint that speaks OpenAI's chat protocol, named here or in
case.toml under [model]. None is called unless one is named, and the text of the report
goes to nobody else. What it answers is found word for word in the report or refused, and
waits in the queue for a person like every other suggestion. Answers are kept, so a run
that was stopped goes on where it was.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    add_case(parser)
    parser.add_argument("files", metavar="FILE", nargs="+", help="a report")
    parser.add_argument(
        "--endpoint", metavar="URL", help="as in http://127.0.0.1:8080/v1"
    )
    parser.add_argument("--model", metavar="NAME", help="what the endpoint calls it")
    parser.add_argument(
        "--key-variable",
        metavar="NAME",
        help="the environment variable that holds the key of the endpoint",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="ask, show what is found, queue nothing"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Ask about each report in turn; one that cannot be read is told and left out."""
    from vigens.desk import open_case, propose, read_model

    case = open_case(args.case, args.clock)
    model = read_model(
        case,
        endpoint=args.endpoint,
        name=args.model,
        key_variable=args.key_variable,
    )
    n_bad = 0
    for name in args.files:
        shown = _Progress(name)
        try:
            done = propose(case, name, model, is_dry=args.dry_run, progress=shown.tell)
        except InputError as error:
            n_bad += 1
            tell(f"vigens: {error}")
            continue
        finally:
            shown.end()
        if args.json:
            dump_line(_form(done))
        else:
            _say(done)
    return 1 if n_bad else 0


class _Progress:
    """A line that says which question is being asked, on a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._is_shown = sys.stderr.isatty()

    def tell(self, number: int, total: int) -> None:
        """Say where the work is."""
        if self._is_shown:
            line = f"\r{self._name}: question {number} of {total} …\x1b[K"
            sys.stderr.write(line)
            sys.stderr.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")


def _say(done: Asked) -> None:
    name = done.report.document.name
    kept = f", {done.n_kept} answered before" if done.n_kept else ""
    say(f"{name}: {done.n_parts} questions{kept}")
    say(f"  {len(done.suggestions)} passages stand in the report")
    if done.queued is None:
        for each in done.suggestions:
            say_wrapped(f"“{' '.join(each.quote.split())}”", f"    {each.kind}  ")
    else:
        known = f", {done.queued.n_known} there already" if done.queued.n_known else ""
        say(f"  {done.queued.n_new} queued{known}")
    for reason, number in Counter(each.reason for each in done.refused).items():
        say(f"  {number} refused: {reason}")


def _form(done: Asked) -> dict[str, Any]:
    from vigens.intake import suggestion_to_row

    name = done.report.document.name
    return {
        "name": name,
        "questions": done.n_parts,
        "answered_before": done.n_kept,
        "suggestions": [suggestion_to_row(each, name) for each in done.suggestions],
        "refused": [{"reason": r.reason, "quote": r.quote} for r in done.refused],
        "queued": done.queued.n_new if done.queued else None,
        "known": done.queued.n_known if done.queued else None,
    }
