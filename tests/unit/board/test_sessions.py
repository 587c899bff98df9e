"""Kept sessions: those that somebody may ask for again, within their memory."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.board.__main__ import record
from benchmarks.board.workload import write_case
from vigens.board.casebook import Casebook
from vigens.board.sessions import Sessions
from vigens.desk import Looking, Session, make_lens, open_case, read_status

DAY = "2026-02-20"


class Clock:
    """A present that somebody moves."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sessions") / "case"
    write_case(folder, n_states=4, n_components=3, n_entries=300)
    return folder


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "case"))


def look(casebook: Casebook, as_of: str | None = None) -> Session:
    with casebook.pinned() as edition:
        looking = Looking(casebook.now("public"), as_of=as_of)
        session = casebook.session(edition.case, looking)
    read_status(session)
    return session


def test_what_nobody_can_ask_for_again_is_let_go(folder: Path) -> None:
    clock = Clock()
    casebook = Casebook(folder, clock)
    for number in range(6):
        clock.now = datetime.now(UTC) + timedelta(minutes=number)
        look(casebook)
        look(casebook, DAY)
        record(folder, number, DAY)
    kept = casebook._sessions
    assert len(kept) == 2, "the last look at now, and the last at that day"


def test_minutes_that_went_by_are_let_go(folder: Path) -> None:
    clock = Clock()
    casebook = Casebook(folder, clock)
    for _ in range(5):
        clock.now += timedelta(minutes=1)
        look(casebook)
    assert len(casebook._sessions) == 1


def test_a_look_at_now_goes_on_from_the_last_one(folder: Path) -> None:
    clock = Clock()
    casebook = Casebook(folder, clock)
    look(casebook)
    look(casebook, DAY)
    clock.now += timedelta(minutes=1)
    with casebook.pinned() as edition:
        session = casebook.session(edition.case, Looking(casebook.now("public")))
    assert session.n_answers > 0, "taken over, not worked out"


def test_days_that_one_goes_back_and_forth_between_stay(folder: Path) -> None:
    casebook = Casebook(folder, Clock())
    days = [f"2026-02-{day:02}" for day in range(1, 9)]
    first = [look(casebook, day) for day in days]
    assert [look(casebook, day) for day in days] == first


def test_the_weight_bounds_them_and_the_last_stays(folder: Path) -> None:
    case = open_case(folder, Clock())
    lens = make_lens(case, Looking(int(Clock().now.timestamp())))
    one = Session(case, lens)
    read_status(one)
    weight = sum(one.held.values())
    kept = Sessions(most_bytes=3 * weight)
    for number in range(9):
        session = Session(case, replace(lens, as_of=lens.as_of - number * 86400))
        read_status(session)
        kept.put(session)
        assert kept.get(case, session.lens) is session
    kept.trim()
    assert 1 < len(kept) < 5
    assert kept.weight <= 3 * weight
    tiny = Sessions(most_bytes=1)
    tiny.put(one)
    tiny.put(session)
    assert tiny.get(case, session.lens) is session
    assert len(tiny) == 1


def test_what_two_share_counts_once(folder: Path) -> None:
    case = open_case(folder, Clock())
    lens = make_lens(case, Looking(int(Clock().now.timestamp())))
    one = Session(case, lens)
    other = Session(case, replace(lens, as_of=lens.as_of - 86400), one)
    shared = one.held.keys() & other.held.keys()
    assert sum(one.held[part] for part in shared) > 0
    assert one.held.keys() != other.held.keys()
