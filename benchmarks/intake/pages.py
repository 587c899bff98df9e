"""The article told from the page around it, on pages of our own making.

A page is one of the templates of `pages/` (a blog, a table layout, a live blog, a
paywall and so on) filled with one of our own articles; what stands around it, teasers
and comments included, is of the same kind of prose. Templates `look-*` were looked at
while the reader was written, of `score-*` only the figures.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import cycle, islice
from pathlib import Path
from string import Template
from typing import Any

from benchmarks.intake.articles import Article, read_articles
from benchmarks.intake.score import Tally
from vigens.intake import read_document

FOLDER = Path(__file__).with_name("pages")
_TITLE = 9  # words
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Made:
    """A page with what a reader of it should find."""

    name: str
    html: str
    text: str
    title: str
    day: str
    author: str


@dataclass(slots=True)
class Found:
    """How well pages are read: words of the article, and what the head says."""

    words: Tally = field(default_factory=Tally)
    title: int = 0
    day: int = 0
    author: int = 0
    pages: int = 0

    def told(self) -> str:
        """Give the figures of the heads in one line."""
        return (
            f"of {self.pages} pages: title {self.title}, date {self.day}, "
            f"author {self.author}"
        )


def pages(part: str) -> Iterator[Made]:
    """Make the pages of a part: every template with an article of each language."""
    table = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    articles = [a for a in read_articles() if not a.is_off_topic]
    for number, path in enumerate(sorted(FOLDER.glob(f"{part}-*.html"))):
        template = Template(path.read_text("utf-8"))
        for code, words in table.items():
            own = [a for a in articles if a.language == code]
            rest = own[number % len(own) :] + own[: number % len(own)]
            yield _made(f"{path.stem}-{code}", template, words, rest)


def _made(
    name: str, template: Template, words: dict[str, Any], articles: list[Article]
) -> Made:
    day, *told = articles[0].text.strip().split("\n\n")
    around = [p for a in articles[1:] for p in a.text.strip().split("\n\n")[1:]]
    title = " ".join(told[0].split()[:_TITLE]).rstrip(",.;:")
    fields = _fields(words, told, around) | {
        "lang": name[-2:],
        "title": escape(title),
        "date": day,
        "told": _day_in_words(words, date.fromisoformat(day)),
    }
    page = template.substitute(fields)
    author = words["author"] if words["author"] in page else ""
    return Made(name, page, "\n".join(told), title, day, author)


def _day_in_words(words: dict[str, Any], day: date) -> str:
    month = words["months"][day.month - 1]
    return str(words["words"]).format(day=day.day, month=month, year=day.year)


def _fields(
    words: dict[str, Any], told: list[str], around: list[str]
) -> dict[str, str]:
    """Give what a template may ask for."""
    told, around = [escape(p) for p in told], [escape(p) for p in around]
    teasers = [p.split(". ")[0][:160] for p in islice(cycle(around), 5)]
    talk = list(islice(cycle(around), 5, 9))
    links = [f'<a href="/{n}">{t}</a>' for n, t in enumerate(words["menu"])]
    plain = {k: escape(v) for k, v in words.items() if isinstance(v, str)}
    return plain | {
        "comments_word": plain["comments"],
        "sharing": words["share"][0],
        "menu": "".join(f"<li>{link}</li>" for link in links),
        "menu_links": " ".join(links),
        "menu_br": "<br>".join(links),
        "share": "".join(f"<li>{s}</li>" for s in words["share"]),
        "share_links": " ".join(f'<a href="#">{s}</a>' for s in words["share"]),
        "paragraphs": "\n".join(f"<p>{p}</p>" for p in told),
        "p1": told[0],
        "rest": "".join(f"<p>{p}</p>" for p in told[1:]),
        "breaks": "<br><br>\n".join(told),
        "body_div": "".join(f"<div>{p}</div>" for p in told),
        "posts": "".join(
            f'<div class="post"><span class="t">{17 - n}:05</span><p>{p}</p></div>'
            for n, p in enumerate(told)
        ),
        "teaser": teasers[0],
        "teasers": "".join(f'<p><a href="/r">{t}.</a></p>' for t in teasers),
        "teasers2": "".join(f'<p><a href="/m">{t}.</a></p>' for t in teasers[2:]),
        "teasers_li": "".join(f'<li><a href="/r">{t}.</a></li>' for t in teasers),
        "teasers_br": "<br>".join(f'<a href="/r">{t}.</a>' for t in teasers),
        "cards": "".join(
            f'<div class="c"><a href="/c"><h3>{t[:70]}</h3></a><p>{t}.</p></div>'
            for t in teasers
        ),
        "comments_hash": "".join(
            f'<div class="z3"><div class="z4">{c}</div></div>' for c in talk
        ),
        "linked": "".join(_linked(p) for p in told[:2]),
        "linked2": "".join(_linked(p) for p in told[2:]),
        "sections": "".join(
            f'<section><div class="pad"><p>{p}</p></div></section>' for p in told
        ),
        "unclosed": "".join(f"<P>{p}\n" for p in told),
        "comments": "".join(
            f"<li><cite>user{n}</cite><p>{c}</p><a>{plain['reply']}</a></li>"
            for n, c in enumerate(talk)
        ),
        "comments_div": "".join(
            f'<div class="comment"><b>user{n}</b><div class="text">{c}</div>'
            f"<a>{plain['reply']}</a></div>"
            for n, c in enumerate(talk)
        ),
    }


def _linked(paragraph: str) -> str:
    """Give a paragraph with three of its words in links."""
    words = paragraph.split(" ")
    for at in range(3, min(len(words), 12), 4):
        words[at] = f'<a href="/w/{at}">{words[at]}</a>'
    return f"<p>{' '.join(words)}</p>"


def score_pages(part: str) -> dict[str, Found]:
    """Score our reader on a part, and trafilatura beside it where it is installed."""
    made = list(pages(part))
    found = {"article in pages": _score(made, _ours)}
    try:
        library = importlib.import_module("trafilatura")
    except ImportError:
        return found
    return found | {"trafilatura": _score(made, lambda page: _theirs(library, page))}


_Reader = Callable[[Made], tuple[str, str, str, str]]


def _score(made: list[Made], read: _Reader) -> Found:
    total = Found()
    for page in made:
        text, title, day, author = read(page)
        total.words.add(overlap(text, page.text))
        total.title += title == page.title
        total.day += day == page.day
        total.author += author == page.author
        total.pages += 1
    return total


def overlap(text: str, wanted: str) -> Tally:
    """Count words kept, words kept in vain and words lost."""
    made, need = Counter(_WORD.findall(text)), Counter(_WORD.findall(wanted))
    both = (made & need).total()
    return Tally(both, made.total() - both, need.total() - both)


def _ours(page: Made) -> tuple[str, str, str, str]:
    document = read_document(page.html.encode(), page.name)
    body = "\n".join(document.view[r.start : r.end] for r in document.body)
    return body, document.title, document.published or "", document.author


def _theirs(library: Any, page: Made) -> tuple[str, str, str, str]:
    text = library.extract(page.html, include_comments=False, include_tables=True)
    head = library.extract_metadata(page.html)
    return text or "", head.title or "", head.date or "", head.author or ""
