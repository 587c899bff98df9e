"""Development articles of our own: text with the claims that a reviewer would want.

Nothing in `articles/*.txt` is copied; events of the day are retold in own words. An
article begins with `@ name part day topic`. Lines that follow one another make a
paragraph. A line `> kind modality ...` tells of the line before: `neg`, `opt` (worth
finding, never missed), `d=` a date, `p=` a place, `a=` ids of who acts, and after ` | `
the words that carry the claim where they are not the whole line.

A line `= ids` lists the states and organisations that an article names. A line
`! edtf | words` tells which date some words of the line before stand for.

The part `look` may be read while rules are written; of the part `score` only the
figures are looked at. `first` and `second` are full of hard constructs (acts refused,
conditions, passives, several parties with different acts, "both sides", chains of
speech, corrections, headlines); their events and persons are invented. `third` is in the
manner of agencies, with what stands around an article on a site, in eight languages;
`fourth` is a smaller set of that kind; `fifth` to `tenth` retell in
the styles of real reports.
Each was scored once before anybody saw what the reader makes of it, one after the other
was mended: `first-look.txt` keeps those figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("articles")


@dataclass(slots=True)
class Article:
    """One article with its claims, offsets counted in `text`."""

    name: str
    language: str
    part: str
    topic: str
    text: str
    claims: list[dict[str, Any]] = field(default_factory=list)
    named: frozenset[str] | None = None
    told: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def is_off_topic(self) -> bool:
        """Say whether the article is about no agreement at all."""
        return self.topic == "off-topic"


def read_articles(folder: Path = FOLDER) -> list[Article]:
    """Read every article of a folder, in order."""
    found: list[Article] = []
    for path in sorted(folder.glob("*.txt")):
        blocks = path.read_text("utf-8").split("\n@ ")
        found += [_article(path.stem, block.removeprefix("@ ")) for block in blocks]
    return found


def _article(language: str, block: str) -> Article:
    head, *lines = block.splitlines()
    name, part, day, topic = head.split(" ", 3)
    article = Article(name, language, part, topic, f"{day}\n\n")
    open_paragraph = False
    start = end = 0
    for line in lines:
        if line.startswith("="):
            article.named = frozenset(filter(None, line[1:].strip().split(",")))
        elif line.startswith("! "):
            edtf, _, words = line[2:].partition(" | ")
            at = article.text.index(words, start, end)
            article.told.append((at, at + len(words), edtf))
        elif line.startswith("> "):
            article.claims.append(_claim(article, line[2:], start, end))
        elif not line.strip():
            article.text += "\n\n" if open_paragraph else ""
            open_paragraph = False
        else:
            article.text += " " if open_paragraph else ""
            start, end = len(article.text), len(article.text) + len(line)
            article.text += line
            open_paragraph = True
    return article


def _claim(article: Article, told: str, start: int, end: int) -> dict[str, Any]:
    marks, _, quote = told.partition(" | ")
    kind, modality, *rest = marks.split()
    if quote:
        at = article.text.index(quote, start, end)
        start, end = at, at + len(quote)
    claim: dict[str, Any] = {
        "doc": article.name,
        "kind": kind,
        "core": "opt" not in rest,
        "modality": modality,
        "polarity": "neg" if "neg" in rest else "pos",
        "quote": article.text[start:end],
        "start": start,
        "end": end,
    }
    for mark in rest:
        key, equals, value = mark.partition("=")
        if equals and key == "d":
            claim["date"] = value
        elif equals and key == "p":
            claim["place"] = value.replace("_", " ")
        elif equals and key == "a":
            claim["ids"] = value.split(",")
    return claim


def by_language(articles: list[Article]) -> Iterator[tuple[str, list[Article]]]:
    """Group articles by language, in the order of the codes."""
    for code in sorted({a.language for a in articles}):
        yield code, [a for a in articles if a.language == code]
