"""Lines of a text journal: bytes to entries, each fault with its line and column."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vigens.base import Finding, Severity, Span
from vigens.journal.adopt import check_id
from vigens.journal.entry import Entry
from vigens.journal.entry_quick import quick_entry
from vigens.journal.entry_read import entry_from_json
from vigens.journal.errors import EntryError, JournalFileError, ValueRefusedError
from vigens.journal.values import parse_json

_BOM = b"\xef\xbb\xbf"

#: How the line of every entry begins.
BEGINNING = b'{"id":"'

#: Stands there while the group that begins with this line is not yet written whole.
UNFINISHED = bytes(len(BEGINNING))

_RESTORE = "mend the line, or restore the file from another copy"


def parse_entry(raw: bytes, where: str, *, line: int | None = None) -> Entry:
    """Read one entry and derive its id again.

    Args:
        raw: The line or the stored body, UTF-8.
        where: The file.
        line: Line number from 1, or none where `where` already names the row.

    Raises:
        JournalFileError: Not UTF-8, or binary.
        EntryError: No JSON, no entry, or an id that does not fit.
    """
    quick = quick_entry(raw)
    if quick is not None:
        return quick
    place = where if line is None else f"{where}:{line}"
    try:
        text = raw.removeprefix(_BOM).decode() if line == 1 else raw.decode()
    except UnicodeDecodeError as error:
        at = f"{place}:{error.start + 1}"
        raise JournalFileError(
            "this is not UTF-8 text", at, "save the file as UTF-8"
        ) from error
    if "\0" in text:
        at = f"{place}:{text.index(chr(0)) + 1}"
        raise JournalFileError("this is binary, not text", at, _RESTORE)
    try:
        entry = entry_from_json(parse_json(text), place)
        check_id(entry, place)
    except json.JSONDecodeError as error:
        column = min(error.pos, len(text)) + 1
        raise EntryError(
            f"this is no JSON ({error.msg})", f"{place}:{column}", _RESTORE
        ) from error
    except ValueRefusedError as error:
        raise EntryError(error.what, f"{place} ({error.where})", error.mend) from error
    return entry


def read_lines(lines: Iterable[bytes], where: str) -> tuple[Entry, ...]:
    """Read exported lines, each id derived again.

    Args:
        lines: UTF-8, with or without their line feed; blank ones are passed over.
        where: Names the file in messages.

    Raises:
        JournalFileError: Not UTF-8, or binary.
        EntryError: A line is damaged; the message names it.
    """
    return tuple(
        parse_entry(raw, where, line=number)
        for number, raw in enumerate(lines, 1)
        if raw.strip()
    )


def is_torn(tail: bytes) -> bool:
    """Say whether a last line without a line feed is an entry that a crash cut short.

    It begins like an entry, and breaks off before its JSON is complete; or it begins a
    group that was not finished. Anything else is somebody's text, which no writer may
    cut off.
    """
    if tail.startswith(UNFINISHED):
        return True
    written = tail.rstrip(b"\0")  # after a power cut the rest may be zeros
    start = BEGINNING[: len(written)]
    if not written.startswith(start):
        return False
    try:
        json.loads(written)
    except json.JSONDecodeError as error:
        return error.msg != "Extra data"  # which stands behind a whole entry
    except UnicodeDecodeError:
        return True
    except (ValueError, RecursionError):  # somebody's strange JSON, told on reading
        return False
    return False


def split_lines(data: bytes) -> tuple[list[bytes], bytes]:
    """Split at line feeds alone: whole lines, and what follows the last one.

    A group that was not finished is one piece, the last.
    """
    end = 0 if data.startswith(UNFINISHED) else data.find(b"\n" + UNFINISHED) + 1
    if end or data.startswith(UNFINISHED):
        return data[:end].split(b"\n")[:-1], data[end:]
    *lines, tail = data.split(b"\n")
    return lines, tail


#: The code of a torn last line.
TORN = "J001"

#: How to mend a file that is imported and whose last line is torn.
COPY_AGAIN = (
    "if it was cut short on its way, copy it again and import that: nothing comes twice"
)


def torn(where: str, line: int, tail: bytes) -> Finding:
    """Report a last line that a crash cut short."""
    text = tail.decode(errors="replace")
    return Finding(
        code=TORN,
        severity=Severity.WARNING,
        message=f"the last line is torn after {len(tail)} bytes: a write was cut short",
        spans=(Span(where, line, 1, max(1, len(text)), text),),
        mend="nothing acknowledged is lost; the next entry takes the place of the line",
    )
