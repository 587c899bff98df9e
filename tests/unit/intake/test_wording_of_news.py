"""Wording of news sites: long subjects, one voice with two verbs, vehicles of speech."""

from __future__ import annotations

import pytest

from tests.unit.intake.test_wording import told
from vigens.intake import read_document, suggest

_APPOSITION = (
    "The treaty, a deal brokered by Oman over three years of talks between both "
    "capitals, was extended on Monday, the day it was due to expire."
)


_FIRST_VISIT = (
    "Kenya's president is in Chad on his first visit since the May 22, 2024 vote."
)
_LEAD = "Kenya and Chad signed a treaty at talks in Doha. Kenya and Chad met again."


def shown(text: str, kind: str) -> list[str]:
    """Give the passages of a kind that are shown first."""
    document = read_document(f"2025-07-09\n\n{text}".encode(), "report.txt")
    return [s.quote for s in suggest(document) if s.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Kenya and Chad agreed to open a second crossing.", "decided"),
        ("Kenya agreed to open a second crossing.", "pledged"),
        ("Kenya is to send 200 police officers.", "planned"),
        ("Chad must reopen the border, Kenya said.", "sought"),
        ("Kenya announced a contribution of 95 million dollars.", "pledged"),
    ],
)
def test_what_is_made_of_a_deed(sentence: str, modality: str) -> None:
    assert told("en", sentence)["commitment"].modality == modality


def test_a_promise_that_was_broken_is_no_promise() -> None:
    found = told("en", "Kenya broke its promise to deliver the pumps.")["commitment"]
    assert (found.modality, found.polarity) == ("done", "neg")


def test_an_agreement_to_a_thing_is_an_agreement() -> None:
    found = told("en", "Kenya agreed to a 60-day extension of the pact.")
    assert found["instrument"].modality == "done"
    assert "commitment" not in found


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", _APPOSITION),
        ("en", "Kenya backed out of the fisheries pact."),
        ("en", "Kenya accepted the proposal on Monday."),
        ("en", "Negotiators could not agree on a final text."),
        ("en", "No agreement has been reached so far."),
        ("uk", "За даними агентства, угоду Кенії та Чаду парафували в Досі."),
        ("uk", "Рамкової угоди Кенії та Чаду було досягнуто пізно в неділю."),
    ],
)
def test_an_act_on_a_text_is_done(language: str, sentence: str) -> None:
    assert told(language, sentence)["instrument"].modality == "done"


def test_a_statement_that_carries_words_is_no_text() -> None:
    text = f"{_LEAD} It will hold, they said in a joint statement issued on Monday."
    assert len(shown(text, "instrument")) == 1
    text = f"{_LEAD} Kenya and Chad issued a joint statement on Monday."
    assert len(shown(text, "instrument")) == 2


def test_one_voice_with_two_verbs_makes_one_statement() -> None:
    text = f"{_LEAD} Kenya thanked Oman and warned that talks may fail."
    assert len(shown(text, "statement")) == 1
    text = f"{_LEAD} Kenya praised Oman, while Chad warned of delays."
    assert len(shown(text, "statement")) == 2


def test_a_participle_goes_on_with_what_is_said() -> None:
    text = f"{_LEAD} Kenya hailed the treaty, adding that Oman helped."
    assert shown(text, "statement") == [
        "Kenya hailed the treaty, adding that Oman helped"
    ]


def test_it_after_the_comma_says_it() -> None:
    found = told("en", "Kenya will not pay the Chad lenders, it said.")["statement"]
    assert [a.surface for a in found.actors] == ["it"]


def test_the_month_of_may_permits_nothing() -> None:
    found = told("en", _FIRST_VISIT)
    assert found["meeting"].modality == "done"


def test_according_to_names_no_infinitive() -> None:
    found = told("en", "According to sources, talks were held between Kenya and Chad.")
    assert found["meeting"].modality == "done"


def test_what_begins_later_is_planned() -> None:
    found = told("en", "The summit of Kenya and Chad begins on 12 December 2025.")
    assert found["meeting"].modality == "planned"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It was the nineteenth session between Kenya and Chad."),
        ("en", "The delegation of Kenya was led by its defence minister."),
        ("uk", "Це вже п'ята зустріч президентів Кенії та Чаду."),
        ("uk", "На переговорах делегацію Кенії очолила міністерка Світлана Гринчук."),
    ],
)
def test_a_meeting_without_a_verb_of_meeting(language: str, sentence: str) -> None:
    assert told(language, sentence)["meeting"].modality == "done"


def test_a_form_of_two_times_is_no_promise() -> None:
    assert "commitment" not in told("uk", "Пекін відіграє конструктивну роль.")


