from __future__ import annotations

from dataclasses import replace

import pytest

from vigens.rules import (
    AllOf,
    Atom,
    Change,
    Comparison,
    Condition,
    Constant,
    Deadline,
    Delay,
    Edge,
    EventType,
    Fluent,
    Frequency,
    Happens,
    Held,
    InState,
    Negation,
    Obligation,
    Occurs,
    Power,
    Program,
    Provision,
    Tallied,
    Tally,
    Trigger,
    depends_on,
    find_cycles,
    kind_of,
    rests_on,
    strata,
)

E = Atom("e")


def fluent(name: str, *held: str, when: tuple[str, ...] = ()) -> Fluent:
    condition = AllOf(tuple(Negation(Atom(other)) for other in held))
    starts = tuple(Change(E, Atom(o), None, None, "") for o in when[:1])
    ends = tuple(Change(E, Atom(o), None, None, "") for o in when[1:])
    plain = Change(E, None, None, None, "")
    parts = (Held(condition, None, ""),) if held else ()
    return Fluent(name, (), name, (plain, *starts), ends, parts)


def moved(name: str, event: Occurs, when: Condition | None = None) -> Fluent:
    return Fluent(name, (), name, (Change(event, when, None, None, ""),), (), ())


def holds(name: str, condition: Condition) -> Fluent:
    return Fluent(name, (), name, (), (), (Held(condition, None, ""),))


def program(*fluents: Fluent) -> Program:
    return Program("digest", fluents={each.name: each for each in fluents})


def act(*powers: Power) -> EventType:
    return EventType("p", (), "", is_act=True, applies_to=None, powers=powers)


def brought(
    delay: Delay | None,
    *,
    event: EventType | None = None,
    when: Condition | None = None,
    unless: Condition | None = None,
) -> Program:
    """A provision that brings p about, mostly upon a, which p begins."""
    upon: Occurs = E if when or unless else Edge(Atom("a"), is_begin=True)
    provision = Provision("v", "", Atom("p"), upon, None, when, unless, delay)
    return Program(
        "digest",
        events={"p": event} if event else {},
        fluents={"a": moved("a", Atom("p")), "b": moved("b", E)},
        provisions={"v": provision},
    )


def duty(condition: Condition) -> Obligation:
    return Obligation(
        "o",
        "",
        (),
        "FR",
        None,
        None,
        None,
        "shall",
        (),
        condition,
        None,
        (),
        None,
        None,
        "",
    )


def test_what_is_read_before_a_change_counts_through_time_only() -> None:
    found = fluent("a", "b", "c", "b", when=("d", "e"))
    assert depends_on(found, through_time=False) == ("b", "c")
    assert depends_on(found, through_time=True) == ("b", "c", "d", "e")


def test_a_beginning_is_read_at_its_instant() -> None:
    found = moved("a", Edge(Atom("b"), is_begin=True), Atom("c"))
    assert depends_on(found, through_time=False) == ("b",)
    assert rests_on(program(found, fluent("b")), through_time=False)["a"] == ("b",)


def test_a_ladder_is_no_circle() -> None:
    ladder = program(fluent("a", "b", "c"), fluent("b", "c"), fluent("c", "event"))
    assert list(find_cycles(ladder)) == []
    assert strata(ladder) == (("c",), ("b",), ("a",))


def test_a_fluent_that_rests_on_itself_is_a_circle() -> None:
    assert list(find_cycles(program(fluent("a", "a")))) == [("a", "a")]


def test_a_circle_is_told_once_with_its_shortest_path() -> None:
    circle = program(
        fluent("x", "a"), fluent("a", "b"), fluent("b", "c"), fluent("c", "a", "b")
    )
    assert list(find_cycles(circle)) == [("a", "b", "c", "a")]


def test_a_circle_through_time_is_one_stratum_and_no_finding() -> None:
    circle = program(
        fluent("z", "a"),
        fluent("a", when=("b",)),
        fluent("b", "y"),
        fluent("y", when=("a",)),
    )
    assert list(find_cycles(circle)) == []
    assert strata(circle) == (("a", "y", "b"), ("z",))


def test_two_knots_are_both_told() -> None:
    both = program(
        fluent("a", "b"), fluent("b", "a"), fluent("c", "d", "a"), fluent("d", "c")
    )
    assert list(find_cycles(both)) == [("a", "b", "a"), ("c", "d", "c")]


def test_a_very_long_chain_needs_no_deep_stack() -> None:
    chain = [fluent(f"f{i}", f"f{i + 1}") for i in range(50_000)]
    found = program(*chain)
    assert list(find_cycles(found)) == []
    assert strata(found)[0] == ("f49999",)


def test_a_very_long_circle_is_told_with_its_whole_path() -> None:
    chain = [fluent(f"f{i}", f"f{(i + 1) % 20_000}") for i in range(20_000)]
    (found,) = find_cycles(program(*chain))
    assert len(found) == 20_001


