from __future__ import annotations

from datetime import date

import pytest

from vigens.chrono import EdtfError, edtf_bounds, format_instant, parse_edtf

BAD = [
    "",
    " ",
    "2026 ",
    " 2026",
    "2026\n",
    "26",
    "202",
    "20260106",
    "2026-1",
    "2026-1-6",
    "2026-01-6",
    "2026-13",
    "2026-00",
    "2026-00-10",
    "2026-02-30",
    "2025-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-01-00",
    "2026-XX-05",
    "20X6",
    "2XXX",
    "XXXX",
    "202X-01",
    "2026-X1",
    "2026-01-1X",
    "2026-1X",
    "2026~-01",
    "~2026",
    "2026?~",
    "2026-21",
    "-2026",
    "+2026",
    "Y20260",
    "0000",
    "0001",
    "0001-05-05",
    "9999",
    "9999-12-31",
    "9998-12-31~",
    "0002-01-01~",
    "1XXX",
    "00XX",
    "99XX",
    "2026-01-06T10:00",
    "2026-01-06T10Z",
    "2026-01-06T24:00Z",
    "2026-01-06T10:60Z",
    "2026-01-06T10:00:60Z",
    "2026-01-06T10:00:00.1234567Z",
    "2026-01-06T10:00z",
    "2026-01-06 10:00Z",
    "2026-01-06T10:00+25:00",
    "2026-01-06T10:00+0100",
    "2026-02-30T10:00Z",
    "2026-01T10:00Z",
    "2026-01-06T10:00Z~",
    "0001-01-01T00:00+01:00",
    "9999-12-31T23:59-01:00",
    "9999-06-01T00:00Z",
    "0001-06-01T00:00Z",
    "/",
    "../..",
    "..",
    "..X",
    "2026/2025",
    "2026-02/2026-01-31",
    "2026/2027/2028",
    "2026/2027x",
    "2026-01-06T10:00Z/2026-01-07",
    "2026-01-06/2026-01-07T10:00Z",
    "٢٠٢٦-٠١",
    "２０２６",
    "2026-0١-06",
    "2026\u201301",
    "early January",
    "2026-01-06\x00",
    "9" * 5000,
]


@pytest.mark.parametrize("text", BAD, ids=lambda text: ascii(text[:30]))
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(EdtfError, match="impossible date") as caught:
        parse_edtf(text)
    assert caught.value.mend.startswith("write 2026-01-06")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "is_approximate"),
    [
        ("2026", "2026-01-01", "2026-12-31", "year", False),
        ("2026-02", "2026-02-01", "2026-02-28", "month", False),
        ("2028-02", "2028-02-01", "2028-02-29", "month", False),
        ("2026-01-06", "2026-01-06", "2026-01-06", "day", False),
        ("2026-01-XX", "2026-01-01", "2026-01-31", "month", False),
        ("2026-XX", "2026-01-01", "2026-12-31", "year", False),
        ("2026-XX-XX", "2026-01-01", "2026-12-31", "year", False),
        ("202X", "2020-01-01", "2029-12-31", "year", False),
        ("20XX", "2000-01-01", "2099-12-31", "year", False),
        ("2026-01-06~", "2026-01-03", "2026-01-09", "day", True),
        ("2026-01-06?", "2026-01-03", "2026-01-09", "day", True),
        ("2026-02%", "2026-01-17", "2026-03-15", "month", True),
        ("2026~", "2025-07-02", "2027-07-02", "year", True),
        ("2026-02-04/2026-02-05", "2026-02-04", "2026-02-05", "interval", False),
        ("2026-02/2026-02", "2026-02-01", "2026-02-28", "interval", False),
        ("2026-01-06~/2026-02", "2026-01-03", "2026-02-28", "interval", True),
        ("2028-02-29", "2028-02-29", "2028-02-29", "day", False),
        ("2000-02-29", "2000-02-29", "2000-02-29", "day", False),
    ],
)
def test_a_coarse_date_spans_every_day_it_can_mean(
    text: str, first: str, last: str, precision: str, *, is_approximate: bool
) -> None:
    edtf = parse_edtf(text)
    assert edtf.text == text
    assert edtf.first_day == date.fromisoformat(first)
    assert edtf.last_day == date.fromisoformat(last)
    assert (edtf.precision, edtf.is_approximate) == (precision, is_approximate)
    assert edtf.instant is None


@pytest.mark.parametrize("text", ["2026-02-04/..", "2026-02-04/"])
def test_an_open_end_has_no_last_day(text: str) -> None:
    edtf = parse_edtf(text)
    assert edtf.first_day == date(2026, 2, 4)
    assert edtf.last_day is None
    assert edtf_bounds(edtf, "UTC")[1] is None


@pytest.mark.parametrize("text", ["../2026-02-04", "/2026-02-04"])
def test_an_open_beginning_has_no_first_day(text: str) -> None:
    edtf = parse_edtf(text)
    assert edtf.first_day is None
    assert edtf_bounds(edtf, "UTC")[0] is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-06T10:00Z", "2026-01-06T10:00Z"),
        ("2026-01-06T12:00+02:00", "2026-01-06T10:00Z"),
        ("2026-01-06T10:00:30Z", "2026-01-06T10:00:30Z"),
        ("2026-01-06T10:00:30.9Z", "2026-01-06T10:00:30Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"),
        ("2026-01-06T00:30+02:00", "2026-01-05T22:30Z"),
    ],
)
def test_an_instant_is_one_second_whatever_its_zone(text: str, utc: str) -> None:
    edtf = parse_edtf(text)
    first, last = edtf_bounds(edtf, "Europe/Kyiv")
    assert first == last == edtf.instant
    assert first is not None
    assert format_instant(first, "Asia/Kathmandu") == utc


def test_a_day_is_the_civil_day_of_the_zone() -> None:
    first, last = edtf_bounds(parse_edtf("2026-01-06"), "Europe/Kyiv")
    assert first is not None
    assert last is not None
    assert format_instant(first, "UTC") == "2026-01-05T22:00Z"
    assert format_instant(last, "UTC") == "2026-01-06T21:59:59Z"


def test_the_message_shows_a_bounded_piece_of_the_text() -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf("x" * 10_000)
    assert len(str(caught.value)) < 400
