from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vigens.base import InputError
from vigens.intake import (
    MAX_BYTES,
    BinaryDocumentError,
    DocumentError,
    EmptyDocumentError,
    EncodingError,
    OversizeDocumentError,
    read_document,
)

REPORT = "Переговоры прошли в Женеве. Стороны подписали протокол."


def test_text_stays_as_it_is() -> None:
    text = "  Встреча\u00a0прошла\r\nв\u202fЖеневе.\t\r\n"
    document = read_document(text.encode(), "a.txt")
    assert document.text == text
    assert len(document.view) == len(text)
    assert document.length == len(text.encode())
    assert document.media_type == "text/plain"


def test_a_byte_order_mark_is_accepted_and_kept() -> None:
    document = read_document(codecs.BOM_UTF8 + REPORT.encode(), "a.txt")
    assert document.text == "\ufeff" + REPORT
    assert document.language == "ru"


@pytest.mark.parametrize("data", [b"", b"  \n\t ", codecs.BOM_UTF8, b"\xc2\xa0\n"])
def test_an_empty_document_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError):
        read_document(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 picture",
        b"text with \x00 inside",
        bytes(range(1, 9)) * 20,
    ],
)
def test_a_binary_document_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryDocumentError):
        read_document(data, "a.bin")


HIGH = range(0x80, 0x100)
LONG = (
    "Переговоры о воде прошли в Женеве. Стороны подписали протокол, сообщил министр. "
    "Документ вступит в силу после ратификации обоими парламентами в следующем году."
)


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8-r", "cp866", "utf-16-le", "utf-16", "utf-32"]
)
def test_an_old_encoding_is_told_apart(encoding: str) -> None:
    data = LONG.encode(encoding)
    document = read_document(data, "old.txt")
    assert document.text.removeprefix("\ufeff") == LONG
    assert document.text.encode(document.encoding) == data
    assert document.is_guessed is (encoding not in ("utf-16", "utf-32"))


def test_kazakh_letters_of_an_old_page_are_told_apart() -> None:
    text = "Министрлер кеше Женевада су туралы хаттамаға қол қойды. Ол келесі жылы күшіне енеді."
    assert read_document(text.encode("kz1048"), "old.txt").text == text


def test_what_a_page_says_of_its_encoding_goes_before_a_guess() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Мир.</p></body>'
    document = read_document(page.encode("cp1251"), "a.html")
    assert (document.text, document.is_guessed) == (page, False)


def test_a_wrong_label_does_not_spoil_utf_8() -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Мир в Осло.</p></body>'
    document = read_document(page.encode(), "a.html")
    assert (document.text, document.encoding) == (page, "utf-8")


@pytest.mark.parametrize("label", ["no-such-code", "rot13", "zlib", "x" * 30])
def test_a_label_that_is_no_encoding_is_passed_over(label: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><p>{LONG}</p></body>'
    assert read_document(page.encode("cp1251"), "a.html").text == page


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("iso-8859-1", "cp1251"),
        ("koi8-r", "cp1251"),
        ("windows-1251", "koi8_r"),
        ("utf-16", "cp1251"),
    ],
)
def test_a_label_that_its_letters_belie_is_passed_over(
    label: str, encoding: str
) -> None:
    page = f'<!DOCTYPE html><meta charset="{label}"><p>{REPORT} {REPORT}</p>'
    document = read_document(page.encode(encoding), "a.html")
    assert document.text == page
    assert document.is_guessed
    assert not document.notes or f"the file says {label}" in document.notes[0]


def test_a_right_label_is_believed() -> None:
    page = '<!DOCTYPE html><meta charset="iso-8859-1"><p>Les États ont signé à Genève.'
    document = read_document(page.encode("iso8859_1"), "a.html")
    assert (document.text, document.is_guessed, document.notes) == (page, False, ())


@pytest.mark.parametrize(
    ("encoding", "n_bytes"), [("utf-8", 2), ("utf-16-le", 1), ("utf-16-be", 1)]
)
def test_a_file_cut_off_within_a_character_is_read_up_to_it(
    encoding: str, n_bytes: int
) -> None:
    document = read_document(REPORT.encode(encoding)[:-n_bytes], "a.txt")
    assert REPORT.startswith(document.text.rstrip("."))
    assert len(document.text) >= len(REPORT) - 2
    assert "is left out" in document.notes[0]


@pytest.mark.parametrize(
    "body", ["", "<script>write('text')</script>", "<nav> </nav><!-- text -->"]
)
def test_a_page_without_text_is_no_silent_nothing(body: str) -> None:
    with pytest.raises(EmptyDocumentError, match="no text"):
        read_document(f"<!DOCTYPE html><body>{body}</body>".encode(), "a.html")


def test_a_page_that_is_all_frame_is_read() -> None:
    page = f"<!DOCTYPE html><body><nav><p>{REPORT}</p></nav></body>"
    document = read_document(page.encode(), "a.html")
    assert REPORT in " ".join(document.view.split())
    assert document.body


