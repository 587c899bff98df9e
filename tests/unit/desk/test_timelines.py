from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.base import UsageError
from vigens.desk import read_timeline


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def test_an_interval_that_reaches_the_day_asked_about_has_no_end(
    writer: Writer,
) -> None:
    writer.looked("2026-01-01/2026-03-31")
    for day, event in (("2026-01-10", "signs"), ("2026-01-12", "dries")):
        args = ("pact", "FR") if event == "signs" else ()
        writer.claim(writer.event(event, day, *args), day)
    session = writer.session("2026-02-01")
    signed = list(read_timeline(session, "signed(pact, FR)"))
    assert [(row.bound, row.end) for row in signed] == [
        ("surely", None),
        ("possibly", None),
    ]
    assert signed[0].start == signed[1].start
    quiet = list(read_timeline(session, "quiet"))
    assert [(row.start, row.end) for row in quiet] == [(None, None), (None, None)]


def test_what_lies_after_the_day_asked_about_is_left_out(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    signs = writer.event("signs", "2026-02-10", "pact", "FR")
    writer.claim(signs, "2026-02-10")
    session = writer.session("2026-02-01", "2026-03-01")
    assert list(read_timeline(session, "signed(pact, FR)")) == []


@pytest.mark.parametrize("pattern", [None, "*", "open*", "signed(_, _)", "quiet"])
def test_patterns_name_states(writer: Writer, pattern: str | None) -> None:
    assert list(read_timeline(writer.session("2026-02-01"), pattern))


def test_a_pattern_that_names_nothing_is_refused(writer: Writer) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_timeline(writer.session("2026-02-01"), "rivr"))
