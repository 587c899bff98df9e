"""Reading a large journal as columns, where that comes to the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vigens.desk.records import Records
from vigens.journal import EVERYTHING, PUBLIC_ONLY, Ledger, open_journal
from vigens.journal.image import image_path, read_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vigens.desk.settings import Settings
    from vigens.journal import Entry, Store

#: Readers whose clearance is the same through every lens.
READ_BY_COLUMNS = {each.reader: each for each in (EVERYTHING, PUBLIC_ONLY)}

#: A journal of so many entries is read as columns.
LARGE = 100_000

#: What the images of a journal on a server are named after, in its case's folder.
SERVER_JOURNAL = "journal"


def columns_beside(journal: Path | str, folder: Path) -> Path:
    """Give what the images of a journal are named after: it, or one in its case.

    Args:
        journal: A file, or the address of a server.
        folder: Of the case.
    """
    return journal if isinstance(journal, Path) else folder / SERVER_JOURNAL


def read_columns(
    store: Store,
    journal: Path | str,
    folder: Path,
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    reader: str,
    progress: Callable[[int], None] | None = None,
) -> Records | None:
    """Read a journal as an image and the entries that are not plain in it.

    Args:
        store: The journal.
        journal: Where it lies.
        folder: Of its case.
        settings: Of its case.
        clock: For opening the journal again.
        reader: Whose eyes: what is plain to them depends on nothing else.
        progress: Told how many entries were read, now and then, at the first look.

    Returns:
        Nothing for a journal that is not large, is no database, or whose case has
        entries wait for a second person, since the plain ones may then wait too; and
        for readers whose clearance depends on the lens.

    Raises:
        VigensError: The journal cannot be read.
    """
    if not isinstance(store, Ledger) or store.size() < LARGE:
        return None
    clearance = READ_BY_COLUMNS.get(reader)
    if clearance is None:
        return None
    guarded = settings.four_eyes.kinds or settings.four_eyes.events
    if guarded or store.zone != settings.zone:
        return None
    zone = settings.zone
    path = image_path(columns_beside(journal, folder), clearance)
    image = read_image(store, path, clearance, progress)

    def load(positions: Sequence[int]) -> tuple[Entry, ...]:
        with open_journal(journal, clock, zone=zone) as again:
            assert isinstance(again, Ledger), "it was a database before"
            return again.some(positions)

    rest = store.some(image.rest.tolist())
    return Records.beside(image, rest, load, clearance)
