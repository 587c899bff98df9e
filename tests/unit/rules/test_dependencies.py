from __future__ import annotations

import pytest

from vigens.rules import (
    AllOf,
    Atom,
    Change,
    Fluent,
    Held,
    Negation,
    Program,
    depends_on,
    find_cycles,
)


def fluent(name: str, *held: str, when: tuple[str, ...] = ()) -> Fluent:
    condition = AllOf(tuple(Negation(Atom(other)) for other in held))
    starts = tuple(Change(Atom("e"), Atom(o), None, None, "") for o in when[:1])
    ends = tuple(Change(Atom("e"), Atom(o), None, None, "") for o in when[1:])
    plain = Change(Atom("e"), None, None, None, "")
    parts = (Held(condition, None, ""),) if held else ()
    return Fluent(name, (), name, (plain, *starts), ends, parts)


def program(*fluents: Fluent) -> Program:
    return Program("digest", fluents={each.name: each for each in fluents})


def test_what_is_read_before_a_change_counts_through_time_only() -> None:
    found = fluent("a", "b", "c", "b", when=("d", "e"))
    assert depends_on(found, through_time=False) == ("b", "c")
    assert depends_on(found, through_time=True) == ("b", "c", "d", "e")


@pytest.mark.parametrize("through_time", [True, False])
def test_a_ladder_is_no_circle(*, through_time: bool) -> None:
    ladder = program(fluent("a", "b", "c"), fluent("b", "c"), fluent("c", "event"))
    assert list(find_cycles(ladder, through_time=through_time)) == []


def test_a_fluent_that_rests_on_itself_is_a_circle() -> None:
    found = find_cycles(program(fluent("a", "a")), through_time=False)
    assert list(found) == [("a", "a")]


def test_a_circle_is_told_once_with_its_path() -> None:
    circle = program(
        fluent("x", "a"), fluent("a", "b"), fluent("b", "c"), fluent("c", "a")
    )
    assert list(find_cycles(circle, through_time=False)) == [("a", "b", "c", "a")]


def test_a_circle_through_time_is_none_at_an_instant() -> None:
    circle = program(fluent("a", when=("b",)), fluent("b", when=("x", "a")))
    assert list(find_cycles(circle, through_time=False)) == []
    assert list(find_cycles(circle, through_time=True)) == [("a", "b", "a")]


def test_two_circles_with_one_fluent_in_common_are_both_told() -> None:
    both = program(fluent("a", "b", "c"), fluent("b", "a"), fluent("c", "a"))
    assert set(find_cycles(both, through_time=False)) == {
        ("a", "b", "a"),
        ("a", "c", "a"),
    }


def test_a_very_long_chain_needs_no_deep_stack() -> None:
    chain = [fluent(f"f{i}", f"f{i + 1}") for i in range(5_000)]
    assert list(find_cycles(program(*chain), through_time=False)) == []
