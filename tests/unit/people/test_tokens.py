"""Tokens: shown once, no more than their owner, of one purpose, and they end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.people.conftest import NOW, add
from vigens.base import InputError
from vigens.people import (
    People,
    Permission,
    Purpose,
    Role,
    end_token,
    find_token,
    list_tokens,
    make_token,
)
from vigens.people.tokens import MOST_TOKENS


def test_a_token_speaks_for_its_owner(people: People) -> None:
    account = people.get("petr")
    token, secret = make_token(people, account, "nightly  export", now=NOW, days=1)
    assert token.title == "nightly export"
    assert secret not in str(people.rows("SELECT * FROM token"))
    person = find_token(people, secret, NOW + 10, address="192.0.2.1")
    assert person == account.person()
    (used,) = list_tokens(people, "petr", NOW)
    assert (used.used_at, used.used_from) == (NOW + 10, "192.0.2.1")
    assert find_token(people, secret, NOW + 86400) is None
    assert list_tokens(people, "petr", NOW + 86400) == ()


def test_a_token_may_do_less_and_never_more(people: People) -> None:
    account = people.get("petr")
    _, secret = make_token(people, account, "read", now=NOW, role=Role.VIEWER)
    person = find_token(people, secret, NOW)
    assert person is not None
    assert not person.may(Permission.RECORD)
    for role in (Role.COORDINATOR, Role.AUDITOR):
        with pytest.raises(InputError, match="cannot hand on"):
            make_token(people, account, "more", now=NOW, role=role)


@pytest.mark.parametrize("today", list(Role))
def test_a_token_shrinks_with_its_owner(people: People, today: Role) -> None:
    for own in Role:
        account = add(people, f"n-{own}", own)
        _, secret = make_token(people, account, "all", now=NOW)
        people.update(replace(account, role=today))
        person = find_token(people, secret, NOW)
        assert person is not None
        assert person.permissions <= own.permissions & today.permissions


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"must_change": True}, {"is_active": True}]
)
def test_a_token_ends_with_its_owner(people: People, change: dict[str, bool]) -> None:
    account = people.get("petr")
    _, secret = make_token(people, account, "all", now=NOW)
    people.update(replace(account, **change))  # type: ignore[arg-type] # bools alone
    assert (find_token(people, secret, NOW) is None) == (change != {"is_active": True})


def test_a_calendar_token_opens_calendars_alone(people: People) -> None:
    account = people.get("olena")
    token, secret = make_token(
        people, account, "phone", now=NOW, purpose=Purpose.CALENDAR
    )
    assert token.role == Role.VIEWER
    assert find_token(people, secret, NOW) is None
    person = find_token(people, secret, NOW, purpose=Purpose.CALENDAR)
    assert person is not None
    assert not person.may(Permission.RECORD)
    _, other = make_token(people, account, "script", now=NOW)
    assert find_token(people, other, NOW, purpose=Purpose.CALENDAR) is None


@pytest.mark.parametrize("secret", ["", "vigens_", "vigens_x", "Bearer x", "v" * 200])
def test_what_is_no_token_opens_nothing(people: People, secret: str) -> None:
    make_token(people, people.get("petr"), "script", now=NOW)
    assert find_token(people, secret, NOW) is None


@pytest.mark.parametrize(
    ("title", "days"), [("", 1), (" ", 1), ("a\x00b", 1), ("x" * 61, 1), ("x", 0)]
)
def test_a_token_needs_a_name_and_an_end(people: People, title: str, days: int) -> None:
    with pytest.raises(InputError):
        make_token(people, people.get("petr"), title, now=NOW, days=days)


def test_tokens_do_not_pile_up(people: People) -> None:
    for number in range(MOST_TOKENS):
        make_token(people, people.get("petr"), str(number), now=NOW)
    with pytest.raises(InputError, match="at most"):
        make_token(people, people.get("petr"), "one more", now=NOW)


def test_a_token_is_ended_by_its_owner_alone(people: People) -> None:
    token, secret = make_token(people, people.get("petr"), "script", now=NOW)
    assert not end_token(people, "olena", token.number)
    assert find_token(people, secret, NOW) is not None
    assert end_token(people, "petr", token.number)
    assert find_token(people, secret, NOW) is None
    assert not end_token(people, "petr", token.number)
