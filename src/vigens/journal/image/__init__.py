"""A journal as columns: what is plain in it, ready for arrays, beside the journal.

Most of a large journal is plain: occurrences, each with claims about it alone and with
grades of these. They become columns here; everything else keeps its place in `rest` and
is read as entries. An image can always be made again from the journal, and is believed
only where it is whole and of this very journal. It refuses to know what counts.

Example:
    >>> import datetime, pathlib, tempfile
    >>> from vigens.journal import Draft, open_journal
    >>> clock = lambda: datetime.datetime(2026, 3, 8, tzinfo=datetime.timezone.utc)
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "journal.db"
    >>> with open_journal(place, clock, create=True) as journal:
    ...     _ = journal.append([Draft("note", {"text": "Seen."}, "curator")])
    ...     image = read_image(journal)
    >>> image.size, image.rest.tolist(), len(image.matters.position)
    (1, [1], 0)
"""

from __future__ import annotations

from vigens.journal.image.columns import Claims, Grades, Growth, Image, Matters
from vigens.journal.image.keeping import image_path, image_paths, read_image, wipe

__all__ = [
    "Claims",
    "Grades",
    "Growth",
    "Image",
    "Matters",
    "image_path",
    "image_paths",
    "read_image",
    "wipe",
]
