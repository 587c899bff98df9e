"""States of the general law with which a case has nothing to do, and those of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigens.desk import Looking, Session, begin_case, compare, make_lens, open_case

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Session, Session]:
    """Open a new case the day before it begins and on its first day."""
    begin_case(tmp_path / "new", NOW)
    case = open_case(tmp_path / "new", lambda: NOW)
    lens = make_lens(case, Looking(int(NOW.timestamp())))
    return Session(case, replace(lens, as_of=lens.as_of - 86400)), Session(case, lens)


def test_the_laws_drift_is_left_out_and_the_cases_own_is_told(
    sides: tuple[Session, Session],
) -> None:
    found = compare(*sides)
    assert [str(state.atom) for state in found.states] == ["pact_kept"]
    assert "ceasefire" in found.idle
    assert "pact_kept" not in found.idle


def test_whoever_asks_for_the_whole_gets_it_the_own_states_first(
    sides: tuple[Session, Session],
) -> None:
    found = compare(*sides, is_whole=True)
    names = [state.atom.name for state in found.states]
    assert names[0] == "pact_kept"
    assert "ceasefire" in names
    assert not found.idle


def test_what_is_supposed_is_of_concern(sides: tuple[Session, Session]) -> None:
    _, now = sides
    looking = Looking(
        int(NOW.timestamp()), suppose=("ceasefire.begins(general) on 2026-03-31",)
    )
    then = Session(now.case, make_lens(now.case, looking))
    assert "ceasefire" in compare(now, now).idle
    assert "ceasefire" not in compare(now, then).idle
