"""Wording of reports: what is offered, owed, vowed, wanted, or only done by things."""

from __future__ import annotations

import pytest

from tests.unit.intake.test_wording import told
from tests.unit.intake.test_wording_of_news import shown
from vigens.intake import Suggestion, read_document, suggest

_LEAD = {
    "en": "Kenya and Chad signed a treaty at talks in Doha. Kenya and Chad met again. ",
    "ru": "Кения и Чад подписали договор на переговорах в Дохе. ",
    "uk": "Кенія та Чад підписали договір на переговорах у Досі. ",
    "kk": "Кения мен Чад Дохадағы келіссөзде шартқа қол қойды. ",
}


def found(language: str, sentence: str, kind: str) -> list[Suggestion]:
    """Give what is shown first of a kind in a sentence after two of agreements."""
    text = f"2025-07-09\n\n{_LEAD[language]}{sentence}"
    at = len(text) - len(sentence)
    document = read_document(text.encode(), "report.txt")
    return [s for s in suggest(document) if s.kind == kind and s.start >= at]


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("en", "Chad turned down an invitation to the summit.", "meeting"),
        ("en", "The minister of Chad reminded Kenya of the debt.", "statement"),
        ("en", "The Security Council renewed the mission in Darfur.", "instrument"),
        ("en", "No agreement could be found on the price of fish.", "instrument"),
        ("en", "The protocol still has to be countersigned by Chad.", "instrument"),
        ("en", "Chad offered trucks but no fuel.", "commitment"),
        ("en", "Under the accord, all captives will be released.", "commitment"),
        ("en", "Chad agreed on Monday to open the port.", "commitment"),
        ("en", "The shipping line Boreas said it would not sail.", "statement"),
        ("ru", "Подписи под протоколом поставили министры.", "instrument"),
        ("ru", "Чад поручил экспертам подготовить доклад.", "commitment"),
        ("ru", "Чад объявил о списании долга Кении.", "commitment"),
        ("uk", "Міністри Кенії та Чаду бачилися в липні.", "meeting"),
        ("uk", "Робоча група почне працювати з вересня.", "institution"),
        ("kk", "Келісім бойынша 40 тұтқын босатылады.", "commitment"),
    ],
)
def test_what_a_sentence_tells_is_shown(
    language: str, sentence: str, kind: str
) -> None:
    assert found(language, sentence, kind)


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        (
            "en",
            "Chad's parliament spoke of a bill that would lift the ban.",
            "commitment",
        ),
        ("en", "No state has recognised the council of Chad.", "statement"),
        ("en", "Chad declined to go into figures.", "commitment"),
        ("en", "The ratification could take until May, Chad said.", "commitment"),
        ("en", "The 12-nation Board of Governors convenes on 8 August.", "institution"),
        (
            "ru",
            "Следующая сессия пройдёт в мае, место её проведения уточняется.",
            "statement",
        ),
        ("ru", "Договор Чада, который отменит пошлины, готов.", "commitment"),
        ("uk", "Чад не бачить розбіжностей із зобов'язаннями Кенії.", "commitment"),
        ("uk", "Протокол запрацює після того, як його схвалять уряди.", "commitment"),
        ("kk", "Чад келісімінің жобасы әлі дайын емес.", "commitment"),
        ("kk", "Мәлімдемеде тұтқындардың аты аталмаған.", "statement"),
    ],
)
def test_what_a_sentence_does_not_tell_is_not_shown(
    language: str, sentence: str, kind: str
) -> None:
    assert not found(language, sentence, kind)


def test_who_hosted_talks_speaks_himself() -> None:
    text = "Kenya's president, John Mwangi, who hosted the talks, said he was ready."
    assert [a.surface for a in found("en", text, "statement")[0].actors] == [
        "John Mwangi"
    ]


def test_a_newspaper_speaks_for_nobody() -> None:
    assert not found("en", "The Moscow Times said Chad had agreed.", "statement")


def test_what_is_vowed_stands_in_the_passage() -> None:
    [vow] = found("en", "Chad vowed that all files would be opened.", "commitment")
    assert vow.quote.endswith("would be opened")


def test_a_second_verb_goes_on_with_who_spoke() -> None:
    text = "Министр Чада заявил, что договор честный, и попросил Кению снять запрет."
    [plea] = found("ru", text, "commitment")
    assert (plea.modality, {a.of or a.id for a in plea.actors}) == (
        "sought",
        {"TD", "KE"},
    )


def test_a_body_that_is_called_for_is_wanted() -> None:
    text = "Кения призвала создать комиссию по расследованию."
    assert told("ru", text)["institution"].modality == "sought"


def test_one_verb_revives_one_body() -> None:
    text = "The mission may leave unless Kenya and Chad revive their committee."
    bodies = found("en", text, "institution")
    assert [(b.institution and b.institution.name, b.modality) for b in bodies] == [
        ("committee", "hypothetical")
    ]


def test_what_happens_first_is_one_condition() -> None:
    text = "Угода набуде чинності після того, як її схвалить парламент."
    [act] = shown(_LEAD["uk"] + text, "instrument")[1:]
    assert act == text[:-1]
