"""Reading a large journal as columns, where that comes to the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vigens.desk.records import Records
from vigens.journal import Ledger, open_journal
from vigens.journal.image import image_path, read_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vigens.desk.settings import Settings
    from vigens.journal import Entry, Store

#: A journal of so many entries is read as columns.
LARGE = 100_000

#: The image of a journal on a server, in the folder of each case that reads it.
SERVER_IMAGE = "journal.image"


def columns_place(journal: Path | str, folder: Path) -> Path:
    """Give where the image of a journal is kept: beside it, or in its case's folder.

    Args:
        journal: A file, or the address of a server.
        folder: Of the case.
    """
    return image_path(journal) if isinstance(journal, Path) else folder / SERVER_IMAGE


def read_columns(
    store: Store,
    journal: Path | str,
    folder: Path,
    settings: Settings,
    clock: Callable[[], datetime],
) -> Records | None:
    """Read a journal as an image and the entries that are not plain in it.

    Args:
        store: The journal.
        journal: Where it lies.
        folder: Of its case.
        settings: Of its case.
        clock: For opening the journal again.

    Returns:
        Nothing for a journal that is not large, is no database, or whose case has
        entries wait for a second person, since the plain ones may then wait too.

    Raises:
        VigensError: The journal cannot be read.
    """
    if not isinstance(store, Ledger) or store.size() < LARGE:
        return None
    guarded = settings.four_eyes.kinds or settings.four_eyes.events
    if guarded or store.zone != settings.zone:
        return None
    zone = settings.zone
    image = read_image(store, columns_place(journal, folder))

    def load(positions: Sequence[int]) -> tuple[Entry, ...]:
        with open_journal(journal, clock, zone=zone) as again:
            assert isinstance(again, Ledger), "it was a database before"
            return again.some(positions)

    return Records.beside(image, store.some(image.rest.tolist()), load)
