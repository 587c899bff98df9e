"""Where a condition is read: what may be named there, and how deep it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vigens.lang.cursor import Cursor
    from vigens.lang.lexer import Token
    from vigens.lang.names import Names
    from vigens.rules import Condition, Term, Variable


@dataclass(frozen=True, slots=True)
class Context:
    """What the readers of conditions hand on to one another.

    Attributes:
        cursor: The tokens of the clause.
        names: What every name stands for; findings are noted there.
        scope: Variables that may be used.
        read: Reads a whole condition, for what stands inside another.
        depth: How deep this stands inside others.
        is_when: Whether it is asked at the instant of a change (`when`).
    """

    cursor: Cursor
    names: Names
    scope: Mapping[str, Variable]
    read: Callable[[Context], Condition]
    depth: int = 0
    is_when: bool = False

    def inside(self, *bound: Variable) -> Context:
        """Go one level deeper, where these variables may be used besides."""
        scope = {**self.scope, **{each.name: each for each in bound}}
        return replace(self, scope=scope, depth=self.depth + 1)

    def condition(self) -> Condition:
        """Read a condition up to where it ends."""
        return self.read(self)

    def next_is_name(self, after: int = 0) -> Token | None:
        """Give a token ahead where it is a name."""
        token = self.cursor.ahead(after)
        return token if token is not None and token.kind == "name" else None

    def particular(self, token: Token, term: Term | None) -> None:
        """Refuse a word that stands for no particular member of its sort."""
        sort = getattr(term, "sort", None)
        if sort is None or token.text in self.scope or sort == "_":
            return
        self.names.fault(
            "N006",
            f'"{token.text}" stands for no particular {sort} here',
            token,
            f"name one, or write some {sort}: … or each {sort}: …",
        )
