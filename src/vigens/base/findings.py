"""Findings: something wrong in what a person wrote, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.base.spans import Span


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, with its place.

    Attributes:
        code: Stable code, one letter for the pass and three digits.
        severity: Errors stop an answer; warnings and notes do not.
        message: What is wrong, in one sentence.
        spans: The place; a conflict names both.
        mend: What to write instead.
    """

    code: str
    severity: Severity
    message: str
    spans: tuple[Span, ...]
    mend: str


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
