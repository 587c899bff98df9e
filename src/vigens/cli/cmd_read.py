"""`vigens read FILE...`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError
from vigens.cli.options import add_json
from vigens.cli.output import clean, dump_line, say, say_wrapped, styled, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk import Report


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
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
        "--all",
        action="store_true",
        dest="is_all",
        help="also what is weak; rows say with `top` what is shown without it",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print what each report may say; a bad file is reported, the others are read."""
    if args.json and args.jsonl:
        raise UsageError(
            "--json and --jsonl are two forms", "vigens read", "choose one of them"
        )
    if args.out:
        return _write(args)
    show = _Rows() if args.jsonl else _Whole() if args.json else _Pages()
    n_bad = 0
    for report in _read(args):
        if report is None:
            n_bad += 1
        else:
            show.take(report)
    show.end()
    return 1 if n_bad else 0


def _read(args: argparse.Namespace) -> Iterator[Report | None]:
    """Read reports one by one; a bad one is told, and none takes its place."""
    from vigens.desk import read_report, report_files

    files = report_files(args.files)
    shows_progress = len(files) > 1 and sys.stderr.isatty()
    for number, name in enumerate(files, 1):
        if shows_progress:
            sys.stderr.write(f"\rreading {number} of {len(files)} …\x1b[K")
            sys.stderr.flush()
        try:
            found = read_report(name, is_all=args.is_all)
        except InputError as error:
            tell(("\r" if shows_progress else "") + f"vigens: {error}")
            yield None
            continue
        if shows_progress:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        yield found


def _write(args: argparse.Namespace) -> int:
    """Write all rows to a new file, whole or not at all."""
    from vigens.desk import write_export

    read = list(_read(args))
    reports = [report for report in read if report is not None]
    rows = [row for report in reports for row in report.rows()]
    lines = tuple(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
    write_export(args.out, lines, is_forced=False)
    say(f"{args.out}: {len(rows)} suggestions of {len(reports)} reports")
    return 1 if len(reports) < len(read) else 0


class _Rows:
    """Prints a row for each suggestion as soon as its report is read."""

    def take(self, report: Report) -> None:
        """Print the rows of one report."""
        for row in report.rows():
            dump_line(row)
        sys.stdout.flush()

    def end(self) -> None:
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

    def end(self) -> None:
        """Close what was opened."""
        sys.stdout.write((self._before if self._before != ",\n" else "\n") + "]}\n")


class _Pages:
    """Prints reports for people to read."""

    def __init__(self) -> None:
        self._has_any = False

    def take(self, report: Report) -> None:
        """Print one report."""
        self._has_any = True
        _say_report(report)

    def end(self) -> None:
        """Say what to do with it."""
        if self._has_any:
            say(
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


def _say_report(report: Report) -> None:
    document = report.document
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
        say("  nothing to suggest")
    for kind in kinds:
        found = [each for each in report.suggestions if each.kind == kind]
        say(f"  {kind}: {len(found)}")
        for each in found:
            head = f"    {each.strength:.2f}  "
            say_wrapped(f"“{' '.join(each.quote.split())}”", head)
            facts = [f"[{each.start}:{each.end}]", each.modality]
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
