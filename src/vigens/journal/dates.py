"""Bounds of dates, remembered: the same few days come again by the million."""

from __future__ import annotations

from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.journal.columns import OPEN_END, OPEN_START

#: More different dates than that are not remembered.
_MOST = 100_000

_NONE = (None, None)
_FOUND: dict[tuple[str, str], tuple[int | None, int | None] | None] = {}


def bounds_of(text: str | None, zone: str) -> tuple[int | None, int | None] | None:
    """Give the bounds of a date as `columns_of` does; nothing where it is no date."""
    if text is None:
        return _NONE
    key = (text, zone)
    if key in _FOUND:
        return _FOUND[key]
    found: tuple[int | None, int | None] | None
    try:
        first, last = edtf_bounds(parse_edtf(text), zone)
        found = (
            OPEN_START if first is None else first,
            OPEN_END if last is None else last,
        )
    except EdtfError:
        found = None
    if len(_FOUND) >= _MOST:
        _FOUND.clear()
    _FOUND[key] = found
    return found
