"""How much each line of a plain text reads like an article, and how much like a site.

Prose gets many points, a short line without an end less than none, words of the site
itself fewer still. What stands beside a line tells too: a list of further articles
follows its heading, a box about an author begins with the name above it.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from vigens.intake.fold import fold_marks, lower
from vigens.intake.lexicon import vocabulary_root

Line = tuple[int, int]

PROSE = 80
LONG = 200  # prose even without a full stop
#: A line of the article that has fewer points than this is no part of it.
IS_SITE = -0.5

_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"')\]]*$")
_CLOSED = re.compile(r"[.!?…][\"')\]]*$")
_CRUMB = re.compile(r"\s[>›»→|/•·]\s")
_ARROWS = "»›→*-•▶ "
_SOME = 25
_MOST = 3.0
_LITTLE = 0.3
_SITE_WORD = 1.0
_BESIDE = -0.6  # out of the article, and no end of it
_LITTLE_MORE = 40
_LABEL = 4  # words; more with a full stop make a sentence
_NAME = range(2, 5)  # words of a name that heads a box about an author
_BOX = 60
_FEW = 5  # words of a heading over further articles
_FURTHER = 6  # lines that may belong to it
_CREDIT = 80  # characters from the end in which a picture's maker is named


def points_of(view: str, lines: list[Line]) -> list[float]:
    """Say how much each line reads like the article."""
    texts = [lower(fold_marks(view[start:end])) for start, end in lines]
    points = [_points(text) for text in texts]
    left = 0
    for number, text in enumerate(texts):
        before = texts[number - 1] if number else ""
        if is_caption(text) or _is_author_box(view, lines, number, before, text):
            points[number] = _BESIDE
        if _heads_further(text):
            points[number] = _BESIDE
            left = _FURTHER
        elif left:
            left = 0 if len(text) >= LONG else left - 1
            if left:
                most = -_LITTLE if _CLOSED.search(text) else _BESIDE
                points[number] = min(points[number], most)
    return points


def is_closed(text: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return bool(_CLOSED.search(fold_marks(text)))


def is_crumb(text: str) -> bool:
    """Say whether a line is a trail of menus or of dates."""
    return bool(_CRUMB.search(text))


def is_of_site(text: str) -> bool:
    """Say whether a paragraph speaks of the site around an article."""
    return _site_points(lower(fold_marks(text))) < 0


def is_caption(text: str) -> bool:
    """Say whether a line, in small letters, tells what a picture shows or who made it.

    The word for the picture begins the line, or names its maker at the end.
    """
    if len(text) >= 2 * LONG:
        return False
    words = _words("caption")
    return bool(words.match(text) or words.search(text, max(0, len(text) - _CREDIT)))


@lru_cache(maxsize=8)
def _words(name: str) -> re.Pattern[str]:
    """Read one list of the words of sites as a pattern."""
    file = vocabulary_root() / "site.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(longest) + r")(?!\w)")


def _points(text: str) -> float:
    length = len(text)
    ends = bool(_SENTENCE_END.search(text))
    if ends and length >= PROSE:
        points = min(length / PROSE, _MOST)
    elif length >= LONG:
        points = 1.0
    else:
        points = _LITTLE if ends and length >= _SOME else -_LITTLE
    if not ends and _CRUMB.search(text):
        points -= _SITE_WORD
    if length < LONG and not ends and 3 * sum(map(str.isdigit, text)) > length:
        points -= _SITE_WORD
    return min(points, _site_points(text))


def _site_points(text: str) -> float:
    """Say how much the words of a line allow at most: less than none for a site's."""
    closed = bool(_CLOSED.search(text)) and len(text.split()) > _LABEL
    found = 0
    if len(text) < 2 * LONG:
        found = len(_words("words").findall(text)) + text.count("©")
    if len(text) < PROSE + _LITTLE_MORE and not closed:
        found += len(_words("weak").findall(text)) + text.count("©")
    return -_SITE_WORD * min(found, 2) if found else _MOST


def _heads_further(text: str) -> bool:
    """Say whether a line heads a list of further articles."""
    few = text.count(" ") < _FEW
    return few and bool(_words("further").match(text.lstrip(_ARROWS)))


def _is_author_box(
    view: str, lines: list[Line], number: int, before: str, text: str
) -> bool:
    """Say whether a paragraph tells of the person whose name stands above it."""
    if len(text) <= _BOX or not text.startswith(f"{before} "):
        return False
    start, end = lines[number - 1]
    return len(before.split()) in _NAME and view[start:end].istitle()
