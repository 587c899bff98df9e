"""Verdicts: holds, fails, open."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.intervals import span_at

if TYPE_CHECKING:
    from vigens.engine.bounds import Bounds


class Verdict(StrEnum):
    """HOLDS, FAILS or OPEN in code; YES, NO, NOT KNOWN on every surface."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"

    @property
    def word(self) -> str:
        """Give the word that people read."""
        return _WORDS[self.value]


_WORDS = {
    "holds": Message("YES"),
    "fails": Message("NO"),
    "open": Message("NOT KNOWN"),
}


def verdict_at(bounds: Bounds, instant: int) -> Verdict:
    """Read a verdict off the bounds at an instant.

    Source:
        Design, section 4.3.
    """
    if span_at(bounds.surely, instant):
        return Verdict.HOLDS
    if span_at(bounds.possibly, instant):
        return Verdict.OPEN
    return Verdict.FAILS
