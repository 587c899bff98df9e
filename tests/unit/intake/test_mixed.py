"""Reports in several languages: each part is read in its own, and it is said."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from vigens.desk import read_report
from vigens.desk.reports import report_of
from vigens.intake import by_language, read_document

ENGLISH = (
    "Ministers of Chad and Niger signed an agreement on water in Geneva on 4 February 2026. "
    "The ministers said that the two countries will share the water of the river and that "
    "the agreement was the result of talks which had lasted for more than two years.\n"
)
RUSSIAN = (
    "Министры Чада и Нигера подписали соглашение о воде в Женеве 4 февраля 2026 года. "
    "Министры заявили, что обе страны будут делить воду реки и что соглашение стало "
    "результатом переговоров, которые продолжались более двух лет и были трудными.\n"
)
KAZAKH = (
    "Қазақстан мен Өзбекстан 2026 жылғы 5 ақпанда Женевада су туралы келісімге қол қойды. "
    "Министрлердің айтуынша, екі ел өзен суын бірге пайдаланады және бұл келісім екі жылдан "
    "астам уақытқа созылған келіссөздердің нәтижесі болды деп хабарлады баспасөз қызметі.\n"
)


@pytest.mark.parametrize(
    ("text", "main", "other"),
    [
        (ENGLISH * 3 + "\n" + RUSSIAN * 2, "en", "ru"),
        (RUSSIAN * 8 + "\n" + ENGLISH, "ru", "en"),
        (KAZAKH * 3 + "\n" + RUSSIAN * 2, "kk", "ru"),
    ],
)
def test_both_languages_are_read(text: str, main: str, other: str) -> None:
    report = report_of("two.txt", text.encode())
    document = report.document
    assert document.language == main
    assert {code for _, _, code in document.tongues} == {other}
    assert any(f"another language ({other})" in note for note in document.notes)
    edge = document.tongues[0][0]
    signed = [s for s in report.suggestions if s.kind == "instrument"]
    assert any(each.start < edge for each in signed)
    assert any(each.start >= edge for each in signed)
    places = [each.start for each in report.suggestions]
    assert places == sorted(places)
    for each in report.suggestions:
        assert document.text[each.start : each.end] == each.quote


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN * 4, KAZAKH * 30])
def test_one_language_is_one_reading(text: str) -> None:
    document = read_document(text.encode(), "one.txt")
    assert document.tongues == ()
    assert by_language(document) == (document,)


def test_a_short_quotation_is_no_language_of_its_own() -> None:
    text = (
        ENGLISH * 2 + "«Мы будем делить воду», said the minister in Geneva.\n" + ENGLISH
    )
    assert read_document(text.encode(), "quoted.txt").tongues == ()


def test_regions_of_the_parts_are_those_of_the_whole() -> None:
    text = f"Water\n\n{ENGLISH * 2}\n{RUSSIAN * 2}\n{ENGLISH}\n{KAZAKH * 2}"
    document = read_document(text.encode(), "three.txt")
    parts = by_language(document)
    assert [part.language for part in parts] == ["en", "ru", "kk"]
    spans = sorted((r.start, r.end) for part in parts for r in part.body)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    shown = "".join(document.view[a:b] for a, b in spans).split()
    body = "".join(document.view[r.start : r.end] for r in document.body).split()
    assert len(shown) >= len(body) - len(spans)


def test_a_language_without_a_vocabulary_is_told_where_it_is_queued(
    tmp_path: Path,
) -> None:
    path = tmp_path / "fi.txt"
    path.write_text("Kokous päättyi eilen illalla Helsingissä pitkän työn jälkeen.\n")
    assert any(
        "no vocabulary" in n or "none that" in n
        for n in read_report(path).document.notes
    )
