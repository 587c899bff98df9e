"""Positions over time, bodies and posts, meetings with who was there and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk.inquiry import read_bodies, read_meetings, read_positions


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def position(
    writer: Writer, party: str, words: str, day: str, point: str = "tolls"
) -> None:
    payload = {"party": party, "point": point, "title": words}
    matter = writer.record("position", payload, happened=day, known_from=day)
    writer.claim(matter, day)


def test_a_later_word_replaces_an_earlier_one_and_both_stay(writer: Writer) -> None:
    position(writer, "FR", "against", "2026-01-10")
    position(writer, "DE", "for", "2026-01-12")
    position(writer, "FR", "for", "2026-02-10")
    found = read_positions(writer.session("2026-03-01"))
    ((point, positions),) = [(one.point, one.positions) for one in found.points]
    assert point == "tolls"
    assert [(p.party_title, p.title, p.is_latest) for p in positions] == [
        ("France", "for", True),
        ("Germany", "for", True),
        ("France", "against", False),
    ]
    assert found.parties == (("FR", "France", 2), ("DE", "Germany", 1))
    earlier = read_positions(writer.session("2026-02-01"))
    assert [p.is_latest for p in earlier.points[0].positions] == [True, True]


def test_positions_are_narrowed_by_party_and_point(writer: Writer) -> None:
    position(writer, "FR", "against", "2026-01-10")
    position(writer, "DE", "for", "2026-01-12", "locks")
    session = writer.session("2026-03-01")
    assert [p.point for p in read_positions(session, party="DE").points] == ["locks"]
    assert [p.point for p in read_positions(session, point="tolls").points] == ["tolls"]


def test_a_body_shows_what_the_rules_come_to_beside_reports(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01")
    payload = {"body": "lockkeepers", "status": "decided", "title": "They are to come"}
    matter = writer.record(
        "institution", payload, happened="2026-01-10", known_from="2026-01-10"
    )
    writer.claim(matter, "2026-01-10")
    (body,) = read_bodies(writer.session("2026-02-01")).bodies
    assert (body.title, body.declared) == ("the lock keepers", "planned")
    assert [(a.text, a.word) for a in body.answers][:2] == [
        ("the lock keepers is decided on", "YES"),
        ("the lock keepers exists", "NO"),
    ]
    assert [report.title for report in body.reports] == ["They are to come"]


def test_a_post_has_its_holders_in_time(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01")
    for party, day in (("FR", "2026-01-10"), ("DE", "2026-02-10")):
        writer.claim(writer.event("post.filled", day, "chair", party), day)
    (post,) = read_bodies(writer.session("2026-02-20")).posts
    surely = [one for one in post.holdings if one.bound == "surely"]
    assert [(one.holder, one.since, one.until) for one in surely] == [
        ("France", "2026-01-10", "2026-02-10"),
        ("Germany", "2026-02-10", ""),
    ]


def meet(writer: Writer, day: str, **seats: str) -> None:
    payload = {
        "title": f"Talks of {day}",
        "format": "hybrid",
        "attendance": [{"actor": name, "how": how} for name, how in seats.items()],
    }
    matter = writer.record("meeting", payload, happened=day, known_from=day)
    writer.claim(matter, day)


def test_a_meeting_says_how_each_was_there(writer: Writer) -> None:
    meet(writer, "2026-01-10", FR="in_person", DE="online")
    meet(writer, "2026-02-10", FR="unknown")
    found = read_meetings(writer.session("2026-03-01"))
    latest, first = found.meetings
    assert (latest.how("FR"), latest.how("DE")) == ("unknown", "")
    assert (first.how("FR"), first.how("DE")) == ("in_person", "online")
    assert found.actors == (("FR", "France", 2), ("DE", "Germany", 1))


def test_a_member_on_no_list_is_named_as_that_and_not_as_absent(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-01")
    for party in ("FR", "DE"):
        joined = writer.event("joins", "2026-01-05", "riparians", party)
        writer.claim(joined, "2026-01-05")
    meet(writer, "2026-01-02", FR="in_person")
    meet(writer, "2026-01-10", FR="in_person")
    after, before = read_meetings(writer.session("2026-02-01")).meetings
    assert after.unlisted == ("Germany",)
    assert before.unlisted == ()
