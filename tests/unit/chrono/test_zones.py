from __future__ import annotations

from datetime import date

import pytest

from vigens.base import InputError
from vigens.chrono import civil_date, day_start, format_instant, zone_of

DAY = 86_400


@pytest.mark.parametrize(
    "name",
    ["", "Europe", "Europe/Kiew", "../etc/passwd", "/etc/passwd", "a\0b", "\ud800"],
)
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="unknown time zone"):
        zone_of(name)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)]
)
def test_a_civil_day_has_as_many_hours_as_its_clocks(day: str, hours: int) -> None:
    this = date.fromisoformat(day)
    following = date.fromordinal(this.toordinal() + 1)
    length = day_start(following, "Europe/Kyiv") - day_start(this, "Europe/Kyiv")
    assert length == hours * 3600


def test_a_day_without_a_midnight_begins_at_its_first_instant() -> None:
    start = day_start(date(2022, 3, 27), "Asia/Beirut")
    assert civil_date(start, "Asia/Beirut") == date(2022, 3, 27)
    assert civil_date(start - 1, "Asia/Beirut") == date(2022, 3, 26)


def test_the_last_second_of_a_day_is_still_that_day() -> None:
    start = day_start(date(2026, 1, 7), "Europe/Kyiv")
    assert civil_date(start - 1, "Europe/Kyiv") == date(2026, 1, 6)
    assert civil_date(start, "Europe/Kyiv") == date(2026, 1, 7)
    assert format_instant(start, "Europe/Kyiv") == "2026-01-07"
