from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigens.base import UsageError
from vigens.chrono import end_of
from vigens.journal import Entry, Readers, read_readers
from vigens.journal.stubs import stub_entry, stub_of

Make = Callable[..., Entry]


def readers(*entries: Entry, known: str = "2026-03-01", **fields: Any) -> Readers:
    return read_readers(
        entries,
        delegations=("FR", "UK"),
        known_at=end_of(known, "UTC"),
        recorded_at=fields.get("recorded_at"),
        zone="UTC",
        needs_second=fields.get("needs_second", False),
    )


def cleared(found: Readers, reader: str) -> set[str]:
    return set(found.clearance(reader).marks or ())


@pytest.fixture
def group(make: Make) -> Entry:
    return make("g", kind="release_group", payload={"group": "cell", "title": "Cell"})


def member(make: Make, name: str, *, is_in: bool = True, **fields: Any) -> Entry:
    payload = {"group": "cell", "member": name, "is_member": is_in}
    return make(
        f"{name} {is_in} {fields}", kind="membership", payload=payload, **fields
    )


def test_the_two_readers_that_every_case_has(make: Make) -> None:
    found = readers(make("a"))
    assert found.clearance("all").sees(())
    assert found.clearance("public").sees(("FR", "public"))
    assert not found.clearance("public").sees(("FR",))
    assert not found.clearance("public").sees(())


def test_a_delegation_sees_what_is_public_and_its_own(make: Make) -> None:
    seen = readers(make("a")).clearance("FR")
    assert seen.sees(("FR",))
    assert seen.sees(("public",))
    assert not seen.sees(("UK",))
    assert not seen.sees(())


def test_a_member_sees_what_its_group_sees(make: Make, group: Entry) -> None:
    found = readers(group, member(make, "FR"))
    assert cleared(found, "FR") == {"public", "FR", "cell"}
    assert cleared(found, "UK") == {"public", "UK"}
    assert cleared(found, "cell") == {"public", "cell"}


def test_a_membership_in_a_group_that_nobody_recorded_clears_nothing(
    make: Make,
) -> None:
    found = readers(member(make, "FR"))
    assert cleared(found, "FR") == {"public", "FR"}
    with pytest.raises(UsageError, match='no reader "cell"'):
        found.clearance("cell")


def test_a_group_named_like_a_delegation_is_none(make: Make) -> None:
    false = make("g", kind="release_group", payload={"group": "FR", "title": "F"})
    joins = make(
        "m",
        kind="membership",
        payload={"group": "FR", "member": "UK", "is_member": True},
    )
    found = readers(false, joins)
    assert found.groups == {}
    assert cleared(found, "UK") == {"public", "UK"}


def test_a_hidden_membership_clears_all_the_same(make: Make, group: Entry) -> None:
    found = readers(group, member(make, "FR", marks=()))
    assert "cell" in cleared(found, "FR")


def test_a_group_that_is_not_public_is_told_to_nobody(make: Make) -> None:
    hidden = make(
        "g",
        kind="release_group",
        payload={"group": "cell", "title": "Cell"},
        marks=("cell",),
    )
    found = readers(hidden)
    assert found.knows("cell")
    assert "cell" not in found.named
    with pytest.raises(UsageError) as error:
        found.clearance("cel")
    assert "cell" not in str(error.value)


def test_a_membership_ends_where_news_supersede_it(make: Make, group: Entry) -> None:
    joins = member(make, "FR", known_from="2026-01-10")
    leaves = member(
        make, "FR", is_in=False, known_from="2026-02-01", supersedes=joins.id
    )
    log = (group, joins, leaves)
    assert "cell" in cleared(readers(*log, known="2026-01-31"), "FR")
    assert "cell" not in cleared(readers(*log, known="2026-02-01"), "FR")
    assert "cell" not in cleared(readers(*log, known="2026-01-09"), "FR")


