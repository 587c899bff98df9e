from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import Writer, word
from vigens.desk import Session, why
from vigens.desk.assembling import Assembled
from vigens.model import Happening, Weight


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def only(session: Session, event: str) -> Happening:
    (found,) = session.assembled.world.happenings[event]
    return found


def messages(assembled: Assembled) -> list[str]:
    return [finding.message for finding in assembled.findings]


def test_what_was_found_fabricated_counts_under_no_policy(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    claim = writer.claim(writer.event("dries", "2026-02-01"), "2026-02-01", "A1")
    assert word(writer.session("2026-02-02", policy="loose"), "quiet") == "YES"
    review = {"verdict": "fabricated", "reason": "made up"}
    writer.record("review", review, about=(claim,), known_from="2026-02-10")
    before = writer.session("2026-02-12", "2026-02-09", policy="loose")
    assert only(before, "dries").weight is Weight.SURE  # hindsight does not leak
    after = only(writer.session("2026-02-12", policy="loose"), "dries")
    assert after.weight is Weight.ASIDE
    assert after.reason == "set aside: found to be fabricated"


def test_a_contradicted_claim_is_worth_a_five(writer: Writer) -> None:
    claim = writer.claim(writer.event("dries", "2026-02-01"), "2026-02-01", "A1")
    review = {"verdict": "contradicted", "reason": "two others say so"}
    writer.record("review", review, about=(claim,), known_from="2026-02-10")
    session = writer.session("2026-02-12")
    assert str(session.assembled.grades[claim]) == "A5"
    assert only(session, "dries").weight is Weight.ASIDE


def test_copies_at_one_address_are_one_origin(writer: Writer) -> None:
    flood = writer.event("floods", "2026-02-01")
    first = writer.claim(flood, "2026-02-01", address="https://example.org/a")
    writer.claim(flood, "2026-02-01", address="https://example.org/a")
    confirm = {"by": "anna"}
    writer.record(
        "confirmation", confirm, about=(flood,), known_from="2026-02-01", by="anna"
    )
    found = only(writer.session("2026-02-02"), "floods")
    assert found.weight is Weight.POSSIBLE
    assert "1 independent origin" in found.reason
    other = writer.claim(flood, "2026-02-01")
    assert only(writer.session("2026-02-02"), "floods").weight is Weight.SURE
    writer.record(
        "same_origin",
        {"reason": "one agency"},
        about=(first, other),
        known_from="2026-02-05",
    )
    late = writer.session("2026-02-06")
    assert only(late, "floods").weight is Weight.POSSIBLE
    early = writer.session("2026-02-06", "2026-02-04")
    assert only(early, "floods").weight is Weight.SURE


@pytest.mark.parametrize("who", [{"by": "curator"}, {"by": "someone"}])
def test_nobody_confirms_what_they_recorded_themselves(
    writer: Writer, who: dict[str, str]
) -> None:
    flood = writer.event("floods", "2026-02-01")
    for _ in range(2):
        writer.claim(flood, "2026-02-01")
    by = "anna" if who["by"] == "curator" else "curator"
    writer.record("confirmation", who, about=(flood,), known_from="2026-02-01", by=by)
    found = only(writer.session("2026-02-02"), "floods")
    assert found.reason == "no second person has confirmed it"


def test_the_issuers_word_prevails_unless_issuers_differ(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    signs = writer.event("signs", "2026-02-01", "pact", "DE")
    writer.claim(signs, "2026-02-01")
    writer.claim(signs, "2026-02-01", denies=True, voice="FR")
    session = writer.session("2026-02-02")
    assert only(session, "signs").weight is Weight.DENIED
    assert word(session, "signed(pact, DE)") == "NO"
    writer.claim(signs, "2026-02-03", voice="DE")
    session = writer.session("2026-02-04")
    assert only(session, "signs").weight is Weight.POSSIBLE
    assert word(session, "signed(pact, DE)") == "NOT KNOWN"


def test_an_undated_event_is_known_from_a_claim_that_counts(writer: Writer) -> None:
    signs = writer.event("signs", None, "pact", "DE")
    writer.claim(signs, "2026-01-10", "F6")
    writer.claim(signs, "2026-02-01")
    session = writer.session("2026-01-20", "2026-03-01")
    assert word(session, "signed(pact, DE)") == "NOT KNOWN"
    (answer,) = session.ask("signed(pact, DE)")
    assert "its date is not known" in [cause.text for cause in answer.causes]
    assert word(writer.session("2026-02-02", "2026-03-01"), "signed(pact, DE)") == "YES"


def test_an_event_with_an_open_end_happened_by_when_it_was_told(
    writer: Writer,
) -> None:
    signs = writer.event("signs", "2026-01-05/..", "pact", "DE")
    writer.claim(signs, "2026-02-01")
    assert word(writer.session("2026-02-02"), "signed(pact, DE)") == "YES"
    early = writer.session("2026-01-20", "2026-02-02")
    assert word(early, "signed(pact, DE)") == "NOT KNOWN"


def test_an_act_takes_its_whole_day_even_where_an_hour_is_given(
    writer: Writer,
) -> None:
    signs = writer.event("signs", "2026-02-01T10:00Z", "pact", "DE")
    writer.claim(signs, "2026-02-01")
    session = writer.session("2026-02-01T05:00Z", "2026-02-02")
    assert word(session, "signed(pact, DE)") == "YES"


def test_a_denied_act_did_not_happen_all_day(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-01-31")
    signs = writer.event("signs", "2026-02-01", "pact", "DE")
    writer.claim(signs, "2026-02-01", denies=True)
    session = writer.session("2026-02-01")
    assert word(session, "signed(pact, DE)") == "NO"
    assert word(writer.session("2026-02-02"), "signed(pact, DE)") == "NOT KNOWN"


def test_a_denied_observation_says_the_opposite(writer: Writer) -> None:
    flood = writer.seen("open_river", "2026-02-01", holds=True)
    writer.claim(flood, "2026-02-01", denies=True)
    session = writer.session("2026-02-02")
    (seen,) = session.assembled.world.sightings["open_river"]
    assert (seen.holds, seen.weight) == (False, Weight.SURE)
    writer.claim(flood, "2026-02-03")
    session = writer.session("2026-02-04")
    assert word(session, "open_river") == "NOT KNOWN"
    held = [s.holds for s in session.assembled.world.sightings["open_river"]]
    assert held == [True, False]


def test_an_observation_of_what_follows_from_a_condition_is_told(
    writer: Writer,
) -> None:
    writer.looked("2026-01-01/2026-03-31")
    writer.claim(writer.seen("quiet", "2026-02-01", holds=False), "2026-02-01")
    session = writer.session("2026-02-02")
    assert word(session, "quiet") == "YES"
    (message,) = messages(session.assembled)
    assert '"quiet" follows from a condition' in message


@pytest.mark.parametrize(
    ("event", "args", "said"),
    [
        ("storms", (), 'event "storms" is not declared; not used'),
        ("dries", ("FR",), '"dries" takes 0 arguments, not 1; not used'),
        ("signs", ("pact", "ZZ"), 'unknown party "ZZ"; not used'),
    ],
)
def test_an_entry_that_nothing_declares_is_told(
    writer: Writer, event: str, args: tuple[str, ...], said: str
) -> None:
    writer.claim(writer.event(event, "2026-02-01", *args), "2026-02-01")
    assert messages(writer.session("2026-02-02").assembled) == [said]


def test_two_corrections_of_an_event_leave_it_open(writer: Writer) -> None:
    dries = writer.event("dries", "2026-02-01")
    writer.claim(dries, "2026-02-01")
    for day in ("2026-02-02", "2026-02-03"):
        writer.event("dries", day, rectifies=dries)
    found = writer.session("2026-02-10").assembled.world.happenings["dries"]
    assert [one.weight for one in found] == [Weight.POSSIBLE, Weight.POSSIBLE]
    assert found[0].reason == "two corrections of this entry disagree"


def test_a_denial_stays_one_when_its_matter_is_corrected(writer: Writer) -> None:
    dries = writer.event("dries", "2026-02-01")
    writer.claim(dries, "2026-02-01", denies=True)
    writer.event("dries", "2026-02-02", rectifies=dries)
    assert only(writer.session("2026-02-10"), "dries").weight is Weight.DENIED


def test_two_corrections_of_a_denial_close_nothing(writer: Writer) -> None:
    dries = writer.event("dries", "2026-02-01")
    writer.claim(dries, "2026-02-01", denies=True)
    for day in ("2026-02-02", "2026-02-03"):
        writer.event("dries", day, rectifies=dries)
    found = writer.session("2026-02-10").assembled.world.happenings["dries"]
    assert {one.weight for one in found} == {Weight.ASIDE}


def test_two_corrections_of_the_only_claim_leave_its_matter_open(
    writer: Writer,
) -> None:
    dries = writer.event("dries", "2026-02-01")
    claim = writer.claim(dries, "2026-02-01")
    for voice in ("FR", "DE"):
        writer.claim(dries, "2026-02-01", voice=voice, supersedes=claim)
    found = only(writer.session("2026-02-10"), "dries")
    assert found.weight is Weight.POSSIBLE
    assert found.reason == "two corrections of a claim about it disagree"


def test_two_corrections_of_a_grade_come_to_the_worst_of_each_part(
    writer: Writer,
) -> None:
    dries = writer.event("dries", "2026-02-01")
    claim = writer.claim(dries, "2026-02-01", grade=None)

    def grade(text: str, **fields: Any) -> str:
        payload = {"reliability": text[0], "credibility": int(text[1])}
        return writer.record("grade", payload, about=(claim,), **fields)

    first = grade("B2", known_from="2026-02-01")
    for text in ("A4", "C1"):
        grade(text, rectifies=first)
    assert str(writer.session("2026-03-31").assembled.grades[claim]) == "C4"


def test_what_is_hidden_shapes_no_answer(writer: Writer) -> None:
    dries = writer.event("dries", "2026-02-01", marks=("cell",))
    writer.claim(dries, "2026-02-01", marks=("cell",))
    public = writer.session("2026-02-02")
    assert "dries" not in public.assembled.world.happenings
    assert (
        "dries" in writer.session("2026-02-02", reader="all").assembled.world.happenings
    )


def test_a_hidden_claim_does_not_make_a_public_matter_sure(writer: Writer) -> None:
    dries = writer.event("dries", "2026-02-01")
    writer.claim(dries, "2026-02-01", marks=("cell",))
    assert only(writer.session("2026-02-02"), "dries").weight is Weight.ASIDE


def test_coverage_counts_for_the_audience_that_it_names(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01", audience="cell")
    assert word(writer.session("2026-02-02"), "open_river") == "NOT KNOWN"
    assert word(writer.session("2026-02-02", reader="all"), "open_river") == "NO"


def test_coverage_for_others_leaves_silence_open_and_says_so(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01", "floods", audience="DE")
    writer.looked("2026-01-01/2026-03-01", "dries")
    (answer,) = writer.session("2026-02-02").ask("open_river")
    assert answer.word == "NOT KNOWN"
    (cause,) = answer.causes
    assert cause.text == "the record of floods is complete for DE, not for this reader"
    assert word(writer.session("2026-02-02", reader="DE"), "open_river") == "NO"
    assert word(writer.session("2026-02-02", reader="FR"), "open_river") == "NOT KNOWN"


def test_hidden_coverage_closes_nothing_and_is_no_cause(writer: Writer) -> None:
    writer.record(
        "coverage",
        {"events": ["floods"], "audience": "DE"},
        happened="2026-01-01/2026-03-01",
        known_from="2026-01-01",
        marks=("DE",),
    )
    writer.looked("2026-01-01/2026-03-01", "dries")
    (answer,) = writer.session("2026-02-02").ask("open_river")
    said = ["nobody has looked whether the river floods"]
    assert [cause.text for cause in answer.causes] == said
    assert word(writer.session("2026-02-02", reader="DE"), "open_river") == "NO"


def test_coverage_of_a_group_counts_for_its_members(writer: Writer) -> None:
    writer.record("release_group", {"group": "shore", "title": "The shore"})
    writer.record(
        "membership",
        {"group": "shore", "member": "FR", "is_member": True},
        known_from="2026-01-01",
        marks=(),
    )
    writer.looked("2026-01-01/2026-03-01", audience="shore")
    words = {
        reader: word(writer.session("2026-02-02", reader=reader), "open_river")
        for reader in ("public", "DE", "FR", "shore", "all")
    }
    assert words == {
        "public": "NOT KNOWN",
        "DE": "NOT KNOWN",
        "FR": "NO",
        "shore": "NO",
        "all": "NO",
    }


def test_coverage_ends_with_what_was_known_and_recorded(writer: Writer) -> None:
    writer.looked("2026-01-01/..")
    assert word(writer.session("2026-02-02"), "open_river") == "NO"
    late = writer.session("2026-02-03", "2026-02-02")
    assert word(late, "open_river") == "NOT KNOWN"
    ahead = writer.session("2026-05-01", "2026-05-01")
    assert word(ahead, "open_river") == "NOT KNOWN"
    (answer,) = ahead.ask("open_river")
    assert ahead.date(answer.since).startswith("2026-03-31")


def test_coverage_with_a_rough_date_covers_nothing(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03~")
    session = writer.session("2026-02-02")
    assert word(session, "open_river") == "NOT KNOWN"
    assert "rough or missing date" in messages(session.assembled)[0]


def test_coverage_of_a_misspelt_event_is_told(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01", "flods", "dries")
    assert messages(writer.session("2026-02-02").assembled) == [
        'event "flods" is not declared; not used'
    ]


def test_two_corrections_of_coverage_cover_nothing(writer: Writer) -> None:
    first = writer.looked("2026-01-01/2026-03-01")
    for span in ("2026-01-01/2026-02-01", "2026-01-01/2026-02-20"):
        payload = {"events": ["*"], "audience": "public", "note": ""}
        writer.record("coverage", payload, happened=span, rectifies=first)
    assert word(writer.session("2026-01-10"), "open_river") == "NOT KNOWN"


def test_coverage_for_one_party_says_nothing_of_another(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01", keys=["FR"])
    session = writer.session("2026-02-02")
    assert word(session, "signed(pact, FR)") == "NO"
    assert word(session, "signed(pact, DE)") == "NOT KNOWN"


def test_a_case_without_coverage_reaches_to_its_last_claim(writer: Writer) -> None:
    claim = writer.claim(writer.event("dries", "2026-02-01"), "2026-02-01")
    grade = {"reliability": "A", "credibility": 1}
    writer.record("grade", grade, about=(claim,), known_from="2026-03-01")
    session = writer.session("2026-02-10", "2026-03-02")
    assert word(session, "open_river") == "NOT KNOWN"
    (answer,) = session.ask("open_river")
    assert session.date(answer.since) == "2026-02-02"
    assert any("holds no coverage" in note for note in answer.notes)


def test_a_month_dated_claim_counts_from_the_months_end(writer: Writer) -> None:
    writer.claim(writer.event("dries", "2026-02-01"), "2026-02")
    inside = writer.session("2026-02-27")
    assert only(inside, "dries").weight is Weight.ASIDE
    assert only(writer.session("2026-02-28"), "dries").weight is Weight.SURE


def test_a_supposed_event_may_have_an_open_date(writer: Writer) -> None:
    session = writer.session("2026-03-01", suppose=("dries on 2026-02-01/..",))
    assert only(session, "dries").is_hypothesis
    assert only(session, "dries").last > session.lens.as_of


def test_a_claim_that_denies_only_in_words_denies_its_matter(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    dries = writer.event("dries", "2026-02-01")
    payload = {"polarity": "neg", "statement": "no", "actors": []}
    claim = writer.record("claim", payload, about=(dries,), known_from="2026-02-01")
    grade = {"reliability": "B", "credibility": 2}
    writer.record("grade", grade, about=(claim,), known_from="2026-02-01")
    session = writer.session("2026-02-02")
    assert only(session, "dries").weight is Weight.DENIED
    (unfolded,) = why(session, "open_river")
    assert unfolded.answer.word == "NO"
