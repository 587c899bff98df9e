"""States and obligations through time: what is told at each day is what held then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.base import UsageError
from vigens.desk import Session, read_duty
from vigens.desk.histories import Course, moment_words, read_history, read_lanes


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Give a case with a breach on 10 February that ended in March."""
    found = Writer(tmp_path / "case")
    found.looked("2026-01-01/2026-03-31")
    breach = found.event(
        "breach.happens", "2026-02-10", "fire", known_from="2026-02-10"
    )
    found.claim(breach, "2026-02-10")
    ended = found.event("breach.ends", "2026-03-05", "fire", known_from="2026-03-05")
    found.claim(ended, "2026-03-05")
    return found


def fire(session: Session) -> Course:
    history = read_history(session, "help")
    return next(c for c in history.courses if c.about == ("incident fire",))


def test_an_obligation_is_followed_from_trigger_to_performance(
    writer: Writer,
) -> None:
    session = writer.session("2026-03-20")
    turns = fire(session).turns
    assert turns[0].states == ("not triggered",)
    assert any("triggered, clock running" in turn.states for turn in turns)
    assert any("overdue, no performance recorded" in turn.states for turn in turns)
    assert all("performed" in state for state in turns[-1].states)
    starts = [turn.start for turn in turns]
    assert starts[0] is None
    assert starts[1:] == sorted(start for start in starts[1:] if start is not None)


@pytest.mark.parametrize("day", ["2026-02-11", "2026-02-14", "2026-03-11"])
def test_each_turn_says_what_the_status_of_its_day_says(
    writer: Writer, day: str
) -> None:
    late = writer.session("2026-03-20")
    at = writer.session(day, known_at="2026-03-20")
    shown = {
        report.states
        for report in read_duty(at, "help").instances
        if report.binding == (("incident", "fire"),)
    }
    turn = next(
        t
        for t in reversed(fire(late).turns)
        if t.start is None or t.start <= at.lens.as_of
    )
    assert shown == {turn.states}


def test_lanes_tell_surely_and_possibly_apart(writer: Writer) -> None:
    lanes = {lane.label: lane for lane in fire(writer.session("2026-02-14")).lanes()}
    assert "not triggered" not in lanes
    running = lanes["triggered, clock running"]
    assert running.surely
    assert running.possibly[0][0] is not None
    assert running.possibly[-1][1] is None  # it reaches to the day asked about
    assert not lanes["overdue, no performance recorded"].surely


def test_what_was_never_triggered_is_quiet(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "other")
    writer.looked("2026-01-01/2026-03-31")
    history = read_history(writer.session("2026-02-14"), "help")
    assert all(course.is_quiet for course in history.courses)


def test_lanes_of_a_state_end_at_the_day_asked_about(writer: Writer) -> None:
    writer.claim(
        writer.event("signs", "2026-02-01", "pact", "DE", known_from="2026-02-01"),
        "2026-02-01",
    )
    session = writer.session("2026-03-20")
    found = read_lanes(session, "signed(pact, _)")
    (lane,) = found.lanes
    assert lane.question == "signed(pact, DE)"
    assert [moment_words(session, start) for start, _ in lane.surely] == ["2026-02-01"]
    assert lane.surely[-1][1] is None
    assert found.n_never == 1
    assert read_lanes(session, "signed").lanes == found.lanes


def test_a_single_state_has_its_words_for_a_title(writer: Writer) -> None:
    assert read_lanes(writer.session("2026-03-20"), "quiet").title == "all is quiet"


@pytest.mark.parametrize("question", ["qiet", "signed(pact)", "helb"])
def test_what_is_not_declared_is_refused(writer: Writer, question: str) -> None:
    with pytest.raises(UsageError):
        read_lanes(writer.session("2026-03-20"), question)
