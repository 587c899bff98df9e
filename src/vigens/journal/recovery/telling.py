"""Telling a text from a database, whole or damaged."""

from __future__ import annotations

from pathlib import Path

from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.opening import SQLITE_MAGIC


def is_text_journal(file: Path) -> bool:
    """Say whether a journal file is text and no database, whole or damaged.

    Raises:
        JournalFileError: There is no such file.
        JournalOutsideError: It cannot be read.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(len(SQLITE_MAGIC))
    except FileNotFoundError as error:
        raise JournalFileError(
            "there is no such file", str(file), "check the path"
        ) from error
    except OSError as error:
        raise JournalOutsideError(
            f"this file cannot be read ({reason(error)})",
            str(file),
            "check the path and who may read it",
        ) from error
    is_named_so = file.suffix.lower() in (".jsonl", ".ndjson")
    return head != SQLITE_MAGIC and (is_named_so or b"\0" not in head)
