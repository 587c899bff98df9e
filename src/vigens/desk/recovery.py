"""Backups of a case's journal, putting one back, and saving what can be saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import InputError
from vigens.desk.journals import JOURNAL, NEW_JOURNAL, journal_of
from vigens.desk.settings import read_settings
from vigens.journal import (
    Lost,
    is_address,
    is_text_journal,
    open_journal,
    read_remains,
    restore,
    shown_place,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.base import Tell


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup as written.

    Attributes:
        file: Where.
        n_entries: How many entries it holds.
        root: Root of the log of all, hex; none for a text.
    """

    file: Path
    n_entries: int
    root: str | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A journal that was made of a backup.

    Attributes:
        journal: Where.
        n_entries: How many entries it holds.
    """

    journal: str
    n_entries: int


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of a damaged journal.

    Attributes:
        journal: The new journal; none where it was a dry run, or nothing was saved.
        n_saved: How many entries were saved.
        lost: What was not.
        missing: Ids that saved entries point at and that are nowhere.
        batch: Id of the entry that lists what was saved.
    """

    journal: str | None
    n_saved: int
    lost: tuple[Lost, ...]
    missing: tuple[str, ...]
    batch: str | None


def backup_journal(
    named: str | Path,
    file: str | Path,
    clock: Callable[[], datetime],
    *,
    progress: Tell | None = None,
) -> BackedUp:
    """Write a whole copy of a journal, and note beside the journal that there is one.

    Args:
        named: Case folder, journal file or address.
        file: Where no file is yet.
        clock: For the note.
        progress: Told how many hundredths of it are copied.

    Raises:
        VigensError: The journal cannot be read, or the place is taken.
    """
    target = Path(file)
    with open_journal(journal_of(named), clock) as journal:
        journal.backup(target, progress)
    with open_journal(target, clock) as copy:
        n_entries = copy.size()
        root = None if is_text_journal(target) else copy.head().root.hex()
    return BackedUp(target, n_entries, root)


def restore_journal(
    file: str | Path,
    named: str | Path,
    clock: Callable[[], datetime],
    *,
    progress: Callable[[int], None] | None = None,
) -> Restored:
    """Make a journal of a backup, where there is none.

    Args:
        file: The backup.
        named: A case without a journal, a new file, or an empty journal on a server.
        clock: For the list of backups.
        progress: Told how many entries of a large backup were checked.

    Raises:
        VigensError: The backup is damaged, or the place is not empty.
    """
    backup = Path(file)
    place, _ = _empty_place(named, is_text=is_text_journal(backup))
    n_entries = restore(backup, place, clock, progress=progress)
    return Restored(shown_place(place), n_entries)


def salvage_journal(
    damaged: str | Path,
    named: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    is_dry: bool = False,
) -> Salvaged:
    """Save what can be saved of a damaged journal into a new one.

    Args:
        damaged: A journal file, whole or what is left of it; or an address.
        named: As for `restore_journal`.
        clock: For the entry that lists what was saved.
        by: Who does it.
        is_dry: Only say what could be saved.

    Raises:
        VigensError: There is nothing of a journal, or the place is not empty.
    """
    source: Path | str = str(damaged) if is_address(damaged) else Path(damaged)
    is_text = isinstance(source, Path) and is_text_journal(source)
    place, zone = _empty_place(named, is_text=is_text)
    remains = read_remains(source)
    n_saved, n_lost = len(remains.entries), len(remains.lost)
    missing = tuple(sorted(remains.missing))
    if is_dry or not remains.entries:
        return Salvaged(None, n_saved, remains.lost, missing, None)
    name = Path(source).name if isinstance(source, Path) else shown_place(source)
    with open_journal(place, clock, create=not is_address(place), zone=zone) as journal:
        if journal.size():
            raise _not_empty(shown_place(place))
        done = journal.adopt(
            remains.entries,
            f"salvage of {name}: {n_saved} entries saved, {n_lost} lost",
            recorded_by=by,
            missing=remains.missing,
        )
    batch = done.batch.id if done.batch else None
    return Salvaged(shown_place(place), n_saved, remains.lost, missing, batch)


def _empty_place(named: str | Path, *, is_text: bool) -> tuple[Path | str, str]:
    """Give where a new journal goes, and the zone of its case."""
    if is_address(named):
        return str(named), "UTC"
    path = Path(named)
    if not path.is_dir():
        if path.exists():
            raise _not_empty(str(path))
        return path, "UTC"
    settings = read_settings(path)
    for name in (NEW_JOURNAL, JOURNAL):
        if (path / name).exists():
            raise _not_empty(str(path / name))
    if settings.journal is not None:
        return settings.journal, settings.zone
    return path / (JOURNAL if is_text else NEW_JOURNAL), settings.zone


def _not_empty(where: str) -> InputError:
    return InputError(
        "there is a journal here already",
        where,
        "name a new place, or move this one away and keep it: it may hold more",
    )
