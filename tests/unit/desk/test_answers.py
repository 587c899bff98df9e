from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.base import UsageError
from vigens.desk import Looking, Session, make_lens, sentence
from vigens.desk.answers import NO_OTHER_CHANGE


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def test_the_reason_of_a_no_is_its_end_and_not_its_beginning(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    for event, day in (("floods", "2026-01-10"), ("dries", "2026-01-20")):
        matter = writer.event(event, day)
        for _ in range(2):
            writer.claim(matter, day)
        confirmed = {"by": "anna"}
        writer.record(
            "confirmation", confirmed, about=(matter,), known_from=day, by="anna"
        )
    (ended,) = writer.session("2026-02-02").ask("open_river")
    assert ended.reason.startswith("the river dries up")
    (held,) = writer.session("2026-01-15").ask("open_river")
    assert held.word == "YES"
    assert held.reason.startswith("the river floods")
    assert held.since is not None


def test_a_supposed_event_is_no_last_evidence(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    session = writer.session("2026-02-02", suppose=("floods on 2026-02-01",))
    (answer,) = session.ask("open_river")
    assert answer.word == "YES (hypothesis)"
    assert answer.last_evidence is None
    assert answer.reason.startswith("supposed: ")


def test_the_assumption_is_said_beside_the_answer(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-02-01")
    quiet = writer.session("2026-03-01", assume_no_other_change=True)
    (answer,) = quiet.ask("open_river")
    assert answer.word == "NO"
    assert NO_OTHER_CHANGE in sentence(quiet, answer)
    (plain,) = writer.session("2026-03-01").ask("open_river")
    assert plain.word == "NOT KNOWN"
    assert NO_OTHER_CHANGE not in plain.notes


def test_nobody_looked_for_the_other_party(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-02-01", keys=["FR"])
    session = writer.session("2026-03-01")
    found = {a.question: a for a in session.ask("signed(pact, _)")}
    french, german = found["signed(pact, FR)"], found["signed(pact, DE)"]
    assert french.last_looked is not None
    assert german.last_looked is None
    assert (
        german.causes[0].text
        == "nobody has looked whether some party signs some instrument"
    )


def test_a_policy_that_is_not_the_cases_own_is_named(writer: Writer) -> None:
    session = writer.session("2026-02-01", policy="loose")
    (answer,) = session.ask("open_river")
    assert "under the policy loose" in sentence(session, answer)
    own = writer.session("2026-02-01", policy="strict")
    assert own.ask("open_river")[0].policy is None


def test_an_approval_names_its_own_act_and_not_a_membership(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    for event, args in (
        ("joins", ("riparians", "DE")),
        ("approves.collectively", ("pact", "riparians")),
    ):
        matter = writer.event(
            event, "2026-01-10" if event == "joins" else "2026-01-20", *args
        )
        writer.claim(matter, "2026-01-20")
    session = writer.session("2026-02-01")
    (answer,) = session.ask("approved_collectively(pact, DE)")
    assert answer.reason.startswith("the riparians approves")
    (set_aside,) = session.ask("signed(pact, DE)")
    assert set_aside.word == "NO"  # approval is no signature


@pytest.mark.parametrize("text", ["open_rivr", "signed(", "signed(pact)"])
def test_a_question_that_cannot_be_read_is_refused(writer: Writer, text: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        writer.session("2026-02-01").ask(text)


def test_too_many_answers_are_refused(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigens.desk.answers.MOST_ANSWERS", 1)
    with pytest.raises(UsageError, match="more than 1 answers"):
        writer.session("2026-02-01").ask("signed(pact, _)")


def test_a_component_goes_with_its_own_text(writer: Writer) -> None:
    asked = writer.session("2026-02-01").atoms("endorsed(_, _, FR)")
    assert [str(atom) for atom in asked] == [
        "endorsed(pact, water, FR)",
        "endorsed(pact, fish, FR)",
    ]


def test_a_question_with_a_blank_lists_values_named_so_far(writer: Writer) -> None:
    writer.claim(writer.event("breach.reported", "2026-01-10", "b1"), "2026-01-10")
    found = writer.session("2026-02-01").ask("breach_alleged(_)")
    assert [answer.question for answer in found] == ["breach_alleged(b1)"]


def test_evidence_set_aside_is_said(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    writer.claim(writer.event("signs", "2026-01-10", "pact", "FR"), "2026-01-10", "F6")
    session = writer.session("2026-02-01")
    (answer,) = session.ask("signed(pact, FR)")
    assert answer.word == "NO"
    assert "set aside: one page" in sentence(session, answer)


def test_the_edges_of_time_have_no_date(writer: Writer) -> None:
    case = writer.case()
    session = Session(case, make_lens(case, Looking(0)))
    assert session.date(None) == ""
    assert session.date(-(10**12)) == ""
    assert session.day(None) == ""
    assert session.day(0) == "1970-01-01"
