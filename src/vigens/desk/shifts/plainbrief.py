"""A hand-over brief as Markdown, in which no word of a source can steer the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vigens.base import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigens.desk.shifts.handover import Block, Handover

#: What Markdown would read as a sign of its own.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
#: What it would read so at the beginning of a line.
_STARTS = re.compile(r"^(\s*)([-+=>]|\d+[.)])(?=\s|$)")


def write_markdown(brief: Handover, tell: Callable[[str], str] = str) -> str:
    """Write a brief as Markdown.

    Args:
        brief: The brief.
        tell: Says a message in the language of who reads; by default in English.
    """

    def plain(text: str) -> str:
        return _plain(tell(text))

    lines = [
        "# " + plain(Message("Hand-over brief: {title}", title=brief.title)),
        "",
        plain(Message("Lens: {words}", words=brief.lens)),
        "",
        plain(Message("Compared with: {words}", words=brief.since)),
        "",
    ]
    for block in brief.blocks:
        lines.extend(_block(block, plain))
        lines.append("")
    lines.append("---")
    lines.append("")
    lines.extend(f"- {plain(caveat)}" for caveat in brief.caveats)
    return "\n".join(lines) + "\n"


def _block(block: Block, plain: Callable[[str], str]) -> Iterator[str]:
    match block.kind:
        case "heading":
            yield f"## {plain(block.text)}"
        case "strong":
            yield f"**{plain(block.text)}**"
        case "note":
            yield f"*{plain(block.text)}*"
        case "list":
            yield from (f"- {plain(row[0])}" for row in block.rows)
        case "table":
            yield _row(block.head, plain)
            yield _row(("---",) * len(block.head), str)
            yield from (_row(row, plain) for row in block.rows)
        case _:
            yield plain(block.text)


def _row(cells: tuple[str, ...], plain: Callable[[str], str]) -> str:
    return f"| {' | '.join(plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """Write words so that they stay words, on one line."""
    one = " ".join(text.split())
    return _STARTS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", one))
