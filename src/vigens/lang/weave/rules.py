"""A rule block as HTML: words of the language bold, every name led to its place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from vigens.lang.grammar import RESERVED, STATED_KEYS
from vigens.lang.lexer import read_lines
from vigens.lang.parser import parse_block
from vigens.lang.weave.index import NAMING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.lang.lexer import Token
    from vigens.lang.literate import Block
    from vigens.lang.syntax import Declaration
    from vigens.lang.weave.index import Declared, Index

#: From what is declared to its address; empty where it is not shown.
LeadTo = Callable[["Declared"], str]

#: Clauses whose words come from a list of the language and are no names.
_LISTED = (*STATED_KEYS, "text", "modality", "applies to")
_Place = tuple[int, int]


def rule_lines(block: Block, index: Index, lead_to: LeadTo) -> list[Markup]:
    """Write each line of a rule block as HTML.

    Args:
        block: One block.
        index: Names that are led to their declaration.
        lead_to: Where a declaration is.

    Returns:
        One piece of safe HTML for each line; the text in it is the line's.
    """
    meant, targets = _meanings(parse_block(block)[0], index)
    tokens: dict[int, tuple[Token, ...]] = {
        line.span.line: line.tokens for line in read_lines(block)[0]
    }
    return [
        _line(text, tokens.get(number, ()), meant, targets, lead_to)
        for number, text in enumerate(block.lines, start=block.first_line)
    ]


def names_used(block: Block, index: Index) -> Iterable[Declared]:
    """List what the names of a block stand for, in order of use."""
    return _meanings(parse_block(block)[0], index)[1].values()


def _meanings(
    declarations: Iterable[Declaration], index: Index
) -> tuple[set[_Place], dict[_Place, Declared]]:
    """Give the places that are no words of the language, and what stands at them."""
    meant: set[_Place] = set()
    targets: dict[_Place, Declared] = {}
    for declaration in declarations:
        own = {param.name.text for param in declaration.params}
        head = [t for p in declaration.params for t in (p.name, p.sort)]
        groups = [(*head, *declaration.rest)]
        meant.add(_place(declaration.name))
        for clause in declaration.clauses:
            kind = (declaration.keyword, clause.keyword)
            if clause.keyword in _LISTED or kind in NAMING:
                meant.update(_place(token) for token in clause.tokens)
            else:
                groups.append(clause.tokens)
        for tokens in groups:
            meant.update(_place(token) for token in tokens)
            targets.update(_targets(tokens, own, index))
    return meant, targets


def _targets(
    tokens: tuple[Token, ...], own: set[str], index: Index
) -> dict[_Place, Declared]:
    found: dict[_Place, Declared] = {}
    before: list[str] = []
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.kind != "name" or token.text in RESERVED:
            continue
        is_called = after is not None and after.text == "(" and after.kind == "mark"
        target = index.find(token.text + "(" * is_called, tuple(before))
        is_sort = target is not None and target.keyword == "values"
        if target is not None and (token.text not in own or is_called or is_sort):
            found[_place(token)] = target
        before.append(token.text)
    return found


def _place(token: Token) -> _Place:
    return token.span.line, token.span.column


def _line(
    text: str,
    tokens: tuple[Token, ...],
    meant: set[_Place],
    targets: dict[_Place, Declared],
    lead_to: LeadTo,
) -> Markup:
    parts: list[Markup] = []
    at, n_words = 0, _leading(tokens, meant)
    for number, token in enumerate(tokens):
        start = token.span.column - 1
        end = start + token.span.length
        parts.append(escape(text[at:start]))
        parts.append(
            _token(text[start:end], token, targets, lead_to, is_word=number < n_words)
        )
        at = end
    rest = text[at:]
    shown = Markup("<i>{}</i>") if rest.lstrip().startswith("--") else Markup("{}")
    parts.append(shown.format(rest))
    return Markup("").join(parts)


def _leading(tokens: tuple[Token, ...], meant: set[_Place]) -> int:
    """Count the words of the language that a line begins with."""
    places = [_place(token) for token in tokens]
    known = [place in meant for place in places]
    if True not in known:
        return min(1, len(tokens))
    return known.index(True)


def _token(
    written: str,
    token: Token,
    targets: dict[_Place, Declared],
    lead_to: LeadTo,
    *,
    is_word: bool,
) -> Markup:
    if is_word:
        return Markup("<b>{}</b>").format(written)
    if token.kind == "string":
        return Markup('<span class="literal">{}</span>').format(written)
    target = targets.get(_place(token))
    address = lead_to(target) if target is not None else ""
    if target is None or not address:
        return escape(written)
    kind = f"{target.keyword}: {target.title}"
    return Markup('<a class="name" href="{}" title="{}">{}</a>').format(
        address, kind, written
    )
