"""What texts bring about in circles, by conditions whose patterns leave something open."""

from __future__ import annotations

import pytest

from tests.unit.engine.paper import (
    PARTY,
    atom,
    change,
    event,
    fluent,
    happen,
    only,
    program,
    world,
)
from vigens.engine import Evaluation
from vigens.engine.verdicts import Verdict, verdict_at
from vigens.rules import (
    AllOf,
    AnyOf,
    Condition,
    Delay,
    Frequency,
    Negation,
    Provision,
    Variable,
)

#: Bound nowhere: whoever it is.
WHO = Variable("who", "party")
TWICE = Frequency(2, atom("e", WHO), 4, "second")
OFTEN = Frequency(2, atom("e", WHO), 9, "second")
EXCUSED = Frequency(1, atom("k", WHO), 9, "second")
BROUGHT, NOT_YET = atom("f", "A"), Negation(atom("f", "A"))
HAPPENED = (
    happen(0, "d", "B"),
    happen(1, "e", "A"),
    happen(2, "e", "B"),
    happen(5, "k", "A"),
    happen(9, "e", "B"),
)


def provision(
    upon: str | None = None,
    once: Condition | None = None,
    when: Condition | None = None,
    unless: Condition | None = None,
) -> Provision:
    after = Delay(1, "second", None)
    event = None if upon is None else atom(upon, PARTY)
    brings = atom("d", "A")
    return Provision("p", "p", brings, event, once, when, unless, after, None, None)


@pytest.mark.parametrize(
    ("rule", "since"),
    [
        (provision(once=AllOf((TWICE, NOT_YET))), 3),
        (provision(once=AllOf((atom("f", "B"), TWICE))), 3),
        (provision(once=AnyOf((TWICE, atom("f", "C")))), 3),
        (provision(once=Frequency(1, atom("d", PARTY), 4, "second")), 1),
        (provision(once=TWICE, unless=AllOf((BROUGHT, EXCUSED))), 3),
        (provision(once=TWICE, unless=AllOf((NOT_YET, EXCUSED))), 3),
        (provision("e", when=OFTEN, unless=AllOf((BROUGHT, EXCUSED))), 10),
        (provision("e", when=AllOf((OFTEN, NOT_YET)), unless=EXCUSED), None),
        (provision("e", when=AllOf((OFTEN, NOT_YET)), unless=BROUGHT), 10),
    ],
)
def test_what_a_condition_leaves_open_is_whatever_occurs(
    rule: Provision, since: int | None
) -> None:
    state = fluent("f", PARTY, starts=[change(atom("d", PARTY))])
    rules = program(
        [event(name, PARTY) for name in "dek"], [state], provisions={"p": rule}
    )
    found = world(rules, *HAPPENED)
    bounds = Evaluation(found).bounds(BROUGHT)
    twin = only(found, end=30)
    for instant in range(-1, 20):
        is_so = since is not None and instant >= since
        assert twin.holds(BROUGHT, instant) is is_so
        wanted = Verdict.HOLDS if is_so else Verdict.FAILS
        assert verdict_at(bounds, instant) is wanted
