"""What was written, before anything is known of its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.base import Span
    from vigens.lang.lexer import Token


@dataclass(frozen=True, slots=True)
class Clause:
    """One indented line under a declaration: its keyword and the rest."""

    keyword: str
    tokens: tuple[Token, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a fluent or event: name and the sort it ranges over."""

    name: Token
    sort: Token


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration with its clauses.

    Attributes:
        keyword: `party`, `fluent`, ...
        name: What is declared.
        params: Parameters in brackets; of a state with values the last is the value.
        title: The quoted text after the name, or empty.
        rest: Words after the title (`status planned`, `open`).
        clauses: The indented lines.
        heading: Heading of the page above the block.
        has_values: Whether a sort of values stands after the brackets.
    """

    keyword: str
    name: Token
    params: tuple[Parameter, ...]
    title: str
    rest: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    heading: str
    has_values: bool = False

    def all_of(self, keyword: str) -> tuple[Clause, ...]:
        """List the clauses of one keyword, in order."""
        return tuple(part for part in self.clauses if part.keyword == keyword)

    def first(self, keyword: str) -> Clause | None:
        """Give the first clause of a keyword, if any."""
        return next((part for part in self.clauses if part.keyword == keyword), None)

    @property
    def place(self) -> str:
        """Write where it is declared, as file and line."""
        return f"{self.name.span.source}:{self.name.span.line}"
