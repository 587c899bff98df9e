"""A calendar says a range where a day is not known, and nothing breaks its lines."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vigens.formats import Dated, write_calendar

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from icalendar import Calendar

DAY = 86400
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


def parsed(*events: Dated, title: str = "Case", lens: str = "as of a day") -> Any:
    text = write_calendar(title, events, zone="UTC", at=START, lens=lens)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return Calendar.from_ical(text)


def test_an_exact_instant_is_an_event_at_that_instant() -> None:
    (event,) = parsed(Dated("a", "Due", START + 3600, START + 3600)).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert "DTEND" not in event
    assert event["STATUS"] == "CONFIRMED"


def test_a_day_is_a_whole_day() -> None:
    (event,) = parsed(Dated("a", "Due", START, START + DAY - 1)).walk("VEVENT")
    assert event["DTSTART"].dt == date(2026, 3, 1)
    assert event["DTEND"].dt == date(2026, 3, 2)
    assert event["STATUS"] == "CONFIRMED"


def test_a_range_is_all_its_days_and_tentative() -> None:
    (event,) = parsed(Dated("a", "Due", START, START + 9 * DAY)).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (
        date(2026, 3, 1),
        date(2026, 3, 11),
    )
    assert event["STATUS"] == "TENTATIVE"
    assert "The day is not known" in event["DESCRIPTION"]


def test_what_is_not_sure_is_tentative_also_on_one_day() -> None:
    event = Dated("a", "Due", START, START + DAY - 1, is_sure=False)
    assert parsed(event).walk("VEVENT")[0]["STATUS"] == "TENTATIVE"


def test_a_range_of_years_is_left_out_and_counted() -> None:
    calendar = parsed(Dated("a", "Some day", START, START + 900 * DAY))
    assert calendar.walk("VEVENT") == []
    assert "1 without a date" in calendar["X-WR-CALDESC"]


def test_days_are_those_of_the_zone() -> None:
    first = int(datetime(2026, 3, 29, tzinfo=UTC).timestamp()) - 3600
    event = Dated("a", "The day with 23 hours", first, first + 23 * 3600 - 1)
    text = write_calendar("Case", [event], zone="Europe/Paris", at=START)
    assert "DTSTART;VALUE=DATE:20260329" in text
    assert "DTEND;VALUE=DATE:20260330" in text


@pytest.mark.parametrize(
    "words",
    [
        "a, b; c\\d",
        "one\r\ntwo\nthree",
        "BEGIN:VEVENT\r\nEND:VCALENDAR",
        "Військо " * 40,
        "👩‍⚖️" * 40,
        "\x00\x1b[31m\u202eturned",
    ],
)
def test_no_words_break_a_line(words: str) -> None:
    event = Dated("a", words, START, START, words, url="http://127.0.0.1/x\r\nX: y")
    calendar = parsed(event, title=words, lens=words)
    (found,) = calendar.walk("VEVENT")
    assert len(calendar.walk()) == 2
    assert found["UID"] == "a"
    kept = "".join(
        s for s in words.replace("\r\n", "\n") if s == "\n" or s.isprintable()
    )
    assert str(found["SUMMARY"]) == kept
