from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import SETTINGS, Writer
from vigens.base import UsageError
from vigens.desk import (
    count_sentence,
    find_measures,
    read_counts,
    read_duty,
    read_matrix,
    read_status,
    read_step,
)
from vigens.model import Weight


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def count(writer: Writer, number: int, grade: str | None = "B2", **fields: Any) -> None:
    payload = {
        "measure": "boats",
        "number": number,
        "comparison": "eq",
        "unit": "boats",
        "title": f"{number} boats",
        "speaker": "FR",
        **fields,
    }
    matter = writer.record(
        "count", payload, happened="2026-01-10", known_from="2026-01-10"
    )
    writer.claim(matter, "2026-01-10", grade)


def test_two_counts_are_never_one_number(writer: Writer) -> None:
    assert (
        "no count is known"
        in read_counts(writer.session("2026-02-01"), "boats").sentence
    )
    count(writer, 3)
    one = read_counts(writer.session("2026-02-01"), "boats")
    assert one.sentence == "boats on the river: one count, a claim of France"
    count(writer, 5, "F6")
    found = read_counts(writer.session("2026-02-01"), "boats")
    assert found.sentence.startswith("boats on the river: no single number; 2 counts")
    assert [c.weight for c in found.counts] == [Weight.SURE, Weight.ASIDE]
    assert count_sentence((found, found)).startswith("no single number; 4 counts")
    assert count_sentence((found,)) == found.sentence


def test_a_count_that_nobody_claims_is_not_shown(writer: Writer) -> None:
    payload = {"measure": "boats", "number": 3, "comparison": "eq", "unit": "boats"}
    payload |= {"title": "t", "speaker": "FR"}
    writer.record("count", payload, happened="2026-01-10", known_from="2026-01-10")
    assert read_counts(writer.session("2026-02-01"), "boats").counts == ()


@pytest.mark.parametrize("pattern", ["boats", "b*s"])
def test_measures_are_found_by_name_beginning_or_pattern(
    writer: Writer, pattern: str
) -> None:
    assert find_measures(writer.session("2026-02-01"), pattern) == ("boats",)


def test_a_misspelt_name_gets_a_proposal(writer: Writer) -> None:
    session = writer.session("2026-02-01")
    for read, name in (
        (read_counts, "boat"),
        (read_duty, "helpp"),
        (read_step, "damm"),
    ):
        with pytest.raises(UsageError, match="there is no"):
            read(session, name)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('instrument = "pact"', 'instrument = "pakt"', 'no instrument "pakt"'),
        ('group = "riparians"', 'group = "riparian"', 'no group "riparian"'),
    ],
)
def test_a_matrix_of_nothing_is_refused(
    writer: Writer, old: str, new: str, said: str
) -> None:
    (writer.folder / "case.toml").write_text(SETTINGS.replace(old, new), "utf-8")
    with pytest.raises(UsageError, match=said):
        read_matrix(writer.session("2026-02-01"))


def test_the_matrix_leaves_out_who_surely_stands_outside(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    approves = writer.event("approves", "2026-01-10", "pact", "fish", "FR")
    writer.claim(approves, "2026-01-10")
    matrix = read_matrix(writer.session("2026-02-01"))
    assert matrix is not None
    (row,) = matrix.rows
    assert row.party == "FR"
    assert [cell.word for cell in row.cells] == ["NO", "YES"]


def test_a_case_without_headline_and_matrix_has_a_status(writer: Writer) -> None:
    (writer.folder / "case.toml").write_text('title = "bare"\n', "utf-8")
    status = read_status(writer.session("2026-02-01"))
    assert (status.headline, status.headline_sentence, status.matrix) == (
        None,
        "",
        None,
    )
    assert [step.step.name for step in status.steps] == ["dam", "weir"]


def test_a_step_in_a_month_may_have_passed_within_it(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    words = {
        day: read_step(writer.session(day), "dam").sentence
        for day in ("2026-01-31", "2026-02-10", "2026-03-01")
    }
    assert "date 2026-02 not yet reached; not done" in words["2026-01-31"]
    assert "date 2026-02 may have passed" in words["2026-02-10"]
    assert "date 2026-02 passed" in words["2026-03-01"]


def test_a_derived_date_is_a_range_where_its_anchor_is_one(writer: Writer) -> None:
    matter = writer.event("floods", "2026-01-10/2026-01-12")
    writer.claim(matter, "2026-01-12")
    session = writer.session("2026-01-20")
    said = read_step(session, "weir").sentence
    assert "derived date between 2026-02-10 and 2026-02-12 not yet reached" in said
    assert "(whether floods happened is not known)" in said


def test_a_step_from_a_supposed_event_says_so(writer: Writer) -> None:
    session = writer.session("2026-02-10", suppose=("floods on 2026-01-10",))
    said = read_step(session, "weir").sentence
    assert "derived date 2026-02-10" in said
    assert said.endswith("(hypothesis)")
    assert (
        "no date (nobody has recorded that the river floods)"
        in read_step(writer.session("2026-02-10"), "weir").sentence
    )


def test_a_step_last_looked_for_names_that_day(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-29")  # the day on which the clocks change
    said = read_step(writer.session("2026-03-31"), "dam").sentence
    assert "(last looked 2026-03-29)" in said


def test_a_duty_names_every_reading_of_its_deadline(writer: Writer) -> None:
    breach = writer.event("breach.happens", "2026-01-10T10:00Z", "b1")
    writer.claim(breach, "2026-01-10")
    writer.looked("2026-01-01/2026-03-31")
    duty = read_duty(writer.session("2026-01-20"), "help")
    (report,) = duty.instances
    assert {d.reading for d in report.deadlines} == {"when.soon", "when.late"}
    assert report.states == (
        "triggered, clock running",
        "overdue, no performance recorded",
    )
    assert [variant.name for variant in duty.variants] == ["when"]
    assert duty.caveat is None


def test_a_status_carries_its_lens_and_what_was_not_used(writer: Writer) -> None:
    writer.claim(writer.event("storms", "2026-01-10"), "2026-01-10")
    status = read_status(writer.session("2026-02-01"))
    assert status.lens_words.startswith("as of 2026-02-01")
    assert "storms" in status.findings[0].message
    assert status.headline is not None
