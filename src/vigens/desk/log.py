"""The journal as a list, seen through a lens, and one entry with what is around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import InputError, UsageError, nearest
from vigens.journal import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vigens.desk.case import Case
    from vigens.journal import Entry
    from vigens.model import Lens


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry with its number.

    Attributes:
        position: Among the entries that the reader may see, from 1; for the reader
            `all` it is the place in the log.
        entry: As recorded.
        known_from: Instant from which it was known, UTC seconds.
    """

    position: int
    entry: Entry
    known_from: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry whole, with what it points at and what points at it."""

    line: LogLine
    about: tuple[LogLine, ...]
    about_it: tuple[LogLine, ...]
    replaced_by: tuple[LogLine, ...]


def read_log(
    case: Case, lens: Lens, *, kind: str | None = None, about: str | None = None
) -> tuple[LogLine, ...]:
    """List the entries that count through a lens, in the order of the log.

    Args:
        case: Its rules may have errors; the log is read all the same.
        lens: What was known and recorded by when, and for whom.
        kind: Only this kind.
        about: Only entries about this one: its id or the beginning of it.

    Raises:
        UsageError: An unknown kind or reader.
        InputError: `about` names no one entry.
    """
    view = case.seen(lens)
    _require_kind(kind, view.shown)
    shown: Iterable[Entry] = view.entries
    if about:
        shown = view.about(find_entry(view.shown, about, case.journal_path).id)
    return tuple(
        LogLine(view.positions[entry.id], entry, view.known_from[entry.id])
        for entry in shown
        if kind is None or entry.kind == kind
    )


@dataclass(frozen=True, slots=True)
class LogPages:
    """The list, some lines at a time; of a large journal no more are held.

    Attributes:
        n_lines: How many lines there are.
        n_shown: How many entries the reader may see.
        pages: The lines in order, to be gone through once.
    """

    n_lines: int
    n_shown: int
    pages: Iterable[tuple[LogLine, ...]]


def page_log(
    case: Case, lens: Lens, *, kind: str | None = None, last: int | None = None
) -> LogPages | None:
    """List the entries that count through a lens, a page at a time.

    Args:
        case: As for `read_log`; of one read as columns entries are read by the page.
        lens: What was known and recorded by when, and for whom.
        kind: Only this kind.
        last: Only the last so many of them.

    Returns:
        None where the case was read as columns and these do not tell: load it whole.

    Raises:
        UsageError: An unknown kind or reader.
    """
    if case.is_by_columns:
        _require_kind(kind, case.seen(lens).shown)
        found = case.long_log(lens, kind)
        if found is None:
            return None
        found = found if last is None else found.last(last)
        pages = (tuple(LogLine(*row) for row in page) for page in found.pages())
        return LogPages(len(found.numbers), found.n_shown, pages)
    lines = read_log(case, lens, kind=kind)
    if last is not None:
        lines = lines[max(0, len(lines) - last) :]
    return LogPages(len(lines), len(case.seen(lens).shown), (lines,))


def _require_kind(kind: str | None, shown: Iterable[Entry]) -> None:
    kinds = {entry.kind for entry in shown} | set(KINDS)
    if kind is not None and kind not in kinds:
        meant = nearest(kind, kinds)
        raise UsageError(
            f'there is no kind "{kind[:40]}"',
            "--kind",
            f'did you mean "{meant}"?' if meant else f"use one of {', '.join(KINDS)}",
        )


def read_log_entry(case: Case, lens: Lens, reference: str) -> LogEntry:
    """Show one entry with its surroundings.

    Raises:
        InputError: No one entry that the lens shows is meant.
    """
    view = case.seen(lens)
    entry = find_entry(view.shown, reference, case.journal_path)
    replaced = [e for e in view.current(entry.id) if e.id != entry.id]
    if entry.id not in view.known_from and not replaced:
        raise InputError(
            "this entry does not count through this lens",
            f"entry {entry.id[:12]}",
            "look later, or without --recorded-at",
        )

    def line(found: Entry) -> LogLine:
        known = view.known_from.get(found.id, found.recorded_instant)
        return LogLine(view.positions[found.id], found, known)

    below = [found for target in entry.about for found in view.current(target)]
    return LogEntry(
        line(entry),
        tuple(line(found) for found in below),
        tuple(line(found) for found in view.about(entry.id)),
        tuple(line(found) for found in replaced),
    )


def find_entry(entries: Iterable[Entry], reference: str, where: Path | str) -> Entry:
    """Find the one entry that an id, its beginning or a curator's row number names.

    Args:
        entries: What may be meant: all that the reader may see, and no more.
        reference: As a person wrote it.
        where: Of the journal, for messages.

    Raises:
        InputError: None or several are meant.
    """
    wanted = reference.strip()
    folded = wanted.lower()
    if len(folded) >= 6 and set(folded) <= set("0123456789abcdef"):
        found = [entry for entry in entries if entry.id.startswith(folded)]
    else:
        found = [entry for entry in entries if entry.payload.get("row") == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(entry.id[:12] for entry in found[:5])
        raise InputError(
            f'"{wanted[:64]}" fits {len(found)} entries',
            str(where),
            f"write more digits: {some}",
        )
    mend = (
        "write the first 6 digits of its id or more, or its row, such as pf-001; "
        "`vigens log` lists them"
    )
    if len(wanted) < 6 and wanted.isdecimal():
        mend = (
            "a number of the log counts what one reader sees; write the id that "
            "`vigens log` shows beside it, its first 6 digits or more"
        )
    raise InputError(f'no entry is meant by "{wanted[:64]}"', str(where), mend)
