"""Who and where is meant in French, German, Polish and Turkish, which are data alone."""

from __future__ import annotations

import pytest

from vigens.intake import find_names, read_document, suggest

LEAD = {
    "de": "Kamerun und der Tschad haben am Mittwoch ein Abkommen unterzeichnet.",
    "fr": "Le Cameroun et le Tchad ont signé mercredi un accord sur la frontière.",
    "pl": "Kamerun i Czad podpisały w środę umowę o wspólnej granicy.",
    "tr": "Kamerun ile Çad çarşamba günü bir sınır anlaşması imzaladı.",
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "pl",
            "Minister spraw zagranicznych Gruzji oświadczył, że czeka na odpowiedź.",
        ),
        (
            "fr",
            "Le ministre de l'énergie de Géorgie a déclaré qu'il attend la réponse.",
        ),
        ("de", "Der Minister für Verkehr Georgiens sagte, er warte auf die Antwort."),
    ],
)
def test_what_an_office_is_for_stands_before_whose_it_is(
    language: str, sentence: str
) -> None:
    text = f"2026-03-19\n\n{LEAD[language]}\n\n{sentence}\n"
    found = suggest(read_document(text.encode(), "a.txt"))
    assert [a.of for s in found if s.kind == "statement" for a in s.actors] == ["GE"]


def test_whose_an_office_is_may_stand_in_the_same_word() -> None:
    text = f"2026-03-19\n\n{LEAD['de']}\n\nEU-Kommissar Jan Roth lobte das Abkommen.\n"
    found = suggest(read_document(text.encode(), "a.txt"))
    assert [a.of for s in found if s.kind == "statement" for a in s.actors] == [
        "org:EU"
    ]


def test_who_speaks_may_stand_behind_a_verb_of_two_words() -> None:
    sentence = "Le Bénin et le Togo ouvriront un pont, a annoncé jeudi le Ghana."
    text = f"2026-03-19\n\n{LEAD['fr']}\n\n{sentence}\n"
    found = suggest(read_document(text.encode(), "a.txt"))
    said = [s for s in found if s.kind == "statement"]
    assert [a.id for s in said for a in s.actors] == ["GH"]


def test_a_state_of_four_letters_is_one() -> None:
    text = f"2026-03-19\n\n{LEAD['de']}\n\nTogo und Peru sind nicht dabei.\n"
    found = {n.id for n in find_names(read_document(text.encode(), "a.txt"))}
    assert {"TG", "PE", "CM", "TD"} <= found


@pytest.mark.parametrize(
    ("language", "sentence", "actors"),
    [
        (
            "de",
            "Der rumänische Minister traf Vertreter der Weltbank.",
            {"RO", "org:WB"},
        ),
        ("de", "Die Afrikanische Union und Ghanas Regierung.", {"org:AU", "GH"}),
        ("fr", "La ministre mauritanienne et l'Union africaine.", {"MR", "org:AU"}),
        ("fr", "Les émissaires d'Égypte et de RDC.", {"EG", "CD"}),
        (
            "pl",
            "Ministrowie Kanady rozmawiali w Kuwejcie z delegacją Czadu.",
            {"CA", "KW"},
        ),
        (
            "pl",
            "Według rumuńskiego ministra i Rady Bezpieczeństwa.",
            {"RO", "org:UNSC"},
        ),
        (
            "tr",
            "Türkiye'nin ve Yunanistan'ın heyetleri Afrika Birliği'ne gitti.",
            {"TR", "GR", "org:AU"},
        ),
    ],
)
def test_names_in_their_forms_lead_to_ids(
    language: str, sentence: str, actors: set[str]
) -> None:
    text = f"2026-03-19\n\n{LEAD[language]}\n\n{sentence}\n"
    at = text.index(sentence)
    named = find_names(read_document(text.encode(), "a.txt"))
    assert actors <= {n.id for n in named if n.start >= at}


@pytest.mark.parametrize(
    ("language", "sentence", "place"),
    [
        ("de", "Die Minister beider Länder trafen sich in Genf.", "Geneva"),
        ("de", "Die Minister beider Länder trafen sich in Bukarest.", "Bucharest"),
        ("fr", "Les ministres des deux pays se sont réunis à Alger.", "Algiers"),
        ("pl", "Ministrowie obu państw spotkali się we Lwowie.", "Lviv"),
        ("pl", "Ministrowie obu państw spotkali się w Kijowie.", "Kyiv"),
        ("tr", "İki ülkenin bakanları Cenevre'de bir araya geldi.", "Geneva"),
        ("tr", "İki ülkenin bakanları Bakü'de bir araya geldi.", "Baku"),
    ],
)
def test_a_place_is_told_in_english(language: str, sentence: str, place: str) -> None:
    text = f"2026-03-19\n\n{LEAD[language]}\n\n{sentence}\n"
    at = text.index(sentence)
    found = suggest(read_document(text.encode(), "a.txt"))
    assert [s.place for s in found if s.start >= at and s.kind == "meeting"] == [place]
