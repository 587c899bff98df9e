"""The invented articles: what a reviewer would want is proposed, little else is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vigens.intake import Suggestion, read_document, suggest

ARTICLES = tomllib.loads(
    Path(__file__).with_name("articles.toml").read_text(encoding="utf-8")
)["article"]
LANGUAGES = ("en", "kk", "ru", "uk")


def read(article: dict[str, Any]) -> tuple[str, tuple[Suggestion, ...]]:
    lines = "\n".join(line[0] for line in article["lines"])
    text = f"2025-03-19\n\n{lines}\n"
    document = read_document(text.encode(), "article.txt")
    assert document.language == article["language"]
    return text, suggest(document)


def judged(language: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield, line by line, the kinds wanted and the kinds proposed."""
    for article in ARTICLES:
        if article["language"] != language or article["topic"].startswith("off"):
            continue
        text, found = read(article)
        for line, *wanted in article["lines"]:
            start = text.index(line)
            end = start + len(line)
            yield wanted, [s.kind for s in found if s.start < end and start < s.end]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wanted_is_proposed(language: str) -> None:
    right = wanted_all = proposed_all = 0
    for wanted, proposed in judged(language):
        right += sum(min(wanted.count(k), proposed.count(k)) for k in set(wanted))
        wanted_all += len(wanted)
        proposed_all += len(proposed)
    assert right / proposed_all >= 0.85
    assert right / wanted_all >= 0.85


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_topics_give_next_to_nothing(language: str) -> None:
    for article in ARTICLES:
        if article["language"] == language and article["topic"].startswith("off"):
            _, found = read(article)
            assert [s for s in found if s.strength >= 0.6] == []
