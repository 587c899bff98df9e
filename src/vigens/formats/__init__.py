"""Formats: what is known, written as other programs read it; one module a format.

Pure: plain values in, text or bytes out. It refuses to know a journal, a rule or a
clock; whoever hands values in has looked through somebody's eyes before.

Example:
    >>> from vigens.formats import Dated, write_calendar
    >>> day = Dated("d-1", "A deadline", first=1767225600, last=1767311999)
    >>> "DTSTART;VALUE=DATE:20260101" in write_calendar("Case", [day], zone="UTC", at=0)
    True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.formats.atom import Feed, Item, write_feed
    from vigens.formats.geojson import Place, write_places
    from vigens.formats.iati import Pledge, pledge_faults, write_activities
    from vigens.formats.ical import Dated, write_calendar
    from vigens.formats.prov import Account, Record, write_provenance
    from vigens.formats.table import Column, Sheet, write_csv, write_csvw, write_parquet

__all__ = [
    "Account",
    "Column",
    "Dated",
    "Feed",
    "Item",
    "Place",
    "Pledge",
    "Record",
    "Sheet",
    "pledge_faults",
    "write_activities",
    "write_calendar",
    "write_csv",
    "write_csvw",
    "write_feed",
    "write_parquet",
    "write_places",
    "write_provenance",
]

__getattr__ = lazily(__name__)
