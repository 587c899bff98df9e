from __future__ import annotations

import pytest

from vigens.base import VigensError
from vigens.chrono import (
    EdtfError,
    add_delay,
    add_duration,
    end_of,
    format_instant,
    parse_edtf,
    parse_moment,
)

KYIV = "Europe/Kyiv"
FIRST, LAST = -62_104_060_800, 253_370_764_799


def at(text: str) -> int:
    instant = parse_edtf(text).instant
    assert instant is not None
    return instant


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2026-01-06", "2026-01-06T21:59:59Z"),
        ("2026-01", "2026-01-31T21:59:59Z"),
        ("2026", "2026-12-31T21:59:59Z"),
        ("2026-01-06T10:00Z", "2026-01-06T10:00Z"),
        ("2026-07-01", "2026-07-01T20:59:59Z"),
        ("2026-03-29", "2026-03-29T20:59:59Z"),
    ],
)
def test_a_bare_date_means_its_end(text: str, end: str) -> None:
    assert end_of(text, KYIV) == at(end)


def test_an_open_end_is_no_moment() -> None:
    with pytest.raises(EdtfError, match="no last day"):
        end_of("2026/..", KYIV)


def test_a_moment_may_have_blanks_around_it() -> None:
    assert parse_moment(" 2026-01-06\n", KYIV) == end_of("2026-01-06", KYIV)


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(VigensError, match="impossible date"):
        parse_moment("yesterday", KYIV)


@pytest.mark.parametrize(
    ("instant", "zone", "text"),
    [
        ("2026-01-05T22:00Z", KYIV, "2026-01-06"),
        ("2026-01-05T22:00:01Z", KYIV, "2026-01-05T22:00:01Z"),
        ("2026-01-06T10:00Z", KYIV, "2026-01-06T10:00Z"),
        ("0002-01-01T00:00Z", "UTC", "0002-01-01"),
        ("0900-06-01T10:30Z", "UTC", "0900-06-01T10:30Z"),
    ],
)
def test_an_instant_is_written_as_a_day_at_midnight_only(
    instant: str, zone: str, text: str
) -> None:
    assert format_instant(at(instant), zone) == text


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        ("2026-01-31T10:00Z", 1, "month", "2026-02-28T10:00Z"),
        ("2028-01-31T10:00Z", 1, "month", "2028-02-29T10:00Z"),
        ("2026-01-31T10:00Z", 13, "month", "2027-02-28T10:00Z"),
        ("2026-03-31T10:00Z", -1, "month", "2026-02-28T11:00Z"),
        ("2028-02-29T10:00Z", 1, "year", "2029-02-28T10:00Z"),
        ("2028-02-29T10:00Z", 4, "year", "2032-02-29T10:00Z"),
        ("2026-12-15T10:00Z", 1, "month", "2027-01-15T10:00Z"),
        ("2026-01-15T10:00Z", -1, "month", "2025-12-15T10:00Z"),
        ("2026-02-27T10:00Z", 2, "day", "2026-03-01T10:00Z"),
        ("2026-02-27T10:00Z", 2, "week", "2026-03-13T10:00Z"),
        ("2026-02-27T10:00Z", 90, "second", "2026-02-27T10:01:30Z"),
        ("2026-02-27T10:00Z", 90, "minute", "2026-02-27T11:30Z"),
        ("2026-02-27T10:00Z", 72, "hour", "2026-03-02T10:00Z"),
    ],
)
def test_a_duration_ends_where_texts_mean(
    start: str, amount: int, unit: str, end: str
) -> None:
    assert add_duration(at(start), amount, unit, KYIV) == at(end)


def test_a_day_keeps_the_civil_hour_over_the_change_of_clocks() -> None:
    before = at("2026-03-28T10:00Z")  # noon in Kyiv
    assert add_duration(before, 1, "day", KYIV) == at("2026-03-29T09:00Z")
    assert add_duration(before, 24, "hour", KYIV) == at("2026-03-29T10:00Z")
    before = at("2026-10-24T09:00Z")
    assert add_duration(before, 1, "day", KYIV) == at("2026-10-25T10:00Z")


