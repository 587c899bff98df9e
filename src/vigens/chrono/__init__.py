"""Dates as people write them, and the calendar arithmetic that law needs.

Strings stay as written (EDTF, ISO 8601-2 level 1 and the parts of level 2
named in `parse_edtf`); bounds are int UTC seconds. The package reads no clock.

Example:
    >>> from vigens.chrono import edtf_bounds, format_instant, parse_edtf
    >>> first, last = edtf_bounds(parse_edtf("2026-01"), "UTC")
    >>> format_instant(first, "UTC"), format_instant(last + 1, "UTC")
    ('2026-01-01', '2026-02-01')
"""

from vigens.chrono.civil import (
    add_delay,
    add_duration,
    end_of,
    format_instant,
    parse_moment,
)
from vigens.chrono.edtf import Edtf, EdtfError, edtf_bounds, parse_edtf
from vigens.chrono.zones import civil_date, day_start, zone_of

__all__ = [
    "Edtf",
    "EdtfError",
    "add_delay",
    "add_duration",
    "civil_date",
    "day_start",
    "edtf_bounds",
    "end_of",
    "format_instant",
    "parse_edtf",
    "parse_moment",
    "zone_of",
]
