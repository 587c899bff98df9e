"""What changes between two lenses, what is missing, what nobody knows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.unit.cli.tiny import present, write_case
from vigens.base import InputError, UsageError
from vigens.desk import (
    Looking,
    Session,
    compare,
    make_lens,
    open_case,
    read_log_entry,
    read_matter,
    read_missing,
    read_status,
    read_unknowns,
)
from vigens.engine import Verdict


@pytest.fixture
def session(tmp_path: Path) -> Session:
    case = open_case(write_case(tmp_path / "case"), present)
    looking = Looking(0, as_of="2026-02-20", known_at="2026-02-20")
    return Session(case, make_lens(case, looking))


def supposing(session: Session, *events: str) -> Session:
    looking = Looking(0, as_of="2026-02-20", known_at="2026-02-20", suppose=events)
    return Session(session.case, make_lens(session.case, looking))


def test_nothing_changes_between_like_lenses(session: Session) -> None:
    found = compare(session, session)
    assert (found.states, found.duties, found.steps) == ((), (), ())


def test_a_supposed_end_changes_what_rests_on_it(session: Session) -> None:
    found = compare(session, supposing(session, "shuts on 2026-02-10"), ["lock_open"])
    assert [str(state.atom) for state in found.states] == ["lock_open", "open_river"]
    assert found.headline is not None
    assert found.headline.after.verdict is Verdict.FAILS
    assert found.answers[0].before.verdict is Verdict.HOLDS


def test_a_new_instance_of_a_duty_has_nothing_before_it(session: Session) -> None:
    found = compare(session, supposing(session, "flood(north) on 2026-02-19"))
    changed = {c.duty.obligation.name: c for c in found.duties}
    assert changed["help"].before is None
    assert changed["help"].after is not None
    assert changed["help"].after.binding == (("incident", "north"),)


def test_an_instance_that_is_gone_has_nothing_after_it(session: Session) -> None:
    found = compare(supposing(session, "flood(north) on 2026-02-19"), session)
    changed = {c.duty.obligation.name: c for c in found.duties}
    assert changed["help"].before is not None
    assert changed["help"].after is None


def test_a_side_says_since_when_and_why(session: Session) -> None:
    found = compare(session, supposing(session, "shuts on 2026-02-10"))
    lock = found.states[0]
    assert lock.before.since is not None
    assert session.date(lock.before.since) == "the end of 2026-01-09"
    assert session.date(lock.after.since) == "the end of 2026-02-10"
    assert lock.before.sentence.startswith("the lock is open: YES")
    assert lock.after.sentence.startswith("the lock is open: NO")


def test_more_than_a_page_of_changes_is_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["vigens.desk.comparing"], "MOST_TOLD", 1)
    found = compare(session, supposing(session, "shuts on 2026-02-10"))
    assert [str(state.atom) for state in found.states] == ["lock_open"]
    (further,) = found.further
    assert (further.fluent, further.before, further.after, further.number) == (
        "open_river",
        "YES",
        "NO",
        1,
    )
    assert not found.is_empty


def test_states_that_nobody_names_may_be_passed_over_and_are_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = compare(session, session)
    assert everything.not_looked_at == ()
    monkeypatch.setattr(sys.modules["vigens.desk.comparing"], "MOST_LOOKED_AT", 5)
    found = dict(compare(session, session).not_looked_at)
    assert found["endorsed"] > 0
    assert "lock_open" not in found


def test_missing_is_empty_where_it_holds(session: Session) -> None:
    (found,) = read_missing(session, "open_river")
    assert found.sentence == "nothing is missing: it holds"
    with pytest.raises(UsageError):
        read_missing(session, "nothing")


def test_missing_of_too_much_is_refused(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.desk.missing.MOST_QUESTIONS", 5)
    with pytest.raises(UsageError, match="stands for 6 answers"):
        read_missing(session, "endorsed(pact, _, _)")


def test_what_nobody_knows_names_causes_notes_and_silent_texts(
    session: Session,
) -> None:
    kinds = {each.kind for each in read_unknowns(session, read_status(session))}
    assert {"note", "text"} <= kinds


def test_a_claim_leads_to_its_matter(session: Session) -> None:
    matter = read_matter(session, "r-1")
    assert matter.title == "The lock opens"
    assert [claim.row for claim in matter.claims] == ["r-1"]
    coverage = session.assembled.view.shown[0]
    with pytest.raises(InputError, match="nothing that is claimed"):
        read_matter(session, coverage.id)


def test_an_entry_is_found_by_id_and_row(session: Session) -> None:
    entry = read_log_entry(session.case, session.lens, "r-1").line.entry
    prefix = entry.id[:8].upper()
    again = read_log_entry(session.case, session.lens, prefix).line.entry
    assert again == entry
    with pytest.raises(InputError, match="no entry is meant"):
        read_log_entry(session.case, session.lens, "r-99")


def test_an_entry_that_the_lens_hides_is_not_shown(session: Session) -> None:
    early = Looking(0, as_of="2026-01-05", known_at="2026-01-05")
    lens = make_lens(session.case, early)
    with pytest.raises(InputError, match="does not count through this lens"):
        read_log_entry(session.case, lens, "r-1")
