"""Acts worded as agencies do: failed talks, agreed truces, promises with a date."""

from __future__ import annotations

import pytest

from benchmarks.intake.dated import dated
from tests.unit.intake.test_wording import told


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The talks between Kenya and Chad broke up without a deal on Monday."),
        ("ru", "Переговоры Кении и Чада в Женеве не принесли результата."),
        ("uk", "Переговори Кенії та Чаду завершилися без угоди."),
        ("kk", "Кения мен Чад келіссөзі келісімсіз аяқталды."),
    ],
)
def test_talks_without_an_agreement_were_held(language: str, sentence: str) -> None:
    assert told(language, sentence)["meeting"].modality == "done"


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Kenya called for an immediate ceasefire in Chad.", "sought"),
        ("Kenya and Chad agreed on a truce that will begin on Friday.", "decided"),
        ("The truce between Kenya and Chad collapsed on Monday.", "done"),
    ],
)
def test_what_is_made_of_a_ceasefire(sentence: str, modality: str) -> None:
    assert told("en", sentence)["ceasefire"].modality == modality


def test_a_ceasefire_broken_days_after_is_no_condition() -> None:
    sentence = "Наурызда жарияланған бітім үш күннен кейін бұзылды."
    assert told("kk", sentence)["ceasefire"].modality == "done"


def test_a_statement_has_no_date_of_what_it_says() -> None:
    found = told("en", "Kenya said it would ratify the treaty in December.")
    assert found["statement"].date is None
    assert found["instrument"].date == "2025-12"


def test_what_hangs_on_ratification_has_not_ratified() -> None:
    sentence = "После ратификации договора Кения откроет границу."
    assert told("ru", sentence)["instrument"].modality == "hypothetical"


def test_a_number_after_to_is_no_infinitive() -> None:
    assert told("en", "From 40 to 45 experts took part.")["count"].modality == "done"


def test_a_planned_meeting_that_was_held_is_done() -> None:
    found = told("en", "The planned meeting of Kenya and Chad took place on Monday.")
    assert found["meeting"].modality == "done"


def test_a_year_before_a_text_counts_no_texts() -> None:
    assert "count" not in told("en", "Kenya is no party to the 2019 memorandum.")


def test_an_obligation_under_a_text_is_a_commitment() -> None:
    sentence = "Under the treaty Kenya must inform Chad of any arrest."
    assert told("en", sentence)["commitment"].modality == "pledged"


def test_a_list_of_states_after_an_office_begins_with_its_own() -> None:
    sentence = "The leaders of Kenya, Chad and Niger met in Accra on Monday."
    met = told("en", sentence)["meeting"]
    assert [a.id for a in met.actors] == ["KE", "TD", "NE"]


def test_a_place_that_opens_a_sentence_is_where_both_acts_were() -> None:
    sentence = "In Accra, Kenya signed a protocol and Chad adopted a declaration."
    assert told("en", sentence)["instrument"].place == "Accra"


def test_dates_in_other_words_are_read() -> None:
    for figures in dated("third").values():
        assert sum(figures.words) >= 0.95 * len(figures.words)
