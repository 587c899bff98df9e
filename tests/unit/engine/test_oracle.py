from __future__ import annotations

from tests.unit.engine.smallworld import Small, occur, see
from vigens.engine.oracle import completions
from vigens.model import Weight
from vigens.rules import AllOf, AnyOf, Constant, Negation, Quantified, Stated, Variable

GATE = Variable("gatekeeper", "gatekeeper")


def test_the_twin_counts_every_choice(small: Small) -> None:
    world = small.world(
        occur("opens", 1, 2, "A"),
        occur("shuts", 3, None, "A", weight=Weight.POSSIBLE),
        sightings=[see("open_gate", 4, "B", holds=True)],
        covered=(0, 9),
        readings={"meaning": "wide"},
    )
    gate, other = small.atom("open_gate(A)"), small.atom("open_gate(B)")
    body = small.atom("open_gate(_)")
    each = Quantified(None, GATE, None, type(body)("open_gate", (GATE,)))
    approval = Stated(Constant("plan"), "endorsement", "approval")
    part = Variable("part", "component")
    parts = Quantified(2, part, Constant("plan"), Negation(gate))
    truths = set()
    found = list(completions(world, [("opens", ("B",))], 0, 10))
    for one in found[:64]:
        truths.add(
            (
                one.holds(AllOf((gate, other)), 5),
                one.holds(AnyOf((gate, other)), 5),
                one.holds(each, 5),
                one.holds(each, 0),
                one.holds(approval, 5),
                one.holds(parts, 5),
            )
        )
    assert {truth[0] for truth in truths} == {True, False}
    assert all(truth[1] and truth[3] and truth[4] for truth in truths)
    assert {truth[2] for truth in truths} == {True, False}
