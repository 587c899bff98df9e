from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled
from vigens.rules import Atom, Constant, Delay, Edge, Provision, Variable

Read = Callable[..., Compiled]

PARTY = Variable("party", "party")
HEAD = (
    "instrument i",
    "  kind treaty",
    "variant v",
    "  reading r",
    "event due(party)",
    "act takes.hold(instrument)",
)


@pytest.fixture
def provision(read: Read) -> Callable[..., Provision]:
    def provision(*clauses: str) -> Provision:
        lines = (f"  {clause}" for clause in clauses)
        compiled = read(*HEAD, 'provision p "P"', *lines)
        assert compiled.findings == ()
        return compiled.program.provisions["p"]

    return provision


def test_everything_that_a_provision_says(provision: Callable[..., Provision]) -> None:
    found = provision(
        "under i",
        "brings due(party)",
        "upon begins requested(party)",
        "when deployed(party) and happens hostilities.resume",
        "unless ceasefire(general)",
        "after 90 days",
        "not before 1992-01-01",
        'perhaps because "so"',
        "in reading v.r",
        "known from 2026-01",
        'source "S"',
    )
    assert (found.title, found.brings) == ("P", Atom("due", (PARTY,)))
    assert found.upon == Edge(Atom("requested", (PARTY,)), is_begin=True)
    assert found.once is None
    assert found.when is not None
    assert found.unless == Atom("ceasefire", (Constant("general"),))
    assert (found.delay, found.not_before) == (Delay(90, "day"), "1992-01-01")
    assert (found.perhaps, str(found.reading)) == ("so", "v.r")
    assert (found.known_from, found.source) == ("2026-01", "S")


@pytest.mark.parametrize(
    ("clause", "delay"),
    [
        ("after 3 months", Delay(3, "month")),
        ("after 0 days", Delay(0, "day")),
        (
            "after 60 days, on the first day of the following month",
            Delay(60, "day", "following month"),
        ),
        (
            "on the first day of the 6th month after the month",
            Delay(6, "month", "month"),
        ),
        ("on the first day of the following month", Delay(1, "month", "month")),
    ],
)
def test_delays_as_treaties_write_them(
    provision: Callable[..., Provision], clause: str, delay: Delay
) -> None:
    found = provision("brings takes.hold(i)", "upon hostilities.resume", clause)
    assert found.delay == delay


def test_a_condition_gives_the_event_its_values(
    provision: Callable[..., Provision],
) -> None:
    found = provision(
        "brings due(party)", "once deployed(party) and not requested(party)"
    )
    assert (found.upon, found.delay) == (None, None)
    assert "deployed" in str(found.once)
