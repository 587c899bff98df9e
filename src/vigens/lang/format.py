"""Rule blocks in one canonical layout; prose, comments and meaning stay as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Severity
from vigens.lang.lexer import read_lines
from vigens.lang.literate import Block, find_blocks
from vigens.lang.parser import clause_words, parse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vigens.base import Finding
    from vigens.lang.bounds import Findings
    from vigens.lang.compile import Page
    from vigens.lang.lexer import Line, Token
    from vigens.lang.syntax import Declaration

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
#: Before a bracket these words stand apart; any other name is what is said of something.
_APART = frozenset(
    [
        *("and", "as", "because", "for", "in", "is", "not", "of", "on", "or", "to"),
        *("unless", "upon", "when", "while"),
    ]
)
#: Clauses that are lined up with those of another keyword.
_LIKE = {"terminated by": "initiated by"}
_CLOSING = (")", ",", ":", "/", "%")
#: Comments behind longer lines, and words after longer ones, are not lined up.
_LONGEST_LINED_UP = 60
_LONGEST_CELL = 40
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Formatted:
    """A page in canonical layout, or as it was where it cannot be read."""

    text: str
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Row:
    """One line of a block: what it is, its words, its comment.

    Attributes:
        kind: `blank`, `note` (a comment alone), `head`, `clause` or `more`.
        keyword: Of a clause.
        tokens: The words, those of the keyword left out.
        comment: With its dashes.
        is_inside: Of a note: whether it is indented.
    """

    kind: str
    keyword: str = ""
    tokens: tuple[Token, ...] = ()
    comment: str = ""
    is_inside: bool = False


def format_page(page: Page) -> Formatted:
    """Lay out the rule blocks of a page; a page with errors is left alone.

    Args:
        page: The agreement file.

    Returns:
        Its text, everything outside rule blocks unchanged, and what cannot be read.
        Laying out its result again changes nothing, and both say the same.
    """
    blocks, findings = find_blocks(page.name, page.text)
    read = [_read(block) for block in blocks]
    found = [*findings, *(each for one in read for each in one.findings)]
    if any(each.severity is Severity.ERROR for each in found):
        return Formatted(page.text, tuple(found))
    lines = _LINES.findall(page.text)
    for one in reversed(read):
        block = one.block
        start, end = block.first_line - 1, block.first_line - 1 + len(block.lines)
        ending = lines[start - 1][len(lines[start - 1].rstrip("\r\n")) :]
        lines[start:end] = [f"{line}{ending}" for line in _formatted(one)]
    return Formatted("".join(lines), tuple(found))


@dataclass(frozen=True, slots=True)
class _Read:
    """A block, its lines, and what they say."""

    block: Block
    lines: list[Line]
    declarations: list[Declaration]
    findings: Findings


def _read(block: Block) -> _Read:
    lines, findings = read_lines(block)
    declarations = parse_lines(lines, block.heading, findings)
    return _Read(block, lines, declarations, findings)


def _formatted(read: _Read) -> tuple[str, ...]:
    """Give the lines of a block laid out, or as they are if they would say else."""
    block = read.block
    rows = _without_extra_blanks(_rows(read))
    lines = tuple(_laid_out(rows, " " * block.indent))
    new = Block(block.source, block.first_line, lines, block.heading, block.indent)
    return lines if _meaning(_read(new)) == _meaning(read) else block.lines


def _meaning(read: _Read) -> object:
    """Give what a block says, without its places."""
    return [finding.code for finding in read.findings], [
        (
            each.keyword,
            each.name.text,
            [(param.name.text, param.sort.text) for param in each.params],
            each.has_values,
            each.title,
            _words(each.rest),
            [(clause.keyword, _words(clause.tokens)) for clause in each.clauses],
        )
        for each in read.declarations
    ]


def _words(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens]


def _rows(read: _Read) -> list[_Row]:
    block = read.block
    by_number = {line.span.line: line for line in read.lines}
    rows: list[_Row] = []
    keyword, reference = "", 0
    for number, text in enumerate(block.lines, start=block.first_line):
        line = by_number.get(number)
        if line is None:
            note = text.strip(" \t")
            is_inside = len(text) - len(text.lstrip()) > block.indent
            rows.append(_Row("note" if note else "blank", "", (), note, is_inside))
        elif line.indent == 0:
            keyword, reference = line.tokens[0].text, 0
            rows.append(_Row("head", "", line.tokens, _comment(line)))
        elif reference and line.indent > reference:
            rows.append(_Row("more", "", line.tokens, _comment(line)))
        else:
            reference = reference or line.indent
            words = clause_words(keyword, line)
            tokens = line.tokens[len(words) :]
            rows.append(_Row("clause", " ".join(words), tokens, _comment(line)))
    return rows


def _comment(line: Line) -> str:
    last = line.tokens[-1].span
    return last.text[last.column - 1 + last.length :].strip(" \t")


def _without_extra_blanks(rows: list[_Row]) -> list[_Row]:
    kept: list[_Row] = []
    for row in rows:
        if row.kind != "blank" or (kept and kept[-1].kind != "blank"):
            kept.append(row)
    while kept and kept[-1].kind == "blank":
        kept.pop()
    return kept


def _laid_out(rows: list[_Row], margin: str) -> Iterator[str]:
    for group in _declarations(rows):
        wide = [
            len(row.keyword) for row in group if row.kind == "clause" and row.tokens
        ]
        column = _INDENT + max(wide, default=0) + 2
        cells = [_cells(row) for row in group]
        widths = _widths(group, cells)
        texts = [
            _text(row, own, column, widths)
            for row, own in zip(group, cells, strict=True)
        ]
        levels = [_level(group, at, column) for at in range(len(group))]
        yield from _with_comments(group, texts, levels, margin)


def _declarations(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Cut rows before each head; what stands above the first is a group as well."""
    group: list[_Row] = []
    for row in rows:
        if row.kind == "head" and group:
            yield group
            group = []
        group.append(row)
    yield group


