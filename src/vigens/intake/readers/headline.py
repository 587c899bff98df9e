"""Which line above an article is its headline.

Menus, pictures and a line of date and author may stand between the two. A headline
speaks of what the article speaks of, has more than a few words, and often stands on a
page twice: as a line, and at the end of the trail of menus.
"""

from __future__ import annotations

import re

from vigens.intake.fold import fold_marks, lower
from vigens.intake.readers.lines import LONG, Line, is_caption, is_crumb, is_of_site

_PREFIX = re.compile(r"^date\s+\d{4}-\d\d-\d\d\s+", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\bdate\s+\d{4}-\d\d-\d\d")
_DAY = re.compile(
    r"\b\d{1,2}\b[^\n]*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b[^\n]*\b\d{1,2}\b"
)
_DAY_LINE = 6  # words that a line with a day and a year has at most
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
_BACK = 60  # lines above the article in which a headline is looked for
_BEGINS = 30  # lines of the article that it is compared with
_COMPARED = 20_000  # characters of these lines, so that a long one costs no more
_FULL = 8  # words of a headline that says enough
_TWICE = 4  # fewer words stand on a page twice in menus
_FARTHER = 0.02


def find_headline(view: str, lines: list[Line], first: int) -> int | None:
    """Give the number of the line above the article that reads most as its headline.

    Args:
        view: The text.
        lines: Its lines.
        first: The first line of the article.
    """
    begins = lines[first : first + _BEGINS]
    start, end = begins[0][0], begins[-1][1]
    article = lower(view[start : min(end, start + _COMPARED)])
    texts = [words_of(view, line) for line in lines[:first]]
    best, found = 0.0, None
    for number in range(first - 1, max(-1, first - _BACK - 1), -1):
        if not _may_head(texts[number]):
            continue
        n_words = len(texts[number].split())
        told = stems(view, [lines[number]])
        shared = sum(_begins_word(article, stem) for stem in told)
        points = shared / (len(told) + 1) + min(n_words, _FULL) / _FULL
        points -= _FARTHER * (first - number)
        if n_words >= _TWICE and _stands_twice(texts, number):
            points += 0.5
        if points > best:
            best, found = points, number
    return found


def stems(view: str, lines: list[Line]) -> frozenset[str]:
    """Give how the longer words of lines begin."""
    text = lower("\n".join(view[start:end] for start, end in lines))
    return frozenset(word[:_STEM] for word in _WORD.findall(text))


def _begins_word(text: str, stem: str) -> bool:
    """Say whether some word of a text has a stem."""
    at = text.find(stem)
    while at >= 0:
        end = at + len(stem)
        is_whole = len(stem) == _STEM or not text[end : end + 1].isalpha()
        if is_whole and not text[max(0, at - 1) : at].isalpha():
            return True
        at = text.find(stem, at + 1)
    return False


def words_of(view: str, line: Line) -> str:
    """Give the words of a line without the date in front of it."""
    return " ".join(_PREFIX.sub("", view[line[0] : line[1]]).split())


def date_before(view: str, line: Line) -> int:
    """Give where the date in front of a line ends, or where the line begins."""
    found = _PREFIX.match(view[line[0] : line[1]])
    return line[0] + (found.end() if found else 0)


def has_clock(text: str) -> bool:
    """Say whether a line names an hour, as a line of date and author does."""
    return bool(_CLOCK.search(text))


def _may_head(text: str) -> bool:
    n_words = len(text.split())
    if not 2 <= n_words <= 40 or len(text) > LONG or text.endswith((".", ":")):
        return False
    if has_clock(text) or is_crumb(text):
        return False
    if n_words <= _DAY_LINE and _DAY.search(text):
        return False
    return not is_of_site(text) and not is_caption(lower(fold_marks(text)))


def _stands_twice(texts: list[str], number: int) -> bool:
    others = (text for at, text in enumerate(texts) if at != number)
    return any(text.endswith(texts[number]) for text in others)
