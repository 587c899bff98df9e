"""Lines of a text journal: bytes to entries, each fault with its line and column."""

from __future__ import annotations

import json

from vigens.journal.adopt import check_id
from vigens.journal.entry import Entry, entry_from_json
from vigens.journal.errors import EntryError, JournalFileError, ValueRefusedError
from vigens.journal.values import parse_json

_BOM = b"\xef\xbb\xbf"
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


def split_lines(data: bytes) -> tuple[list[bytes], bytes]:
    """Split at line feeds alone: whole lines, and what follows the last one."""
    *lines, tail = data.split(b"\n")
    return lines, tail
