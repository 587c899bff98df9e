"""Which language speaks: the one asked for, else what the browser accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.board.test_eyes import client_of
from vigens.base import Dated, Message, Numbered
from vigens.board.templating import read_templates
from vigens.board.tongues import (
    _,
    catalogues,
    choose,
    date_words,
    speaking,
    spoken,
    tell,
    tongues,
)


@pytest.mark.parametrize(
    ("code", "accepted", "expected"),
    [
        ("", "", "en"),
        ("en", "fr", "en"),
        ("xx", "", "en"),
        ("../../etc/passwd", "", "en"),
        ("", "de-DE, en;q=0.5", "en"),
        ("", "en;q=no, ;;,,", "en"),
        ("", "q" * 100_000, "en"),
    ],
)
def test_what_is_asked_for_speaks(code: str, accepted: str, expected: str) -> None:
    assert choose(code, accepted).code == expected


def test_english_speaks_where_nobody_chose() -> None:
    assert spoken().code == "en"
    assert tongues()[0].title == "English"
    with speaking(choose("en")):
        assert _("Search") == "Search"
    assert _("") == ""


STUB = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "NOT KNOWN"
msgstr "ЖОДНИХ ЗНАНЬ"

msgid "nobody has looked for {name}"
msgstr "{name}: ніхто не дивився"
"""


def test_a_further_language_needs_only_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny: Path
) -> None:
    (tmp_path / "uk.po").write_text(STUB, "utf-8")
    (tmp_path / "notes.po").write_text("no language", "utf-8")
    monkeypatch.setattr(catalogues, "_HERE", tmp_path)
    tongues.cache_clear()
    try:
        client = client_of(tiny)
        page = client.get("/", headers={"Accept-Language": "uk-UA,uk;q=0.9"}).text
        assert '<html lang="uk" dir="ltr">' in page
        assert "ЖОДНИХ ЗНАНЬ" in page
        assert "<b>NOT KNOWN</b>" not in page
        assert 'lang="en"' in client.get("/?lang=en").text
        assert "NOT KNOWN" in client.get("/?lang=en").text
        assert "lang=uk" in client.get("/?lang=uk").text
    finally:
        tongues.cache_clear()


@pytest.mark.parametrize(
    ("written", "english", "ukrainian", "french"),
    [
        ("2026-01-06", "6 January 2026", "6 січня 2026 р.", "6 janvier 2026"),
        ("2026-01-01", "1 January 2026", "1 січня 2026 р.", "1er janvier 2026"),
        (
            "2026-01-01/2026-01-03",
            "1–3 Jan 2026",
            "1–3 січ. 2026 р.",
            "1er–3 janv. 2026",
        ),
        (
            "2026-01-11/2026-02-01",
            "11 Jan\u2009–\u20091 Feb 2026",
            "11 січ. – 1 лют. 2026 р.",
            "11 janv.\u2009–\u20091er févr. 2026",
        ),
        ("2026-01", "January 2026", "січень 2026 р.", "janvier 2026"),
        ("2026", "2026", "2026", "2026"),
        (
            "2026-01~",
            "about January 2026",
            "близько січня 2026 р.",
            "vers janvier 2026",
        ),
        (
            "2026-01-06?",
            "6 January 2026 (uncertain)",
            "6 січня 2026 р. (непевно)",
            "6 janvier 2026 (incertain)",
        ),
        (
            "2026-01-06%",
            "about 6 January 2026 (uncertain)",
            "близько 6 січня 2026 р. (непевно)",
            "vers le 6 janvier 2026 (incertain)",
        ),
        (
            "2026-01-XX",
            "January 2026, day not given",
            "січень 2026 р., день не вказано",
            "janvier 2026, jour non précisé",
        ),
        (
            "202X",
            "between 2020 and 2029",
            "між 2020 і 2029",
            "entre 2020 et 2029",
        ),
        ("2026-01-06/2026-01-08", "6–8 Jan 2026", "6–8 січ. 2026 р.", "6–8 janv. 2026"),
        (
            "../2026-01",
            "until January 2026",
            "до січня 2026 р.",
            "jusqu’en janvier 2026",
        ),
        (
            "2026-01-06/..",
            "from 6 January 2026 on",
            "з 6 січня 2026 р.",
            "à partir du 6 janvier 2026",
        ),
        (
            "2026-01-06T10:00+02:00",
            "6 January 2026, 08:00 UTC",
            "6 січня 2026 р., 08:00 UTC",
            "6 janvier 2026, 08:00 UTC",
        ),
        ("no date", "no date", "no date", "no date"),
        ("2026-13", "2026-13", "2026-13", "2026-13"),
    ],
)
def test_a_date_is_said_as_who_reads_says_it(
    written: str, english: str, ukrainian: str, french: str
) -> None:
    for code, expected in (("en", english), ("uk", ukrainian), ("fr", french)):
        with speaking(choose(code)):
            assert date_words(written).replace("\u202f", " ") == expected


def test_a_date_in_a_sentence_and_a_number_follow_the_language() -> None:
    said = Message("nobody has looked since {day}", day=Dated("2026-03-07"))
    counted = Message("at least {n}", n=Numbered(15000))
    assert said == "nobody has looked since 2026-03-07"
    assert tell(said) == "nobody has looked since 7 March 2026"
    assert tell(counted) == "at least 15,000"
    with speaking(choose("fr")):
        assert tell(said) == "personne n’a observé depuis le 7 mars 2026"
        assert tell(counted).replace("\u202f", " ") == "au moins 15 000"
    with speaking(choose("uk")):
        assert tell(counted).replace("\xa0", " ") == "щонайменше 15 000"


def test_a_dense_table_has_short_months_and_machines_have_iso() -> None:
    template = read_templates().from_string("{{ d | date }}|{{ d | brief }}")
    with speaking(choose("fr")):
        assert template.render(d="2026-01-06") == (
            '<time datetime="2026-01-06">6 janvier 2026</time>|'
            '<time datetime="2026-01-06">6 janv. 2026</time>'
        )
        assert template.render(d="2026-01~").startswith(
            '<span class="when" title="2026-01~">'
        )
        assert template.render(d="<b>") == "&lt;b&gt;|&lt;b&gt;"


def test_lines_run_the_way_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny: Path
) -> None:
    (tmp_path / "ar.po").write_text(STUB, "utf-8")
    monkeypatch.setattr(catalogues, "_HERE", tmp_path)
    tongues.cache_clear()
    try:
        page = client_of(tiny).get("/?lang=ar").text
        assert '<html lang="ar" dir="rtl">' in page
        assert 'hreflang="ar"' in page
    finally:
        tongues.cache_clear()
