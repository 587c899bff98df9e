"""Which lines of a plain text are the article, and which are the site around it.

A page copied as text carries its menus, tags and author box along. The article is the
run of lines with the most points, good runs above it, and a lead below the headline.
"""

from __future__ import annotations

from vigens.intake.document import Region, RegionRole
from vigens.intake.readers.headline import (
    date_before,
    find_headline,
    has_clock,
    stems,
    words_of,
)
from vigens.intake.readers.lines import IS_SITE, PROSE, Line, is_closed, points_of
from vigens.intake.segment import paragraphs

_IS_OUT = -2.0
_SHARE = 0.05  # of the best run, for an earlier one to belong to the article
_LEAST = 2.0
_SHARED = 0.2  # of a lead's words: what the article has too
_BEGINS = 30  # lines of the article that a lead is compared with


def lay_out(view: str, within: tuple[Line, ...] = ()) -> tuple[Region, ...]:
    """Sort the lines of a text into title, dateline, body and chrome.

    Args:
        view: The text.
        within: Where the article stands, if that is known; nothing else is of it.
    """
    lines = paragraphs(view)
    points = points_of(view, lines)
    if within:
        points = [
            p if any(a <= line[0] < b for a, b in within) else _IS_OUT
            for p, line in zip(points, lines, strict=True)
        ]
    if not any(p > 0 for p in points):
        return tuple(Region(a, b, "body") for a, b in lines)
    article = _article(view, lines, points)
    title_at = find_headline(view, lines, min(article))
    if title_at is not None:
        article |= _leads(view, lines, points, range(title_at + 1, min(article)))
    first = min(article)
    headline = words_of(view, lines[title_at]) if title_at is not None else ""
    regions: list[Region] = []
    for number, (start, end) in enumerate(lines):
        role: RegionRole = "body"
        if number == title_at or (
            headline and words_of(view, (start, end)) == headline
        ):
            role = "title"
        elif number < first:
            role = "dateline" if has_clock(view[start:end]) else "chrome"
        elif number not in article or points[number] < IS_SITE:
            role = "chrome"
        regions += _regions(view, (start, end), role, is_first=number == 0)
    return tuple(regions)


def _regions(
    view: str, line: Line, role: RegionRole, *, is_first: bool
) -> list[Region]:
    """Make the regions of a line; a date in front of it stands for itself."""
    start, end = line
    cut = date_before(view, line)
    if cut == start:
        return [Region(start, end, role)]
    headed = is_first and role != "body"
    return [
        Region(start, cut, "dateline"),
        Region(cut, end, "title" if headed else role),
    ]


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


def _article(view: str, lines: list[Line], points: list[float]) -> set[int]:
    """Give the lines of the article: the best run, and good ones before it.

    What stands after the best run is mostly teasers and comments, and stays out.
    """
    most, first, last = _best_run(points, 0, len(points))
    last = _short_end(view, lines, points, last)
    found = set(range(first, last + 1))
    end = first
    while end > 0:
        more, left, right = _best_run(points, 0, end)
        if more < max(_SHARE * most, _LEAST):
            break
        found |= set(range(left, right + 1))
        end = left
    first = min(found)
    while first > 0 and points[first - 1] > IS_SITE:
        text = view[slice(*lines[first - 1])]
        if len(text.split()) < 3 or not is_closed(text):
            break
        first -= 1
        found.add(first)
    return found


def _short_end(view: str, lines: list[Line], points: list[float], last: int) -> int:
    """Give the article's last line, short sentences such as "Chad declined." included.

    They end the text as well; before further lines they may be anything of the site.
    """
    at = last + 1
    while at < len(lines) and points[at] > IS_SITE:
        text = view[slice(*lines[at])]
        if len(text.split()) < 2 or not is_closed(text):
            return last
        at += 1
    return last if at < len(lines) else at - 1


def _leads(
    view: str, lines: list[Line], points: list[float], between: range
) -> set[int]:
    """Give the lines between headline and article that say what it is about."""
    found: set[int] = set()
    if not between:
        return found
    article = stems(view, lines[between.stop : between.stop + _BEGINS])
    for number in between:
        start, end = lines[number]
        told = stems(view, [lines[number]])
        shares = len(told & article) >= _SHARED * len(told)
        if end - start >= PROSE and points[number] > IS_SITE and shares:
            found.add(number)
    return found
