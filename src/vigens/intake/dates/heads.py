"""The words with which an expression of time can begin.

Most words of a report begin none, and trying every pattern at every word would cost more
than all else that reads dates. Of each pattern the part that its first word has to match
is taken, and a word is tried against these parts once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_REMEMBERED = 50_000  # stretches
_LONG = 100  # signs of a stretch that is not met again
_WORD = re.compile(r"\w+")
_ITEM = re.compile(
    r"(?P<what>\\.|\[\^?\]?[^\]]*\]|[^\\\[(])(?P<times>[?*+]|\{[\d,]+\})?"
)
_INSIDE = re.compile(r"\\[dwb]|\w|\[(?:\w-\w|\w)+\]")  # signs of a word
_TIMES = re.compile(r"[?*+]|\{[\d,]+\}")
_OPENS = re.compile(r"\((?:\?(?::|P<\w+>|(?P<looks><?[=!])))?")


class Heads(dict[str, tuple[tuple[int, tuple[int, ...]], ...]]):
    """Where in a stretch without a blank which patterns, by number, can begin."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take the heads of regular expressions over small letters."""
        super().__init__()
        self._heads = tuple(re.compile(head_of(p)) for p in patterns)

    def __missing__(self, stretch: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Try the words of a stretch that is met for the first time."""
        tried = (
            (match.start(), tuple(self._beginning(match.group())))
            for match in _WORD.finditer(stretch)
        )
        found = tuple((at, numbers) for at, numbers in tried if numbers)
        if len(stretch) <= _LONG:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[stretch] = found
        return found

    def _beginning(self, word: str) -> Iterator[int]:
        return (n for n, head in enumerate(self._heads) if head.match(word))


def head_of(pattern: str) -> str:
    """Give a regular expression for how the first word of a match begins.

    It matches every such word and some others: it ends at the first sign that may
    belong to no word, and leaves out what looks ahead or back, but at the word's end.
    """
    return "|".join(_head(branch)[0] for branch in _branches(pattern))


def _branches(pattern: str) -> Iterator[str]:
    """Cut a pattern at the bars outside its groups."""
    start = at = 0
    while at < len(pattern):
        if pattern[at] == "|":
            yield pattern[start:at]
            start = at + 1
        at = _after(pattern, at)
    yield pattern[start:]


def _after(pattern: str, at: int) -> int:
    """Give the place after a group, or after a sign with how often it may stand."""
    if pattern[at] != "(":
        item = _ITEM.match(pattern, at)
        return item.end() if item else at + 1
    at += 1
    while at < len(pattern) and pattern[at] != ")":
        at = at + 1 if pattern[at] in "?|" else _after(pattern, at)
    return at + 1


def _head(branch: str) -> tuple[str, bool]:
    """Give the head of one branch, and whether the branch ends with its first word."""
    told, at = "", 0
    while at < len(branch):
        end = _after(branch, at)
        opens = _OPENS.match(branch, at)
        if opens is None:
            item = _ITEM.match(branch, at)
            if item is None or not _INSIDE.fullmatch(item["what"]):
                needs_gap = item is not None and item.group() == r"\s+"
                return told + (r"(?!\w)" if needs_gap else ""), False
            told += item.group()
            at = end
            continue
        times = _TIMES.match(branch, end)
        inner = branch[opens.end() : end - 1]
        at = times.end() if times else end
        if opens["looks"]:
            told += branch[opens.start() : end] if inner == r"\w" else ""
            continue
        parts = [_head(part) for part in _branches(inner)]
        heads = "|".join(head for head, _ in parts)
        if all(ends for _, ends in parts):
            told += f"(?:{heads}){times.group() if times else ''}"
        elif times and times.group()[0] in "?*{":
            return f"{told}(?:{heads}|{_head(branch[at:])[0]})", False
        else:
            return f"{told}(?:{heads})", False
    return told, True
