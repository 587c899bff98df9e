"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.base.findings import Finding
    from vigens.base.spans import Span


#: Of a long line so much is shown, from so far before the place.
_WIDEST, _BEFORE = 200, 100


class PlaceForm(TypedDict):
    """A place in a file.

    Attributes:
        source: Name of the file.
        line: From 1.
        column: From 1.
        length: How many characters.
        text: The line.
    """

    source: str
    line: int
    column: int
    length: int
    text: str


class FindingForm(TypedDict):
    """Something to mend in what a person wrote.

    Attributes:
        code: Stable code.
        severity: `error`, `warning` or `note`.
        message: What is wrong.
        places: Where.
        mend: How to mend it.
    """

    code: str
    severity: str
    message: str
    places: list[PlaceForm]
    mend: str


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


def findings_form(findings: Iterable[Finding]) -> list[FindingForm]:
    """Carry the fields of findings as plain JSON values."""
    return [
        {
            "code": finding.code,
            "severity": str(finding.severity),
            "message": finding.message,
            "places": [_place(span) for span in finding.spans],
            "mend": finding.mend,
        }
        for finding in findings
    ]


def _place(span: Span) -> PlaceForm:
    return {
        "source": span.source,
        "line": span.line,
        "column": span.column,
        "length": span.length,
        "text": span.text,
    }


def _pointer(span: Span) -> list[str]:
    if not span.text.strip():
        return []  # nothing to point at, as in a database
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
