"""Which backups were made of a journal that is a file: a list beside it."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from vigens.journal.entry import format_recorded
from vigens.journal.errors import JournalFileError, JournalOutsideError, reason
from vigens.journal.store import Backup


def made_now(path: Path, moment: datetime, size: int) -> Backup:
    """Give what is noted of a backup that is about to be made.

    Args:
        path: Where it will lie.
        moment: When.
        size: How many entries the journal holds.
    """
    return Backup(str(path.absolute()), platform.node(), format_recorded(moment), size)


def refuse_taken(path: Path) -> None:
    """Refuse a place where there is something, or in a folder that is not there.

    Raises:
        JournalOutsideError: There is; or the folder is not.
    """
    if path.exists():
        raise taken(path)
    if not path.parent.is_dir():
        raise JournalOutsideError(
            "there is no such folder",
            str(path.parent),
            "make it, or name a file in another one; nothing was written",
        )


def taken(path: Path) -> JournalOutsideError:
    """Say that there is something at a place."""
    return JournalOutsideError(
        "there is a file at this place already",
        str(path),
        "name a new file; this one was not touched",
    )


def note(journal: Path, backup: Backup) -> None:
    """Note a backup beside the journal, before it is made.

    Raises:
        JournalOutsideError: Disk or permission.
    """
    line = json.dumps(asdict(backup), ensure_ascii=False) + "\n"
    try:
        descriptor = os.open(
            _place(journal), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600
        )
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _outside(error, journal) from error


def noted(journal: Path) -> tuple[Backup, ...]:
    """Give the backups that were noted, the oldest first.

    Raises:
        JournalFileError: The list is damaged.
        JournalOutsideError: Disk or permission.
    """
    try:
        lines = _place(journal).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _outside(error, journal) from error
    except UnicodeDecodeError as error:
        raise _damaged(journal, 1) from error
    found: list[Backup] = []
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
            backup = Backup(
                fields["path"], fields["host"], fields["made_at"], fields["size"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(journal, number) from error
        found.append(backup)
    return tuple(found)


def _place(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.backups")


def _damaged(journal: Path, line: int) -> JournalFileError:
    return JournalFileError(
        "the list of this journal's backups is damaged",
        f"{_place(journal)}:{line}",
        "mend or delete the line; a backup that is not listed is not redacted",
    )


def _outside(error: OSError, journal: Path) -> JournalOutsideError:
    return JournalOutsideError(
        f"the list of this journal's backups failed ({reason(error)})",
        str(_place(journal)),
        "check the disk and who may write the file",
    )
