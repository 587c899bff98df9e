"""Lines, sentences and quotations of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_LONGEST = 1200
_STOP = re.compile(r"[.!?…]+[\"')\]“”»’]*(?=\s)")
_BULLET = re.compile(r"[\s\-•*·▪◦>]+")
_QUOTED = re.compile(r'"[^"\n]{2,2000}"')
_CLOSED = re.compile(r"[,!?] ?- ")
_CLOSES = re.compile(r"[,!?.…] ?- ")
_BEFORE_INITIAL = ' \n."(-'  # or nothing at all
_NETWORK = (" on X", " у X", " в X", " на X")  # "wrote on X. He added"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, without the blanks and bullets around it."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's own words: marks included in `[start, end)`."""

    start: int
    end: int
    dashed: bool


_FOLDED = re.compile(r"^[^\n]{40,}[^.!?:;\s]\n\w", re.MULTILINE)


def is_wrapped(view: str) -> bool:
    """Say whether line ends only fold the text, as in old e-mail."""
    lengths = [len(m.group().rstrip()) for m in _LINE.finditer(view)]
    lengths = [n for n in lengths if n]
    if not lengths or max(lengths) > 120:
        return False
    if len(lengths) < 6:  # too few lines to count: a sentence that goes on below
        return any(
            match.group()[-1].islower() for match in _FOLDED.finditer(view.rstrip())
        )
    return sum(n >= 50 for n in lengths) * 10 > len(lengths) * 6


def paragraphs(view: str) -> list[tuple[int, int]]:
    """Cut a view into paragraphs: lines, or blocks where lines only fold."""
    pattern = _BLOCK if is_wrapped(view) else _LINE
    spans = (trim(view, m.start(), m.end()) for m in pattern.finditer(view))
    return [(start, end) for start, end in spans if start < end]


def trim(view: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends inwards over blanks."""
    while start < end and view[start].isspace():
        start += 1
    while end > start and view[end - 1].isspace():
        end -= 1
    return start, end


def sentences(
    view: str, spans: Iterable[tuple[int, int]], abbreviations: frozenset[str]
) -> list[Sentence]:
    """Cut paragraphs into sentences."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(spans):
        at = start
        for match in _STOP.finditer(view, start, end):
            if match.end() < end and not _ends(view, at, match, abbreviations):
                continue
            _append(found, view, at, match.end(), number)
            at = match.end()
        _append(found, view, at, end, number)
    return found


def _append(found: list[Sentence], view: str, start: int, end: int, n: int) -> None:
    """Keep a sentence; one that never ends is cut at a blank."""
    while end - start > _LONGEST:
        blank = view.rfind(" ", start + 1, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        found.append(Sentence(*trim(view, start, cut), n))
        start = cut
    start, end = trim(view, start, end)
    if start < end:
        found.append(Sentence(start, end, n))


def _ends(
    view: str, start: int, stop: re.Match[str], abbreviations: frozenset[str]
) -> bool:
    """Say whether a full stop ends a sentence rather than an abbreviation."""
    ahead = view[stop.end() : stop.end() + 40].lstrip()
    if not ahead or ahead[0].islower():
        return False
    if not stop.group().startswith(".") or stop.group()[-1] in "“”»":
        return True
    before = view[max(start, stop.start() - 20) : stop.start()]
    initial = before.removesuffix(" ")  # "J . Smith", where blanks part all signs
    if initial[-1:].isalpha() and initial[-2:-1] in _BEFORE_INITIAL:
        return before.endswith(_NETWORK)
    words = before.split()
    word = words[-1].lower() if words else ""
    if word.isdigit() and len(word) <= 2 and "#" in abbreviations:
        return False  # "am 12. März"
    return word.lstrip("\"'(«") not in abbreviations


def without_bullet(view: str, start: int, end: int) -> int:
    """Give the place where a line's words begin."""
    match = _BULLET.match(view, start, end)
    return match.end() if match else start


def quotations(
    view: str, folded: str, spans: Iterable[tuple[int, int]]
) -> list[Quotation]:
    """Find words in quotation marks, and paragraphs that open with a dash.

    A dash paragraph is one quotation up to its end; where the voice comes in is
    for the speech rules to say. `folded` is the view with its marks unified.
    """
    found = []
    for start, end in spans:
        dash = folded[start] == "-" and folded[start + 1 : start + 2].isspace()
        # a list prints "- item" too; speech closes with ", - said"
        speech = view[start] != "-" or _CLOSED.search(folded[start:end])
        if dash and speech:
            found.append(Quotation(start, end, dashed=True))
            continue
        found += [
            Quotation(m.start(), m.end(), dashed=False)
            for m in _QUOTED.finditer(folded, start, end)
        ]
    return found


def touching(quoted: Sequence[Quotation], sentence: Sentence) -> Sequence[Quotation]:
    """Give the quotations that touch a sentence; all are in order."""
    first = bisect_right(quoted, sentence.start, key=lambda q: q.end)
    last = bisect_left(quoted, sentence.end, key=lambda q: q.start)
    return quoted[first:last]


def own_words(folded: str, quoted: Iterable[Quotation]) -> list[tuple[int, int]]:
    """Give the stretches of quotations that somebody said.

    In a dash paragraph that is what stands before the dash that closes the words, and
    after the one that opens them again.
    """
    found: list[tuple[int, int]] = []
    for each in quoted:
        closes = []
        if each.dashed:
            closes = [
                m.start() for m in _CLOSES.finditer(folded, each.start + 1, each.end)
            ]
        found.append((each.start, closes[0] if closes else each.end))
        if len(closes) > 1:
            found.append((closes[1], each.end))
    return found
