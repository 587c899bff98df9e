"""A date in time, as the rules read it: acts at the beginning of a day."""

from __future__ import annotations

from vigens.chrono import civil_date, day_start, edtf_bounds, parse_edtf


def place_date(text: str, zone: str, *, is_act: bool) -> tuple[int | None, int | None]:
    """Give the earliest and the latest instant of an occurrence of this date.

    An act takes effect at the beginning of a civil day, an event lies somewhere in its
    range.

    Args:
        text: An EDTF date.
        zone: IANA zone of civil days.
        is_act: Whether it takes effect for whole civil days.

    Returns:
        UTC seconds, both included; `None` where an end is open.

    Raises:
        EdtfError: It is no such date.
    """
    edtf = parse_edtf(text)
    if is_act and edtf.instant is not None:
        start = day_start(civil_date(edtf.instant, zone), zone)
        return start, start
    first, last = edtf_bounds(edtf, zone)
    if is_act and edtf.last_day is not None:
        last = day_start(edtf.last_day, zone)
    return first, last
