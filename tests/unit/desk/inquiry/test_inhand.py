"""What waits for a curator, and what claims say against each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import SETTINGS, Writer
from vigens.desk.inquiry import InHand, read_contradictions, read_in_hand
from vigens.journal import Passage, Source

FOUR_EYES = '[four_eyes]\nevents = ["dries"]\n[policies.strict]'


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    settings = SETTINGS.replace("[policies.strict]", FOUR_EYES, 1)
    (writer.folder / "case.toml").write_text(settings, "utf-8")
    return writer


def read(writer: Writer, reader: str = "public") -> InHand:
    return read_in_hand(writer.session("2026-03-31", reader=reader))


def test_a_claim_waits_until_somebody_grades_it(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    claim = writer.claim(flood, "2026-01-11", None)
    writer.claim(flood, "2026-01-11", "B2")
    assert [one.ref for one in read(writer).ungraded] == [claim]
    grade = {"reliability": "F", "credibility": 6}
    writer.record("grade", grade, about=(claim,))
    assert read(writer).ungraded == ()


def test_what_waits_for_a_second_person_is_listed_until_one_comes(
    writer: Writer,
) -> None:
    dry = writer.event("dries", "2026-01-10")
    assert [one.ref for one in read(writer).second] == [dry]
    writer.record("confirmation", {"by": "another"}, about=(dry,), by="another")
    assert read(writer).second == ()


def test_rival_corrections_are_listed_with_both(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    for day in ("2026-01-11", "2026-01-12"):
        writer.event("floods", day, rectifies=flood)
    (rivals,) = read(writer).rivals
    assert rivals.ref == flood
    assert len(rivals.rivals) == 2


def test_two_pages_with_one_quote_may_be_one_origin(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    names = []
    for number in range(2):
        said = {"polarity": "pos", "statement": f"{number}", "actors": []}
        quoted = Passage(f"{number}" * 64, 0, 9, "it floods")
        source = Source(f"https://{number}.example", passage=quoted)
        names.append(writer.record("claim", said, about=(flood,), sources=(source,)))
    (alike,) = read(writer).alike
    assert (alike.one.ref, alike.other.ref) == tuple(names)
    assert alike.because == "they quote the same words"
    writer.record("same_origin", {"reason": "one page"}, about=tuple(names))
    assert read(writer).alike == ()


def test_a_story_told_twice_in_one_wording_is_a_candidate(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    for number, words in enumerate(
        ("the river came over its banks at dawn", "At dawn the river came over banks")
    ):
        payload = {"polarity": "pos", "statement": words, "actors": []}
        writer.record(
            "claim",
            payload,
            about=(flood,),
            sources=(Source(f"https://{number}.example"),),
        )
    (alike,) = read(writer).alike
    assert alike.because == "their wording is nearly the same"


def test_what_a_reader_may_not_see_does_not_wait_for_him(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10", marks=("FR",))
    writer.claim(flood, "2026-01-11", None, marks=("FR",))
    assert read(writer).n_claims == 0
    assert read(writer).ungraded == ()
    assert len(read(writer, "FR").ungraded) == 1


def test_a_dispute_that_no_rule_settles_is_open(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    writer.claim(flood, "2026-01-11")
    writer.claim(flood, "2026-01-12", denies=True)
    (found,) = read_contradictions(writer.session("2026-03-31"))
    assert (found.how, found.is_open, found.ref) == ("denied", True, flood)
    assert len(found.affirming) == len(found.denying) == 1


def test_a_side_below_consideration_leaves_nothing_open(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    writer.claim(flood, "2026-01-11")
    writer.claim(flood, "2026-01-12", "E5", denies=True)
    (found,) = read_contradictions(writer.session("2026-03-31"))
    assert not found.is_open
    assert read(writer).contradictions == ()


def test_claims_recorded_as_contradicting_stand_together(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    for words in ("ten boats", "twelve boats"):
        payload: dict[str, Any] = {"polarity": "pos", "statement": words, "actors": []}
        payload["contradiction_key"] = "how-many"
        writer.record("claim", payload, about=(flood,))
    (found,) = read_contradictions(writer.session("2026-03-31"))
    assert (found.how, found.kind, found.title) == ("keyed", "how-many", "ten boats")


def test_what_a_review_calls_contradicted_is_shown_once(writer: Writer) -> None:
    flood = writer.event("floods", "2026-01-10")
    claim = writer.claim(flood, "2026-01-11")
    review = {"verdict": "contradicted", "reason": "compare the other"}
    writer.record("review", review, about=(claim,))
    (found,) = read_contradictions(writer.session("2026-03-31"))
    assert (found.how, found.outcome) == ("reviewed", "compare the other")
