from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled
from vigens.rules import Atom, Constant, Obligation, Step, Variable

Codes = Callable[..., list[str]]
Read = Callable[..., Compiled]

HEAD = (
    "party FR",
    "group g",
    "body b",
    "fluent helper(party)",
    "  initiated by deploys(party)",
    "variant v",
    "  reading r",
    "  reading s",
)
LIMIT = "  within unstated"


@pytest.fixture
def duty(read: Read) -> Callable[..., Obligation]:
    def duty(*clauses: str) -> Obligation:
        compiled = read(*HEAD, "obligation o", *(f"  {clause}" for clause in clauses))
        assert compiled.findings == ()
        return compiled.program.obligations["o"]

    return duty


@pytest.fixture
def step(read: Read) -> Callable[..., Step]:
    def step(*clauses: str) -> Step:
        compiled = read(*HEAD, "step s", *(f"  {clause}" for clause in clauses))
        assert compiled.findings == ()
        return compiled.program.steps["s"]

    return step


def test_what_a_text_leaves_empty_stays_empty(duty: Callable[..., Obligation]) -> None:
    found = duty("within unstated")
    assert (found.title, found.modality, found.obligee) == ("o", "unstated", None)
    assert found.obligor_unstated == "the text does not say who owes it"
    assert found.triggers == ()
    assert (found.condition, found.performance, found.under) == (None, None, None)
    (deadline,) = found.deadlines
    assert deadline.unstated == "the text gives no time limit"
    assert deadline.amount is None


@pytest.mark.parametrize(
    ("clause", "slots"),
    [
        ("obligor FR", ("FR", None, None)),
        ("obligor g", ("g", None, None)),
        ("obligor b", ("b", None, None)),
        ("obligor each helper", (None, "helper", None)),
        ('obligor unstated "who"', (None, None, "who")),
    ],
)
def test_who_owes(
    duty: Callable[..., Obligation],
    clause: str,
    slots: tuple[str | None, str | None, str | None],
) -> None:
    found = duty(clause, "within unstated")
    assert (found.obligor, found.obligor_role, found.obligor_unstated) == slots


@pytest.mark.parametrize("name", ["FR", "g", "b"])
def test_to_whom(duty: Callable[..., Obligation], name: str) -> None:
    assert duty(f"obligee {name}", "within unstated").obligee == name


@pytest.mark.parametrize("words", ["shall", "may", "intends", "ready to", "unstated"])
def test_how_strongly(duty: Callable[..., Obligation], words: str) -> None:
    assert duty(f"modality {words}", "within unstated").modality == words


def test_what_a_trigger_binds_carries_over(duty: Callable[..., Obligation]) -> None:
    found = duty(
        "trigger on breach.happens(incident) in reading v.r",
        "trigger ceasefire(general) in reading v.s",
        "while breach_found(incident)",
        "performance on deploys(obligor)",
        "within 3 days after breach.reported(incident) in reading v.r",
        "at 1 month",
    )
    incident = Variable("incident", "incident")
    obligor = Variable("obligor", "party")
    first, second = found.triggers
    assert first.event == Atom("breach.happens", (incident,))
    assert second.condition == Atom("ceasefire", (Constant("general"),))
    assert str(second.reading) == "v.s"
    assert found.condition == Atom("breach_found", (incident,))
    assert found.performance is not None
    assert found.performance.event == Atom("deploys", (obligor,))
    within, at = sorted(found.deadlines, key=lambda each: each.relation, reverse=True)
    assert (within.relation, within.amount, within.unit) == ("within", 3, "day")
    assert within.anchor == Atom("breach.reported", (incident,))
    assert (at.relation, at.amount, at.unit, at.anchor) == ("at", 1, "month", None)


@pytest.mark.parametrize(
    "unit", ["second", "minute", "hour", "day", "week", "month", "year"]
)
def test_units_in_one_and_many(duty: Callable[..., Obligation], unit: str) -> None:
    for written in (f"1 {unit}", f"7 {unit}s"):
        assert duty(f"within {written}").deadlines[0].unit == unit


def test_performance_in_three_forms(duty: Callable[..., Obligation]) -> None:
    state = duty("performance deployed(obligor)", "within unstated").performance
    left = duty('performance unstated "what"', "within unstated").performance
    assert state is not None
    assert state.condition == Atom("deployed", (Variable("obligor", "party"),))
    assert left is not None
    assert left.unstated == "what"


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("obligor", "P003"),
        ("obligor each", "P003"),
        ("obligor each nobody", "N002"),
        ("obligor each ceasefire", "N002"),
        ("obligor unstated", "P003"),
        ("obligor Nobody", "N003"),
        ("obligor FR g", "P003"),
        ("obligee", "P003"),
        ("obligee Nobody", "N003"),
        ('obligee "FR"', "P003"),
        ("obligee FR g", "P003"),
        ("modality must", "P005"),
        ("modality", "P005"),
        ("trigger", "P003"),
        ("trigger on", "P003"),
        ("trigger on requested(FR)", "N002"),
        ("trigger requests(FR)", "N002"),
        ("while", "P003"),
        ("performance", "P003"),
        ("performance on deployed(FR)", "N002"),
        ("performance unstated", "P003"),
        ("source here", "P003"),
        ("under nothing", "N004"),
    ],
)
def test_a_clause_of_a_duty_that_does_not_fit_is_told(
    codes: Codes, clause: str, code: str
) -> None:
    assert codes(*HEAD, "obligation o", f"  {clause}", LIMIT) == [code]


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("within", "P003"),
        ("within days", "P003"),
        ("within 3", "P003"),
        ("within 3 moons", "P003"),
        ("within three days", "P003"),
        ("within 1234567 days", "P003"),
        ("within 3 days after", "P003"),
        ("within 3 days before ceasefire.begins(general)", "P003"),
        ("within 3 days after nothing", "N002"),
        ("within 3 days in reading v.q", "N007"),
        ("within unstated words", "P003"),
    ],
)
def test_an_unreadable_limit_is_told_once(codes: Codes, clause: str, code: str) -> None:
    assert codes(*HEAD, "obligation o", f"  {clause}") == [code]


def test_no_limit_at_all_is_advice(codes: Codes) -> None:
    assert codes(*HEAD, "obligation o", "  obligor FR") == ["W001"]


def test_the_dates_of_a_step(step: Callable[..., Step]) -> None:
    assert step("due 2026-03").date == "2026-03"
    assert step('due about "2026-03-01/2026-03-04"').date == "2026-03-01/2026-03-04"
    assert step("due unstated").unstated == "the text gives no date"
    assert step('due unstated "none"').unstated == "none"
    assert step("outcome deploys(FR)").date is None
    derived = step("due about 12 months after requests(FR)", "outcome deploys(FR)")
    assert (derived.is_about, derived.amount, derived.unit) == (True, 12, "month")
    assert derived.anchor == Atom("requests", (Constant("FR"),))
    assert derived.outcome == Atom("deploys", (Constant("FR"),))


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("due", "P003"),
        ("due about", "P003"),
        ("due 2026-02-30", "P006"),
        ("due 3 months", "P003"),
        ("due 3 months after", "P003"),
        ("due 2026", "P003"),
        ("outcome", "P003"),
        ("outcome deployed(FR)", "N002"),
        ("outcome deploys(FR) deploys(FR)", "P003"),
    ],
)
def test_a_clause_of_a_step_that_does_not_fit_is_told(
    codes: Codes, clause: str, code: str
) -> None:
    assert codes(*HEAD, "step s", f"  {clause}") == [code]