@pytest.mark.parametrize(
    ("delay", "is_act", "is_circle"),
    [
        (None, False, True),
        (None, True, True),
        (Delay(0, "day"), False, True),
        (Delay(1, "second"), False, False),
        (Delay(24, "hour"), True, True),
        (Delay(25, "hour"), True, False),
        (Delay(1, "day"), True, False),
        (Delay(0, "day", "following month"), True, False),
        (Delay(6, "month", "month"), True, False),
    ],
)
def test_a_delay_puts_time_between(
    delay: Delay | None, *, is_act: bool, is_circle: bool
) -> None:
    found = brought(delay, event=act() if is_act else None)
    assert list(find_cycles(found)) == ([("a", "event:p", "a")] if is_circle else [])
    assert ("a", "event:p") in {tuple(sorted(knot)) for knot in strata(found)}


def test_what_a_provision_asks_just_before_is_read_through_time() -> None:
    a = Atom("a")
    for found in (brought(None, when=a), brought(None, unless=a)):
        assert list(find_cycles(found)) == []
        assert rests_on(found, through_time=True)["event:p"] == ("a",)


def test_a_power_is_read_through_time_wherever_its_event_counts() -> None:
    power = Power(Constant("FR"), Atom("b"), None, "")
    found = brought(None, event=act(power))
    assert rests_on(found, through_time=True)["event:p"] == ("a", "b")
    alone = Program("", events={"p": act(power)}, fluents=dict(found.fluents))
    assert rests_on(alone, through_time=True)["a"] == ("b",)
    assert rests_on(alone, through_time=False)["a"] == ()


def test_what_happens_is_read_at_its_instant_even_in_when() -> None:
    base = brought(None, event=act())
    for condition, reads in ((Happens(Atom("p")), ("event:p",)), (Atom("a"), ())):
        fluents = {**base.fluents, "c": moved("c", E, condition)}
        found = Program("", fluents=fluents, provisions=base.provisions)
        assert rests_on(found, through_time=False)["c"] == reads


def test_a_window_of_an_event_that_is_brought_about_ends_now() -> None:
    base = brought(None)
    asked = holds("a", Frequency(2, Atom("p"), 3, "day"))
    found = Program("", fluents={"a": asked}, provisions=base.provisions)
    assert list(find_cycles(found)) == [("a", "event:p", "a")]


def test_duties_and_tallies_are_nodes() -> None:
    asked = AllOf(
        (InState("overdue", "o", ()), Comparison(Tallied("t"), ">=", 3), Atom("gone"))
    )
    found = Program(
        "",
        fluents={"a": holds("a", asked), "b": moved("b", E)},
        obligations={"o": duty(Atom("b"))},
        tallies={
            "t": Tally(
                "t", (), "", E, when=Atom("a"), since=Edge(Atom("b"), is_begin=True)
            )
        },
    )
    assert rests_on(found, through_time=False) == {
        "a": ("duty:o", "tally:t"),
        "b": (),
        "duty:o": ("b",),
        "tally:t": ("b",),
    }
    assert strata(found) == (("b",), ("duty:o",), ("tally:t", "a"))
    barred = holds("b", InState("late", "o", ()))
    circle = Program("", fluents={"b": barred}, obligations=found.obligations)
    assert list(find_cycles(circle)) == [("b", "duty:o", "b")]


def within(amount: int, anchor: Occurs | None = None) -> Obligation:
    """Make a duty upon the beginning of a state, to be done within a time."""
    limit = Deadline("within", amount, "day", anchor, None, None, "")
    upon = Trigger(None, Edge(Atom("b"), is_begin=True), None, "")
    own = duty(Atom("c"))
    return replace(
        own, condition=None, performance=None, triggers=(upon,), deadlines=(limit,)
    )


def test_a_limit_lies_between_a_trigger_and_being_overdue() -> None:
    late = moved("b", Edge(Atom("a"), is_begin=True))
    fluents = {"a": holds("a", InState("overdue", "o", ())), "b": late}
    found = Program("", fluents=fluents, obligations={"o": within(2)})
    assert list(find_cycles(found)) == []
    assert rests_on(found, through_time=False)["a"] == ("late:o",)
    assert strata(found) == (("late:o", "a", "b", "duty:o"),)


@pytest.mark.parametrize("limit", [within(0), within(2, E)])
def test_a_limit_that_may_have_passed_already_is_no_time(limit: Obligation) -> None:
    late = moved("b", Edge(Atom("a"), is_begin=True))
    fluents = {"a": holds("a", InState("overdue", "o", ())), "b": late}
    found = Program("", fluents=fluents, obligations={"o": limit})
    assert list(find_cycles(found)) == [("a", "duty:o", "b", "a")]


def test_what_is_pending_rests_on_its_trigger_at_once() -> None:
    late = moved("b", Edge(Atom("a"), is_begin=True))
    fluents = {"a": holds("a", InState("pending", "o", ())), "b": late}
    found = Program("", fluents=fluents, obligations={"o": within(2)})
    assert list(find_cycles(found)) == [("a", "duty:o", "b", "a")]


def test_a_name_with_a_colon_is_a_fluent_unless_it_begins_as_a_node() -> None:
    assert kind_of("talks:open") == ("", "talks:open")
    assert kind_of("event:talks:open") == ("event", "talks:open")
