"""Arguments of the rows of a bulk table: a column as it stands, or put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import nearest
from vigens.desk.tablemap import BRACED, columns_in
from vigens.model import Coded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vigens.desk.tablefile import Cells
    from vigens.rules import Program, Variable

#: Longest value that a cell may have.
LONGEST_VALUE = 1000

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_BROKEN = re.compile(r"[\n\r\0]")


def composed(text: str, cells: Cells) -> tuple[Coded, list[str]]:
    """Give an argument as a column: one as it stands, or put together."""
    names = columns_in(text)
    if not text.startswith("="):
        return cells.coded[text], names
    if not names:
        return Coded(np.zeros(cells.n_rows, np.int32), [text[1:]]), names
    codes: NDArray[np.int64] = np.zeros(cells.n_rows, np.int64)
    parts = [cells.coded[name] for name in dict.fromkeys(names)]
    if len(parts) == 1:
        between = BRACED.split(text[1:])[::2]
        words = [word.join(between) if word else "" for word in parts[0].words]
        return Coded(parts[0].codes, words), names
    for part in parts:
        codes = codes * len(part.words) + part.codes
    different, back = np.unique(codes, return_inverse=True)
    words = []
    for code in different.tolist():
        chosen: list[str] = []
        rest = code
        for part in reversed(parts):
            rest, place = divmod(rest, len(part.words))
            chosen.insert(0, part.words[place])
        words.append(_fill(text, names, chosen))
    return Coded(back, words), names


def _fill(text: str, names: Sequence[str], chosen: Sequence[str]) -> str:
    """Fill the columns of a text; with an empty cell it is empty."""
    if not all(chosen):
        return ""
    cells = dict(zip(dict.fromkeys(names), chosen, strict=True))
    return BRACED.sub(lambda found: cells[found[1]], text[1:])


def used(column: Coded) -> Coded:
    """Leave out the words of a column that no row has: nobody has named them here."""
    there = np.bincount(column.codes, minlength=len(column.words)) > 0
    if there.all():
        return column
    places = np.cumsum(there, dtype=np.int64) - 1
    codes = places.take(column.codes)
    words = [column.words[place] for place in np.flatnonzero(there).tolist()]
    return Coded(codes, words)


def bad_words(words: Sequence[str], param: Variable, program: Program) -> list[int]:
    """List the places of words that cannot be values of a sort."""
    is_number = param.sort == "number"
    is_open = is_number or program.sorts[param.sort].is_open
    if is_open and not is_number:
        run = "\x1f".join(words)
        if words and not _BROKEN.search(run) and max(map(len, words)) <= LONGEST_VALUE:
            return [place for place, word in enumerate(words) if not word]
    allowed = None if is_open else frozenset(program.values_of(param.sort))
    return [
        place
        for place, word in enumerate(words)
        if not word
        or len(word) > LONGEST_VALUE
        or _BROKEN.search(word)
        or (is_number and not _NUMBER.fullmatch(word))
        or (allowed is not None and word not in allowed)
    ]


def why_bad(word: str, param: Variable, program: Program) -> str:
    """Say why a word cannot be a value of a sort."""
    if not word:
        return f"an empty cell where a {param.name} is needed"
    if len(word) > LONGEST_VALUE:
        return f"longer than {LONGEST_VALUE} signs"
    if _BROKEN.search(word):
        return "a line break in a value: is a quotation mark left open?"
    if param.sort == "number":
        return "no number"
    meant = nearest(word, program.values_of(param.sort))
    hint = f', did you mean "{meant}"?' if meant else ""
    return f'unknown {param.sort} "{word[:60]}"{hint}'
