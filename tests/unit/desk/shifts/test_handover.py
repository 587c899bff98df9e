"""A shift: what changed since it began, who acts next, and the brief that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import NOW, Writer
from vigens.base import UsageError
from vigens.desk import Looking, Session, make_lens
from vigens.desk.shifts import (
    Shift,
    begin_shift,
    earlier,
    read_handover,
    read_next_acts,
    read_shift,
    tell_changes,
    write_markdown,
)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Give a case in which a breach came to be known on 11 February."""
    found = Writer(tmp_path / "case")
    found.looked("2026-01-01/2026-03-31")
    breach = found.event(
        "breach.happens", "2026-02-10", "fire", known_from="2026-02-11"
    )
    found.claim(breach, "2026-02-11")
    return found


def shift(writer: Writer, as_of: str, since: str, *, is_present: bool = False) -> Shift:
    session = writer.session(as_of)
    then = begin_shift(session.lens, since)
    lens = earlier(session.whole, session.lens, then, is_present=is_present)
    return read_shift(Session(session.whole, lens), session)


def test_what_came_to_be_known_since_is_told(writer: Writer) -> None:
    found = shift(writer, "2026-02-12", "2026-02-09")
    told = {(line.kind, line.asked) for line in tell_changes(found.changes)}
    assert ("duty", "help") in told
    assert [entry.kind for entry in found.news] == ["occurrence"]


def test_a_quiet_shift_tells_nothing(writer: Writer) -> None:
    found = shift(writer, "2026-02-09", "8h")
    assert found.changes.is_empty
    assert found.news == ()


def test_hours_go_back_on_both_clocks(writer: Writer) -> None:
    found = shift(writer, "2026-02-12", "24h")
    lens, since = found.session.lens, found.since.lens
    assert lens.as_of - since.as_of == 24 * 3600
    assert lens.known_at - since.known_at == 24 * 3600


def test_at_present_what_was_recorded_since_is_news(writer: Writer) -> None:
    case = writer.case()
    lens = make_lens(case, Looking(int(NOW.timestamp()) + 3600))
    before = earlier(case, lens, lens.as_of - 7200, is_present=True)
    found = read_shift(Session(case, before), Session(case, lens))
    assert "occurrence" in {entry.kind for entry in found.entries}


@pytest.mark.parametrize("since", ["0h", "next week", "2026-02-12", "2027-01-01"])
def test_a_shift_that_has_not_begun_is_refused(writer: Writer, since: str) -> None:
    lens = writer.session("2026-02-12").lens
    with pytest.raises(Exception, match=r"cannot be looked back on|EDTF|date"):
        begin_shift(lens, since)


def test_who_owes_a_running_duty_acts_next(writer: Writer) -> None:
    acts = read_next_acts(writer.session("2026-02-12"))
    assert [(act.kind, act.actors) for act in acts] == [("duty", ("FR",))]


def test_the_brief_says_lens_clock_change_and_caveat(writer: Writer) -> None:
    text = write_markdown(read_handover(shift(writer, "2026-02-12", "2026-02-09")))
    assert "Lens: as of 2026-02-12" in text
    assert "Compared with: as of 2026-02-09" in text
    assert "Help after a breach" in text
    assert "not legal advice" in text
    assert "Unclassified and exercise use" in text


def test_no_word_of_a_source_steers_the_brief(writer: Writer) -> None:
    title = "# [x](javascript:alert(1)) | *b* <script>\n## second"
    writer.record(
        "statement",
        {"title": title, "actors": [], "by": ["FR"]},
        known_from="2026-02-12",
    )
    text = write_markdown(read_handover(shift(writer, "2026-02-12", "2026-02-09")))
    assert "<script>" not in text
    assert "\n## second" not in text
    assert r"\# \[x\](javascript" in text


def test_a_case_without_a_headline_says_so(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "case")
    settings = tmp_path / "case" / "case.toml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("headline")]
    settings.write_text("\n".join(kept) + "\n", "utf-8")
    text = write_markdown(read_handover(shift(writer, "2026-02-12", "8h")))
    assert "names no headline" in text


def test_hours_without_end_are_refused(writer: Writer) -> None:
    with pytest.raises(UsageError):
        begin_shift(writer.session("2026-02-12").lens, "0h")
