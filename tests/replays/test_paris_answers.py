"""The Paris case must give these answers, worked out by hand from its sources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigens.desk import (
    Case,
    Looking,
    Session,
    count_sentence,
    find_measures,
    make_lens,
    open_case,
    read_counts,
    read_duty,
    read_left_open,
    read_matrix,
    read_status,
    read_step,
    sentence,
    why,
)
from vigens.engine import Verdict, what_is_missing

PARIS = Path(__file__).parents[2] / "examples" / "paris"
CEASEFIRE = ("ceasefire.begins(general) on 2026-12-01",)
BREACH = (
    "breach.happens(b1) at 2026-12-05T10:00Z",
    "breach.reported(b1) at 2026-12-05T16:00Z",
    "breach.attributed(b1) at 2026-12-06T09:00Z",
    "breach.expanded(b1) at 2026-12-06T12:00Z",
)


def clock() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def paris() -> Case:
    return open_case(PARIS, clock)


def look(
    case: Case,
    as_of: str,
    known_at: str | None = None,
    *,
    policy: str | None = None,
    suppose: tuple[str, ...] = (),
    assume: bool = False,
) -> Session:
    looking = Looking(
        now=int(clock().timestamp()),
        as_of=as_of,
        known_at=known_at or as_of,
        policy=policy,
        suppose=suppose,
        assume_no_other_change=assume,
    )
    return Session(case, make_lens(case, looking))


def word(session: Session, question: str) -> str:
    (answer,) = session.ask(question)
    return answer.word


def test_the_declaration_is_not_published_the_day_before(paris: Case) -> None:
    assert word(look(paris, "2026-01-05"), "published(paris)") == "NO"
    assert word(look(paris, "2026-01-07"), "published(paris)") == "YES"


def test_three_sign_the_declaration_of_intent_and_the_us_does_not(paris: Case) -> None:
    session = look(paris, "2026-01-07")
    signed = {a.question: a.word for a in session.ask("signed(trilateral, _)")}
    yes = {question for question, said in signed.items() if said == "YES"}
    assert yes == {f"signed(trilateral, {party})" for party in ("FR", "GB", "UA")}
    assert signed["signed(trilateral, US)"] == "NO"


def test_nobody_can_say_whether_an_unseen_text_binds_in_law(paris: Case) -> None:
    (answer,) = look(paris, "2026-01-07").ask("legally_binding(trilateral)")
    assert answer.word == "NOT KNOWN"
    assert [cause.kind for cause in answer.causes] == ["unstated"]
    assert answer.causes[0].text == "text not seen, reported as intent only"


@pytest.mark.parametrize(
    ("known_at", "said"),
    [("2026-01-07", "(1 for, 1 against)"), ("2026-01-31", "(2 for, 2 against)")],
)
def test_the_presidencys_word_prevails_on_us_participation(
    paris: Case, known_at: str, said: str
) -> None:
    session = look(paris, "2026-01-07", known_at)
    (answer,) = session.ask("takes_part(paris, US)")
    assert answer.word == "NO"
    (note,) = [note for note in answer.notes if "disputed" in note]
    assert said in note
    assert "issuer-first" in note
    assert "FR" in note
    found = claims_in(session, "takes_part(paris, US)", "signs(paris, US)")
    sides = [claim.affirms for claim in found if claim.counts]
    assert sides.count(True) == sides.count(False) == int(said[1])


def claims_in(session: Session, question: str, event: str) -> list:  # type: ignore[type-arg] # claim views of a tree
    (unfolded,) = why(session, question)
    waiting, found = [unfolded.tree], {}
    phrase = {"signs(paris, US)": "signs the Paris Declaration"}[event]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if phrase in node.node.text and node.node.text.startswith("United States"):
            found.update({claim.ref: claim for claim in node.claims})
    return list(found.values())


def test_a_specific_exclusion_overrides_the_collective_approval(paris: Case) -> None:
    session = look(paris, "2026-01-07")
    assert word(session, "endorsed(paris, cooperation, CZ)") == "YES"
    (force,) = session.ask("endorsed(paris, force, CZ)")
    assert force.word == "NO"
    assert "specific exclusion" in sentence(session, force)
    before = look(paris, "2026-01-07", "2026-01-05")
    assert word(before, "endorsed(paris, cooperation, CZ)") == "NOT KNOWN"
    assert word(before, "endorsed(paris, force, CZ)") == "NOT KNOWN"


def test_one_untraceable_story_on_two_pages_begins_no_ceasefire(paris: Case) -> None:
    session = look(paris, "2026-02-20")
    assert word(session, "ceasefire(general)") == "NO"
    assert word(session, "activation_condition") == "NO"
    (partial,) = session.ask("ceasefire(partial)")
    assert partial.word == "NO"
    assert "2 pages of 1 origin" in sentence(session, partial)
    assert "set aside" in sentence(session, partial)


def test_a_named_policy_that_waives_everything_is_named(paris: Case) -> None:
    session = look(paris, "2026-02-20", policy="open-ear")
    assert word(session, "ceasefire(general)") == "NO"
    assert word(session, "activation_condition") == "NO"
    (partial,) = session.ask("ceasefire(partial)")
    assert partial.word == "YES"
    assert "under the policy open-ear" in sentence(session, partial)


def test_exactly_a_general_ceasefire_is_missing(paris: Case) -> None:
    session = look(paris, "2026-02-25")
    (atom,) = session.atoms("activation_condition")
    missing = what_is_missing(session.evaluation, atom, session.lens.as_of)
    assert missing.is_exhaustive
    assert [[need.text for need in needs] for needs in missing.alternatives] == [
        ["a general ceasefire begins"]
    ]


def test_silence_after_the_last_look_is_not_known_since(paris: Case) -> None:
    session = look(paris, "2026-11-22")
    (answer,) = session.ask("activation_condition")
    assert answer.word == "NOT KNOWN"
    assert session.date(answer.since) == "2026-03-08"
    assert answer.last_looked is not None
    assert session.date(answer.last_looked) == "2026-03-08"  # the end, excluded
    assert answer.last_evidence is not None
    assert session.date(answer.last_evidence.instant) == "2026-02-24"
    assert "last_looked" not in answer.notes


def test_the_rotation_of_the_headquarters_is_planned_passed_and_unknown(
    paris: Case,
) -> None:
    step = read_step(look(paris, "2026-08-01"), "rotate_headquarters")
    assert step.report.is_about
    assert step.report.is_passed
    assert step.report.outcome is Verdict.OPEN
    assert "derived date about 2026-07-10 passed" in step.sentence
    assert "NOT KNOWN" in step.sentence


def test_no_single_number_says_how_many_are_ready(paris: Case) -> None:
    session = look(paris, "2026-01-07")
    groups = tuple(
        read_counts(session, name) for name in find_measures(session, "countries_ready")
    )
    assert count_sentence(groups).startswith("no single number")
    found = {
        (group.measure, count.number, count.speaker, count.happened)
        for group in groups
        for count in group.counts
    }
    assert ("countries_ready", 26, "FR", "2025-09-04") in found
    assert {number for _, number, _, _ in found} == {3, 6, 26}


def test_a_supposed_ceasefire_activates_no_commitment(paris: Case) -> None:
    session = look(paris, "2026-12-02", "2026-11-22", suppose=CEASEFIRE, assume=True)
    assert word(session, "activation_condition") == "YES (hypothesis)"
    concluded = {a.word for a in session.ask("concluded(paris, assistance, _)")}
    assert concluded == {"NO (hypothesis)"}
    assert word(session, "endorsed(paris, force, FR)") == "YES (hypothesis)"
    assert word(session, "endorsed(paris, force, CZ)") == "NO (hypothesis)"
    matrix = read_matrix(session)
    assert matrix is not None
    rows = {row.party: row for row in matrix.rows}
    assert [cell.word.split(" (")[0] for cell in rows["CZ"].cells] == [
        "YES",
        "NO",
        "NO",
        "NO",
        "YES",
    ]


def test_deployments_wait_for_their_own_trigger_and_gate(paris: Case) -> None:
    session = look(paris, "2026-12-02", "2026-11-22", suppose=CEASEFIRE, assume=True)
    duty = read_duty(session, "contribute")
    found = {report.obligor: report for report in duty.instances}
    for party in ("FR", "GB", "DE"):
        assert found[party].states == ("not triggered",)
        assert found[party].trigger is Verdict.FAILS
    assert word(session, "credible_cessation") == "NOT KNOWN (hypothesis)"
    assert word(session, "requested(UA)") == "NO (hypothesis)"
    assert word(session, "mandate(GB)") == "NO (hypothesis)"
    assert word(session, "mandate(DE)") == "NO (hypothesis)"
    assert word(session, "mandate(FR)") == "NOT KNOWN (hypothesis)"
    gates = {a.question for a in session.ask("gate_required(_, _)") if "YES" in a.word}
    assert any("GB" in gate and "House of Commons" in gate for gate in gates)
    assert any("DE" in gate and "Bundestag" in gate for gate in gates)


def test_without_the_assumption_a_supposed_ceasefire_may_have_ended(
    paris: Case,
) -> None:
    session = look(paris, "2026-12-02", "2026-11-22", suppose=CEASEFIRE)
    assert word(session, "activation_condition") == "NOT KNOWN (hypothesis)"


def test_tier_one_has_a_deadline_for_each_start_rule(paris: Case) -> None:
    session = look(paris, "2026-12-06", "2026-11-22", suppose=BREACH)
    duty = read_duty(session, "tier_1_warning")
    assert duty.caveat == "if the reported text is right"
    (report,) = duty.instances
    found = {
        deadline.reading: (deadline.relation, session.date(deadline.latest))
        for deadline in report.deadlines
    }
    assert found == {
        "tier1_start.breach": ("within", "2026-12-06T10:00Z"),
        "tier1_start.report": ("within", "2026-12-06T16:00Z"),
        "tier1_start.attribution": ("within", "2026-12-07T09:00Z"),
    }


def test_tier_three_is_at_or_within_seventy_two_hours_of_the_first_breach(
    paris: Case,
) -> None:
    session = look(paris, "2026-12-07", "2026-11-22", suppose=BREACH)
    duty = read_duty(session, "tier_3_response")
    assert duty.caveat == "if the reported text is right"
    (report,) = duty.instances
    found = {
        (deadline.relation, deadline.reading): session.date(deadline.latest)
        for deadline in report.deadlines
    }
    assert found == {
        ("at", "tier3_clock.at"): "2026-12-08T10:00Z",
        ("within", "tier3_clock.within"): "2026-12-08T10:00Z",
    }


def test_the_two_triggers_stay_two_predicates(paris: Case) -> None:
    fluents = paris.program.fluents
    assert {"activation_condition", "credible_cessation", "requested"} <= set(fluents)
    session = look(paris, "2026-12-02", "2026-11-22", suppose=CEASEFIRE, assume=True)
    assert word(session, "activation_condition") != word(session, "credible_cessation")


def test_no_duty_or_step_shows_before_its_text_was_known(paris: Case) -> None:
    early = read_status(look(paris, "2026-01-07"))
    duties = {duty.obligation.name for duty in early.duties}
    assert "contribute" in duties
    assert not {name for name in duties if name.startswith("tier_")}
    steps = {step.step.name for step in early.steps}
    assert "rotate_headquarters" in steps
    assert not {"talks_march_2026_round", "epc_summit"} & steps
    assert "response_plan" not in {t.name for t in look(paris, "2026-01-07").texts()}
    later = read_status(look(paris, "2026-02-03"))
    assert "tier_1_warning" in {duty.obligation.name for duty in later.duties}


def test_what_texts_leave_open_is_listed_for_the_texts_known_by_then(
    paris: Case,
) -> None:
    early = {
        each.name: each.points for each in read_left_open(look(paris, "2026-01-07"))
    }
    assert ("binding", "text not seen, reported as intent only") in early["trilateral"]
    assert "response_plan" not in early
    later = {each.name for each in read_left_open(look(paris, "2026-02-03"))}
    assert "response_plan" in later
