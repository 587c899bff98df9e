"""Two days side by side: what nobody looked at first, and no number out of silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk.inquiry import read_attributions, read_last_day


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def test_the_last_whole_day_is_compared_with_the_day_before(writer: Writer) -> None:
    found = read_last_day(writer.session("2026-02-10"))
    assert (found.day.date, found.before.date) == ("2026-02-10", "2026-02-09")
    part = read_last_day(writer.session("2026-02-10T09:00Z"))
    assert (part.day.date, part.before.date) == ("2026-02-09", "2026-02-08")


def test_silence_where_nobody_looked_is_not_known_and_not_none(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-02-09", "floods", note="The river")
    writer.claim(writer.event("dries", "2026-02-10"), "2026-02-10")
    found = read_last_day(writer.session("2026-02-10"))
    (gap,) = found.gaps
    assert (gap.note, gap.day, gap.before) == ("The river", "nobody looked", "all day")
    assert gap.last == "2026-02-09"
    assert found.last_watched == "2026-02-09"
    assert "dries" in dict(found.never)
    assert "floods" not in dict(found.never)
    (row,) = found.counts
    assert (row.event, row.day.words, row.before.words) == (
        "dries",
        "1 or more",
        "not known",
    )


def test_a_watched_day_without_a_report_counts_none(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-02-28", "floods")
    found = read_last_day(writer.session("2026-02-10"))
    assert not found.gaps
    (quiet,) = found.quiet
    assert (quiet.day.words, quiet.before.words) == ("0", "0")


def test_a_rough_date_gives_a_range(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-02-28", "dries")
    for day in ("2026-02-10", "2026-02-09/2026-02-10"):
        writer.claim(writer.event("dries", day), day[-10:])
    (row,) = read_last_day(writer.session("2026-02-10")).counts
    assert row.day.words == "1 to 2"
    assert row.before.words == "0 to 1"
    assert [title for _, title in row.day.refs] == ["dries", "dries"]
    assert len(row.before.refs) == 1


def test_a_watch_for_one_place_watches_only_in_part(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-02-28", "breach.happens", keys=["b1"])
    writer.claim(writer.event("breach.happens", "2026-02-10", "b2"), "2026-02-10")
    (row,) = read_last_day(writer.session("2026-02-10")).counts
    assert row.day.words == "1 or more"
    assert row.day.looked == "part of the day"


def attribute(writer: Writer, event: str, day: str, *args: str) -> None:
    writer.claim(writer.event(event, day, *args), day)


def test_an_allegation_leaves_the_author_open(writer: Writer) -> None:
    for name in ("b1", "b2"):
        attribute(writer, "breach.happens", "2026-02-09", name)
    attribute(writer, "attributes.breach", "2026-02-10", "b1", "FR", "DE")
    found = {one.incident: one for one in read_attributions(writer.session("2026-03"))}
    assert found["b1"].state == "alleged"
    assert found["b2"].state == "author not known"
    assert [word.speaker for word in found["b1"].words] == ["France"]
    attribute(writer, "denies.breach", "2026-02-11", "b1", "DE")
    attribute(writer, "attributes.breach", "2026-02-12", "b2", "FR", "DE")
    attribute(writer, "attributes.breach", "2026-02-12", "b2", "DE", "FR")
    found = {one.incident: one for one in read_attributions(writer.session("2026-03"))}
    assert found["b1"].state == "alleged and denied"
    assert found["b2"].state == "alleged, of more than one party"
    assert not any(one.is_settled for one in found.values())


def test_only_an_admission_or_a_finding_with_power_settles_it(writer: Writer) -> None:
    attribute(writer, "breach.happens", "2026-02-09", "b1")
    attribute(writer, "attributes.breach", "2026-02-10", "b1", "FR", "DE")
    attribute(writer, "finds.breach", "2026-02-11", "lockkeepers", "b1")
    (found,) = read_attributions(writer.session("2026-03"))
    assert not found.is_settled
    assert found.words[-1].says == "finds it, without effect so far"
    attribute(writer, "admits.breach", "2026-02-12", "b1", "DE")
    (found,) = read_attributions(writer.session("2026-03"))
    assert (found.state, found.is_settled) == ("admitted", True)


def test_what_is_said_later_is_not_known_earlier(writer: Writer) -> None:
    attribute(writer, "breach.happens", "2026-02-09", "b1")
    attribute(writer, "admits.breach", "2026-02-12", "b1", "DE")
    (found,) = read_attributions(writer.session("2026-02-11"))
    assert not found.is_settled
