"""Lines of a rule block as tokens with places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span

if TYPE_CHECKING:
    from vigens.lang.literate import Block

_TOKEN = re.compile(
    r"(?P<blank>[ \t]+)"
    r"|(?P<comment>--.*)"
    r'|(?P<string>"[^"]*")'
    r"|(?P<date>(?:\.\./)?\d{4}-\d{2}(?:-\d{2})?[~?%]?(?:T[0-9:Z+-]+)?)"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th))(?!\w)"
    r"|(?P<number>\d+(?:\.\d+)?)(?!\w)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:[.:-][A-Za-z0-9_]+)*)"
    r"|(?P<mark>[<>]=?|[=(),:_/%])",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark, number, ordinal, date or quoted text."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it: how far indented, and its tokens."""

    indent: int
    tokens: tuple[Token, ...]
    span: Span


def read_lines(block: Block) -> tuple[list[Line], list[Finding]]:
    """Cut a block into lines of tokens; comments and empty lines go."""
    lines: list[Line] = []
    findings: list[Finding] = []
    for offset, text in enumerate(block.lines):
        number = block.first_line + offset
        tokens = _tokens(block.source, number, text, findings)
        if tokens:
            blank = len(text) - len(text.lstrip())
            whole = Span(block.source, number, blank + 1, len(text.strip()) or 1, text)
            indent = max(0, blank - block.indent)
            lines.append(Line(indent, tuple(tokens), whole))
    return lines, findings


def _tokens(
    source: str, number: int, text: str, findings: list[Finding]
) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            span = Span(source, number, at + 1, 1, text)
            findings.append(_unreadable(text[at], span))
            return tokens if text[at] != '"' else []
        kind = str(match.lastgroup)
        if kind not in ("blank", "comment"):
            span = Span(source, number, at + 1, match.end() - at, text)
            body = match[0][1:-1] if kind == "string" else match[0]
            tokens.append(Token(kind, body, span))
        at = match.end()
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
