"""Stages stand by their own acts; what "bound" means goes with its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.base import UsageError
from vigens.desk import Session
from vigens.desk.parties import (
    STAGES,
    TextCounsel,
    read_acts,
    read_counsel,
    read_sheet,
    read_stages,
)

TREATY = """# The treaty

```vigens
vigens 1
instrument accord "The accord of the lake"
  kind         treaty
  text         published
  adopted      2026-01-10
  endorsement  by ratification
```
"""


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Give a case with a political text, a treaty, and somebody who always looked."""
    found = Writer(tmp_path / "case")
    page = tmp_path / "case" / "agreements" / "accord.md"
    page.write_text(TREATY, "utf-8")
    found.looked("2026-01-01/2026-03-31")
    return found


def act(writer: Writer, event: str, day: str, *args: str, grade: str = "B2") -> None:
    writer.claim(writer.event(event, day, *args, known_from=day), day, grade)


def letters(session: Session, text: str, party: str) -> dict[str, str]:
    """Give the word of each stage of the whole text, and of its first component."""
    (row,) = read_stages(session, text, (party,)).rows
    cells = (*row.whole, *(row.parts[0] if row.parts else ()))
    return {cell.stage.letter: cell.verdict.word for cell in cells}


def counsel(session: Session, party: str, text: str) -> TextCounsel:
    found = {each.instrument.name: each for each in read_counsel(session, party)}
    return found[text]


def test_no_two_stages_of_a_family_share_a_letter() -> None:
    for stages in STAGES.values():
        found = [stage.letter for stage in stages]
        assert len(found) == len(set(found))


def test_a_signature_brings_no_other_stage_but_what_the_text_says(
    writer: Writer,
) -> None:
    act(writer, "signs", "2026-02-01", "pact", "DE")
    found = letters(writer.session("2026-03-01"), "pact", "DE")
    assert found["S"] == "YES"
    assert found["E"] == "YES"  # the pact is endorsed by approval or signature
    assert {found[letter] for letter in "AGCXW"} == {"NO"}


def test_an_approval_is_no_signature(writer: Writer) -> None:
    act(writer, "approves", "2026-02-01", "pact", "water", "DE")
    session = writer.session("2026-03-01")
    found = letters(session, "pact", "DE")
    assert (found["A"], found["S"], found["C"]) == ("YES", "NO", "NO")
    (row,) = read_stages(session, "pact", ("DE",)).rows
    fish = {cell.stage.letter: cell.verdict.word for cell in row.parts[1]}
    assert fish["A"] == "NO"
    assert row.is_telling


def test_a_stage_knows_its_day(writer: Writer) -> None:
    act(writer, "signs", "2026-02-01", "pact", "DE")
    session = writer.session("2026-03-01")
    (row,) = read_stages(session, "pact", ("DE",)).rows
    signed = next(cell for cell in row.whole if cell.stage.letter == "S")
    assert session.date(signed.since) == "2026-02-01"


def test_a_text_that_is_not_there_is_named(writer: Writer) -> None:
    with pytest.raises(UsageError, match="no instrument"):
        read_stages(writer.session("2026-03-01"), "pakt")


def test_who_signed_a_treaty_is_not_bound(writer: Writer) -> None:
    act(writer, "signs", "2026-02-01", "accord", "DE")
    found = counsel(writer.session("2026-03-01"), "DE", "accord")
    word, meaning = found.parts[0].bound
    assert word == "not bound"
    assert "article 18" in meaning


def test_who_ratified_waits_for_entry_into_force(writer: Writer) -> None:
    act(writer, "ratifies", "2026-02-01", "accord", "DE")
    found = counsel(writer.session("2026-03-01"), "DE", "accord")
    assert found.parts[0].bound[0] == "not yet bound"
    assert found.parts[0].missing is not None
    assert [done.event for done in found.acts] == ["ratifies"]


def test_in_force_for_it_means_bound(writer: Writer) -> None:
    act(writer, "ratifies", "2026-02-01", "accord", "DE")
    act(writer, "enters.into.force", "2026-02-10", "accord")
    session = writer.session("2026-03-01")
    word, meaning = counsel(session, "DE", "accord").parts[0].bound
    assert word == "bound"
    assert "26" in meaning
    assert counsel(session, "FR", "accord").parts[0].bound[0] == "not bound"


def test_a_reservation_is_listed(writer: Writer) -> None:
    act(writer, "ratifies", "2026-02-01", "accord", "DE")
    act(writer, "reserves", "2026-02-01", "accord", "DE", "article 3")
    found = counsel(writer.session("2026-03-01"), "DE", "accord").reservations
    assert any("article 3" in answer.question for answer in found)


def test_a_political_text_never_says_bound(writer: Writer) -> None:
    act(writer, "signs", "2026-02-01", "pact", "DE")
    session = writer.session("2026-03-01")
    for party in ("DE", "FR"):
        for part in counsel(session, party, "pact").parts:
            assert part.bound[0] in ("endorses", "does not endorse")
            assert "binds nobody in law" in part.bound[1]


def test_an_act_set_aside_is_listed_with_how_it_counts(writer: Writer) -> None:
    act(writer, "signs", "2026-02-01", "pact", "DE", grade="E5")
    (done,) = read_acts(writer.session("2026-03-01"), "DE", "pact")
    assert str(done.weight) == "aside"
    assert done.reason


def test_acts_after_the_day_asked_about_are_not_there_yet(writer: Writer) -> None:
    act(writer, "signs", "2026-02-01", "pact", "DE")
    assert read_acts(writer.session("2026-01-15"), "DE", "pact") == ()


def test_a_sheet_of_nobody_is_refused(writer: Writer) -> None:
    with pytest.raises(UsageError, match="no party"):
        read_sheet(writer.session("2026-03-01"), "XX")


def test_a_stage_says_what_the_answer_to_its_question_says(writer: Writer) -> None:
    act(writer, "signs", "2026-02-01", "pact", "DE")
    act(writer, "approves", "2026-02-03", "pact", "fish", "FR", grade="D4")
    act(writer, "ratifies", "2026-02-02", "accord", "FR")
    for day in ("2026-01-15", "2026-02-02", "2026-04-15"):
        session = writer.session(day)
        for text in ("pact", "accord"):
            for row in read_stages(session, text).rows:
                for cell in row.cells:
                    (answer,) = session.ask(cell.question)
                    assert answer.verdict is cell.verdict, cell
