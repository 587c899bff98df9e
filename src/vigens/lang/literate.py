"""An agreement file taken apart: prose, and fenced rule blocks with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span
from vigens.lang.bounds import LONGEST_RULES, Findings, rules_too_long

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"(?P<indent> {0,3})(?P<marks>`{3,}+|~{3,}+)(?P<info>[^`]*)")
#: A rule block where it is not read: in a list, in a quotation, or far indented.
_INSIDE = re.compile(
    r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t>]+)*"
    r"(?P<marks>`{3,}+|~{3,}+)[ \t]*vigens(?:[ \t][^`]*)?"
)
_CLOSING = re.compile(r"[ \t>]*(?P<marks>`{3,}+|~{3,}+)[ \t]*")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Block:
    """One rule block.

    Attributes:
        source: File name.
        first_line: Number of the first line inside the fence, from 1.
        lines: The lines inside the fence, without line ends.
        heading: The nearest Markdown heading above, for `why`.
        indent: How far the fence is indented, and may be its lines.
    """

    source: str
    first_line: int
    lines: tuple[str, ...]
    heading: str
    indent: int = 0


def split_lines(text: str) -> list[str]:
    """Split a text at its line ends as editors count them, and nowhere else.

    Source:
        CommonMark, line endings.
    """
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def find_blocks(source: str, text: str) -> tuple[tuple[Block, ...], Findings]:
    """Take the `vigens` blocks out of a Markdown text.

    Args:
        source: File name for findings.
        text: The whole file.

    Returns:
        The closed blocks in order, and findings for blocks that never close or stand
        where they are not read.

    Source:
        CommonMark, fenced code blocks (a fence closes with at least as many of the
        same marks).
    """
    blocks: list[Block] = []
    findings = Findings()
    heading, opener, opened, length = "", None, 0, 0
    lines = split_lines(text)
    for number, line in enumerate(lines, start=1):
        match = _FENCE.fullmatch(line)
        if opener is None:
            opener, opened = match or _INSIDE.fullmatch(line), number
            if opener is not None and opener.re is _INSIDE:
                findings.append(_not_read(source, number, line))
            elif opener is None and line.startswith("#"):
                heading = line.lstrip("#").strip()
        elif _closes(line, opener):
            if _is_rules(opener):
                inside = tuple(lines[opened : number - 1])
                length += sum(map(len, inside)) + len(inside)
                if length > LONGEST_RULES:
                    first = lines[opened - 1]
                    findings.append(rules_too_long(source, opened, first))
                else:
                    indent = len(opener["indent"])
                    blocks.append(Block(source, opened + 1, inside, heading, indent))
            opener = None
    if opener is not None and _is_rules(opener):
        findings.append(_not_closed(source, opened, lines))
    return tuple(blocks), findings


def _closes(line: str, opener: re.Match[str]) -> bool:
    match = (_CLOSING if opener.re is _INSIDE else _FENCE).fullmatch(line)
    if match is None or (match.re is _FENCE and match["info"].strip()):
        return False
    marks, begun = match["marks"], opener["marks"]
    return marks[0] == begun[0] and len(marks) >= len(begun)


def _is_rules(opener: re.Match[str]) -> bool:
    return opener.re is _FENCE and opener["info"].split()[:1] == ["vigens"]


def _not_read(source: str, number: int, line: str) -> Finding:
    return Finding(
        "L006",
        Severity.ERROR,
        "this rule block stands inside a list or a quotation, so it is not read",
        (Span(source, number, 1, len(line), line),),
        "begin its first and its last line at the left margin",
    )


def _not_closed(source: str, opened: int, lines: Sequence[str]) -> Finding:
    line = lines[opened - 1]
    return Finding(
        "L002",
        Severity.ERROR,
        "this rule block is never closed",
        (Span(source, opened, 1, len(line), line),),
        "add a line ``` after its last rule",
    )
