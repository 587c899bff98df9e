"""An agreement file taken apart: prose, and fenced rule blocks with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*?)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """One rule block.

    Attributes:
        source: File name.
        first_line: Number of the first line inside the fence, from 1.
        lines: The lines inside the fence, without line ends.
        heading: The nearest Markdown heading above, for `why`.
    """

    source: str
    first_line: int
    lines: tuple[str, ...]
    heading: str


def find_blocks(source: str, text: str) -> tuple[tuple[Block, ...], list[Finding]]:
    """Take the `vigens` blocks out of a Markdown text.

    Args:
        source: File name for findings.
        text: The whole file.

    Returns:
        The closed blocks in order, and findings for blocks that never close.

    Source:
        CommonMark, fenced code blocks (a fence closes with at least as many of the
        same marks).
    """
    blocks: list[Block] = []
    findings: list[Finding] = []
    heading, marks, info, opened = "", "", "", 0
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        match = _FENCE.match(line)
        if not marks:
            if match:
                marks, info, opened = match["marks"], match["info"], number
            elif line.startswith("#"):
                heading = line.lstrip("#").strip()
        elif match and not match["info"] and _closes(match["marks"], marks):
            if _is_rules(info):
                inside = tuple(lines[opened : number - 1])
                blocks.append(Block(source, opened + 1, inside, heading))
            marks = ""
    if marks and _is_rules(info):
        findings.append(_not_closed(source, opened, lines))
    return tuple(blocks), findings


def _closes(marks: str, opener: str) -> bool:
    return marks[0] == opener[0] and len(marks) >= len(opener)


def _is_rules(info: str) -> bool:
    return info.split()[:1] == ["vigens"]


def _not_closed(source: str, opened: int, lines: Sequence[str]) -> Finding:
    line = lines[opened - 1]
    return Finding(
        "L002",
        Severity.ERROR,
        "this rule block is never closed",
        (Span(source, opened, 1, len(line), line),),
        "add a line ``` after its last rule",
    )
