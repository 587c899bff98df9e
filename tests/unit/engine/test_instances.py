from __future__ import annotations

import pytest

from tests.unit.engine.smallworld import DAY, occur
from vigens.engine import Evaluation, Verdict, World, review_obligation, verdict_at
from vigens.lang import Page, compile_pages
from vigens.law import law_pages
from vigens.model import Coverage, Happening, Weight
from vigens.rules import Constant, InState

MARKS = {
    "waived": "on pardon(obligor)",
    "released": "on release(obligor)",
    "lapsed": "on lapse",
    "excused": "while storm",
    "suspended": "on pause(obligor)",
    "partly": "on some_help(obligor)",
    "alleged": "on accuse(obligor)",
    "found": "on rule(obligor)",
    "denied": "on deny(obligor)",
    "remedied": "on mends(obligor)",
}
CLAUSES = "\n".join(f"  {kind:<12} {what}" for kind, what in MARKS.items())

PAGE = f"""\
```vigens
vigens 1
party FR "France"
party DE "Germany"
values affair "an affair" open
event join(party) "{{party}} joins"
event quit(party) "{{party}} quits"
event calls(affair) "a call over {{affair}}"
event helps(party, affair) "{{party}} helps in {{affair}}"
event pardon(party) "pardon"
event release(party) "release"
event lapse "lapse"
event storm.on "storm"
event storm.off "calm"
event pause(party) "pause"
event some_help(party) "some help"
event accuse(party) "accuse"
event rule(party) "rule"
event deny(party) "deny"
event mends(party) "mends"
fluent member_of(party) "{{party}} is a member"
  initiated by   join(party)
  terminated by  quit(party)
fluent storm "a storm"
  initiated by   storm.on
  terminated by  storm.off
obligation help "Help"
  modality     shall
  obligor      each member_of
  trigger      on calls(affair)
  performance  on helps(obligor, affair)
  within       48 hours
{CLAUSES}
```
"""

COMPILED = compile_pages(
    [*(Page(name, text) for name, text in law_pages()), Page("help.md", PAGE)]
)
assert [f for f in COMPILED.findings if f.severity == "error"] == []
PROGRAM = COMPILED.program
HELP = PROGRAM.obligations["help"]


def evaluation(*found: Happening) -> Evaluation:
    grouped: dict[str, list[Happening]] = {}
    for one in found:
        grouped.setdefault(one.event, []).append(one)
    looked = [Coverage(frozenset(), 0, 10**9)]
    return Evaluation(World(PROGRAM, grouped, {}, looked, 0, "UTC"))


JOINED = occur("join", 0, None, "FR")
CALLED = occur("calls", DAY, None, "b1")


def states(day: float, *found: Happening) -> tuple[str, ...]:
    at = int(day * DAY)
    (report,) = review_obligation(evaluation(JOINED, CALLED, *found), HELP, at)
    return report.states


def act(name: str, day: int, *values: str) -> Happening:
    return occur(name, day * DAY, None, *(values or ("FR",)))


HELPED = occur("helps", 2 * DAY, None, "FR", "b1")
LATE = occur("helps", 5 * DAY, None, "FR", "b1")


@pytest.mark.parametrize(
    ("event", "word"),
    [("pardon", "waived"), ("release", "released")],
)
def test_a_mark_that_ends_what_is_not_performed_by_then(event: str, word: str) -> None:
    assert states(3, act(event, 2)) == (word,)
    assert states(9, act(event, 2), LATE) == (word,)
    assert states(3, HELPED, act(event, 2)) == ("performed",)
    assert states(1.5, act(event, 2)) == ("triggered, clock running",)


def test_the_earlier_ending_wins_and_the_order_at_one_instant() -> None:
    lapse = occur("lapse", 2 * DAY)
    assert states(9, lapse, act("pardon", 4)) == ("lapsed",)
    assert states(9, lapse, act("pardon", 2)) == ("waived",)


def test_a_storm_excuses_only_while_it_lasts() -> None:
    storm = (occur("storm.on", 2 * DAY), occur("storm.off", 6 * DAY))
    assert states(4, *storm) == ("excused",)
    assert states(6, *storm) == ("overdue, no performance recorded",)
    assert states(5, *storm, LATE) == ("performed late",)


def test_a_pause_suspends_from_its_event_on() -> None:
    assert states(9, act("pause", 2)) == ("suspended",)
    storm = occur("storm.on", 3 * DAY)
    assert states(9, act("pause", 2), storm) == ("excused",)


def test_part_of_a_performance_is_partly_until_it_is_overdue() -> None:
    assert states(2.5, act("some_help", 2)) == ("partly performed",)
    assert states(4, act("some_help", 2)) == ("overdue, no performance recorded",)


def test_what_is_said_of_a_breach() -> None:
    accused = act("accuse", 4)
    assert states(5, accused) == ("breach alleged",)
    assert states(5, accused, act("deny", 4)) == ("disputed",)
    assert states(5, accused, act("deny", 3)) == ("breach alleged",)
    assert states(5, accused, act("deny", 4), act("rule", 5)) == ("breach found",)
    assert states(5, HELPED, accused) == ("performed",)


def test_a_remedy_mends_what_is_overdue_or_found() -> None:
    assert states(5, act("mends", 4)) == ("remedied",)
    assert states(5, act("rule", 2), act("mends", 2)) == ("remedied",)
    assert states(2.5, act("mends", 2)) == ("triggered, clock running",)
    assert states(9, act("mends", 4), LATE) == ("remedied",)


def test_a_doubtful_mark_leaves_both() -> None:
    doubt = occur("pardon", 2 * DAY, None, "FR", weight=Weight.POSSIBLE)
    assert states(3, doubt) == ("waived", "triggered, clock running")
    rough = occur("pardon", 2 * DAY, 4 * DAY, "FR")
    assert states(5, rough) == ("waived",)


def test_the_role_is_read_just_before_the_call() -> None:
    left = occur("quit", 2 * DAY, None, "FR")
    assert states(1.5, left) == ("triggered, clock running",)
    assert states(9, left) == ("overdue, no performance recorded",)
    late = occur("join", DAY, None, "DE")
    found = evaluation(JOINED, CALLED, late)
    reports = review_obligation(found, HELP, 2 * DAY)
    assert [(r.obligor, r.states[0]) for r in reports] == [
        ("FR", "triggered, clock running"),
        ("DE", "not triggered"),
    ]


def test_one_instance_can_be_asked_for() -> None:
    calls = [occur("calls", day * DAY, None, f"b{day}") for day in range(1, 9)]
    found = evaluation(JOINED, *calls, occur("helps", 9 * DAY, None, "FR", "b7"))
    (report,) = review_obligation(
        found, HELP, 20 * DAY, obligor="FR", binding={"affair": "b7"}
    )
    assert report.binding == (("affair", "b7"),)
    assert report.states == ("performed",)
    assert not review_obligation(found, HELP, 20 * DAY, binding={"affair": "b99"})


def test_conditions_ask_for_the_state_of_an_instance() -> None:
    found = evaluation(JOINED, CALLED, LATE)
    terms = (Constant("FR"), Constant("b1"))

    def holds(state: str, at: int) -> Verdict:
        return verdict_at(found.bounds(InState(state, "help", terms)), at)

    due = 3 * DAY
    assert holds("pending", due) is Verdict.HOLDS
    assert holds("overdue", due) is Verdict.FAILS
    assert holds("overdue", due + 1) is Verdict.HOLDS
    assert holds("late", 5 * DAY) is Verdict.HOLDS
    assert holds("triggered", DAY - 1) is Verdict.FAILS
