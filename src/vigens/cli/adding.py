"""`vigens review CASE add FILE...`: reports are read, what they may say is queued."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from vigens.base import InputError, UsageError, counted
from vigens.cli.output import STOPPED, dump, say, say_wrapped, tell
from vigens.cli.progress import Progress, unbroken
from vigens.cli.review_words import form_of, say_suggested

if TYPE_CHECKING:
    from vigens.desk import Case, Queued

#: Of how many copies of a report each is named.
_COPIES_SAID = 3


def add_adding(parser: argparse.ArgumentParser) -> None:
    """Add the options of the action `add`."""
    adding = parser.add_argument_group("add")
    adding.add_argument(
        "--address", metavar="URL", help="where the report was published"
    )
    adding.add_argument(
        "--type", metavar="WORD", help="what kind of source it is, as grades name it"
    )
    adding.add_argument(
        "--passage",
        metavar="TEXT",
        help="queue these words of the report, and no suggestion but this",
    )
    adding.add_argument(
        "--again", action="store_true", help="read also what was read before"
    )


def add(args: argparse.Namespace, case: Case, files: list[str]) -> int:
    """Queue what reports may say; a bad one is told, the others are read."""
    from vigens.desk import report_files

    if not files:
        raise UsageError(
            "no report is named", "vigens review add", "write add FILE, or several"
        )
    if args.passage is not None:
        return _add_passage(args, case, files)
    named = report_files(files)
    for folder in named.folders:
        tell(f"{folder}: a folder in a folder is left alone; name it to read it")
    return _Adding(args, len(named.files)).run(case, named.files)


class _Adding:
    """Adds report after report, and says what each came to."""

    def __init__(self, args: argparse.Namespace, n_files: int) -> None:
        self._args = args
        self._n_files = n_files
        self._n_queued = self._n_added = self._n_before = self._n_bad = 0

    def run(self, case: Case, files: tuple[str, ...]) -> int:
        """Add them; stopped midway, what was added stays."""
        if self._args.json:
            sys.stdout.write("[")
        try:
            self._go(case, files)
        except KeyboardInterrupt:
            self._close()
            tell(
                f"vigens: stopped; {self._n_done} of {self._n_files} reports are in "
                "the queue; the same command goes on from there"
            )
            return STOPPED
        self._close()
        self._sum()
        return 1 if self._n_bad else 0

    @property
    def _n_done(self) -> int:
        return self._n_added + self._n_before

    def _go(self, case: Case, files: tuple[str, ...]) -> None:
        from vigens.desk import Filling

        args = self._args
        filling = Filling(case)
        progress = Progress(files)
        for name in files:
            progress.begin(name)
            queued = None
            try:
                queued = filling.add(
                    name,
                    address=args.address,
                    source_type=args.type,
                    is_again=args.again,
                )
            except InputError as error:
                self._n_bad += 1
                progress.end()
                tell(f"vigens: {error}")
            else:
                progress.end(was_read=not queued.is_known)
                with unbroken():
                    self._take(queued)

    def _take(self, queued: Queued) -> None:
        self._n_before += queued.is_known
        self._n_added += not queued.is_known
        self._n_queued += queued.n_new
        if self._args.json:
            sys.stdout.write("\n" if self._n_done == 1 else ",\n")
            sys.stdout.write(json.dumps(_form(queued), ensure_ascii=False))
            sys.stdout.flush()
        elif not queued.is_known or self._n_files == 1:
            known = f", {queued.n_known} there already" * bool(queued.n_known)
            new = counted(queued.n_new, "suggestion")
            say(f"{queued.name}: {new} queued{known}")
            for note in queued.notes:
                say_wrapped(note, "  ")
            if not (queued.n_new or queued.n_known or queued.notes):
                say_wrapped(
                    "nothing strong is found; `read --all` shows the rest", "  "
                )
            for copy in queued.copies[:_COPIES_SAID]:
                what = (
                    f"{copy.share} % of the shorter stands word for word in the other"
                )
                say_wrapped(f"like {copy.name}: {what}; they will count as one", "  ")
            more = len(queued.copies) - _COPIES_SAID
            if more > 0:
                say(f"  and like {more} more")

    def _close(self) -> None:
        if self._args.json:
            sys.stdout.write("\n]\n" if self._n_done else "]\n")
            sys.stdout.flush()

    def _sum(self) -> None:
        if self._n_files == 1 or self._args.json:
            return
        before = self._n_before
        parts = [
            f"{self._n_files} reports",
            f"{counted(self._n_queued, 'suggestion')} queued",
        ]
        if before:
            parts.append(f"{before} read before (--again reads them anew)")
        if self._n_bad:
            parts.append(f"{self._n_bad} refused")
        say(", ".join(parts))


def _form(queued: Queued) -> dict[str, Any]:
    copies = [{"name": c.name, "percent": c.share} for c in queued.copies]
    return {
        "name": queued.name,
        "new": queued.n_new,
        "known": queued.n_known,
        "read_before": queued.is_known,
        "copies": copies,
        "notes": list(queued.notes),
    }


def _add_passage(args: argparse.Namespace, case: Case, files: list[str]) -> int:
    from vigens.desk import add_passage

    if len(files) != 1:
        raise UsageError(
            "a passage stands in one report", "vigens review add", "name one FILE"
        )
    item = add_passage(
        case, files[0], args.passage, address=args.address, source_type=args.type
    )
    if args.json:
        dump(form_of(item))
    else:
        say_suggested(case, item)
    return 0
