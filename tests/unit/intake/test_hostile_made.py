"""Made documents of every form: found, told or refused, in bounded time, never silent."""

from __future__ import annotations

import time

import pytest

from tests.unit.intake.hostile import CALM, SAID, SENTENCE, TOLD, Hostile
from tests.unit.intake.hostile_containers import ALL
from vigens.desk.reports import Report, report_of
from vigens.intake import DocumentError

#: Seconds of computing that one document may take; the slowest takes about three.
MOST_SECONDS = 20


def read(hostile: Hostile) -> Report | DocumentError:
    """Read a document, or give why that is refused."""
    try:
        return report_of(hostile.name, hostile.make(), is_all=True)
    except DocumentError as error:
        return error


@pytest.mark.parametrize("hostile", ALL, ids=lambda each: each.name)
def test_a_hostile_document_is_found_told_or_refused(hostile: Hostile) -> None:
    begun = time.process_time()
    report = read(hostile)
    assert time.process_time() - begun < MOST_SECONDS
    if isinstance(report, DocumentError):
        assert hostile.outcome in (TOLD, CALM), report
        assert all((report.what, report.where, report.mend))
        assert hostile.name in report.where
        return
    document = report.document
    rows = report.rows()
    for row in rows:
        assert document.text[row["start"] : row["end"]] == row["quote"]
    is_found = any(SENTENCE[:-1] in " ".join(row["quote"].split()) for row in rows)
    if hostile.outcome == SAID:
        assert is_found
    elif hostile.outcome == TOLD:
        assert document.notes
    else:
        assert is_found or document.notes


def test_there_are_enough_of_every_form() -> None:
    names = [each.name for each in ALL]
    assert len(set(names)) == len(names) > 60
    for form in ("html", "txt", "docx", "eml", "pdf"):
        assert sum(name.endswith(form) for name in names) >= 12
