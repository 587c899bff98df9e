"""A folded view of a text: easier to match, as long as the text itself.

Every character becomes exactly one character, so that an offset in the view is
an offset in the text.
"""

from __future__ import annotations

import re

FILLER = "\u2060"
"""Stands inside a word of a view where its text is longer ("п&#8217;ять"), or unseen."""

_QUOTES = "«»„“”‟″❝❞＂"
_APOSTROPHES = "’ʼ‘‛′`´"
_DASHES = "‐‑‒–—―−"
_BLANKS = (
    "\t\v\f\x1c\x1d\x1e\x1f\u00a0\u1680\u202f\u205f\u3000\ufeff\u200b\u2060\u00ad"
    + "".join(chr(c) for c in range(0x2000, 0x200B))
)
_BREAKS = "\r\n\x85\u2028\u2029"

_BLANK_TABLE = {
    **dict.fromkeys(map(ord, _BLANKS), " "),
    **dict.fromkeys(map(ord, _BREAKS), "\n"),
}
_MARK_TABLE = {
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    ord("ё"): "е",
    ord("Ё"): "Е",
}

_BLANK = re.compile("[" + re.escape(_BLANKS + _BREAKS) + "]")
_MARK = re.compile("[" + re.escape(_QUOTES + _APOSTROPHES + _DASHES) + "ёЁ]")


_UNSEEN = re.compile(r"(?<=\w)[\u00ad\u200b-\u200d\u2060\ufeff]+(?=\w)")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MIXED = re.compile(
    r"(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])"  # one word, two alphabets
)


def fold_blanks(text: str) -> str:
    """Turn every kind of blank into a space and every line end into a newline.

    A sign that is not seen stays where it stands inside a word, as `FILLER`.
    """
    if _UNSEEN.search(text):
        folded = _UNSEEN.sub(lambda m: "\0" * len(m.group()), text)
        return folded.translate(_BLANK_TABLE).replace("\0", FILLER)
    return text.translate(_BLANK_TABLE) if _BLANK.search(text) else text


def fold_marks(text: str) -> str:
    """Unify quotation marks, apostrophes, dashes and the letter ё."""
    # most stretches hold none, and a search is quicker than a translation
    return text.translate(_MARK_TABLE) if _MARK.search(text) else text


def lower(text: str) -> str:
    """Write a text small, character by character where lengths would change."""
    small = text.replace("İ", "i").lower()
    if len(small) == len(text):
        return small
    return "".join(
        c.lower() if len(c.lower()) == 1 else c for c in text.replace("İ", "i")
    )


def disguises(text: str) -> tuple[str, ...]:
    """Say in words what a text hides from the eye, for a person to look at."""
    told = (
        (_UNSEEN, "signs that are not seen inside words; names are read without them"),
        (_TURNED, "signs that turn the direction of writing"),
        (_MIXED, "words of Latin and Cyrillic letters mixed; names in them are missed"),
    )
    return tuple(f"holds {what}" for mark, what in told if mark.search(text))
