"""The answers that the Paris case must give, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run

PARIS = Path(__file__).resolve().parents[3] / "examples" / "paris"

BREACH = (
    "--suppose",
    "breach.happens(first) on 2026-12-05T10:00Z",
    "--suppose",
    "breach.reported(first) on 2026-12-05T16:00Z",
    "--suppose",
    "breach.attributed(first) on 2026-12-06T09:00Z",
    "--suppose",
    "breach.expanded(first) on 2026-12-06T12:00Z",
)
CEASEFIRE = ("--suppose", "ceasefire.begins(general) on 2026-12-01")
QUIET = "--assume-no-other-change"


def at(day: str, known: str | None = None) -> tuple[str, ...]:
    """Look as of a day, as known on it or on another."""
    return ("--as-of", day, "--known-at", known or day)


def ask(run: Run, question: str, *lens: str) -> list[dict[str, Any]]:
    """Ask for the answers to one question."""
    found = run("status", PARIS, question, *lens, "--json")
    assert found.status == 0, found.err
    answers: list[dict[str, Any]] = found.json["results"][0]["answers"]
    return answers


def word(run: Run, question: str, *lens: str) -> str:
    """Ask for the word of one answer."""
    (answer,) = ask(run, question, *lens)
    return str(answer["answer"])


def test_the_declaration_is_not_published_before_its_day(run: Run) -> None:
    assert word(run, "published(paris)", *at("2026-01-05")) == "NO"
    assert word(run, "published(paris)", *at("2026-01-07")) == "YES"


def test_three_signed_and_the_text_was_not_seen(run: Run) -> None:
    answers = ask(run, "signed(trilateral, _)", *at("2026-01-07"))
    signed = {a["question"] for a in answers if a["answer"] == "YES"}
    assert signed == {f"signed(trilateral, {party})" for party in ("FR", "GB", "UA")}
    assert word(run, "signed(trilateral, US)", *at("2026-01-07")) == "NO"
    (binding,) = ask(run, "legally_binding(trilateral)", *at("2026-01-07"))
    assert binding["answer"] == "NOT KNOWN"
    assert binding["causes"][0]["text"] == "text not seen, reported as intent only"


def test_the_word_of_the_issuer_settles_the_dispute(run: Run) -> None:
    for known, said in (("2026-01-07", "1 for, 1 against"), ("2026-01-31", "2 for, 2")):
        (answer,) = ask(run, "takes_part(paris, US)", *at("2026-01-07", known))
        assert answer["answer"] == "NO"
        notes = " ".join(answer["notes"])
        assert said in notes
        assert "rule issuer-first" in notes


def test_an_exclusion_overrides_a_collective_approval(run: Run) -> None:
    for part, then, before in (
        ("cooperation", "YES", "NOT KNOWN"),
        ("force", "NO", "NOT KNOWN"),
    ):
        question = f"endorsed(paris, {part}, CZ)"
        assert word(run, question, *at("2026-01-07")) == then
        assert word(run, question, *at("2026-01-07", "2026-01-05")) == before


def test_two_pages_of_one_origin_are_set_aside(run: Run) -> None:
    lens = at("2026-02-20")
    assert word(run, "ceasefire(general)", *lens) == "NO"
    assert word(run, "activation_condition", *lens) == "NO"
    found = run("status", PARIS, "ceasefire(partial)", *lens)
    assert "NO  a partial ceasefire is in force" in found.out
    assert "set aside: 2 pages of 1 origin" in found.out


def test_another_policy_answers_otherwise_and_is_named(run: Run) -> None:
    lens = (*at("2026-02-20"), "--policy", "open-ear")
    assert word(run, "ceasefire(general)", *lens) == "NO"
    assert word(run, "activation_condition", *lens) == "NO"
    (partial,) = ask(run, "ceasefire(partial)", *lens)
    assert (partial["answer"], partial["policy"]) == ("YES", "open-ear")


def test_exactly_a_general_ceasefire_is_missing(run: Run) -> None:
    found = run("missing", PARIS, "activation_condition", *at("2026-02-25"))
    assert "missing: exactly: a general ceasefire begins" in found.out


def test_since_when_nobody_knows(run: Run) -> None:
    (answer,) = ask(run, "activation_condition", *at("2026-11-22"))
    assert answer["answer"] == "NOT KNOWN"
    assert answer["since"] == "2026-03-08"
    assert answer["last_looked"] == "2026-03-07"
    assert answer["last_evidence"]["date"][:10] in ("2026-02-23", "2026-02-24")
    assert "2026-02-24" in answer["last_evidence"]["text"]


def test_a_date_that_passed_proves_nothing(run: Run) -> None:
    found = run("status", PARIS, "rotate_headquarters", *at("2026-08-01"))
    assert "planned step" in found.out
    assert "derived date about 2026-07-10 passed" in found.out
    assert "outcome NOT KNOWN" in found.out


def test_how_many_are_ready_has_no_single_number(run: Run) -> None:
    status = run("status", PARIS, *at("2026-01-07"), "--json").json
    ready = [c for c in status["counts"] if "ready" in c["title"] and c["counts"]]
    assert len({c["measure"] for c in ready}) > 1
    for counts in ready:
        for count in counts["counts"]:
            assert count["speaker"]
            assert count["happened"]
    assert "total" not in status


def test_what_would_follow_from_a_ceasefire(run: Run) -> None:
    lens = ("--as-of", "2026-12-02", *CEASEFIRE)
    (answer,) = ask(run, "activation_condition", *lens, QUIET)
    assert (answer["answer"], answer["hypothesis"]) == ("YES", True)
    assert word(run, "activation_condition", *lens) == "NOT KNOWN"
    concluded = ask(run, "concluded(paris, assistance, _)", *lens, QUIET)
    assert {each["answer"] for each in concluded} == {"NO"}
    duty = run("status", PARIS, "contribute", *lens, QUIET, "--json").json
    instances = {
        each["obligor"]: each for each in duty["results"][0]["obligation"]["instances"]
    }
    for party in ("FR", "GB", "DE"):
        asked = {part["question"]: part for part in instances[party]["rests_on"]}
        assert asked["requested(UA)"]["role"] == "trigger"
        assert asked[f"mandate({party})"]["role"] == "while"


def test_deadlines_by_every_reading_of_the_reported_plan(run: Run) -> None:
    found = run("whatif", PARIS, "--as-of", "2026-12-08T12:00Z", *BREACH, QUIET).out
    caveat = "if the reported text is right"
    for line in (
        "reading tier1_start.breach: not after 2026-12-06T10:00Z",
        "reading tier1_start.report: not after 2026-12-06T16:00Z",
        "reading tier1_start.attribution: not after 2026-12-07T09:00Z",
        "reading tier3_clock.at: not before 2026-12-08T10:00Z",
        "reading tier3_clock.within: not after 2026-12-08T10:00Z",
    ):
        (said, *_) = [each for each in found.splitlines() if line in each]
        assert said.endswith(caveat)
    assert "(hypothesis)" in found


@pytest.mark.parametrize("reading", ["breach", "report", "attribution"])
def test_a_chosen_reading_leaves_one_deadline(run: Run, reading: str) -> None:
    lens = ("--as-of", "2026-12-08T12:00Z", *BREACH, QUIET)
    found = run(
        "status",
        PARIS,
        "tier_1_warning",
        *lens,
        "--reading",
        f"tier1_start.{reading}",
        "--json",
    ).json
    for instance in found["results"][0]["obligation"]["instances"]:
        names = {each["reading"] for each in instance["deadlines"]}
        assert names == {f"tier1_start.{reading}"}


def test_every_row_of_the_table_is_in_the_log(run: Run) -> None:
    found = run("log", PARIS, "--kind", "claim", "--json", *at("2026-11-22"))
    claims = found.json["entries"]
    rows = {each["entry"]["payload"].get("row") for each in claims}
    assert {f"pf-{number:03}" for number in range(1, 168)} <= rows


def test_many_answers_stand_together_and_say_so(run: Run) -> None:
    short = run("status", PARIS, "signed(trilateral, _)", *at("2026-01-07")).out
    assert "YES  signed(trilateral, FR)" in short
    assert "NO  signed(trilateral, _), " in short
    assert "nothing says that … signs" in short
    whole = run(
        "status", PARIS, "signed(trilateral, _)", *at("2026-01-07"), "--all"
    ).out
    assert "NO  signed(trilateral, AL)" in whole
    wide = run("status", PARIS, "endorsed(paris, _, _)", *at("2026-01-07")).out
    assert "for the same reason (--all lists them)" in wide
    other = run(
        "status", PARIS, "ceasefire", *at("2026-02-20"), "--policy", "open-ear"
    ).out
    assert "under the policy open-ear" in other


def test_several_ways_are_listed(run: Run) -> None:
    found = run("missing", PARIS, "takes_part(paris, CH)", *at("2026-02-25")).out
    assert "any one of" in found
    assert "\n  1. " in found


def test_whatif_answers_what_is_asked_beside_what_changes(run: Run) -> None:
    found = run(
        "whatif",
        PARIS,
        "--as-of",
        "2026-12-02",
        *CEASEFIRE,
        QUIET,
        "contribute",
        "rotate_headquarters",
        "ceasefire(_)",
        "published(paris)",
        "operative(assistance, _)",
    ).out
    assert "without the hypothesis  NO: ceasefire(general)" in found
    assert "without the hypothesis  the same" in found
    assert "France (FR)" in found
    assert "planned step: The operational headquarters" in found
    quiet = run("whatif", PARIS, "--as-of", "2026-12-02", *CEASEFIRE).out
    assert "silence after the last look stays NOT KNOWN" in quiet
    assert "DUTIES THAT CHANGE (HYPOTHESIS)\n  none" in quiet


def test_a_why_shown_twice_is_not_unfolded_twice(run: Run) -> None:
    found = run("why", PARIS, "contribute", *at("2026-01-07")).out
    assert "(as above)" in found


def test_the_first_words_of_measures_name_them_all_side_by_side(run: Run) -> None:
    found = run("status", PARIS, "countries_ready", *at("2026-01-07"))
    assert found.out.startswith(
        "countries_ready  no single number; 3 counts with 2 measures"
    )
    assert "26 countries: FR, 2025-09-04" in found.out
    assert "6 countries" in found.out
    assert "3 countries: UA" in found.out


def test_the_state_of_a_duty_names_the_hypothesis(run: Run) -> None:
    supposed = ("--suppose", "breach.happens(b1) on 2026-12-05T10:00Z")
    found = run("status", PARIS, "tier_1_warning", *at("2026-12-06"), *supposed)
    assert "(hypothesis)" in found.out
    assert "(hypothesis)" not in run("status", PARIS, "tier_1_warning").out


def test_a_duty_that_nobody_knew_of_yet_says_so(run: Run) -> None:
    found = run("status", PARIS, "tier_1_warning", *at("2026-01-07"))
    assert found.status == 2
    assert '"tier_1_warning" was not known by 2026-01-07' in found.err


def test_why_unfolds_no_crowd(run: Run) -> None:
    found = run("why", PARIS, "endorsed(_, _, _)", *at("2026-01-07"))
    assert found.status == 2
    assert "put a name in place of one _" in found.err
    assert run("why", PARIS, "signed(trilateral, _)", *at("2026-01-07")).status == 0
