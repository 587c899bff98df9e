"""Status, why, missing, whatif and timeline on the tiny case."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

THEN = ("--as-of", "2026-02-20", "--known-at", "2026-02-20")


def test_status_answers_the_headline_first(run: Run, case: Path) -> None:
    found = run("status", case, *THEN)
    assert found.status == 0
    assert found.err == ""
    lines = found.out.splitlines()
    assert lines[0] == "The river pact"
    assert lines[1].startswith("lens  as of 2026-02-20 · known at 2026-02-20")
    assert "YES  the river is open" in found.out
    for section in (
        "TEXTS",
        "WHO ENDORSES WHAT",
        "DUTIES",
        "PLANNED STEPS",
        "COUNTS",
        "WHAT NOBODY KNOWS",
    ):
        assert section in found.out
    assert "Nobody watched the upper lock." in found.out


def test_status_drifts_to_not_known_where_nobody_looked(run: Run, case: Path) -> None:
    found = run("status", case)
    assert "NOT KNOWN  the river is open" in found.out
    assert "last looked           2026-02-28" in found.out
    assert "since                 2026-03-01" in found.out


def test_the_lens_is_the_clock_where_no_day_is_named(run: Run, case: Path) -> None:
    assert "as of 2026-03-10T12:00Z" in run("status", case).out


def test_a_matrix_row_of_unknowns_is_summed_up_until_all_is_asked(
    run: Run, case: Path
) -> None:
    short = run("status", case).out
    assert "3 states, NOT KNOWN in every part: FR GB DE" in short
    whole = run("status", case, "--all").out
    assert "NOT KNOWN in every part" not in whole
    assert "FR  France" in whole


def test_a_no_in_the_matrix_does_not_look_like_an_unknown(run: Run, case: Path) -> None:
    found = run("status", case, "--all").out
    assert "no not endorsed · ? NOT KNOWN" in found


def test_questions_of_each_kind(run: Run, case: Path) -> None:
    found = run("status", case, *THEN, "lock_open", "help", "survey", "boats")
    assert found.status == 0
    assert "YES  the lock is open" in found.out
    assert "help  Help after a flood" in found.out
    assert "derived date about 2026-07-09 not yet reached" in found.out
    assert "no single number; 2 counts" in found.out
    assert "12 boats: FR, 2026-01-10" in found.out
    assert "more than 20 boats: the source" in found.out


def test_options_may_stand_between_questions(run: Run, case: Path) -> None:
    found = run("status", "--as-of", "2026-02-20", case, "lock_open", "--json", "boats")
    assert [*found.json["results"][0]] == ["answers"]
    assert [*found.json["results"][1]] == ["sentence", "counts"]


def test_a_bare_name_stands_for_all_its_answers(run: Run, case: Path) -> None:
    found = run("status", case, *THEN, "endorsed", "--json")
    asked = [each["question"] for each in found.json["results"][0]["answers"]]
    assert len(asked) == 6
    assert "endorsed(pact, water, FR)" in asked


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("lok_open", '"lock_open" (a state)'),
        ("hlp", '"help" (an obligation)'),
        ("boat", '"boats" (a measure)'),
        ("survy", '"survey" (a planned step)'),
    ],
)
def test_an_unknown_name_is_met_with_the_nearest(
    run: Run, case: Path, question: str, meant: str
) -> None:
    found = run("status", case, question)
    assert found.status == 2
    assert f"did you mean {meant}?" in found.err
    assert found.out == ""


def test_an_event_is_told_apart_from_a_state(run: Run, case: Path) -> None:
    found = run("status", case, "opens")
    assert found.status == 2
    assert '"opens" is an event, not a state' in found.err


def test_status_json_holds_the_lens_and_every_section(run: Run, case: Path) -> None:
    found = run("status", case, *THEN, "--json").json
    assert found["lens"]["as_of"] == "2026-02-20T23:59:59Z"
    assert found["headline"]["answer"] == "YES"
    assert found["matrix"]["components"] == ["water", "bank"]
    assert {duty["name"] for duty in found["duties"]} == {"help", "answer"}
    assert any(each["kind"] == "note" for each in found["unknown"])


def test_a_policy_of_ones_own_is_named(run: Run, case: Path) -> None:
    found = run("status", case, *THEN, "lock_open", "--policy", "open-ear")
    assert "NO  the lock is open" in found.out
    assert "policy" in found.out
    assert "open-ear: Every page counts" in found.out


def test_known_at_hides_what_came_later(run: Run, case: Path) -> None:
    found = run("status", case, "--as-of", "2026-01-09", "--known-at", "2026-01-09")
    assert "YES  the river is open" not in found.out


def test_why_goes_down_to_the_source(run: Run, case: Path) -> None:
    found = run("why", case, *THEN, "open_river")
    lines = found.out.splitlines()
    assert lines[0].startswith("the river is open: YES")
    assert "claim r-1 says so (grade B2" in found.out
    assert "https://gazette.example/page" in found.out
    assert "claim r-2 says so, set aside (grade F6, not graded" in found.out
    assert lines[-1].startswith("lens") or "engine" in lines[-1]


def test_why_can_be_cut(run: Run, case: Path) -> None:
    found = run("why", case, *THEN, "open_river", "--depth", "0")
    assert "steps below (--depth)" in found.out
    assert "gazette.example" not in found.out
    cut = run("why", case, *THEN, "open_river", "--depth", "0", "--json").json
    assert cut["results"][0]["why"]["children"] == []
    assert cut["results"][0]["why"]["n_cut"] == 1


def test_why_json_carries_claims_with_sources(run: Run, case: Path) -> None:
    tree = run("why", case, *THEN, "lock_open", "--json").json["results"][0]["why"]
    claims = [claim for child in tree["children"] for claim in child["claims"]]
    assert {claim["row"] for claim in claims} == {"r-1", "r-2"}
    assert claims[0]["sources"][0]["address"].startswith("https://")


def test_why_of_a_measure_lists_each_count_with_its_claims(
    run: Run, case: Path
) -> None:
    found = run("why", case, "boats")
    assert "Twelve boats" in found.out
    assert "More than twenty boats" in found.out
    assert "has no effect" in found.out


def test_why_of_an_entry_shows_what_is_claimed(run: Run, case: Path) -> None:
    line = run("log", case, "--kind", "occurrence", "--json").json["entries"][0]
    found = run("why", case, line["entry"]["id"][:12])
    assert "occurrence" in found.out
    assert "counts surely" in found.out


def test_why_of_a_duty_shows_what_would_trigger_it(run: Run, case: Path) -> None:
    found = run("why", case, "help")
    assert found.status == 0
    assert "Help after a flood" in found.out
    step = run("why", case, "survey")
    assert "The bank is surveyed" in step.out
    assert "claim r-1 says so" in step.out


def test_missing_says_exactly_what_would_do(run: Run, case: Path) -> None:
    then = ("--as-of", "2026-01-05", "--known-at", "2026-01-20")
    found = run("missing", case, *then, "open_river")
    assert "missing: exactly: the lock opens" in found.out
    form = run("missing", case, *then, "open_river", "--json").json
    assert form["results"][0]["alternatives"] == [
        [{"kind": "event", "text": "the lock opens", "event": "opens"}]
    ]


def test_missing_says_when_nothing_is(run: Run, case: Path) -> None:
    found = run("missing", case, *THEN, "open_river")
    assert "nothing is missing: it holds" in found.out


def test_whatif_labels_everything_it_says(run: Run, case: Path) -> None:
    found = run(
        "whatif",
        case,
        "--as-of",
        "2026-03-05T12:00Z",
        "--suppose",
        "flood(north) on 2026-03-04T10:00Z",
        "--suppose",
        "told(north) on 2026-03-04T16:00Z",
        "--assume-no-other-change",
        "lock_open",
    )
    assert found.status == 0
    assert "(hypothesis)  the river is open" in found.out
    assert "reading start.flood: not after 2026-03-05T10:00Z" in found.out
    assert "reading start.word: not after 2026-03-05T16:00Z" in found.out
    assert "not before 2026-03-07T10:00Z" in found.out
    assert found.out.count("if the reported text is right") >= 3
    assert "assuming no other change" in found.out


def test_whatif_shows_states_that_change(run: Run, case: Path) -> None:
    words = ("whatif", case, "--as-of", "2026-03-05", "--assume-no-other-change")
    found = run(*words, "--suppose", "shuts on 2026-03-02")
    assert "YES → NO  lock_open" in found.out
    form = run(*words, "--suppose", "shuts on 2026-03-02", "--json").json
    assert form["headline"]["before"]["answer"] == "YES"
    assert form["headline"]["after"]["answer"] == "NO"
    assert {each["state"] for each in form["states"]} == {"lock_open", "open_river"}


def test_whatif_names_no_step_that_stays_as_it_is(run: Run, case: Path) -> None:
    words = ("whatif", case, "--as-of", "2026-03-05", "--suppose")
    for event, n_steps in (("shuts on 2026-03-01", 0), ("surveyed on 2026-03-01", 1)):
        assert len(run(*words, event, "--json").json["steps"]) == n_steps


def test_whatif_without_a_hypothesis_is_refused(run: Run, case: Path) -> None:
    found = run("whatif", case)
    assert found.status == 2
    assert "nothing is supposed" in found.err


def test_timeline_csv_has_the_columns_of_the_format(run: Run, case: Path) -> None:
    found = run("timeline", case, "lock_open", "--csv")
    rows = list(csv.reader(io.StringIO(found.out)))
    assert rows == [
        ["fluent", "args", "value", "bound", "start", "end"],
        ["lock_open", "", "true", "surely", "2026-01-09T23:59:59Z", "2026-03-01"],
        ["lock_open", "", "true", "possibly", "2026-01-09", ""],
    ]
    assert "lens: as of" in found.err


def test_timeline_draws_surely_and_possibly_apart(run: Run, case: Path) -> None:
    found = run("timeline", case, "lock_*")
    assert "█" in found.out
    assert "░" in found.out


def test_timeline_of_everything_and_of_nothing(run: Run, case: Path) -> None:
    assert "open_river" in run("timeline", case, "--csv").out
    found = run("timeline", case, "lock_opn")
    assert found.status == 2
    assert 'did you mean "lock_open"' in found.err
    nothing = run("timeline", case, "breach_found", "--as-of", "2025-01-01")
    assert "nothing holds" in nothing.out
    form = run("timeline", case, "lock_open", "--json").json
    assert form["intervals"][0]["value"] == "true"
