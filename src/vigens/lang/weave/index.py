"""Where each name is declared, so that every use of it can lead there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from vigens.lang.editions import stem_of
from vigens.lang.grammar import WITH_PARAMETERS
from vigens.lang.literate import find_blocks
from vigens.lang.parser import parse_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.lang.compile import Page
    from vigens.lang.lexer import Token
    from vigens.lang.syntax import Clause, Declaration

#: Declaration and clause that name things of their own: the values of a sort, and what belongs to a
#: text (`components`) or to a variant (`reading`).
_OF_VALUES = ("values", "of")
_OF_TEXT = ("instrument", "components")
_OF_VARIANT = ("variant", "reading")
NAMING = (_OF_VALUES, _OF_TEXT, _OF_VARIANT)


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared name and its place.

    Attributes:
        page: Name of the page.
        line: Line of its declaration.
        keyword: What it is: `party`, `fluent`, `component`, ...
        title: Its title or phrase; its name where it has none.
        lines: The whole declaration as written.
        first: Number of the first of these lines.
    """

    page: str
    line: int
    keyword: str
    title: str
    lines: tuple[str, ...]
    first: int


@dataclass(slots=True)
class Index:
    """Every declared name of some pages.

    Attributes:
        plain: Name to what it stands for by itself.
        called: Name to what it stands for before a bracket.
        parts: Text and component to the component.
        pages: Page without its edition to the edition that is read.
    """

    plain: dict[str, Declared] = field(default_factory=dict)
    called: dict[str, Declared] = field(default_factory=dict)
    parts: dict[tuple[str, str], Declared] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def find(self, name: str, before: tuple[str, ...] = ()) -> Declared | None:
        """Find what a name stands for.

        Args:
            name: As written; with `(` at its end before a bracket.
            before: Names that stand before it in the same clause: a component belongs
                to the text that was named last.
        """
        if name.endswith("("):
            return self.called.get(name[:-1]) or self.plain.get(name[:-1])
        for text in reversed(before):
            if (text, name) in self.parts:
                return self.parts[text, name]
        return self.plain.get(name) or self.called.get(name)


@lru_cache(maxsize=8)
def index_names(pages: tuple[Page, ...]) -> Index:
    """List every name that pages declare; the first declaration of a name counts."""
    index = Index()
    for page in pages:
        index.pages[stem_of(page.name)] = page.name
        for block in find_blocks(page.name, page.text)[0]:
            for declaration in parse_block(block)[0]:
                _enter(index, declaration, block.lines, block.first_line)
    return index


def _enter(
    index: Index, declaration: Declaration, lines: tuple[str, ...], first: int
) -> None:
    name, keyword = declaration.name, declaration.keyword
    last = name.span.line
    while last - first + 1 < len(lines) and _goes_on(lines[last - first + 1]):
        last += 1
    written = lines[name.span.line - first : last - first + 1]
    table = index.called if keyword in WITH_PARAMETERS else index.plain

    def declared(token: Token, keyword: str, title: str) -> Declared:
        span = token.span
        return Declared(span.source, span.line, keyword, title, written, name.span.line)

    title = declaration.title or name.text
    table.setdefault(name.text, declared(name, keyword, title))
    for clause in declaration.clauses:
        kind = (keyword, clause.keyword)
        for token, words in _named(clause):
            if kind == _OF_VALUES:
                index.plain.setdefault(token.text, declared(token, "value", words))
            elif kind == _OF_TEXT:
                key = (name.text, token.text)
                index.parts.setdefault(key, declared(token, "component", words))
            elif kind == _OF_VARIANT:
                whole = f"{name.text}.{token.text}"
                index.plain.setdefault(whole, declared(token, "reading", words))


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and line[:1] in " \t"


def _named(clause: Clause) -> Iterator[tuple[Token, str]]:
    """Give each name of a clause with the title that follows it."""
    for token, after in zip_longest(clause.tokens, clause.tokens[1:]):
        if token.kind == "name":
            has_title = after is not None and after.kind == "string"
            yield token, after.text if after and has_title else token.text
