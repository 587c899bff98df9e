"""What is done to texts, in the words of ministries and of the regional press."""

from __future__ import annotations

import pytest

from tests.unit.intake.test_wording import told
from tests.unit.intake.test_wording_of_reports import found as found_in


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Chad's deputies nodded the treaty through on Monday.", "approved"),
        ("The cabinet of Chad green-lit the fisheries protocol.", "approved"),
        ("The treaty with Chad sailed through the senate of Kenya.", "approved"),
        ("Chad's parliament gave its assent to the treaty.", "approved"),
        ("Kenya backed the accord with Chad in a referendum.", "approved"),
        ("Chad lodged its instrument of accession with Kenya.", "ratified"),
        ("Kenya and Chad initialled the agreed minutes.", "signed"),
        ("The treaty between Kenya and Chad became effective in March.", "in_force"),
        ("Kenya and Chad agreed hake quotas on Monday.", "agreed"),
        ("Kenya's ministry granted Chad a waiver.", "published"),
        ("The mandate of Kenya's mission ran out on Monday.", "ended"),
        ("Kenya put the agreement with Chad on ice.", "ended"),
        ("Kenya pulled out of it on Monday.", "ended"),
        ("Chad watered down the treaty at the last minute.", "amended"),
    ],
)
def test_what_happened_to_a_text(sentence: str, status: str) -> None:
    found = told("en", sentence)["instrument"]
    assert found.instrument is not None
    assert (found.modality, found.instrument.status) == ("done", status)


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad's senators voted the border agreement with Kenya down.",
        "Chad's senators voted it down on Monday.",
        "Kenya withheld its consent to the treaty with Chad.",
        "The resolution on Chad fell two votes short of adoption.",
        "Kenya sent the treaty with Chad back to committee.",
        "Chad torpedoed the treaty.",
    ],
)
def test_what_did_not_pass(sentence: str) -> None:
    found = told("en", sentence)["instrument"]
    assert (found.modality, found.polarity) == ("done", "neg")


def test_in_effect_before_a_deed_puts_no_text_in_force() -> None:
    sentence = "Kenya sent the treaty back, in effect burying it until the vote."
    assert told("en", sentence)["instrument"].rule != "instrument-in_force"


def test_a_noun_of_consent_tells_whose_it_is() -> None:
    sentence = "Accession by Chad takes the number of members to nine."
    found = told("en", sentence)["instrument"]
    assert (found.rule, found.modality) == ("instrument-ratified", "done")


def test_what_cannot_be_done_to_a_text_is_no_act() -> None:
    sentence = "The treaty runs out in May and cannot be prolonged."
    assert told("en", sentence)["instrument"].rule == "instrument-ended"


def test_what_should_be_done_is_expected() -> None:
    sentence = "The treaty between Kenya and Chad should be signed before Easter."
    assert told("en", sentence)["instrument"].modality == "expected"


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad rejoined the convention on Monday.",
        "The withdrawal of Chad from the treaty was notified on Monday.",
        "The rejection of the treaty by Chad's senators came as a shock.",
        "Chad introduced a draft resolution on cocoa.",
        "Kenya and Chad set the catch quota at nine tonnes.",
    ],
)
def test_an_act_in_other_words_is_shown_first(sentence: str) -> None:
    assert "instrument" in told("en", sentence)


def test_a_text_told_at_length_is_what_a_passive_is_about() -> None:
    sentence = (
        "NAIROBI (Wire) - A motion asking for the release of the fishing crews held at "
        "the ports of Chad was blocked by Kenya, a day after Chad adopted a resolution."
    )
    found = found_in("en", sentence, "instrument")
    assert [(s.rule, s.polarity) for s in found] == [
        ("instrument-refused", "neg"),
        ("instrument-adopted", "pos"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "rule"),
    [
        ("ru", "Депутаты Кении провалили договор с Чадом.", "refused"),
        ("ru", "Кения положила соглашение с Чадом под сукно.", "refused"),
        ("ru", "Кения и Чад обменялись ратификационными грамотами.", "ratified"),
        ("ru", "Кения поставила соглашение с Чадом на паузу.", "ended"),
        ("ru", "Кабинет Чада дал протоколу зелёный свет.", "approved"),
        ("ru", "Соглашение Кении и Чада внесено в сенат.", "sent"),
        ("uk", "Депутати Кенії провалили договір із Чадом.", "refused"),
        ("uk", "Кенія поклала угоду з Чадом під сукно.", "refused"),
        ("uk", "Чад здав на зберігання ратифікаційну грамоту.", "ratified"),
        ("uk", "Кабінет Чаду дав протоколу зелене світло.", "approved"),
        ("uk", "Угоду Кенії та Чаду внесено до сенату.", "sent"),
        ("kk", "Чад үкіметі хаттамаға жасыл жарық берді.", "approved"),
        ("kk", "Кения қарарға вето қолданды.", "refused"),
        ("kk", "Кения мен Чад хаттаманы парафтады.", "signed"),
    ],
)
def test_the_same_in_three_languages(language: str, sentence: str, rule: str) -> None:
    found = told(language, sentence)["instrument"]
    assert (found.rule, found.modality) == (f"instrument-{rule}", "done")


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad's fisheries revived after the treaty with Kenya.",
        "Kenya issued a complaint over the treaty with Chad.",
        "The envoy of Kenya deleted his post on the treaty.",
        "The minutes before the vote were calm, said the envoy of Kenya.",
    ],
)
def test_what_happens_to_something_else_is_no_act(sentence: str) -> None:
    assert "instrument" not in told("en", sentence)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The treaty cleared Kenya's senate on Monday.", "approved"),
        ("The amendment was defeated by 12 votes of Chad.", "refused"),
        ("The talks of Kenya and Chad yielded a declaration.", "agreed"),
        ("Kenya's court declared the fishing memorandum unlawful.", "ended"),
        ("Chad's envoy put his initials to the protocol.", "signed"),
        ("The treaty of Kenya and Chad was revived in February.", "extended"),
        ("Kenya handed Chad a draft accord.", "sent"),
        ("Chad turned down the draft treaty.", "refused"),
    ],
)
def test_a_status_says_what_was_done(sentence: str, status: str) -> None:
    found = told("en", sentence)["instrument"]
    assert found.instrument is not None
    assert (found.modality, found.instrument.status) == ("done", status)


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Chad became the ninth country to sign the treaty.", "pos"),
        ("The envoys of Kenya and Chad initialled it in March.", "pos"),
        ("Kenya's senate gave the treaty a clear yes.", "pos"),
        ("Kenya said yes to the treaty in March.", "pos"),
        ("The treaty with Chad scraped through on Monday.", "pos"),
        ("Kenya withheld its signature on Monday.", "neg"),
        ("The treaty failed by nine votes in Chad's senate.", "neg"),
    ],
)
def test_idiom_tells_what_became_of_a_text(sentence: str, polarity: str) -> None:
    found = told("en", sentence)["instrument"]
    assert (found.modality, found.polarity) == ("done", polarity)