def test_bytes_in_no_encoding_are_refused_with_their_place() -> None:
    with pytest.raises(EncodingError, match="byte 5") as caught:
        read_document(
            b"text " + bytes(random.Random(7).choices(HIGH, k=400)), "odd.txt"
        )
    assert "UTF-8" in caught.value.mend


def test_a_huge_document_is_refused_with_the_limit() -> None:
    with pytest.raises(OversizeDocumentError, match=f"{MAX_BYTES:,}"):
        read_document(b"a" * (MAX_BYTES + 1), "huge.txt")


def test_an_error_says_what_where_and_how_to_mend() -> None:
    with pytest.raises(InputError) as caught:
        read_document(b"", "empty.txt")
    error = caught.value
    assert error.what
    assert "empty.txt" in error.where
    assert error.mend
    assert error.exit_status == 1


@given(st.binary(max_size=400))
@example(b"\x00\x01\x00")
def test_any_bytes_give_a_document_or_a_clear_refusal(data: bytes) -> None:
    try:
        document = read_document(data, "any")
    except DocumentError:
        return
    assert document.text.encode(document.encoding) == data
    assert len(document.view) == len(document.text)


PAGE = """РУ
Меню
• kz
• en
09:15, 14 Март 2025 | GMT +5

В Женеве согласован протокол о водах

Делегации Чада и Нигера провели в Женеве переговоры о распределении воды пограничной реки.

Фото: архив

Стороны согласовали протокол, который вступит в силу после ратификации обоими парламентами.

Теги:
Чад Нигер Вода
Автор
Сейчас читают
"""


def test_the_article_is_set_apart_from_the_site() -> None:
    document = read_document(PAGE.encode(), "page.txt")
    body = [document.text[r.start : r.end] for r in document.body]
    assert [line.split()[0] for line in body] == ["Делегации", "Стороны"]
    assert document.title == "В Женеве согласован протокол о водах"
    assert document.published == "2025-03-14"


def test_a_breadcrumb_and_a_second_headline_are_no_article() -> None:
    headline = "Итоги саммита по водным ресурсам в Каире"
    lead = (
        "В Каире завершился саммит по водным ресурсам, в котором участвовали 11 стран."
    )
    text = f"Главная > Новости > {headline}\n\n{headline}\n\n{headline}\n\n{lead}\n"
    document = read_document(text.encode(), "a.txt")
    assert [document.text[r.start : r.end] for r in document.body] == [lead]
    assert document.title == headline


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (" date 2025-09-05 Саммит в Каире\nСтороны встретились в Каире.", "2025-09-05"),
        ("CAIRO, 12 March 2025 - The parties to the talks met in Cairo.", "2025-03-12"),
        ("The parties to the talks met in Cairo.", None),
    ],
)
def test_the_dateline_gives_the_date(text: str, published: str | None) -> None:
    assert read_document(text.encode(), "a.txt").published == published


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Министры обсудили проект соглашения, но не подписали его."),
        ("uk", "Міністри обговорили проєкт угоди, але не підписали її."),
        ("kk", "Министрлер келісім жобасын талқылады, бірақ оған қол қойған жоқ."),
        ("en", "The ministers discussed the draft but did not sign it."),
        ("und", "12345 67890"),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert read_document(text.encode(), "a.txt").language == language


HTML = """<!DOCTYPE html><html><head><title>Site | Deal</title>
<meta property="article:published_time" content="2025-03-12T10:00:00Z">
<meta property="og:site_name" content="Example Wire">
<script>var a = "The parties signed a treaty in Oslo.";</script></head>
<body><nav><a href="/">Home</a> Norway signed an agreement with Chad in Oslo.</nav>
<h1>Deal on fish quotas</h1>
<p>Norway and&nbsp;Iceland <b>signed</b> an agreement on fish quotas in Oslo &mdash; after two years of talks.</p>
<footer>Iceland signed an agreement with nobody.</footer></body></html>"""


def test_html_keeps_offsets_into_the_file() -> None:
    document = read_document(HTML.encode(), "a.html")
    assert document.media_type == "text/html"
    assert document.text == HTML
    assert len(document.view) == len(HTML)
    assert document.title == "Deal on fish quotas"
    assert document.published == "2025-03-12"
    assert document.source == "Example Wire"
    body = " ".join(document.view[r.start : r.end] for r in document.body)
    assert "Norway and" in body
    assert "nobody" not in body
    assert "treaty" not in body
    assert "Home" not in body


@given(st.text(alphabet="<>!-/ abp&;#x=\"'\n", max_size=200))
def test_broken_markup_never_fails(text: str) -> None:
    data = ("<html><body>x" + text).encode()
    document = read_document(data, "a.html")
    assert len(document.view) == len(document.text)
