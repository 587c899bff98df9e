"""Which language speaks: the one asked for, else what the browser accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.board.test_eyes import client_of
from vigens.board.tongues import _, catalogues, choose, speaking, spoken, tongues


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
        assert '<html lang="uk">' in page
        assert "ЖОДНИХ ЗНАНЬ" in page
        assert "<b>NOT KNOWN</b>" not in page
        assert 'lang="en"' in client.get("/?lang=en").text
        assert "NOT KNOWN" in client.get("/?lang=en").text
        assert "lang=uk" in client.get("/?lang=uk").text
    finally:
        tongues.cache_clear()