def test_an_exchange_of_prisoners_is_a_matter_of_agreements() -> None:
    text = (
        "У міноборони рф заявили про обмін полоненими. Додому повернулися 300 "
        "військових, повідомив президент України Володимир Зеленський."
    )
    document = read_document(f"2026-03-06\n\n{text}".encode(), "report.txt")
    found = [s for s in suggest(document) if s.kind == "statement"]
    assert [{a.of or a.id for a in s.actors} for s in found] == [{"RU"}, {"UA"}]


def test_a_word_of_sites_inside_a_sentence_cuts_nothing() -> None:
    text = (
        "Kenya and Chad signed the treaty in Doha on Monday after three days of talks.\n\n"
        "The deal was reached after Oman sponsored talks, Kenya said on Twitter.\n\n"
        "Kenya and Chad will meet again in Muscat next week to settle the open points."
    )
    assert any("sponsored" in quote for quote in shown(text, "statement"))


def test_a_named_network_ends_a_sentence() -> None:
    text = f'{_LEAD} "It holds," Kenya wrote on X. Kenya added that Chad will pay.'
    assert [quote[-3:] for quote in shown(text, "statement")] == ["n X", "pay"]


def test_a_passive_without_a_voice_is_no_statement() -> None:
    text = f"{_LEAD} Both armies hold the truce, although shelling was reported there."
    assert shown(text, "statement") == []


def test_what_parties_are_expected_to_do_is_expected() -> None:
    found = told("en", "Kenya and Chad are expected to swap maps of minefields.")
    assert found["commitment"].modality == "expected"


def test_no_text_that_was_issued_is_denied() -> None:
    found = told("en", "No joint statement was issued by Kenya and Chad.")
    assert found["instrument"].polarity == "neg"


def test_a_working_group_is_one_body() -> None:
    text = f"{_LEAD} A working group of Kenya and Chad was set up."
    assert len(shown(text, "institution")) == 1


def test_who_tells_a_news_conference_attends_none() -> None:
    text = f"{_LEAD} Chad's envoys hail it, Kenya said at a news conference in Doha."
    assert not any("news" in quote for quote in shown(text, "meeting"))


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Kenya has to approve the treaty before it can enter into force.", "planned"),
        ("After the treaty is signed by Kenya, Chad will open it.", "hypothetical"),
    ],
)
def test_what_waits_is_not_done(sentence: str, modality: str) -> None:
    assert told("en", sentence)["instrument"].modality == modality


def test_a_target_that_is_met_is_no_meeting() -> None:
    assert "meeting" not in told("en", "Kenya will help Chad meet these targets.")


def test_setting_the_stage_after_talks_holds_none() -> None:
    sentence = "Kenya and Chad signed it, setting the stage for years of negotiations."
    assert "meeting" not in told("en", sentence)


def test_a_text_that_runs_on_promises_nothing() -> None:
    sentence = "Як зазначив президент Кенії Вільям Руто, угода працюватиме до 18 липня."
    assert "commitment" not in told("uk", sentence)


def test_leaving_a_port_under_a_deal_leaves_no_deal() -> None:
    sentence = "Судно Кенії у межах угоди вийшло з порту Одеси."
    assert "instrument" not in told("uk", sentence)


def test_talks_under_way_since_a_day_go_on() -> None:
    found = told("en", "Talks of Kenya and Chad have been under way since January.")
    assert (found["meeting"].modality, found["meeting"].date) == (
        "ongoing",
        "2025-01/..",
    )


def test_what_somebody_must_do_is_still_to_come() -> None:
    found = told("en", "Tanzania's parliament must still ratify the agreement.")
    assert found["instrument"].modality == "planned"


def test_what_failed_is_denied() -> None:
    found = told("en", "The countries failed to agree on penalties for breaches.")
    assert (found["instrument"].polarity, found["instrument"].modality) == (
        "neg",
        "done",
    )


def test_a_verb_with_another_object_holds_no_session() -> None:
    text = "Burundi, which holds observer status, did not attend the final session."
    found = told("en", text)["meeting"]
    assert (found.rule, found.polarity) == ("meeting-attend", "neg")


def test_whether_somebody_will_is_no_promise() -> None:
    text = "Kenya and Chad met. Australia has not said whether it will contribute."
    assert not shown(text, "commitment")


def test_as_promised_promises_nothing_anew() -> None:
    found = told("en", "Azerbaijan called on Armenia to share its maps as promised.")
    assert found["commitment"].modality == "sought"


def test_who_offers_to_hold_talks_proposes_them() -> None:
    found = told("en", "Georgia offered to host the next round of talks in Tbilisi.")
    assert found["meeting"].modality == "proposed"


def test_a_number_inside_a_compound_counts_nothing() -> None:
    text = "Kenya and Chad met in Manila. The three-day meeting went well for Kenya."
    assert not shown(text, "count")


def test_a_gathering_that_lies_ahead_is_planned() -> None:
    text = "Kenya and Chad are at odds ahead of the June session in Bonn."
    assert told("en", text)["meeting"].modality == "planned"
