"""Who is meant: officers without a country, both of two, newspapers."""

from __future__ import annotations

import pytest

from vigens.intake import find_names, read_document, suggest


def who(text: str, kind: str = "statement") -> set[str | None]:
    """Give whom the last suggestion of a kind names, or whose they are."""
    document = read_document(f"2025-07-09\n\n{text}".encode(), "report.txt")
    last = [s for s in suggest(document) if s.kind == kind][-1]
    return {a.id or a.of for a in last.actors}


def test_a_minister_is_of_the_only_state_that_is_named() -> None:
    text = "Malawi signed a pact with lenders. Finance Minister Ada Phiri thanked them."
    assert "MW" in who(text)


def test_a_minister_is_of_the_state_of_the_dateline() -> None:
    text = (
        "LILONGWE - Malawi and Zambia signed a pact. Chad sent rice. "
        "Finance Minister Ada Phiri said it would be paid."
    )
    assert "MW" in who(text)


def test_a_minister_among_several_states_is_of_none() -> None:
    text = "Malawi and Zambia signed a pact. Finance Minister Ada Phiri thanked them."
    assert who(text) == {None}


def test_a_director_is_of_the_one_body_of_the_sentence() -> None:
    text = (
        "The World Health Organization signed a pact with Kenya, Director General "
        "Ada Phiri said. Phiri added that it was fair."
    )
    assert "org:WHO" in who(text)


def test_their_ministers_are_of_the_two_before() -> None:
    text = "Kenya and Chad signed a treaty, their interior ministers said."
    assert who(text) == {"KE", "TD"}


def test_an_office_holder_is_of_whom_he_serves() -> None:
    text = "Kenya and Chad signed a treaty. Macron said that it was fair."
    document = read_document(f"2025-07-09\n\n{text}".encode(), "report.txt")
    actors = [a for s in suggest(document) for a in s.actors if a.surface == "Macron"]
    assert {(a.id, a.of) for a in actors} == {("per:macron", "FR")}


def test_three_voices_speak_together() -> None:
    assert who("Kenya and Chad met. Kenya, Chad and Niger said the pact was dead.") == {
        "KE",
        "TD",
        "NE",
    }


def test_negotiators_of_two_adjectives_are_of_both() -> None:
    text = "Talks between Kenyan and Chadian negotiators took place on Monday."
    assert who(text, "meeting") == {"KE", "TD"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kenya and Chad held talks on a treaty. The sides signed the treaty."),
        ("ru", "Кения и Чад провели переговоры. Стороны подписали договор."),
        ("uk", "Кенія та Чад провели переговори. Сторони підписали договір."),
        ("kk", "Кения мен Чад келіссөз өткізді. Тараптар шартқа қол қойды."),
    ],
)
def test_the_sides_are_the_only_two_states(language: str, text: str) -> None:
    assert language
    assert who(text, "instrument") == {"KE", "TD"}


def test_a_newspaper_is_no_person_and_no_place() -> None:
    text = "Kenya told The Daily Nation and The New York Times it would sign."
    names = find_names(read_document(text.encode(), "report.txt"))
    assert [n.surface for n in names] == ["Kenya"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad's defence ministry denied it.",
        "The Chadian agriculture ministry denied it.",
        "Kenya's envoy and his Chadian colleague Ada Phiri denied it.",
    ],
)
def test_a_ministry_is_of_the_state_before(sentence: str) -> None:
    assert "TD" in who(f"Kenya and Chad signed a treaty. They met again. {sentence}")


def test_an_organisation_has_its_full_name() -> None:
    text = "Світова організація торгівлі та Міжнародний валютний фонд уклали угоду."
    names = find_names(read_document(text.encode(), "report.txt"))
    assert [n.id for n in names] == ["org:WTO", "org:IMF"]
