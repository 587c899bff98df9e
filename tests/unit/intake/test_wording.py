"""How claims are worded: voices, verbs and orders of words beyond the plain ones."""

from __future__ import annotations

import pytest

from vigens.intake import Suggestion, read_document, suggest

_RU = "Кения и Чад подписали договор о границе. Делегации Кении и Чада обсудили его."
_UK = "Кенія та Чад підписали договір про кордон. Делегації Кенії та Чаду зустрілися."
_EN = "Kenya and Chad signed a border treaty. Delegations of Kenya and Chad met."
_KK = (
    "Кения мен Чад шекара туралы шартқа қол қойды. Кения мен Чад делегациясы кездесті."
)
_CONTEXT = {"ru": _RU, "uk": _UK, "en": _EN, "kk": _KK}


def told(language: str, sentence: str) -> dict[str, Suggestion]:
    """Give what one sentence tells, by kind, in a report on an agreement."""
    text = f"2025-03-19\n\n{_CONTEXT[language]} {sentence}\n"
    document = read_document(text.encode(), "report.txt")
    assert document.language == language
    start = document.text.index(sentence)
    return {s.kind: s for s in suggest(document) if s.start >= start}


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("ru", "В Москве заявили, что документ изучат позже.", "statement"),
        ("uk", "У Кремлі повідомили, що документ вивчать пізніше.", "statement"),
        (
            "ru",
            "«Этот путь будет долгим и трудным», — вздохнул посол Кении.",
            "statement",
        ),
        ("ru", "Чад своего представителя на встречу не прислал.", "meeting"),
        ("uk", "Чад свою делегацію не надіслав.", "meeting"),
        ("ru", "Договор должен ратифицировать парламент Кении.", "instrument"),
        ("uk", "Наступний раунд переговорів може відбутися в Найробі.", "meeting"),
        ("kk", "Кения Чадтан құжатты өзгертуді талап етіп отыр.", "commitment"),
        ("kk", "Тараптар жаңа келісімді талқылап жатыр.", "meeting"),
        ("en", "Chad refused to open the crossing.", "commitment"),
        ("en", "Kenya will disburse the sum in May.", "commitment"),
        ("en", "Kenya has not joined the pact.", "instrument"),
        ("ru", "Генсек ООН призвал Кению и Чад к сдержанности.", "commitment"),
    ],
)
def test_a_wording_is_understood(language: str, sentence: str, kind: str) -> None:
    assert kind in told(language, sentence)


def test_a_refusal_is_negative() -> None:
    assert told("en", "Chad refused to open the crossing.")["commitment"].polarity == (
        "neg"
    )


def test_a_noun_after_an_article_is_no_verb() -> None:
    assert "meeting" not in told("en", "The minister thanked the gathering.")


def test_counts_side_by_side_keep_to_themselves() -> None:
    text = f"2025-03-19\n\n{_EN} Kenya freed 105 hostages for 240 prisoners.\n"
    document = read_document(text.encode(), "report.txt")
    found = [s for s in suggest(document) if s.kind == "count"]
    assert [s.count.n for s in found if s.count] == [105, 240]
    assert found[0].end <= found[1].start


def test_a_surname_alone_is_known_from_before() -> None:
    first = "Кенийский дипломат Абдул Мванги прибыл в Чад."
    found = told("ru", f"{first} Мванги рассказал, что текст почти готов.")
    assert found["statement"].actors[0].surface == "Мванги"


def test_the_last_voice_takes_the_whole_sentence() -> None:
    found = told("en", "Chad denied that it broke the deal, Kenya's envoy reported.")
    assert found["statement"].actors[0].surface.startswith("Kenya")
