"""HTML pages: the article told from what stands around it, and what the head says."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.intake.pages import Found, pages, score_pages
from vigens.intake import Document, find_names, read_document, suggest
from vigens.intake.errors import DocumentError

PROSE = (
    "Delegations of Kenya and Chad met in Geneva on Tuesday and signed a protocol on "
    "the border crossing, the two governments said in a joint statement."
)
ELSEWHERE = (
    "Ministers of Peru and Chile will open talks on fishing rights in Lima next month, "
    "a spokesman of the foreign ministry told reporters in the capital."
)


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_document(page.encode(), "a.html")


def told(document: Document) -> str:
    parts = (document.view[r.start : r.end] for r in document.body)
    return " ".join(" ".join(parts).split())


@pytest.fixture(scope="module", params=["look", "score"])
def found(request: pytest.FixtureRequest) -> Found:
    return score_pages(str(request.param))["article in pages"]


def test_articles_are_told_from_their_pages(found: Found) -> None:
    assert found.pages >= 24
    assert found.words.precision >= 0.97
    assert found.words.recall >= 0.97
    assert found.title >= 0.95 * found.pages
    assert found.day >= 0.95 * found.pages
    assert found.author >= 0.85 * found.pages


def test_a_page_of_our_own_making_holds_its_article() -> None:
    made = next(pages("look"))
    assert made.title in made.html
    assert all(line.split()[0] in made.html for line in made.text.splitlines())


@pytest.mark.parametrize(
    "around",
    [
        f"<nav>{ELSEWHERE}</nav>",
        f'<div class="comments">{ELSEWHERE}</div>',
        f'<div id="relatedPosts"><p>{ELSEWHERE}</p></div>',
        f'<div role="complementary"><p>{ELSEWHERE}</p></div>',
        f"<amp-sidebar><p>{ELSEWHERE}</p></amp-sidebar>",
        f'<div><p>{ELSEWHERE}</p><input type="email"></div>',
        f'<div><a href="/x"><h3>Talks on fish</h3></a><p>{ELSEWHERE}</p></div>',
        f'<p><a href="/x">{ELSEWHERE}</a></p>',
    ],
)
def test_what_stands_around_is_left_out(around: str) -> None:
    body = f"<div><h1>Border protocol signed</h1><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert told(read(f"{body}{around}")) == f"{PROSE} {PROSE}"
    assert told(read(f"{around}{body}")) == f"{PROSE} {PROSE}"


def test_a_suspicious_name_around_everything_hides_nothing() -> None:
    body = f"<h1>Border protocol signed</h1><p>{PROSE}</p>"
    assert told(read(f'<div class="has-sidebar social">{body}</div>')) == PROSE


def test_ends_that_were_never_written_are_found() -> None:
    body = f"<h1>Border protocol<table><tr><td>Menu<td><p>{PROSE}<p>{PROSE}</table>"
    assert told(read(body)) == f"{PROSE} {PROSE}"


@pytest.mark.parametrize(
    ("head", "day", "author"),
    [
        (
            {"@type": "NewsArticle", "datePublished": "2025-03-04T10:00:00Z"}
            | {"author": [{"name": "Ada Bell"}, {"name": "Bo Li"}]},
            "2025-03-04",
            "Ada Bell, Bo Li",
        ),
        (
            {"@graph": [{"@type": "WebSite"}, {"@type": ["Report"], "author": "A B"}]},
            None,
            "A B",
        ),
        ({"@type": "NewsArticle", "datePublished": 5, "author": {"name": 7}}, None, ""),
        ([[[[[[[[[{"@type": "Article", "author": "deep"}]]]]]]]]], None, ""),
        ("no object", None, ""),
    ],
)
def test_what_a_page_tells_machines_is_read(
    head: object, day: str | None, author: str
) -> None:
    script = f'<script type="application/ld+json">{json.dumps(head)}</script>'
    document = read(f"<h1>Border protocol signed</h1><p>{PROSE}</p>", script)
    assert (document.published, document.author) == (day, author)


def test_a_later_change_is_not_the_day_of_a_report() -> None:
    head = (
        '<meta property="article:modified_time" content="2026-01-01">'
        '<meta property="article:published_time" content="2025-03-04T01:00:00Z">'
    )
    assert read(f"<p>{PROSE}</p>", head).published == "2025-03-04"


def test_a_word_with_a_reference_inside_stays_one_word() -> None:
    body = (
        "<p>Les ministres du S&eacute;n&eacute;gal et du Tchad ont sign&eacute; jeudi un "
        "accord sur l&#39;eau.</p>"
    )
    document = read(body)
    names = [(n.id, n.surface) for n in find_names(document)]
    assert names == [("SN", "S&eacute;n&eacute;gal"), ("TD", "Tchad")]
    assert "instrument" in {s.kind for s in suggest(document)}
    for suggestion in suggest(document, at_least=0):
        assert suggestion.quote == document.text[suggestion.start : suggestion.end]


_PIECES = st.sampled_from(
    [
        *(
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<table><tr><td>",
            "</td>",
            "<li>",
            "<a href=x>",
        ),
        *("</a>", "<h1>", "</h1>", '<div class="comments">', "<article>", "</article>"),
        *("<!--", "-->", "<script>", "</script>", "&amp;", "&#39;", "&#x;", "<", ">"),
        *("<input>", '<p itemprop="articleBody">', PROSE, "word ", "Ð\u00a0", "\n"),
    ]
)


@given(st.lists(_PIECES, max_size=40))
def test_any_markup_keeps_its_places(pieces: list[str]) -> None:
    source = "<!DOCTYPE html>" + "".join(pieces)
    try:
        document = read_document(source.encode(), "a.html")
    except DocumentError:
        return
    assert document.text == source
    assert len(document.view) == len(source)
    ends = [0]
    for region in document.regions:
        assert ends[-1] <= region.start < region.end <= len(source)
        ends.append(region.end)
    for suggestion in suggest(document, at_least=0):
        assert suggestion.quote == source[suggestion.start : suggestion.end]


@pytest.mark.parametrize(
    "piece",
    [
        "<div>" + "x" * 90 + ". ",
        "<div class=comments>",
        "</b>",
        "<p>" + PROSE,
        "<a href=x><b>",
        "<table><tr><td>",
    ],
)
def test_reading_a_page_takes_time_with_its_length_only(piece: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        read(f"<h1>Border protocol signed</h1><p>{PROSE}</p>" + piece * count)
        return time.process_time() - start

    short = max(seconds(1_000), 0.02)
    assert seconds(8_000) < 40 * short
