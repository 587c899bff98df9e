"""The words with which an expression of time can begin.

Most words of a report begin none, and trying every pattern at every word would cost more
than all else that reads dates. Of each pattern the part that its first word has to match
is taken, and a word is tried against these parts once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vigens.intake.remembered import Remembered

_REMEMBERED = 50_000  # stretches
_WORD = re.compile(r"\w+")
_ITEM = re.compile(
    r"(?P<what>\\.|\[\^?\]?[^\]]*\]|[^\\\[(])(?P<times>[?*+]|\{[\d,]+\})?"
)
_INSIDE = re.compile(r"\\[dwb]|\w|\[(?:\w-\w|\w)+\]")  # signs of a word
_TIMES = re.compile(r"[?*+]|\{[\d,]+\}")
_OPENS = re.compile(r"\((?:\?(?::|P<\w+>|(?P<looks><?[=!])))?")


Heads = Remembered[str, tuple[tuple[int, tuple[int, ...]], ...]]
"""Where in a stretch without a blank which patterns, by number, can begin."""


def heads_of(patterns: Iterable[str]) -> Heads:
    """Take the heads of regular expressions over small letters."""
    written = [head_of(p) for p in patterns]
    heads = tuple(re.compile(w) for w in written)
    any_head = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", w) for w in written))

    def starts(stretch: str) -> Iterator[tuple[int, tuple[int, ...]]]:
        for word in _WORD.finditer(stretch):
            said = word.group()
            if any_head.match(said):  # as few words do
                numbers = (n for n, head in enumerate(heads) if head.match(said))
                yield word.start(), tuple(numbers)

    return Remembered(lambda stretch: tuple(starts(stretch)), most=_REMEMBERED)


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
