"""What is written in another way reads the same: folded lines, apostrophes."""

from __future__ import annotations

import re

import pytest

from benchmarks.intake.articles import read_articles
from vigens.intake import read_document, suggest

FOLDED = """Geneva, 6 March 2026. Talks on water.

On 5 March 2026 the foreign ministers of France and Poland met in Geneva. Poland said
that it was ready to send 40 engineers to the monitoring mission.
"""


def test_a_short_folded_text_is_read_as_if_it_were_not_folded() -> None:
    plain = FOLDED.replace("said\nthat", "said that")
    kinds = [
        [s.kind for s in suggest(read_document(t.encode(), "a.txt"))]
        for t in (FOLDED, plain)
    ]
    assert kinds[0] == kinds[1]
    assert "meeting" in kinds[0]


def test_a_list_of_short_lines_is_not_folded() -> None:
    text = "Home\nNews about the talks in Geneva and the water of the river\nsports\n"
    assert suggest(read_document(text.encode(), "a.txt")) == ()


@pytest.mark.parametrize("mark", ["\u2019", "\u02bc", "\u2018", "`"])
@pytest.mark.parametrize("language", ["en", "fr", "kk", "tr", "uk"])
def test_every_apostrophe_reads_as_the_plain_one(language: str, mark: str) -> None:
    for article in read_articles():
        if article.language != language or "'" not in article.text:
            continue
        other = re.sub(r"(?<=\w)'(?=\w)", mark, article.text)
        read = [
            [
                (s.kind, s.start, s.end, s.modality)
                for s in suggest(read_document(text.encode(), "a.txt"), at_least=0)
            ]
            for text in (article.text, other)
        ]
        assert read[0] == read[1]
        return
    pytest.fail(f"no article in {language} has an apostrophe")
