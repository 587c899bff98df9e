"""Where somebody begins is a page of theirs, and the status page for everybody else."""

from __future__ import annotations

import pytest

from vigens.board.navigation import first_page, is_on
from vigens.board.routes import WAYS, first_pages_for
from vigens.people import ONLOOKER, Person, Role


@pytest.mark.parametrize("role", [None, *Role])
def test_a_first_page_is_there_and_open_to_its_role(role: Role | None) -> None:
    path = first_page(role, None)
    way = next(way for way in WAYS if way.path == path)
    if role is not None:
        assert Person("p", "P", role).may(way.needs)


def test_a_delegation_begins_with_its_sheet() -> None:
    assert first_page(Role.CONTRIBUTOR, "FR") == "/delegation"


def test_the_choice_of_who_one_is_leads_only_where_one_may_go() -> None:
    assert first_pages_for(ONLOOKER, can_write=True) == ()
    viewer = Person("v", "V", Role.VIEWER)
    paths = [path for path, _, _ in first_pages_for(viewer, can_write=True)]
    assert "/officer" in paths
    assert "/curator" not in paths
    coordinator = Person("c", "C", Role.COORDINATOR)
    paths = [path for path, _, _ in first_pages_for(coordinator, can_write=False)]
    assert "/curator" not in paths


def test_a_sheet_belongs_to_its_page_of_the_navigation() -> None:
    assert is_on("/party/FR", "/matrix")
    assert is_on("/brief", "/officer")
    assert not is_on("/partyline", "/matrix")