def _level(group: list[_Row], at: int, column: int) -> int:
    """Say how far a comment that stands alone is indented."""
    if not group[at].is_inside:
        return 0
    following = (row.kind for row in group[at:] if row.kind not in ("note", "blank"))
    return column if next(following, "") == "more" else _INDENT


def _kind(row: _Row) -> str:
    """Name the clauses that are lined up with one another."""
    keyword = row.keyword.removeprefix("perhaps ")
    return _LIKE.get(keyword, keyword)


def _cells(row: _Row) -> list[str]:
    """Cut a clause where its writer left a wide gap, and before `upon` of a value."""
    cells: list[list[Token]] = [[]]
    for before, token in zip((None, *row.tokens), row.tokens, strict=False):
        is_value = token.text == "upon" and row.keyword.endswith("becomes")
        if before and (is_value or _gap(before, token) > 1) and cells[-1]:
            cells.append([])
        cells[-1].append(token)
    return [_joined(cell) for cell in cells]


def _widths(group: list[_Row], cells: list[list[str]]) -> dict[tuple[str, int], int]:
    """Give how wide each cell of each kind of clause is; the last of a row is free."""
    widths: dict[tuple[str, int], int] = {}
    for row, own in zip(group, cells, strict=True):
        for at, cell in enumerate(own[:-1] if row.kind == "clause" else ()):
            if len(cell) <= _LONGEST_CELL:
                key = (_kind(row), at)
                widths[key] = max(widths.get(key, 0), len(cell))
    return widths


def _text(
    row: _Row, cells: list[str], column: int, widths: dict[tuple[str, int], int]
) -> str:
    if row.kind == "head":
        return _joined(row.tokens)
    if row.kind == "more":
        return " " * column + "  ".join(cells)
    if row.kind != "clause":
        return ""
    start = " " * _INDENT + row.keyword
    if not row.tokens:
        return start
    *before, last = cells
    padded = [
        f"{cell:<{widths.get((_kind(row), at), 0)}}  " for at, cell in enumerate(before)
    ]
    return f"{start:<{column}}{''.join(padded)}{last}"


def _with_comments(
    group: list[_Row], texts: list[str], levels: list[int], margin: str
) -> Iterator[str]:
    lined_up = [
        len(text)
        for row, text in zip(group, texts, strict=True)
        if row.comment and text and len(text) <= _LONGEST_LINED_UP
    ]
    place = max(lined_up, default=0)
    for row, text, level in zip(group, texts, levels, strict=True):
        if row.kind == "blank":
            yield ""
        elif not text:
            yield f"{margin}{' ' * level}{row.comment}"
        elif row.comment:
            yield f"{margin}{text:<{place}}  {row.comment}"
        else:
            yield f"{margin}{text}"


def _joined(tokens: Sequence[Token]) -> str:
    """Write words with the spaces that belong between them."""
    parts: list[str] = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        if before is not None:
            parts.append(" " * min(1, _gap(before, token)))
        parts.append(token.row.text[token.at : token.at + token.length])
    return "".join(parts)


def _gap(before: Token, token: Token) -> int:
    """Say whether nothing, a space or a wide gap stands between two words."""
    if token.kind == "mark" and token.text in _CLOSING:
        return 0
    if before.kind == "mark" and before.text in ("(", "/"):
        return 0
    if token.kind == "mark" and token.text == "(":
        return int(before.kind != "name" or before.text in _APART)
    between = token.at - before.at - before.length
    return 2 if between > 1 else 1
