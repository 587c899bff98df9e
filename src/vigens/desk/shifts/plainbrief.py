"""A hand-over brief as Markdown, in which no word of a source can steer the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.shifts.handover import Block, Handover

#: What Markdown would read as a sign of its own.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
#: What it would read so at the beginning of a line.
_STARTS = re.compile(r"^(\s*)([-+=>]|\d+[.)])(?=\s|$)")


def write_markdown(brief: Handover) -> str:
    """Write a brief as Markdown."""
    lines = [
        f"# Hand-over brief: {_plain(brief.title)}",
        "",
        f"Lens: {_plain(brief.lens)}",
        "",
        f"Compared with: {_plain(brief.since)}",
        "",
    ]
    for block in brief.blocks:
        lines.extend(_block(block))
        lines.append("")
    lines.append("---")
    lines.append("")
    lines.extend(f"- {_plain(caveat)}" for caveat in brief.caveats)
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case "heading":
            yield f"## {_plain(block.text)}"
        case "strong":
            yield f"**{_plain(block.text)}**"
        case "note":
            yield f"*{_plain(block.text)}*"
        case "list":
            yield from (f"- {_plain(row[0])}" for row in block.rows)
        case "table":
            yield _row(block.head)
            yield _row(("---",) * len(block.head), is_plain=True)
            yield from (_row(row) for row in block.rows)
        case _:
            yield _plain(block.text)


def _row(cells: tuple[str, ...], *, is_plain: bool = False) -> str:
    return f"| {' | '.join(cell if is_plain else _plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    """Write words so that they stay words, on one line."""
    one = " ".join(text.split())
    return _STARTS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", one))
