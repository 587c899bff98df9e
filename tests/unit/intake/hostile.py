"""Documents that somebody made to break a reader, to mislead it, or to fill its memory.

Each is a name, what makes its bytes, and what has to come of it: `SAID` where a person
sees the sentence in the file, so that it has to be found; `TOLD` where nothing, or not
all, can be read, so that a refusal or a note has to say so; `CALM` where either is right,
and only silence is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SENTENCE = "Ministers of Chad and Niger signed an agreement on water in Geneva."
SAID, TOLD, CALM = "said", "told", "calm"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One document: its name, what makes it, and what has to come of it."""

    name: str
    make: Callable[[], bytes]
    outcome: str


# -- pages -------------------------------------------------------------------------


def page(body: str, head: str = "") -> bytes:
    """Make a page."""
    return (
        f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()
    )


def article() -> str:
    """Give the sentence as a paragraph."""
    return f"<p>{SENTENCE}</p>"


PAGES = (
    Hostile(
        "a-hundred-thousand-divs.html",
        lambda: page("<div>" * 100_000 + article() + "</div>" * 100_000),
        SAID,
    ),
    Hostile(
        "tables-in-tables.html",
        lambda: page("<table><tr><td>" * 20_000 + article()),
        SAID,
    ),
    Hostile(
        "only-angle-brackets.html", lambda: page("<" * 300_000 + " " + article()), CALM
    ),
    Hostile(
        "an-attribute-of-a-million-letters.html",
        lambda: page(f'<div title="{"a" * 1_000_000}">{article()}</div>'),
        SAID,
    ),
    Hostile(
        "a-hundred-thousand-attributes.html",
        lambda: page(f"<div {'x=y ' * 100_000}>{article()}</div>"),
        SAID,
    ),
    Hostile("a-comment-never-closed.html", lambda: page(f"<!--{article()}"), TOLD),
    Hostile("a-script-never-closed.html", lambda: page(f"<script>{article()}"), TOLD),
    Hostile(
        "numbers-that-are-no-letters.html",
        lambda: page(f"<p>&#0;&#xD800;&#x110000;&#1114112;&#xFFFE;</p>{article()}"),
        SAID,
    ),
    Hostile(
        "a-flood-of-references.html",
        lambda: page(f"<p>{'&amp;&lt;&nbsp;' * 60_000}</p>{article()}"),
        SAID,
    ),
    Hostile(
        "a-picture-in-the-text.html",
        lambda: page(f'<img src="data:image/png;base64,{"A" * 4_000_000}">{article()}'),
        SAID,
    ),
    Hostile(
        "fifty-thousand-links.html",
        lambda: page('<a href="/x">y</a> ' * 50_000 + article()),
        SAID,
    ),
    Hostile(
        "fifty-thousand-headings.html",
        lambda: page("<h1>Water</h1>" * 50_000 + article()),
        SAID,
    ),
    Hostile(
        "laughs-in-a-page.html",
        lambda: (
            b'<!DOCTYPE html [<!ENTITY a "'
            + b"ha" * 100
            + b'"><!ENTITY b "&a;&a;&a;&a;">]>'
            + page(f"<p>&b;</p>{article()}")
        ),
        SAID,
    ),
    Hostile(
        "cards-of-a-liar.html",
        lambda: page(
            article(),
            '<meta property="article:published_time" content="99999-99-99">'
            '<link rel="canonical" href="javascript:alert(1)">'
            '<script type="application/ld+json">{"datePublished": '
            + "[" * 20_000
            + "</script>",
        ),
        SAID,
    ),
)


# -- plain text --------------------------------------------------------------------


def text(*parts: str) -> bytes:
    """Make a plain text of some parts and the sentence."""
    return "\n\n".join((*parts, SENTENCE, "")).encode("utf-8", "surrogatepass")


TEXTS = (
    Hostile("one-word-of-a-million-letters.txt", lambda: text("a" * 1_000_000), SAID),
    Hostile(
        "marks-upon-marks.txt", lambda: text("The d" + "\u0301" * 400_000 + "al."), SAID
    ),
    Hostile(
        "turned-around.txt",
        f"\u202e{SENTENCE}\u202c\n".encode,
        SAID,
    ),
    Hostile(
        "quotes-never-closed.txt",
        lambda: text('"' * 1000 + ' said "the ' * 20_000),
        SAID,
    ),
    Hostile("brackets-never-closed.txt", lambda: text("(" * 200_000), SAID),
    Hostile(
        "a-number-without-end.txt", lambda: text(f"{'9' * 200_000} states met."), SAID
    ),
    Hostile(
        "numbers-that-are-none.txt",
        lambda: text(
            "The leaders of \u00b2 countries met in Geneva. Leaders of \u2462 states met.",
            "On \u0663\u0661 \u0967 2026 leaders of \u0e52\u0e57 countries met in Oslo.",
            "Leaders of \U0001d7ee\U0001d7f3 countries met in Bern.",
        ),
        SAID,
    ),
    Hostile(
        "days-that-are-none.txt",
        lambda: text(
            "On 31 February 2026 and 0 May 0000 Chad signed a treaty in Oslo.",
            "On 99/99/9999 leaders of 5 countries met. By 30.02.99999999 they met again.",
            "In the year 99999999999999999999 Niger ratified the agreement.",
        ),
        SAID,
    ),
    Hostile("days-without-end.txt", lambda: text("1 January 2026, " * 20_000), SAID),
    Hostile(
        "states-without-end.txt",
        lambda: text(f"{'France, Germany, ' * 10_000}and Chad signed a treaty."),
        SAID,
    ),
    Hostile(
        "letters-that-grow.txt",
        lambda: text(
            *[f"\u0130\u0130 \ufb03 \u1e9e \u0149 \u01f0 \u1f52. {SENTENCE}"] * 50
        ),
        SAID,
    ),
    Hostile(
        "every-kind-of-line-end.txt",
        lambda: text("\u2028\u2029\x85\x0b\x0c\r\r\n\n\r".join(["Water"] * 2_000)),
        SAID,
    ),
    Hostile(
        "half-and-half.txt",
        lambda: (
            (f"{SENTENCE} Міністри Чаду і Нігеру підписали угоду. " * 40).encode()
            + ("Министры Чада и Нигера подписали соглашение в Женеве. " * 40).encode(
                "cp1251"
            )
        ),
        CALM,
    ),
    Hostile(
        "points-and-nothing-else.txt", lambda: b"... !!! ??? --- ,,, ;;; " * 50, TOLD
    ),
    Hostile(
        "families-and-flags.txt",
        lambda: text(
            "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f1fa\U0001f1e6 " * 5_000
        ),
        SAID,
    ),
    Hostile(
        "tags-that-nobody-sees.txt",
        lambda: text("".join(chr(0xE0000 + ord(c)) for c in "Niger left." * 500)),
        SAID,
    ),
)
