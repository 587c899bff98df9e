"""`vigens read FILE...`: what reports may say, printed or written to a file."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError, counted
from vigens.cli.options import add_json
from vigens.cli.output import (
    STOPPED,
    clean,
    dump_line,
    say,
    say_wrapped,
    styled,
    tell,
)
from vigens.cli.progress import Progress, unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import Report

_EPILOG = """\
Reports are read one after the other, and what each says is printed before the next one is
read. Ctrl-C ends between two rows. With --out what was read is kept in QUEUE.part until
all are read: stopped in any way, the same command goes on from there.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="a report: plain text, HTML, PDF, DOCX or a saved message (EML); or a "
        "folder of reports",
    )
    parser.add_argument(
        "--jsonl", action="store_true", help="print one row for each suggestion"
    )
    parser.add_argument(
        "--out", metavar="QUEUE", help="write the rows to a new file instead"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="with --out: begin anew, and write over the file",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        dest="is_all",
        help="also what is weak; rows say with `top` what is shown without it",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print what each report may say; a bad file is reported, the others are read."""
    from vigens.desk import report_files

    if args.json and args.jsonl:
        raise UsageError(
            "--json and --jsonl are two forms", "vigens read", "choose one of them"
        )
    if args.again and not args.out:
        raise UsageError(
            "--again goes with --out", "vigens read", "without --out all is read anew"
        )
    named = report_files(args.files)
    for folder in named.folders:
        tell(f"{folder}: a folder in a folder is left alone; name it to read it")
    if args.out:
        return _write(args, named.files)
    return _print(args, named.files)


def _print(args: argparse.Namespace, files: Sequence[str]) -> int:
    """Print report after report."""
    from vigens.desk import read_report

    show = (
        _Rows() if args.jsonl else _Whole() if args.json else _Pages(is_all=args.is_all)
    )
    progress = Progress(files)
    n_read, refused = 0, list[InputError]()
    try:
        for name in files:
            progress.begin(name)
            try:
                report = read_report(name, is_all=args.is_all)
            except InputError as error:
                progress.end()
                tell(f"vigens: {error}")
                refused.append(error)
                continue
            progress.end()
            n_read += 1
            with unbroken():
                show.take(report)
    except KeyboardInterrupt:
        progress.end()
        show.end(refused, is_stopped=True)
        tell(
            f"vigens: stopped; {n_read} of {len(files)} reports are printed whole. "
            "With --out FILE, or `vigens review CASE add`, the next run goes on "
            "where one stopped"
        )
        return STOPPED
    show.end(refused, is_stopped=False)
    return tell_sum(len(files), n_read, len(refused))


def _write(args: argparse.Namespace, files: Sequence[str]) -> int:
    """Write all rows to a new file, whole; what is read is kept if the work stops."""
    from vigens.desk import Readings

    progress = Progress(files)
    n_read = n_before = n_bad = 0
    with Readings(args.out, is_all=args.is_all, is_again=args.again) as readings:
        try:
            for name in files:
                progress.begin(name)
                try:
                    was_read = readings.read(name)
                except InputError as error:
                    progress.end()
                    tell(f"vigens: {error}")
                    n_bad += 1
                    continue
                progress.end(was_read=was_read)
                n_read += 1
                n_before += not was_read
            n_rows = readings.finish(files)
        except KeyboardInterrupt:
            progress.end()
            tell(
                f"vigens: stopped; {n_read} of {len(files)} reports are kept in "
                f"{readings.part}; the same command goes on from there"
            )
            return STOPPED
    before = f", {n_before} of them read before" if n_before else ""
    what = f"{counted(n_rows, 'suggestion')} of {counted(n_read, 'report')}"
    say(f"{args.out}: {what}{before}")
    return tell_sum(len(files), n_read, n_bad)


def tell_sum(n_files: int, n_read: int, n_bad: int) -> int:
    """Say how many of many files could not be read; give the exit status."""
    if n_bad and n_files > 1:
        tell(f"vigens: {n_read} of {n_files} reports are read, {n_bad} refused")
    return 1 if n_bad else 0


class _Rows:
    """Prints a row for each suggestion as soon as its report is read."""

    def take(self, report: Report) -> None:
        """Print the rows of one report; what is odd about it is said beside them."""
        for row in report.rows():
            dump_line(row)
        sys.stdout.flush()
        for note in report.document.notes:
            tell(f"{report.document.name}: {note}")

    def end(self, _refused: Sequence[InputError], *, is_stopped: bool) -> None:
        """Print nothing more."""


class _Whole:
    """Prints one JSON object, report by report."""

    def __init__(self) -> None:
        self._before = '{"documents": [\n'

    def take(self, report: Report) -> None:
        """Print one report."""
        words = json.dumps(_form(report), ensure_ascii=False)
        sys.stdout.write(self._before + words)
        sys.stdout.flush()
        self._before = ",\n"

    def end(self, refused: Sequence[InputError], *, is_stopped: bool) -> None:
        """Close what was opened, with what could not be read."""
        told = [{"what": e.what, "where": e.where, "mend": e.mend} for e in refused]
        end = json.dumps({"refused": told, "stopped": is_stopped}, ensure_ascii=False)
        start = self._before if self._before != ",\n" else "\n"
        sys.stdout.write(f"{start}], {end[1:]}\n")


class _Pages:
    """Prints reports for people to read."""

    def __init__(self, *, is_all: bool) -> None:
        self._is_all = is_all
        self._has_any = False

    def take(self, report: Report) -> None:
        """Print one report."""
        self._has_any = True
        _say_report(report, is_all=self._is_all)

    def end(self, _refused: Sequence[InputError], *, is_stopped: bool) -> None:
        """Say what to do with it."""
        if self._has_any and not is_stopped:
            say_wrapped(
                "Nothing is recorded: `vigens review CASE add FILE` queues suggestions."
            )


def _form(report: Report) -> dict[str, object]:
    document = report.document
    return {
        "name": document.name,
        "sha256": document.sha256,
        "title": document.title,
        "published": document.published,
        "language": document.language,
        "source": document.source,
        "author": document.author or None,
        "address": document.address or None,
        "chain": list(document.chain),
        "media_type": document.media_type,
        "encoding": document.encoding or None,
        "encoding_guessed": document.is_guessed,
        "notes": list(document.notes),
        "suggestions": report.rows(),
    }


def _say_report(report: Report, *, is_all: bool) -> None:
    from vigens.desk import place_words

    document = report.document
    rows = report.rows()
    told = [document.name, document.language, document.published, document.author]
    told.append(" via ".join(document.chain) or document.source)
    if document.is_guessed:
        told.append(f"encoding {document.encoding}, as its letters look")
    say_wrapped(styled("title", document.title or "(no title)"))
    say_wrapped(" · ".join(clean(part) for part in told if part), "  ")
    for note in document.notes:
        say_wrapped(note, "  ")
    kinds = dict.fromkeys(each.kind for each in report.suggestions)
    if not kinds:
        more = "" if is_all else " (--all shows what is weak)"
        say(f"  nothing to suggest{more}")
    for kind in kinds:
        pairs = zip(report.suggestions, rows, strict=True)
        found = [(each, row) for each, row in pairs if each.kind == kind]
        say(f"  {kind}: {len(found)}")
        for each, row in found:
            head = f"    {each.strength:.2f}  "
            say_wrapped(f"“{' '.join(each.quote.split())}”", head)
            facts = [f"[{each.start}:{each.end}]", place_words(row), each.modality]
            if each.polarity == "neg":
                facts.append("negative")
            facts += [part for part in (each.date, each.place) if part]
            if each.count and each.count.n is not None:
                facts.append(
                    f"{each.count.comparison} {each.count.n} {each.count.unit}"
                )
            if each.instrument:
                facts.append(f"{each.instrument.name} {each.instrument.status}".strip())
            if each.institution:
                facts.append(f"{each.institution.name} {each.institution.status}")
            names = dict.fromkeys(a.id or a.surface for a in each.actors)
            facts.append(", ".join(clean(name) for name in names))
            say_wrapped(" · ".join(fact for fact in facts if fact), " " * 10)
    say()
