from __future__ import annotations

import pytest

from vigens.intake import read_document

LEAD = {
    "en": "The ministers of Chad and Niger signed an agreement on water, {}.",
    "ru": "Министры Чада и Нигера подписали соглашение о водах, {}.",
    "uk": "Міністри Чаду та Нігеру підписали угоду про воду, {}.",
    "kk": "Чад пен Нигер министрлері су туралы келісімге қол қойды, {}.",
}


@pytest.mark.parametrize(
    ("language", "words", "chain"),
    [
        ("en", "Interfax reports, citing Reuters", ("Interfax", "Reuters")),
        ("ru", "передает Интерфакс со ссылкой на Рейтер", ("Interfax", "Reuters")),
        ("uk", "повідомляє Укрінформ із посиланням на AFP", ("Ukrinform", "AFP")),
        (
            "kk",
            "деп хабарлайды Kazinform Reuters-ке сілтеме жасап",
            ("Kazinform", "Reuters"),
        ),
        ("en", "and Reuters has an office there", ()),
    ],
)
def test_the_chain_keeps_each_link(
    language: str, words: str, chain: tuple[str, ...]
) -> None:
    text = LEAD[language].format(words) + "\n"
    assert read_document(text.encode(), "a.txt").chain == chain


def test_a_page_begins_its_own_chain() -> None:
    page = (
        "<html><head><link rel='canonical' href='https://www.rbc.ua/news/1.html'>"
        "<meta name='author' content='O. Writer'></head><body><h1>Угода про воду</h1>"
        "<p>Міністри Чаду та Нігеру підписали угоду про воду в Женеві, передає "
        "Європейська правда з посиланням на Reuters.</p></body></html>"
    )
    document = read_document(page.encode(), "a.html")
    assert document.address == "https://www.rbc.ua/news/1.html"
    assert document.author == "O. Writer"
    assert document.chain == ("RBC-Ukraine", "European Pravda", "Reuters")
    assert document.source == "RBC-Ukraine"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//x.example/", "https://" + "a" * 3000]
)
def test_an_address_that_is_none_is_not_taken(address: str) -> None:
    page = f"<html><head><link rel=canonical href='{address}'></head><body><p>Chad signed a treaty.</p></body></html>"
    assert read_document(page.encode(), "a.html").address == ""


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Deal on water reached in the capital today\nBy Jane Doe\n", "Jane Doe"),
        ("В Женеве согласован протокол о водах\nАвтор: Иван Иванов\n", "Иван Иванов"),
        ("Deal on water reached in the capital today\nBy the river they met.\n", ""),
    ],
)
def test_a_line_of_its_own_names_the_author(text: str, author: str) -> None:
    body = (
        "The ministers of Chad and Niger met in Geneva and signed an agreement on the "
        "water of the river.\n"
        if text.isascii()
        else "Делегации Чада и Нигера провели в Женеве переговоры о распределении воды "
        "пограничной реки и подписали протокол.\n"
    )
    assert read_document((text + body).encode(), "a.txt").author == author
