"""A provider's word opens the account that a rule names or makes, and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.people.conftest import NOW
from vigens.base import InputError
from vigens.people import Account, People, Role, Rule, find_vouched

ISSUER = "https://id.example"
BOUND = Rule("sub", "7", name="petr")
GROUP = Rule("groups", "desk", role=Role.CONTRIBUTOR, delegation="CZ")


def vouch(people: People, *rules: Rule, **claims: Any) -> Account:
    claims.setdefault("sub", "7")
    return find_vouched(people, ISSUER, claims, rules, NOW)


def test_a_person_is_bound_once(people: People) -> None:
    assert vouch(people, BOUND).name == "petr"
    assert people.get("petr").subject == "7"
    assert vouch(people).name == "petr"  # from then on without the rule
    with pytest.raises(InputError, match="no account here"):
        vouch(people, Rule("email", "x", name="petr"), sub="8", email="x")
    other = Rule("groups", "x", name="petr")
    with pytest.raises(InputError, match="no account here"):
        vouch(people, other, sub="8", groups=["x"])
    with pytest.raises(InputError, match="no account here"):
        find_vouched(people, "https://other.example", {"sub": "7"}, [], NOW)


@pytest.mark.parametrize("verified", [None, False, "true"])
def test_an_address_counts_only_if_it_is_verified(
    people: People, verified: object
) -> None:
    rule = Rule("email", "p@example.org", name="petr")
    with pytest.raises(InputError):
        vouch(people, rule, email="p@example.org", email_verified=verified)
    found = vouch(people, rule, email="p@example.org", email_verified=True)
    assert found.name == "petr"


def test_a_group_follows_its_rule(people: People) -> None:
    made = vouch(people, GROUP, groups=["desk"], preferred_username="Petr")
    assert (made.name, made.delegation, made.granted) == ("petr-2", "CZ", "groups=desk")
    more = replace(GROUP, role=Role.REVIEWER, levels=frozenset({"leaders"}))
    assert vouch(people, more, groups=["desk"]).role == Role.REVIEWER
    for groups in ([], ["desks"], "x", None, {"desk": 1}):
        with pytest.raises(InputError):
            vouch(people, GROUP, groups=groups)
    with pytest.raises(InputError):
        vouch(people, BOUND, groups=["desk"])


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, "person"),
        ({"preferred_username": "../../etc"}, "etc"),
        ({"preferred_username": "Jana N\u00f3va"}, "jana-n-va"),
        ({"email": "j@example.org"}, "j"),
        ({"preferred_username": "<script>", "name": "\u202e<b>"}, "script"),
        ({"preferred_username": "x" * 300, "name": "y" * 300}, "x" * 50),
    ],
)
def test_a_name_is_made_that_can_sign(
    people: People, claims: dict[str, str], name: str
) -> None:
    made = vouch(people, GROUP, groups=["desk"], **claims)
    assert made.name == name
    assert made.title.isprintable()


def test_an_ended_account_stays_shut(people: People) -> None:
    vouch(people, BOUND)
    people.update(replace(people.get("petr"), is_active=False))
    with pytest.raises(InputError):
        vouch(people, BOUND, GROUP, groups=["desk"])
