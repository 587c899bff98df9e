"""Verdicts as people see them: a word, a shape and a colour, never one alone."""

from __future__ import annotations

from dataclasses import dataclass

from vigens.base import Message
from vigens.engine import Verdict


@dataclass(frozen=True, slots=True)
class Sign:
    """How a verdict is shown.

    Attributes:
        word: YES, NO or NOT KNOWN.
        shape: One character that differs in form, for those who see no colour.
        style: Class in the style sheet.
        meaning: For the legend.
    """

    word: str
    shape: str
    style: str
    meaning: Message


_SIGNS = {
    Verdict.HOLDS: Sign(
        Verdict.HOLDS.word,
        "■",
        "yes",
        Message("surely so, by the evidence that the policy asks for"),
    ),
    Verdict.FAILS: Sign(
        Verdict.FAILS.word,
        "✕",
        "no",
        Message("surely not so: we looked, or the rules exclude it"),
    ),
    Verdict.OPEN: Sign(
        Verdict.OPEN.word,
        "◇",
        "open",
        Message("it may be so or not; each one has its cause"),
    ),
}


def sign_of(verdict: Verdict | None) -> Sign | None:
    """Give the sign of a verdict; none for evidence, which has none."""
    return None if verdict is None else _SIGNS[verdict]


def legend() -> tuple[Sign, ...]:
    """List every sign, for the legend."""
    return tuple(_SIGNS.values())
