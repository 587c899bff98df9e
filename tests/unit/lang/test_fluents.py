from __future__ import annotations

from collections.abc import Callable

from vigens.lang import Compiled
from vigens.rules import Atom, Change, Constant, Edge, Happens, Lasting, Variable

Read = Callable[..., Compiled]

HEAD = (
    "values stage",
    "  of one, two, three",
    "event moved(party, stage)",
    "variant v",
    "  reading r",
)
PARTY, STAGE = Variable("party", "party"), Variable("stage", "stage")
MOVED = Atom("moved", (PARTY, STAGE))


def test_a_state_with_values_keeps_them_apart(read: Read) -> None:
    compiled = read(
        *HEAD,
        'fluent at(party): stage "{party} is at {stage}"',
        "  initially one",
        "  becomes stage upon moved(party, stage) when at(party) is not stage",
        '  perhaps becomes two upon requests(party) because "so" in reading v.r',
        "  ceases upon hostilities.resume",
        "  ceases to be two upon ends ceasefire(general)",
        "  lasts one 10 days then two renewable in reading v.r",
        "  lasts two 1 hour",
        "  known from 2026-01",
    )
    assert compiled.findings == ()
    found = compiled.program.fluents["at"]
    assert (found.params, found.has_values) == ((PARTY, STAGE), True)
    assert [each.value for each in found.initially] == [Constant("one")]
    sure, maybe = found.initiated
    assert (sure.event, sure.value) == (MOVED, STAGE)
    assert (maybe.value, maybe.perhaps, str(maybe.reading)) == (
        Constant("two"),
        "so",
        "v.r",
    )
    assert [each.value for each in found.terminated] == [None, Constant("two")]
    edge = Edge(Atom("ceasefire", (Constant("general"),)), is_begin=False)
    assert found.terminated[1].event == edge
    first, second = found.lasting
    assert first == Lasting(
        "one",
        10,
        "day",
        "two",
        is_renewable=True,
        reading=maybe.reading,
        place=first.place,
    )
    assert (second.value, second.becomes, second.is_renewable) == ("two", None, False)
    assert found.known_from == "2026-01"


def test_a_value_may_bear_a_name_of_its_own(read: Read) -> None:
    compiled = read(
        "fluent follows(party): next: party",
        "  becomes next upon requests(party) when follows(party) is next",
        "event hands.on(party, next: party)",
        "fluent leads(party): next: party",
        "  becomes next upon hands.on(party, next)",
    )
    assert [finding.code for finding in compiled.findings] == ["N006", "N003"]
    (change,) = compiled.program.fluents["leads"].initiated
    assert change.value == Variable("next", "party")


def test_plain_states_hold_from_the_outset_and_for_a_time(read: Read) -> None:
    compiled = read(
        "fluent x(party)",
        "  initially",
        "  initiated by begins requested(party) when not happens hostilities.resume",
        "  lasts 4 days renewable",
    )
    assert compiled.findings == ()
    found = compiled.program.fluents["x"]
    (change,) = found.initiated
    assert isinstance(change, Change)
    assert change.event == Edge(Atom("requested", (PARTY,)), is_begin=True)
    assert "Happens" in repr(change.when)
    assert Happens(Atom("hostilities.resume")) == getattr(change.when, "inner", None)
    assert [each.value for each in found.initially] == [None]
    assert [(each.value, each.is_renewable) for each in found.lasting] == [(None, True)]


def test_a_question_asks_for_values_in_three_ways(read: Read) -> None:
    from vigens.lang import parse_question

    program = read(
        "party FR",
        *HEAD,
        "fluent at(party): stage",
        "  becomes one upon requests(party)",
    ).program
    one = Atom("at", (Constant("FR"), Constant("one")))
    for text in ("at(FR) is one", "at(FR, one)"):
        assert parse_question(text, program) == (one, ())
    any_value = Variable("_", "_")
    for text in ("at(FR)", "at(FR) is _", "at(FR, _)"):
        asked, findings = parse_question(text, program)
        assert findings == ()
        assert asked == Atom("at", (Constant("FR"), any_value))
