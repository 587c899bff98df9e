from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.unit.engine.smallworld import DAY, Small, occur
from vigens.engine import Verdict, review_obligation, review_step
from vigens.model import Happening, Weight
from vigens.rules import Atom, Performance, Reading, Trigger, Unstated

HAPPENS = ("breach.happens", DAY, None, "b1")


def states(
    small: Small, name: str, day: int, *happenings: Happening, **rest: Any
) -> list[tuple[str, ...]]:
    found = small.evaluation(*happenings, **rest)
    reports = review_obligation(found, small.program.obligations[name], day * DAY)
    return [report.states for report in reports]


def test_a_performance_before_the_trigger_performs_nothing(small: Small) -> None:
    before = occur("repairs", DAY // 2, None, "b1")
    found = states(small, "mend", 2, occur(*HAPPENS), before)
    assert found == [("triggered, clock running",)]


def test_a_performance_at_the_deadline_keeps_it(small: Small) -> None:
    at = occur("repairs", 4 * DAY - 1, None, "b1")
    late = occur("repairs", 4 * DAY, None, "b1")
    assert states(small, "mend", 4, occur(*HAPPENS), at) == [("performed",)]
    assert states(small, "mend", 4, occur(*HAPPENS), late) == [("performed late",)]


def test_silence_is_overdue_and_never_more(small: Small) -> None:
    (found,) = states(small, "mend", 4, occur(*HAPPENS))
    assert found == ("overdue, no performance recorded",)


def test_the_first_performance_counts_in_whatever_order_recorded(small: Small) -> None:
    late, early = (
        occur("repairs", 9 * DAY, None, "b1"),
        occur("repairs", 2 * DAY, None, "b1"),
    )
    assert states(small, "mend", 10, occur(*HAPPENS), late, early) == [("performed",)]


def test_each_occurrence_is_an_instance_of_its_own(small: Small) -> None:
    other = occur("breach.happens", 5 * DAY, None, "b2")
    repaired = occur("repairs", 2 * DAY, None, "b1")
    found = states(small, "mend", 6, occur(*HAPPENS), other, repaired)
    assert found == [("performed",), ("triggered, clock running",)]


def test_a_trigger_nobody_saw_may_have_been_long_ago(small: Small) -> None:
    (found,) = states(small, "mend", 20, covered=(10 * DAY, 100 * DAY))
    assert found == (
        "not triggered",
        "performed",
        "performed late",
        "triggered, clock running",
        "overdue, no performance recorded",
    )
    assert states(small, "mend", 20) == [("not triggered",)]


def test_a_rough_trigger_moves_its_deadline(small: Small) -> None:
    rough = occur("breach.happens", DAY, 3 * DAY, "b1")
    (found,) = states(small, "mend", 4, rough)
    assert found == ("triggered, clock running", "overdue, no performance recorded")
    evaluation = small.evaluation(rough)
    (report,) = review_obligation(
        evaluation, small.program.obligations["mend"], 2 * DAY
    )
    assert report.trigger is Verdict.OPEN
    assert (report.deadlines[0].earliest, report.deadlines[0].latest) == (
        4 * DAY - 1,
        6 * DAY - 1,
    )


def test_a_state_triggers_from_its_beginning(small: Small) -> None:
    begins = occur("ceasefire.begins", DAY, 3 * DAY, "general")
    opened = occur("opens", 0, None, "A")
    given = {"readings": {"meaning": "narrow"}}
    (found,) = states(small, "warn", 3, begins, opened, **given)
    assert found == ("triggered, not yet due", "due, no performance recorded")
    (later,) = states(small, "warn", 5, begins, opened, **given)
    assert later == ("due, no performance recorded",)
    (gone,) = states(small, "warn", 5, opened, **given)
    assert gone == ("not triggered",)


def test_no_reading_of_a_deadline_is_lost(small: Small) -> None:
    begins = occur("ceasefire.begins", DAY, None, "general")
    reported = occur("breach.reported", DAY, None, "b1")
    opened = occur("opens", 0, None, "A")
    done = occur("warns", 8 * DAY, None, "b1")
    (found,) = states(small, "warn", 9, begins, reported, opened, done)
    assert found == ("performed", "performed late")
    (open_still,) = states(small, "warn", 9, begins, reported, opened)
    assert open_still == (
        "due, no performance recorded",
        "overdue, no performance recorded",
    )


def test_a_duty_whose_condition_is_not_met_binds_nobody(small: Small) -> None:
    begins = occur("ceasefire.begins", DAY, None, "general")
    assert states(small, "warn", 2, begins) == [("its condition is not met",)]
    doubt = occur("opens", 0, None, "A", weight=Weight.POSSIBLE)
    (found,) = states(small, "warn", 2, begins, doubt)
    assert found[0] == "its condition is not met"
    assert "triggered, clock running" in found


def test_an_anchor_that_is_not_sure_leaves_the_clock_unknown(small: Small) -> None:
    begins = occur("ceasefire.begins", DAY, None, "general")
    opened = occur("opens", 0, None, "A")
    doubt = occur("breach.reported", DAY, None, "b1", weight=Weight.POSSIBLE)
    wide = {"readings": {"meaning": "wide"}}
    (found,) = states(small, "warn", 9, begins, opened, doubt, **wide)
    assert found == ("triggered, clock running", "overdue, no performance recorded")
    evaluation = small.evaluation(begins, opened, doubt, **wide)
    (report,) = review_obligation(
        evaluation, small.program.obligations["warn"], 9 * DAY
    )
    (deadline,) = report.deadlines
    assert deadline.latest == 5 * DAY - 1
    assert deadline.open_because == "whether breach.reported(b1) happened is not known"
    (none,) = states(small, "warn", 9, begins, opened, **wide)
    assert none == ("triggered, clock running",)


def test_the_clock_runs_from_the_first_occurrence_of_its_anchor(small: Small) -> None:
    begins = occur("ceasefire.begins", DAY, None, "general")
    opened = occur("opens", 0, None, "A")
    twice = [occur("breach.reported", d * DAY, None, "b1") for d in (8, 1)]
    (found,) = states(
        small, "warn", 9, begins, opened, *twice, readings={"meaning": "wide"}
    )
    assert found == ("overdue, no performance recorded",)


def test_nothing_is_due_where_nothing_is_triggered(small: Small) -> None:
    found = small.evaluation()
    for name in ("mend", "warn"):
        (report,) = review_obligation(found, small.program.obligations[name], DAY)
        assert {d.open_because for d in report.deadlines} == {"not triggered"}
        assert {d.latest for d in report.deadlines} == {None}


def test_a_performance_that_no_text_names_is_never_sure(small: Small) -> None:
    owed = small.program.obligations["mend"]
    unstated = replace(owed, performance=Performance(None, None, "how", ""))
    silent = replace(owed, performance=None, deadlines=())
    found = small.evaluation(occur(*HAPPENS))
    (report,) = review_obligation(found, unstated, 2 * DAY)
    assert report.states == ("performed", "triggered, clock running")
    (report,) = review_obligation(found, silent, 2 * DAY)
    assert report.states == ("triggered, no time limit stated",)


def test_a_duty_without_trigger_binds_from_the_start(small: Small) -> None:
    owed = replace(small.program.obligations["mend"], triggers=(), deadlines=())
    (report,) = review_obligation(small.evaluation(), owed, DAY)
    assert report.trigger is Verdict.HOLDS
    assert report.binding == ()


def test_a_condition_with_a_free_variable_is_not_known(small: Small) -> None:
    owed = small.program.obligations["mend"]
    alleged = small.program.fluents["breach_alleged"]
    event = owed.triggers[0].event
    assert isinstance(event, Atom)
    atom = replace(event, name=alleged.name)
    loose = replace(owed, condition=atom)
    (report,) = review_obligation(small.evaluation(), loose, DAY)
    assert report.condition is Verdict.OPEN
    told = replace(owed, condition=Unstated("whether"))
    (report,) = review_obligation(small.evaluation(occur(*HAPPENS)), told, DAY)
    assert "its condition is not met" in report.states


def test_only_those_who_may_have_the_role_owe(small: Small) -> None:
    owed = replace(
        small.program.obligations["mend"], obligor=None, obligor_role="contributor"
    )
    offered = occur("offer.announced", 0, None, "FR", "land")
    found = small.evaluation(offered, occur(*HAPPENS))
    assert [r.obligor for r in review_obligation(found, owed, 2 * DAY)] == ["FR"]
    doubt = occur("offer.announced", 0, None, "DE", "sea", weight=Weight.POSSIBLE)
    found = small.evaluation(offered, doubt, occur(*HAPPENS))
    reports = review_obligation(found, owed, 2 * DAY)
    assert [(r.obligor, r.obligor_verdict) for r in reports] == [
        ("FR", Verdict.HOLDS),
        ("DE", Verdict.OPEN),
    ]
    (nobody,) = review_obligation(small.evaluation(occur(*HAPPENS)), owed, 2 * DAY)
    assert nobody.obligor == ""


def test_a_trigger_of_another_reading_triggers_nothing(small: Small) -> None:
    owed = small.program.obligations["mend"]
    trigger: Trigger = replace(owed.triggers[0], reading=Reading("meaning", "wide"))
    read = replace(owed, triggers=(trigger,))
    (report,) = review_obligation(small.evaluation(occur(*HAPPENS)), read, 2 * DAY)
    assert report.reading == "meaning.wide"
    narrow = small.evaluation(occur(*HAPPENS), readings={"meaning": "narrow"})
    (report,) = review_obligation(narrow, read, 2 * DAY)
    assert report.states == ("not triggered",)
    wide = small.evaluation(occur(*HAPPENS), readings={"meaning": "wide"})
    (report,) = review_obligation(wide, read, 2 * DAY)
    assert report.reading == ""


def test_a_step_done_on_an_unknown_day_is_not_done_yet(small: Small) -> None:
    step = small.program.steps["later"]
    world = small.world(occur("calls", 0), occur("opens", DAY, 5 * DAY, "A"))
    assert review_step(world, step, 3 * DAY).outcome is Verdict.OPEN
    assert review_step(world, step, 5 * DAY).outcome is Verdict.HOLDS
    report = review_step(world, step, 11 * DAY)
    assert report.is_passed
    assert (report.earliest, report.latest) == (10 * DAY, 10 * DAY)


def test_a_step_may_have_been_done_in_an_earlier_gap(small: Small) -> None:
    step = small.program.steps["later"]
    world = small.world(covered=(5 * DAY, 100 * DAY))
    report = review_step(world, step, 50 * DAY)
    assert report.outcome is Verdict.OPEN
    assert report.open_because == "nobody has recorded that somebody calls"
    denied = occur("opens", 0, None, "A", weight=Weight.DENIED)
    world = small.world(denied)
    assert review_step(world, step, 50 * DAY).outcome is Verdict.FAILS


def test_a_step_after_something_doubtful_says_so(small: Small) -> None:
    step = small.program.steps["later"]
    world = small.world(occur("calls", 0, weight=Weight.POSSIBLE))
    report = review_step(world, step, DAY)
    assert report.open_because == "whether calls happened is not known"
    assert not report.is_passed


def test_a_step_without_outcome_or_date_is_not_known(small: Small) -> None:
    step = replace(small.program.steps["later"], outcome=None, anchor=None)
    report = review_step(small.world(), step, DAY)
    assert (report.outcome, report.earliest) == (Verdict.OPEN, None)
    assert report.open_because == "no date is given"
    dated = replace(step, date="1970-01-05")
    report = review_step(small.world(), dated, DAY)
    assert report.earliest == 4 * DAY
