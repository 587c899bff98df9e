"""A folded view of a text: easier to match, as long as the text itself.

Every character becomes exactly one character, so that an offset in the view is
an offset in the text.
"""

from __future__ import annotations

import re

FILLER = "\u2060"
"""Stands inside a word of a view where its text is longer ("п&#8217;ять"), or unseen."""

_QUOTES = "«»„“”‟″❝❞＂"
APOSTROPHES = "'’ʼ‘‛′`´"
"""What is written for an apostrophe; each is one inside a word."""

_DASHES = "‐‑‒–—―−"
_BLANKS = (
    "\t\v\f\x1c\x1d\x1e\x1f\u00a0\u1680\u202f\u205f\u3000\ufeff\u200b\u2060\u00ad"
    + "".join(chr(c) for c in range(0x2000, 0x200B))
)
_BREAKS = "\r\x85\u2028\u2029"

_BLANK_TABLE = {**dict.fromkeys(_BLANKS, " "), **dict.fromkeys(_BREAKS, "\n")}
_MARK_TABLE = {
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(_DASHES, "-"),
    "ё": "е",
    "Ё": "Е",
}

_BLANK = re.compile("[" + re.escape(_BLANKS + _BREAKS) + "]")
_MARK = re.compile("[" + re.escape(_QUOTES + APOSTROPHES + _DASHES) + "ёЁ]")


_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN = re.compile(rf"(?<=\w)[{_HIDDEN}]+(?=\w)")
_TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_MIXED = re.compile(
    r"(?:[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z])"  # one word, two alphabets
)


def fold_blanks(text: str) -> str:
    """Turn every kind of blank into a space and every line end into a newline.

    A sign that is not seen stays where it stands inside a word, as `FILLER`.
    """
    if _holds(text, _HIDDEN) and _UNSEEN.search(text):
        text = _UNSEEN.sub(lambda m: "\0" * len(m.group()), text)
        return _BLANK.sub(_blank, text).replace("\0", FILLER)
    return _BLANK.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return _BLANK_TABLE[found.group()]


def fold_marks(text: str) -> str:
    """Unify quotation marks, apostrophes, dashes and the letter ё."""
    return _MARK.sub(_mark, text)  # marks are few: much quicker than a translation


def _mark(found: re.Match[str]) -> str:
    return _MARK_TABLE[found.group()]


def lower(text: str) -> str:
    """Write a text small, character by character where lengths would change."""
    small = text.replace("İ", "i").lower()
    if len(small) == len(text):
        return small
    return "".join(
        c.lower() if len(c.lower()) == 1 else c for c in text.replace("İ", "i")
    )


def _holds(text: str, signs: str) -> bool:
    """Say whether a text holds any of a few signs; mostly it holds none."""
    return any(sign in text for sign in signs)


def disguises(text: str) -> tuple[str, ...]:
    """Say in words what a text hides from the eye, for a person to look at."""
    told = []
    if text.isascii():
        return ()
    if _holds(text, _HIDDEN) and _UNSEEN.search(text):
        told.append("signs that are not seen inside words; names are read without them")
    if _holds(text, _TURNED):
        told.append("signs that turn the direction of writing")
    if _LATIN.search(text) and _CYRILLIC.search(text) and _MIXED.search(text):
        told.append(
            "words of Latin and Cyrillic letters mixed; names in them are missed"
        )
    return tuple(f"holds {what}" for what in told)
