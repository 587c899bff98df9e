"""Laws of dates: bounds are ordered, parts lie within wholes, arithmetic is calendar."""

from __future__ import annotations

import calendar
import itertools
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from vigens.chrono import (
    Edtf,
    EdtfError,
    add_duration,
    civil_date,
    day_start,
    edtf_bounds,
    end_of,
    format_instant,
    parse_edtf,
)

KYIV = "Europe/Kyiv"
ZONES = st.sampled_from(
    ["UTC", KYIV, "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Asia/Beirut"]
)
# Hypothesis wants its ends without a zone, and puts the zone on what it draws.
_YEAR_1900, _YEAR_2100 = (
    datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1900, 2100)
)
FIRST, LAST = -62_104_060_800, 253_370_764_799

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
written_days = days.map(date.isoformat)
written_months = days.map("{:%Y-%m}".format)
written_years = days.map("{:%Y}".format)
plain = written_days | written_months | written_years
singles = st.builds("{}{}".format, plain, st.sampled_from(["", "~", "?", "%"]))
intervals = st.builds("{}/{}".format, singles | st.just(".."), singles | st.just(".."))
instants = st.datetimes(_YEAR_1900, _YEAR_2100, timezones=st.just(UTC)).map(
    "{:%Y-%m-%dT%H:%M:%SZ}".format
)
units = st.sampled_from(["second", "minute", "hour", "day", "week", "month", "year"])
moments = st.integers(-2_208_988_800, 4_133_980_800)


def parsed(text: str) -> Edtf | None:
    try:
        return parse_edtf(text)
    except EdtfError:
        return None


@given(singles | intervals | instants, ZONES)
def test_bounds_are_ordered_and_the_text_is_kept(text: str, zone: str) -> None:
    edtf = parsed(text)
    assume(edtf is not None)
    assert edtf is not None
    assert edtf.text == text
    first, last = edtf_bounds(edtf, zone)
    assert first is not None or last is not None
    if first is not None and last is not None:
        assert FIRST <= first <= last <= LAST


@given(singles, singles, ZONES)
def test_an_interval_contains_its_ends(start: str, end: str, zone: str) -> None:
    whole = parsed(f"{start}/{end}")
    assume(whole is not None)
    assert whole is not None
    first, last = edtf_bounds(whole, zone)
    assert first is not None
    assert last is not None
    for part in (start, end):
        low, high = edtf_bounds(parse_edtf(part), zone)
        assert low is not None
        assert high is not None
        assert low >= first or part == end
        assert high <= last or part == start
    assert first == edtf_bounds(parse_edtf(start), zone)[0]
    assert last == edtf_bounds(parse_edtf(end), zone)[1]


@given(days, ZONES)
def test_a_day_lies_in_its_month_and_its_year(day: date, zone: str) -> None:
    forms = ["{:%Y-%m-%d}", "{:%Y-%m}", "{:%Y}"]
    bounds = [edtf_bounds(parse_edtf(form.format(day)), zone) for form in forms]
    for (low, high), (lower, higher) in itertools.pairwise(bounds):
        assert low is not None
        assert high is not None
        assert lower is not None
        assert higher is not None
        assert lower <= low <= high <= higher


@given(plain, ZONES)
def test_about_is_never_narrower(text: str, zone: str) -> None:
    low, high = edtf_bounds(parse_edtf(text), zone)
    lower, higher = edtf_bounds(parse_edtf(text + "~"), zone)
    assert low is not None
    assert high is not None
    assert lower is not None
    assert higher is not None
    assert lower < low <= high < higher


@given(st.text(max_size=20) | st.text("0123456789-/.XTZ~?%+: ", max_size=24))
def test_any_text_is_a_date_or_an_edtf_error(text: str) -> None:
    edtf = parsed(text)
    if edtf is not None:
        assert edtf.text == text
        for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
            for bound in edtf_bounds(edtf, zone):
                assert bound is None or format_instant(bound, zone)


@given(written_days, ZONES)
def test_the_end_of_a_day_is_the_second_before_the_next(text: str, zone: str) -> None:
    day = date.fromisoformat(text)
    assert end_of(text, zone) + 1 == day_start(day + timedelta(days=1), zone)
    assert civil_date(end_of(text, zone), zone) == day


@given(days, ZONES)
def test_a_day_start_is_written_as_its_day(day: date, zone: str) -> None:
    start = day_start(day, zone)
    assert civil_date(start, zone) == day
    assert civil_date(start - 1, zone) == day - timedelta(days=1)


@given(days)
def test_a_day_in_kyiv_has_23_to_25_hours(day: date) -> None:
    assume(day.year >= 1945)  # later changes were of one hour, or two in one night
    following = day_start(day + timedelta(days=1), KYIV)
    assert (following - day_start(day, KYIV)) / 3600 in (23, 24, 25, 26)


@given(days, st.integers(-600, 600))
def test_months_clip_to_the_last_day(day: date, months: int) -> None:
    moved = civil_date(
        add_duration(day_start(day, "UTC"), months, "month", "UTC"), "UTC"
    )
    index = day.year * 12 + day.month - 1 + months
    assert (moved.year, moved.month) == (index // 12, index % 12 + 1)
    last = calendar.monthrange(moved.year, moved.month)[1]
    assert moved.day == min(day.day, last)


@given(days, st.integers(-60, 60))
def test_a_year_is_twelve_months(day: date, years: int) -> None:
    start = day_start(day, KYIV)
    assert add_duration(start, years, "year", KYIV) == add_duration(
        start, 12 * years, "month", KYIV
    )


@given(days, st.integers(-5000, 5000), ZONES)
def test_days_are_civil_days(day: date, amount: int, zone: str) -> None:
    moved = add_duration(day_start(day, zone), amount, "day", zone)
    assert civil_date(moved, zone) == day + timedelta(days=amount)


@given(moments, st.integers(0, 400), units, ZONES)
def test_a_longer_duration_ends_no_earlier(
    moment: int, amount: int, unit: str, zone: str
) -> None:
    shorter = add_duration(moment, amount, unit, zone)
    assert shorter <= add_duration(moment, amount + 1, unit, zone)


@given(st.integers(-(10**14), 10**14), st.integers(-(10**9), 10**9), units, ZONES)
def test_no_duration_leaves_the_calendar(
    moment: int, amount: int, unit: str, zone: str
) -> None:
    moved = add_duration(moment, amount, unit, zone)
    assert FIRST <= moved <= LAST
    assert format_instant(moved, zone)
