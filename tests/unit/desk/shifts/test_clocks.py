"""Clocks run where a duty is live, in order, with both ends of a range."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk.shifts import (
    Clock,
    clock_words,
    clocks,
    read_clocks,
    running,
    time_left,
)


@pytest.fixture
def breach(tmp_path: Path) -> Writer:
    """Give a case in which a breach happened and one looked all the time."""
    writer = Writer(tmp_path / "case")
    writer.looked("2026-01-01/2026-03-31")
    breach = writer.event("breach.happens", "2026-02-10", "fire")
    writer.claim(breach, "2026-02-11")
    return writer


def by_name(clocks: tuple[Clock, ...]) -> dict[str, list[Clock]]:
    found: dict[str, list[Clock]] = {}
    for clock in clocks:
        found.setdefault(clock.name, []).append(clock)
    return found


def test_nothing_runs_where_nothing_was_triggered(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "case")
    writer.looked("2026-01-01/2026-03-31")
    clocks = read_clocks(writer.session("2026-02-15"))
    assert running(clocks) == ()
    assert {clock.name for clock in clocks} == {"dam", "weir"}


def test_each_reading_of_a_deadline_is_a_clock_the_soonest_first(
    breach: Writer,
) -> None:
    session = breach.session("2026-02-11")
    found = running(read_clocks(session))
    assert [(c.name, c.reading) for c in found] == [
        ("help", "when.soon"),
        ("help", "when.late"),
    ]
    soon, late = found
    assert soon.obligors == ("FR",)
    assert soon.about == ("incident fire",)
    assert soon.earliest is not None
    assert late.latest is not None
    assert soon.earliest < late.latest
    assert clock_words(session, soon) == "not after the end of 2026-02-12"
    assert time_left(session, soon).startswith("in ")


def test_a_clock_says_where_it_stands(breach: Writer) -> None:
    session = breach.session("2026-02-20")
    soon, late = running(read_clocks(session))
    assert soon.stands(session.lens.as_of) == "passed"
    assert late.stands(session.lens.as_of) == "ahead"
    assert time_left(session, soon).endswith("ago")


def test_what_only_may_be_triggered_only_may_run(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "case")
    writer.looked("2026-01-01/2026-02-01")
    clocks = read_clocks(writer.session("2026-02-15"))
    assert running(clocks) == ()
    assert "help" in by_name(clocks)
    assert not by_name(clocks)["help"][0].is_sure


def test_a_step_counts_whole_days_and_says_why_it_has_no_date(breach: Writer) -> None:
    session = breach.session("2026-01-30")
    found = by_name(read_clocks(session))
    (dam,), (weir,) = found["dam"], found["weir"]
    assert time_left(session, dam) == "in 2 days to 29 days"
    assert clock_words(session, dam) == "between 2026-02-01 and 2026-02-28"
    assert weir.stands(session.lens.as_of) == "no date"
    assert clock_words(session, weir)


def test_a_step_that_is_done_has_no_clock(breach: Writer) -> None:
    built = breach.event("body.set_up", "2026-02-03", "lockkeepers")
    breach.claim(built, "2026-02-04")
    names = by_name(read_clocks(breach.session("2026-02-20")))
    assert "dam" not in names


@pytest.mark.parametrize(
    ("short", "long", "said"),
    [
        (86400, 47 * 3600, "24 hours to 47 hours"),
        (0, 86400, "at most 1 day"),
        (5400, 3 * 86400, "90 minutes to 3 days"),
        (2 * 86400, 2 * 86400, "2 days"),
        (10, 20, "less than a minute"),
    ],
)
def test_a_range_is_said_in_units_that_fit(short: int, long: int, said: str) -> None:
    assert clocks._span(short, long) == said
