from __future__ import annotations

import pytest

from vigens.base import Finding, Severity, has_errors


def finding(severity: Severity) -> Finding:
    return Finding("N001", severity, "twice", (), "rename one")


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.NOTE])
def test_a_warning_or_note_stops_no_answer(severity: Severity) -> None:
    assert not has_errors([finding(severity)])


def test_one_error_among_others_counts() -> None:
    assert has_errors([finding(Severity.NOTE), finding(Severity.ERROR)])


def test_nothing_found_is_no_error() -> None:
    assert not has_errors([])