def test_an_hour_that_the_clocks_skip_is_read_as_before() -> None:
    before = at("2026-03-28T01:30Z")  # 03:30 in Kyiv; the next day has none
    assert add_duration(before, 1, "day", KYIV) == at("2026-03-29T01:30Z")


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    before = at("2026-10-24T00:30Z")  # 03:30 in Kyiv; the next day has two
    assert add_duration(before, 1, "day", KYIV) == at("2026-10-25T00:30Z")
    second = at("2026-10-25T01:30Z")
    assert add_duration(second, 1, "month", KYIV) == at("2026-11-25T01:30Z")


@pytest.mark.parametrize("unit", ["second", "hour", "day", "week", "month", "year"])
@pytest.mark.parametrize("zone", [KYIV, "UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_no_duration_leads_out_of_the_calendar(unit: str, zone: str) -> None:
    far = 10**12 if unit in ("second", "hour") else 999_999
    assert add_duration(LAST, far, unit, zone) == LAST
    assert add_duration(FIRST, -far, unit, zone) == FIRST
    assert FIRST <= add_duration(LAST, 1, unit, zone) <= LAST
    assert FIRST <= add_duration(FIRST, -1, unit, zone) <= LAST
    assert add_duration(10**15, 0, unit, zone) <= LAST


@pytest.mark.parametrize(
    ("start", "delay", "end"),
    [
        ("2026-01-31T10:00Z", (0, "day", None), "2026-01-31T10:00Z"),
        ("2026-01-31T10:00Z", (90, "day", None), "2026-05-01T09:00Z"),
        # the first day of the sixth month after the month in which
        ("2026-01-31T10:00Z", (6, "month", "month"), "2026-06-30T21:00Z"),
        ("2026-08-31T21:00Z", (6, "month", "month"), "2027-02-28T22:00Z"),
        ("2026-01-31T21:59:59Z", (1, "month", "month"), "2026-01-31T22:00Z"),
        ("2026-01-31T22:00Z", (1, "month", "month"), "2026-02-28T22:00Z"),
        # the first day of the month following the expiration of
        ("2026-01-15T10:00Z", (60, "day", "following month"), "2026-03-31T21:00Z"),
        ("2026-01-31T10:00Z", (60, "day", "following month"), "2026-04-30T21:00Z"),
        ("2026-01-31T10:00Z", (1, "month", "following month"), "2026-02-28T22:00Z"),
        ("2026-10-15T10:00Z", (2, "month", "following month"), "2026-12-31T22:00Z"),
        ("2026-01-15T10:00Z", (0, "day", "following month"), "2026-01-31T22:00Z"),
        ("2026-01-15T10:00Z", (0, "day", "following quarter"), "2026-03-31T21:00Z"),
        ("2026-11-15T10:00Z", (0, "day", "following quarter"), "2026-12-31T22:00Z"),
        ("2026-05-15T10:00Z", (3, "month", "quarter"), "2026-06-30T21:00Z"),
        ("2026-05-15T10:00Z", (12, "month", "following year"), "2027-12-31T22:00Z"),
        ("2026-05-15T10:00Z", (2, "year", "year"), "2027-12-31T22:00Z"),
        ("9998-12-31T10:00Z", (12, "month", "following year"), "9998-12-31T23:59:59Z"),
        ("2026-01-15T10:00Z", (0, "day", "month"), "2025-12-31T22:00Z"),
        # at the end of
        ("2026-01-15T10:00Z", (1, "month", "end of day"), "2026-02-15T22:00Z"),
        ("2026-03-28T10:00Z", (1, "day", "end of day"), "2026-03-29T21:00Z"),
        ("2026-01-15T10:00Z", (1, "month", "end of month"), "2026-02-28T22:00Z"),
        ("2026-11-15T10:00Z", (0, "day", "end of quarter"), "2026-12-31T22:00Z"),
        ("2026-05-15T10:00Z", (12, "month", "end of year"), "2027-12-31T22:00Z"),
    ],
)
def test_a_delay_ends_where_treaties_mean(
    start: str, delay: tuple[int, str, str | None], end: str
) -> None:
    assert add_delay(at(start), *delay, KYIV) == at(end)


@pytest.mark.parametrize("first_of", [None, "month", "following month"])
@pytest.mark.parametrize("zone", [KYIV, "UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_no_delay_leads_out_of_the_calendar(first_of: str | None, zone: str) -> None:
    for start in (FIRST, LAST):
        for amount in (-999_999, 0, 999_999):
            reached = add_delay(start, amount, "day", first_of, zone)
            assert FIRST <= reached <= LAST
