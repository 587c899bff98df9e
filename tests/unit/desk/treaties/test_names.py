"""Identifiers must be valid, readable, stable and each there only once."""

from __future__ import annotations

import re

import pytest

from vigens.desk.treaties.names import (
    fold,
    identifier,
    is_organisation,
    name_parties,
)

_VALID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[.:-][A-Za-z0-9_]+)*")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Bahamas (The)", "BS"),
        ("The Gambia", "GM"),
        ("Congo, Democratic Republic of", "CD"),
        ("Congo", "CG"),
        ("St. Vincent and the Grenadines", "VC"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Antigua and Barbuda", "AG"),
        ("European Union", "org:EU"),
        ("Yugoslavia (former)", "yugoslavia_former"),
        ("Germany, Former GDR", "german_democratic_republic"),
        ("Kingdom of Nowhere (former), the", "kingdom_of_nowhere_former_the"),
        ("Organization of Fishers", "org:organization_of_fishers"),
    ],
)
def test_a_printed_name_becomes_a_name_in_rules(printed: str, name: str) -> None:
    names = name_parties([[printed]])
    assert names.by_printed == {printed: name}
    assert names.parties[name].title == printed


def test_a_state_that_ended_is_not_taken_for_its_successor() -> None:
    names = name_parties([["Germany", "German Democratic Republic"]])
    assert names.by_printed["Germany"] == "DE"
    assert names.parties["german_democratic_republic"].ended == "1990-10-03"


def test_two_names_of_one_state_in_one_table_stay_two_parties() -> None:
    names = name_parties([["Czechia", "Czech Republic"], ["Czechia"]])
    assert len(set(names.by_printed.values())) == 2
    assert names.apart == [("Czechia", "Czech Republic")]


def test_two_names_of_one_state_in_two_tables_are_one_party() -> None:
    names = name_parties([["Swaziland"], ["Eswatini"]], lone=["Swaziland"])
    assert set(names.by_printed.values()) == {"SZ"}
    assert names.parties["SZ"].title == "Eswatini"  # the newest table says how


def test_who_confirms_formally_is_an_organisation() -> None:
    names = name_parties([["Southern Cone"]], organisations={"Southern Cone"})
    assert names.parties["org:southern_cone"].is_organisation


@pytest.mark.parametrize(
    "text", ["", "   ", "Ελλάδα", "中国", "1951", "a b/c", "-x-", '"', "é" * 200]
)
@pytest.mark.parametrize("small", [True, False])
def test_every_text_gets_a_valid_identifier(text: str, *, small: bool) -> None:
    assert _VALID.fullmatch(identifier(text, (), small=small))


def test_an_identifier_is_given_only_once() -> None:
    taken: set[str] = set()
    for text in ("ATT", "att", "Att", "a-t-t", "a t t"):
        name = identifier(text, taken, small=False)
        assert name.casefold() not in taken
        taken.add(name.casefold())


def test_a_valid_id_stays_as_it_is() -> None:
    assert identifier("crc-op-ac", (), small=False) == "crc-op-ac"


def test_names_fold_without_case_accents_and_articles() -> None:
    assert fold("The Republic of Côte d’Ivoire") == fold("republic of Cote d'Ivoire")
    assert fold("Bosnia & Herzegovina") == "bosnia and herzegovina"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("European Community", True),
        ("International Atomic Energy Agency", True),
        ("Eurocontrol", True),
        ("Micronesia (Federated States of)", False),
        ("United Arab Emirates", False),
        ("Union of Soviet Socialist Republics", False),
        ("Commonwealth of Dominica", False),
    ],
)
def test_organisations_are_told_by_their_names(name: str, *, is_one: bool) -> None:
    assert is_organisation(name) is is_one
