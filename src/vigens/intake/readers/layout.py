"""Which lines of a plain text are the article, and which are the site around it.

A page copied as text carries its menus, tags and author box along. The article is
the run of lines that read as sentences; short lines outside it are chrome.
"""

from __future__ import annotations

import re

from vigens.intake.document import Region, RegionRole
from vigens.intake.fold import fold_marks
from vigens.intake.segment import paragraphs

_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*$")
_CRUMB = re.compile(r"\s[>›»→|/]\s")
_PREFIX = re.compile(r"^date\s+\d{4}-\d\d-\d\d\s+", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\bdate\s+\d{4}-\d\d-\d\d")
_PROSE = 80
_HEADLINE = 200


def lay_out(view: str) -> tuple[Region, ...]:
    """Sort the lines of a plain text into title, dateline, body and chrome."""
    lines = paragraphs(view)
    prose = [_is_prose(view, line) for line in lines]
    if not any(prose):
        prose = [_closes(view, line) for line in lines]
    if not any(prose):
        return tuple(Region(a, b, "body") for a, b in lines)
    first = prose.index(True)
    last = len(prose) - 1 - prose[::-1].index(True)
    while first > 0 and _closes(view, lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _closes(view, lines[last + 1]):
        last += 1
    regions: list[Region] = []
    title_at = _title(view, lines, first)
    headline = _words(view, lines[title_at]) if title_at is not None else ""
    for number, (start, end) in enumerate(lines):
        role: RegionRole = "body"
        if number == title_at or (headline and _words(view, (start, end)) == headline):
            role = "title"
        elif number < first:
            role = "dateline" if _CLOCK.search(view[start:end]) else "chrome"
        elif number > last or (not prose[number] and _is_label(view, (start, end))):
            role = "chrome"
        prefix = _PREFIX.match(view[start:end])
        if prefix:
            cut = start + prefix.end()
            regions.append(Region(start, cut, "dateline"))
            headed = number == 0 and role != "body"
            regions.append(Region(cut, end, "title" if headed else role))
        else:
            regions.append(Region(start, end, role))
    return tuple(regions)


def _is_prose(view: str, line: tuple[int, int]) -> bool:
    text = fold_marks(view[line[0] : line[1]])
    if _CRUMB.search(text) and not _SENTENCE_END.search(text):
        return False
    if len(text) >= _PROSE and (
        _SENTENCE_END.search(text) or text.endswith((":", ";"))
    ):
        return True
    return len(text) >= _HEADLINE


def _closes(view: str, line: tuple[int, int]) -> bool:
    """Say whether a short line beside the article is a sentence of it."""
    text = view[line[0] : line[1]]
    return len(text.split()) >= 3 and bool(_SENTENCE_END.search(text))


def _is_label(view: str, line: tuple[int, int]) -> bool:
    """Say whether a short line inside the article is a caption or a label."""
    text = view[line[0] : line[1]]
    return len(text) < 40 and not _SENTENCE_END.search(text)


def _title(view: str, lines: list[tuple[int, int]], first: int) -> int | None:
    """Give the line before the first prose line that reads as a headline."""
    for number in range(first - 1, -1, -1):
        start, end = lines[number]
        text = _PREFIX.sub("", view[start:end])
        words = len(text.split())
        if _CLOCK.search(text) or _CRUMB.search(text):
            continue
        if 4 <= words <= 40 and not text.endswith((".", ":")):
            return number
    return None


def _words(view: str, line: tuple[int, int]) -> str:
    return " ".join(_PREFIX.sub("", view[line[0] : line[1]]).split())
