"""Decisions taken back: withdrawn in the journal, the suggestion open again."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.cli.tiny import REPORT, present, write_case
from vigens.base import InputError
from vigens.desk import (
    RECTIFY,
    SUPERSEDE,
    Accepted,
    Case,
    Correction,
    Looking,
    Session,
    accept_suggestion,
    add_report,
    carry_out,
    check_journal,
    correction_draft,
    edit_suggestion,
    find_suggested,
    make_lens,
    open_case,
    read_queue,
    read_status,
    read_unknowns,
    reject_suggestion,
)
from vigens.desk.records import unfiltered
from vigens.desk.writing import TakenBack, restore_edits, take_back
from vigens.journal import Draft, Entry

CLOCK = (present() + timedelta(minutes=n) for n in itertools.count())


def later() -> datetime:
    return next(CLOCK)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    folder = write_case(tmp_path / "case")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    add_report(open_case(folder, present), tmp_path / "report.txt")
    return open_case(folder, present)


def again(case: Case) -> Case:
    return open_case(case.folder, later)


def accept(case: Case, number: int, **more: object) -> Accepted:
    return accept_suggestion(again(case), later, number, by="vira", **more)  # type: ignore[arg-type]  # what a person sets


def undo(case: Case, number: int, by: str = "vira") -> TakenBack:
    now = again(case)
    return take_back(now, later, find_suggested(now, number), by=by)


def state(case: Case, number: int) -> str:
    return find_suggested(again(case), number).state


def counting(case: Case) -> list[Entry]:
    """List the entries that count today, notes apart."""
    now = again(case)
    moment = int(later().timestamp())
    view = now.seen(make_lens(now, Looking(moment, reader="all")))
    return [entry for entry in view.entries if entry.kind != "note"]


def test_all_that_accepting_recorded_counts_no_longer(case: Case) -> None:
    before = [entry.id for entry in counting(case)]
    number_before = len(unfiltered(again(case).records))
    done = accept(case, 1, grade="B2")
    taken = undo(case, 1)
    assert [e.kind for e in taken.withdrawn] == [
        "document",
        "statement",
        "claim",
        "grade",
    ]
    assert taken.kept == ()
    assert [entry.id for entry in counting(case)] == before
    assert len(unfiltered(again(case).records)) == number_before + 8  # nothing is lost
    assert state(case, 1) == "waiting"
    assert [e.rectifies for e in taken.entries] == [e.id for e in taken.withdrawn]
    assert done.claim.id in {e.id for e in taken.withdrawn}


def test_the_journal_is_whole_and_tells_of_no_gap(case: Case) -> None:
    accept(case, 1)
    undo(case, 1)
    reject_suggestion(again(case), later, 2, by="vira", reason="old")
    undo(case, 2)
    assert check_journal(case.folder)[1] == ()
    now = again(case)
    session = Session(now, make_lens(now, Looking(int(later().timestamp()))))
    unknown = read_unknowns(session, read_status(session))
    assert not [each for each in unknown if "withdrawn" in str(each.text)]


def test_a_suggestion_can_be_decided_anew_and_as_often_as_one_likes(case: Case) -> None:
    for _ in range(2):
        accept(case, 1)
        undo(case, 1)
        reject_suggestion(again(case), later, 1, by="vira", reason="no")
        undo(case, 1)
        assert state(case, 1) == "waiting"
    accept(case, 1)
    claims = [e for e in counting(case) if e.payload.get("suggestion")]
    documents = [e for e in counting(case) if e.kind == "document"]
    assert (len(claims), len(documents)) == (1, 1)
    with pytest.raises(InputError, match="accepted already"):
        accept(case, 1)


def test_a_rejection_before_the_acceptance_stands_again(case: Case) -> None:
    reject_suggestion(again(case), later, 1, by="vira", reason="no")
    accept(case, 1)
    undo(case, 1)
    assert state(case, 1) == "rejected"


def test_what_others_built_on_stays(case: Case) -> None:
    first = accept(case, 1)
    accept(case, 2, about=first.matter.id)
    taken = undo(case, 1)
    assert [e.kind for e in taken.withdrawn] == ["claim"]
    assert [e.kind for e in taken.kept] == ["document", "statement"]
    assert (state(case, 1), state(case, 2)) == ("waiting", "accepted")
    last = undo(case, 2)  # it recorded a claim alone
    assert [e.kind for e in last.withdrawn] == ["claim"]


def test_a_merge_is_undone_without_what_it_was_merged_with(case: Case) -> None:
    matter = next(e for e in unfiltered(case.records) if e.kind == "count")
    accept(case, 2, about=matter.id)
    taken = undo(case, 2)
    assert [e.kind for e in taken.withdrawn] == ["document", "claim"]
    assert matter.id in {entry.id for entry in counting(case)}


def test_a_joining_of_copies_is_undone(case: Case) -> None:
    first = accept(case, 1)
    accept(case, 3, copy_of=first.claim.id)
    taken = undo(case, 3)
    assert [e.kind for e in taken.withdrawn] == ["claim", "same_origin"]


def test_what_was_corrected_since_is_withdrawn_as_it_stands(case: Case) -> None:
    done = accept(case, 1)
    wanted = Correction(sets=("statement=In other words",))
    draft = correction_draft(again(case), RECTIFY, done.claim.id, wanted, by="taras")
    (corrected,) = carry_out(again(case), later, [draft]).entries
    assert find_suggested(again(case), 1).decided == corrected.id
    taken = undo(case, 1)
    assert corrected.id in {entry.id for entry in taken.withdrawn}
    assert state(case, 1) == "waiting"


def test_a_claim_that_is_no_longer_so_stays_decided(case: Case) -> None:
    done = accept(case, 1)
    wanted = Correction(is_withdrawal=True, reason="denied since")
    draft = correction_draft(again(case), SUPERSEDE, done.claim.id, wanted, by="vira")
    carry_out(again(case), later, [draft])
    assert state(case, 1) == "accepted"
    with pytest.raises(InputError, match="nothing is left"):
        undo(case, 1)


def test_who_changes_a_mind_twice_has_the_decision_back(case: Case) -> None:
    accept(case, 1)
    taken = undo(case, 1)
    for note in taken.entries:
        draft = correction_draft(
            again(case), RECTIFY, note.id, Correction(is_undo=True), by="vira"
        )
        carry_out(again(case), later, [draft])
    assert state(case, 1) == "accepted"


def test_what_is_not_decided_cannot_be_taken_back(case: Case) -> None:
    with pytest.raises(InputError, match="nothing is decided"):
        undo(case, 1)


def test_of_two_who_take_it_back_the_second_is_told(case: Case) -> None:
    accept(case, 1)
    now = again(case)
    item = find_suggested(now, 1)
    undo(case, 1)
    n_before = len(unfiltered(again(case).records))
    with pytest.raises(InputError, match="somebody changed"):
        take_back(now, later, item, by="taras")
    assert len(unfiltered(again(case).records)) == n_before


def test_a_confirmation_by_another_person_keeps_the_matter(case: Case) -> None:
    done = accept(case, 1)
    confirmed = Draft("confirmation", {"by": "taras"}, "taras", about=(done.matter.id,))
    carry_out(again(case), later, [confirmed])
    assert "statement" in {e.kind for e in undo(case, 1).kept}


def test_edits_go_back_to_what_they_were(case: Case) -> None:
    edit_suggestion(again(case), 1, {"place": "Bern"})
    before = find_suggested(again(case), 1).edits
    edit_suggestion(again(case), 1, {"place": "Basel", "statement": "So it is."})
    restore_edits(again(case), find_suggested(again(case), 1), before)
    assert find_suggested(again(case), 1).edits == {"place": "Bern"}
    restore_edits(again(case), find_suggested(again(case), 1), {})
    assert read_queue(again(case))[0].edits == {}
