"""`vigens log CASE [ID]`."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from vigens.cli.options import add_case, add_json, add_lens, load
from vigens.cli.output import dump, say, say_wrapped, screen_width, styled, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk import Case, LogEntry, LogLine, LogPages
    from vigens.journal import Entry
    from vigens.model import Lens


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_case(parser)
    parser.add_argument(
        "entry",
        metavar="ID",
        nargs="?",
        help="show one entry whole: the first 6 digits of its id or more, or its row",
    )
    parser.add_argument("--kind", metavar="K", help="only entries of this kind")
    parser.add_argument("--about", metavar="ID", help="only entries about this one")
    parser.add_argument(
        "--last", metavar="N", type=_number, help="only the last N of them"
    )
    add_json(parser)
    add_lens(parser)


def run(args: argparse.Namespace) -> int:
    """List entries, or show one."""
    from vigens.cli.wording import say_lens
    from vigens.desk.forms import lens_form, line_form

    is_list = not args.entry and not args.about
    case, lens = load(args, by_columns=is_list)
    if args.entry:
        if _show_entry(case, lens, args):
            return 0
    else:
        found = _pages(args, case, lens)
        if args.json:
            lines = [line_form(line, lens) for page in found.pages for line in page]
            dump({"lens": lens_form(lens), "entries": lines})
            return 0
        for number, page in enumerate(found.pages):
            _say_lines(page, lens, with_head=number == 0)
        say(f"{found.n_lines} of {found.n_shown} entries")
    say()
    say_lens(lens)
    return 0


def _pages(args: argparse.Namespace, case: Case, lens: Lens) -> LogPages:
    from vigens.desk import LogPages, page_log, read_log

    if not args.about:
        found = page_log(case, lens, kind=args.kind, last=args.last)
        if found is not None:
            return found
        case, lens = load(args)
    lines = read_log(case, lens, kind=args.kind, about=args.about)
    if args.last is not None:
        lines = lines[max(0, len(lines) - args.last) :]
    return LogPages(len(lines), len(case.seen(lens).shown), (lines,))


def _show_entry(case: Case, lens: Lens, args: argparse.Namespace) -> bool:
    """Show one entry; say whether nothing is to follow."""
    from vigens.desk import read_log_entry
    from vigens.desk.forms import lens_form, line_form

    found = read_log_entry(case, lens, args.entry)
    if args.json:
        dump(
            {
                "lens": lens_form(lens),
                **line_form(found.line, lens),
                "about": [line_form(line, lens) for line in found.about],
                "about_it": [line_form(line, lens) for line in found.about_it],
                "replaced_by": [line_form(line, lens) for line in found.replaced_by],
            }
        )
        return True
    _say_entry(found, lens)
    return False


def _say_lines(lines: Sequence[LogLine], lens: Lens, *, with_head: bool) -> None:
    from vigens.chrono import format_instant

    rows = [("no.", "id", "kind", "happened", "known from", "recorded", "")]
    rows = rows if with_head else []
    rows += [
        (
            str(line.position),
            line.entry.id[:12],
            line.entry.kind,
            line.entry.happened or "",
            format_instant(line.known_from, lens.zone)[:10],
            line.entry.recorded_at[:10],
            " ".join(line.entry.title.split()),
        )
        for line in lines
    ]
    width = screen_width()
    for text in table(rows):
        say(text if len(text) <= width else text[: width - 1] + "…")


def _say_entry(found: LogEntry, lens: Lens) -> None:
    from vigens.chrono import format_instant
    from vigens.journal import thaw

    entry = found.line.entry
    say_wrapped(styled("title", entry.title), f"{found.line.position}  {entry.kind}  ")
    rows = [
        ("id", entry.id),
        ("happened", entry.happened or "-"),
        ("known from", entry.known_from or "when recorded"),
        ("counts from", format_instant(found.line.known_from, lens.zone)),
        ("recorded at", entry.recorded_at),
        ("recorded by", entry.recorded_by),
        ("marks", ", ".join(entry.marks) or "none"),
    ]
    for name, value in (
        ("rectifies", entry.rectifies),
        ("supersedes", entry.supersedes),
    ):
        if value:
            rows.append((name, value))
    for name, value in entry.payload.items():
        plain = thaw(value)
        shown = (
            plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
        )
        rows.append((f"payload.{name}", shown))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        say_wrapped(value, f"  {name.ljust(width)}  ")
    _say_sources(entry)
    for title, lines in (
        ("about", found.about),
        ("about it", found.about_it),
        ("replaced by", found.replaced_by),
    ):
        for line in lines:
            head = (
                f"  {title}: {line.position} {line.entry.id[:12]} {line.entry.kind}  "
            )
            say_wrapped(_short(line.entry), head, "    ")


def _short(entry: Entry) -> str:
    if entry.kind == "grade":
        return f"{entry.payload.get('reliability')}{entry.payload.get('credibility')}"
    if entry.kind == "review":
        return f"{entry.payload.get('verdict')}: {entry.title}"
    return entry.title


def _say_sources(entry: Entry) -> None:
    for source in entry.sources:
        told = ", ".join(x for x in (source.title, source.type, source.published) if x)
        say_wrapped(told or "source", "  source  ")
        say(f"          {source.address}")
        if source.passage is not None:
            passage = source.passage
            place = f"[{passage.start}:{passage.end}] of {passage.document[:12]}"
            say_wrapped(f"“{passage.quote}” {place}", "          ")


def _number(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f'"{text[:20]}" is no number of entries')
    return int(text)
