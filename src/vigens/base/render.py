"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.base.findings import Finding
    from vigens.base.spans import Span


def render_finding(finding: Finding) -> str:
    """Lay a finding out as place, message, source line and mend."""
    head = f"{finding.severity} {finding.code}: {finding.message}"
    if not finding.spans:
        return f"{head}\n   mend: {finding.mend}"
    first, *others = finding.spans
    lines = [f"{first.where}: {head}", *_pointer(first)]
    for span in others:
        lines.append(f"   see also {span.where}")
        lines.extend(_pointer(span))
    lines.append(f"   mend: {finding.mend}")
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
    shown = span.text.replace("\t", " ").rstrip()[:200]
    gutter = f"{span.line:>5} | "
    room = max(1, len(shown) - span.column + 1)
    marks = "^" * max(1, min(span.length, room))
    return [gutter + shown, " " * 5 + " | " + " " * (span.column - 1) + marks]
