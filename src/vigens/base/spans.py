"""Positions in a text that a person wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of one line.

    Attributes:
        source: File name as the reader knows it.
        line: Line number, from 1.
        column: Character in the line, from 1.
        length: Number of characters, at least 1.
        text: The whole line, for showing.
    """

    source: str
    line: int
    column: int
    length: int
    text: str

    @property
    def where(self) -> str:
        """Write the place as `file:line:column`."""
        return f"{self.source}:{self.line}:{self.column}"