def test_an_entry_of_any_kind_may_take_a_membership_back(
    make: Make, group: Entry
) -> None:
    joins = member(make, "FR")
    note = make("never so", supersedes=joins.id, marks=())
    for log in ((group, joins, note), (note, joins, group)):
        assert "cell" not in cleared(readers(*log), "FR")


def test_two_that_disagree_clear_nobody(make: Make, group: Entry) -> None:
    found = readers(group, member(make, "FR", is_in=False), member(make, "FR"))
    assert "cell" not in cleared(found, "FR")


@pytest.mark.parametrize(("is_linked", "is_cleared"), [(True, False), (False, True)])
def test_a_redacted_no_shuts_out_only_by_its_link(
    make: Make, group: Entry, is_linked: bool, is_cleared: bool
) -> None:
    """As the page on marks says: beside a membership it said no, and now says nothing."""
    joins = member(make, "FR")
    link = {"supersedes": joins.id} if is_linked else {}
    leaves = member(make, "FR", is_in=False, **link)
    assert "cell" not in cleared(readers(group, joins, leaves), "FR")
    stub = stub_entry(leaves.id, stub_of(leaves), "f" * 64)
    assert ("cell" in cleared(readers(group, joins, stub), "FR")) is is_cleared


@pytest.mark.parametrize(
    ("span", "is_in"),
    [
        ("2026-01-01/2026-06-30", True),
        ("2026-03-01/2026-06-30", True),
        ("2026-01-01/2026-02-28", False),
        ("2026-03-02/..", False),
        ("2026-02-01/..", True),
        ("2026-03~", False),
    ],
)
def test_a_membership_with_a_span_counts_within_it(
    make: Make, group: Entry, span: str, *, is_in: bool
) -> None:
    found = readers(group, member(make, "FR", happened=span))
    assert ("cell" in cleared(found, "FR")) is is_in


def test_a_membership_is_never_handed_on(make: Make, group: Entry) -> None:
    outer = make(
        "o", kind="release_group", payload={"group": "outer", "title": "Outer"}
    )
    nested = make(
        "n",
        kind="membership",
        payload={"group": "outer", "member": "cell", "is_member": True},
    )
    found = readers(group, outer, nested, member(make, "FR"))
    assert cleared(found, "cell") == {"public", "cell", "outer"}
    assert "outer" not in cleared(found, "FR")


def test_what_was_recorded_later_clears_nobody_before(make: Make, group: Entry) -> None:
    found = readers(group, member(make, "FR"), recorded_at=end_of("2026-02-01", "UTC"))
    assert found.groups == {}


def confirmed(make: Make, entry: Entry, by: str = "second", **fields: Any) -> Entry:
    return make(
        f"confirmed by {by}",
        kind="confirmation",
        payload={"by": by},
        about=(entry.id,),
        **{"recorded_by": by, **fields},
    )


def test_under_four_eyes_a_second_person_clears(make: Make, group: Entry) -> None:
    joins = member(make, "FR")
    for seconds, is_in in (
        ((), False),
        ((confirmed(make, joins, "curator"),), False),
        ((confirmed(make, joins, by="second", recorded_by="curator"),), False),
        ((confirmed(make, joins),), True),
        ((confirmed(make, joins, marks=()),), True),
    ):
        found = readers(group, joins, *seconds, needs_second=True)
        assert ("cell" in cleared(found, "FR")) is is_in, seconds


def test_a_confirmation_is_of_one_version(make: Make, group: Entry) -> None:
    joins = member(make, "UK")
    second = confirmed(make, joins)
    other = member(make, "FR", rectifies=joins.id)
    found = readers(group, joins, second, other, needs_second=True)
    assert cleared(found, "FR") == {"public", "FR"}
    assert cleared(found, "UK") == {"public", "UK"}


def test_one_person_takes_away(make: Make, group: Entry) -> None:
    joins = member(make, "FR")
    leaves = member(make, "FR", is_in=False, supersedes=joins.id)
    log = (group, joins, confirmed(make, joins))
    assert "cell" in cleared(readers(*log, needs_second=True), "FR")
    assert "cell" not in cleared(readers(*log, leaves, needs_second=True), "FR")
