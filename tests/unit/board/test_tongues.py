"""Which language speaks: the one asked for, else what the browser accepts."""

from __future__ import annotations

import pytest

from vigens.board.tongues import _, choose, speaking, spoken, tongues


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
