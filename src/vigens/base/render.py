"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.base.findings import Finding
    from vigens.base.spans import Span


#: Of a long line so much is shown, from so far before the place.
_WIDEST, _BEFORE = 200, 100


def render_finding(finding: Finding) -> str:
    """Lay a finding out as place, message, source line and mend."""
    head = _plain(f"{finding.severity} {finding.code}: {finding.message}")
    if not finding.spans:
        return f"{head}\n   mend: {_plain(finding.mend)}"
    first, *others = finding.spans
    lines = [f"{first.where}: {head}", *_pointer(first)]
    for span in others:
        lines.append(f"   see also {span.where}")
        lines.extend(_pointer(span))
    lines.append(f"   mend: {_plain(finding.mend)}")
    return "\n".join(lines)


def finding_to_json(finding: Finding) -> dict[str, object]:
    """Carry the fields of a finding as plain JSON values."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "places": [
            {
                "source": span.source,
                "line": span.line,
                "column": span.column,
                "length": span.length,
                "text": span.text,
            }
            for span in finding.spans
        ],
        "mend": finding.mend,
    }


def _pointer(span: Span) -> list[str]:
    start = max(0, span.column - _BEFORE) if len(span.text) > _WIDEST else 0
    shown = _plain(span.text[start : start + _WIDEST]).rstrip()
    column = span.column - start
    gutter = f"{span.line:>5} | "
    room = max(1, len(shown) - column + 1)
    marks = "^" * max(1, min(span.length, room))
    return [gutter + shown, " " * 5 + " | " + " " * (column - 1) + marks]


def _plain(text: str) -> str:
    """Blank what a terminal would obey instead of show; places stay as they are."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
