"""Which lines of a plain text are the article, and which are the site around it.

A page copied as text carries its menus, tags and author box along. Every line gets
points: prose many, a short line without an end less than none, words of the site
itself fewer still. The article is the run of lines with the most points.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from vigens.intake.document import Region, RegionRole
from vigens.intake.fold import fold_marks, lower
from vigens.intake.lexicon import vocabulary_root
from vigens.intake.segment import paragraphs

_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"')\]]*$")
_CLOSED = re.compile(r"[.!?…][\"')\]]*$")
_CRUMB = re.compile(r"\s[>›»→|/•·]\s")
_PREFIX = re.compile(r"^date\s+\d{4}-\d\d-\d\d\s+", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\bdate\s+\d{4}-\d\d-\d\d")
_DAY = re.compile(
    r"\b\d{1,2}\b[^\n]*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b[^\n]*\b\d{1,2}\b"
)
_DAY_LINE = 6  # words that a line with a day and a year has at most
_PROSE = 80
_LONG = 200  # prose even without a full stop
_SOME = 25
_MOST = 3.0
_LITTLE = 0.3
_SITE_WORD = 1.0
_IS_SITE = -0.5
_IS_OUT = -2.0
_LITTLE_MORE = 40
_LABEL = 4  # words; more with a full stop make a sentence
_SHARE = 0.1  # of the best run, for an earlier one to belong to the article
_LEAST = 2.0

_Line = tuple[int, int]


def lay_out(view: str, within: tuple[_Line, ...] = ()) -> tuple[Region, ...]:
    """Sort the lines of a text into title, dateline, body and chrome.

    Args:
        view: The text.
        within: Where the article stands, if that is known; nothing else is of it.
    """
    lines = paragraphs(view)
    points = [_points(view, line) for line in lines]
    if within:
        points = [
            p if any(a <= line[0] < b for a, b in within) else _IS_OUT
            for p, line in zip(points, lines, strict=True)
        ]
    if not any(p > 0 for p in points):
        return tuple(Region(a, b, "body") for a, b in lines)
    article = frozenset(_article(view, lines, points))
    first = min(article)
    regions: list[Region] = []
    title_at = _title(view, lines, first)
    headline = _words(view, lines[title_at]) if title_at is not None else ""
    for number, (start, end) in enumerate(lines):
        role: RegionRole = "body"
        if number == title_at or (headline and _words(view, (start, end)) == headline):
            role = "title"
        elif number < first:
            role = "dateline" if _CLOCK.search(view[start:end]) else "chrome"
        elif number not in article or points[number] < _IS_SITE:
            role = "chrome"
        regions += _regions(view, (start, end), role, is_first=number == 0)
    return tuple(regions)


def _regions(
    view: str, line: _Line, role: RegionRole, *, is_first: bool
) -> list[Region]:
    """Make the regions of a line; a date in front of it stands for itself."""
    start, end = line
    prefix = _PREFIX.match(view[start:end])
    if not prefix:
        return [Region(start, end, role)]
    cut = start + prefix.end()
    headed = is_first and role != "body"
    return [
        Region(start, cut, "dateline"),
        Region(cut, end, "title" if headed else role),
    ]


@lru_cache(maxsize=1)
def _site_words() -> dict[str, re.Pattern[str]]:
    """Read the words of sites, each list as one pattern."""
    file = vocabulary_root() / "site.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    patterns = {}
    for name, words in table.items():
        longest = sorted(map(re.escape, words), key=len, reverse=True)
        patterns[name] = re.compile(r"(?<!\w)(?:" + "|".join(longest) + r")(?!\w)|©")
    return patterns


def _points(view: str, line: _Line) -> float:
    """Say how much a line reads like an article."""
    text = lower(fold_marks(view[line[0] : line[1]]))
    length = len(text)
    ends = bool(_SENTENCE_END.search(text))
    if ends and length >= _PROSE:
        points = min(length / _PROSE, _MOST)
    elif length >= _LONG:
        points = 1.0
    else:
        points = _LITTLE if ends and length >= _SOME else -_LITTLE
    if not ends and _CRUMB.search(text):
        points -= _SITE_WORD
    if length < _LONG and not ends and 3 * sum(map(str.isdigit, text)) > length:
        points -= _SITE_WORD
    return min(points, _site_points(text))


def is_of_site(text: str) -> bool:
    """Say whether a paragraph speaks of the site around an article."""
    return _site_points(lower(fold_marks(text))) < 0


def _site_points(text: str) -> float:
    """Say how much the words of a line allow at most: less than none for a site's."""
    found = 0
    if len(text) < 2 * _LONG:
        found = len(_site_words()["words"].findall(text))
    closed = bool(_CLOSED.search(text)) and len(text.split()) > _LABEL
    if len(text) < _PROSE + _LITTLE_MORE and not closed:
        found += len(_site_words()["weak"].findall(text))
    return -_SITE_WORD * min(found, 2) if found else _MOST


def _best_run(points: list[float], start: int, end: int) -> tuple[float, int, int]:
    """Give the run of lines with the most points: how many, first and last line."""
    best, run, first, last, opened = 0.0, 0.0, 0, -1, start
    for number in range(start, end):
        if run <= 0:
            run, opened = 0.0, number
        run += points[number]
        if run > best:
            best, first, last = run, opened, number
    return best, first, last


def _article(view: str, lines: list[_Line], points: list[float]) -> list[int]:
    """Give the lines of the article: the best run, and good ones before it.

    What stands after the best run is mostly teasers and comments, and stays out.
    """
    most, first, last = _best_run(points, 0, len(points))
    found = set(range(first, last + 1))
    end = first
    while end > 0:
        more, left, right = _best_run(points, 0, end)
        if more < max(_SHARE * most, _LEAST):
            break
        found |= set(range(left, right + 1))
        end = left
    first = min(found)
    while (
        first > 0
        and points[first - 1] > _IS_SITE
        and _is_closed(view, lines[first - 1])
    ):
        first -= 1
        found.add(first)
    return sorted(found)


def _is_closed(view: str, line: _Line) -> bool:
    """Say whether a short line beside the article is a sentence of it."""
    text = view[line[0] : line[1]]
    return len(text.split()) >= 3 and bool(_CLOSED.search(text))


def _title(view: str, lines: list[_Line], first: int) -> int | None:
    """Give the line before the first prose line that reads as a headline."""
    for number in range(first - 1, -1, -1):
        start, end = lines[number]
        text = _PREFIX.sub("", view[start:end])
        words = len(text.split())
        if _CLOCK.search(text) or _CRUMB.search(text):
            continue
        if words <= _DAY_LINE and _DAY.search(text):
            continue
        if 4 <= words <= 40 and not text.endswith((".", ":")):
            return number
    return None


def _words(view: str, line: _Line) -> str:
    return " ".join(_PREFIX.sub("", view[line[0] : line[1]]).split())
