"""Lines of a rule block as tokens with places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vigens.base import Finding, Severity, Span
from vigens.lang.bounds import LONGEST_LINE, Findings, line_too_long

if TYPE_CHECKING:
    from vigens.lang.literate import Block

#: A word and the blanks before it; `other` is one sign that means nothing.
_TOKEN = re.compile(
    r"[ \t]*+(?:"
    r"(?P<comment>--.*)"
    r'|(?P<string>"[^"]*")'
    r"|(?P<date>(?:\.\./)?\d{4}-\d{2}(?:-\d{2})?[~?%]?(?:T[0-9:Z+-]+)?)"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th))(?!\w)"
    r"|(?P<number>\d+(?:\.\d+)?)(?!\w)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:[.:-][A-Za-z0-9_]+)*)"
    r"|(?P<mark>[<>]=?|[=(),:_/%+-])"
    r"|(?P<other>[\s\S]))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page as it stands there."""

    source: str
    number: int
    text: str

    def span(self, at: int, length: int) -> Span:
        """Point at some of its characters, counted from 0."""
        return Span(self.source, self.number, at + 1, length, self.text)


class Token(NamedTuple):
    """One word, mark, number, ordinal, date or quoted text, and where it stands."""

    kind: str
    text: str
    row: Row
    at: int
    length: int

    @property
    def span(self) -> Span:
        """Give its place."""
        return self.row.span(self.at, self.length)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it: how far indented, and its tokens."""

    indent: int
    tokens: tuple[Token, ...]
    span: Span


def read_lines(block: Block) -> tuple[list[Line], Findings]:
    """Cut a block into lines of tokens; comments and empty lines go."""
    lines: list[Line] = []
    findings = Findings()
    for number, text in enumerate(block.lines, start=block.first_line):
        if len(text) > LONGEST_LINE:
            findings.append(line_too_long(block.source, number, text))
            continue
        row = Row(block.source, number, text)
        tokens = _tokens(row, findings)
        if tokens:
            blank = len(text) - len(text.lstrip())
            whole = row.span(blank, len(text.strip()) or 1)
            indent = max(0, blank - block.indent)
            lines.append(Line(indent, tuple(tokens), whole))
        if findings.is_full:
            break
    return lines, findings


def _tokens(row: Row, findings: Findings) -> list[Token]:
    tokens: list[Token] = []
    text = row.text
    # Blanks at the end are left out, or each of them would be tried as a beginning.
    for match in _TOKEN.finditer(text, 0, len(text.rstrip(" \t"))):
        kind = match.lastgroup or "other"
        start, end = match.span(kind)
        if kind == "string":
            tokens.append(
                Token(kind, text[start + 1 : end - 1], row, start, end - start)
            )
        elif kind == "other":
            findings.append(_unreadable(text[start], row.span(start, 1)))
            return tokens if text[start] != '"' else []
        elif kind != "comment":
            tokens.append(Token(kind, text[start:end], row, start, end - start))
    return tokens


def _unreadable(sign: str, span: Span) -> Finding:
    if sign == '"':
        return Finding(
            "P004",
            Severity.ERROR,
            "this quoted text is never closed",
            (span,),
            'add the closing " on the same line',
        )
    if sign in "'’“”„«»":
        mend = 'write straight double quotation marks: "…"'
    else:
        mend = "take it out, or put the words between double quotation marks"
    return Finding(
        "L005",
        Severity.ERROR,
        f"the sign {sign!r} means nothing in a rule block",
        (span,),
        mend,
    )
