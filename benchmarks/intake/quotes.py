"""Direct quotations and whose words they are, on German news."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks.intake.names import document_of, read_rows
from benchmarks.intake.score import Tally
from vigens.intake import Quoted, find_quotations

_MARKED = re.compile(r"[„“»\"][^„“”\"«»\n]{1,2000}[“”«\"]")
_Pair = tuple[int, int]


def quotes(path: Path, most: int) -> dict[str, Tally]:
    """Score quotations found, their speakers, and every marked stretch as baseline."""
    ours, right, plain = Tally(), Tally(), Tally()
    for number, row in enumerate(read_rows(path)):
        if number >= most:
            break
        gold = [q for q in row["quotes"] if q["type"] == "Direct"]
        made = find_quotations(document_of(row))
        pairs = _paired(gold, [(q.start, q.end) for q in made])
        ours.add(Tally(len(pairs), len(made) - len(pairs), len(gold) - len(pairs)))
        marked = [m.span() for m in _MARKED.finditer(row["text"])]
        both = len(_paired(gold, marked))
        plain.add(Tally(both, len(marked) - both, len(gold) - both))
        for i, j in pairs.items():
            if gold[i]["speaker"]:
                well = _is_right(gold[i], made[j])
                right.add(Tally(int(well), int(not well), 0))
    return {"direct quotations": ours, "their speakers": right, "all in marks": plain}


def _paired(gold: list[dict[str, Any]], made: list[_Pair]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for i, quote in enumerate(gold):
        start, end = quote["quote"][0][0], quote["quote"][-1][1]
        for j, (a, b) in enumerate(made):
            shared = min(end, b) - max(start, a)
            if 2 * shared >= max(end - start, b - a) and j not in pairs.values():
                pairs[i] = j
                break
    return pairs


def _is_right(quote: dict[str, Any], made: Quoted) -> bool:
    """Say whether the speaker found shares a word with the one marked."""
    if made.speaker is None:
        return False
    return any(
        min(end, made.speaker.end) > max(start, made.speaker.start)
        for start, end in quote["speaker"]
    )
