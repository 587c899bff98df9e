"""A citation pins the whole lens, and what is recorded later does not change it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.unit.desk.smallcase import NOW, Writer
from vigens.desk import Looking, Session, make_lens
from vigens.desk.inquiry import cite


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def test_a_citation_pins_every_time_of_the_lens(writer: Writer) -> None:
    session = writer.session("2026-02-10", known_at="2026-02-11")
    now = int(NOW.timestamp())
    found = cite(session.case, session.lens, "Counts", "/counts", now)
    assert dict(found.pairs) == {
        "as_of": "2026-02-10",
        "known_at": "2026-02-11",
        "recorded_at": "2026-03-31T12:00:00Z",
        "reader": "public",
        "policy": "strict",
    }
    assert "as of 2026-02-10" in found.plain
    assert "A small case. (2026)" in found.apa
    assert found.bibtex.startswith("@misc{vigens20260331,")


def test_a_cited_address_gives_the_same_lens_again(writer: Writer) -> None:
    now = int(NOW.timestamp())
    case = writer.case()
    lens = make_lens(case, Looking(now, suppose=("dries on 2026-02-01",)))
    found = cite(case, lens, "Status", "/", now)
    asked = parse_qs(found.plain.split("/?")[1].split(", read")[0])
    again = make_lens(
        case,
        Looking(
            now + 86400,
            as_of=asked["as_of"][0],
            known_at=asked["known_at"][0],
            recorded_at=asked["recorded_at"][0],
            suppose=tuple(asked["suppose"]),
        ),
    )
    assert again == found.lens


def test_the_first_second_of_a_day_is_not_taken_for_the_last(writer: Writer) -> None:
    lens = writer.session("2026-02-09").lens
    lens = make_lens(writer.case(), Looking(lens.as_of + 1))
    pairs = dict(cite(writer.case(), lens, "x", "/", lens.as_of).pairs)
    again = make_lens(writer.case(), Looking(0, as_of=pairs["as_of"]))
    assert again.as_of == lens.as_of


def test_what_is_recorded_later_does_not_change_a_cited_view(writer: Writer) -> None:
    session = writer.session("2026-02-10")
    now = int(NOW.timestamp())
    pinned = cite(session.case, session.lens, "x", "/", now).lens
    before = [e.id for e in Session(writer.case(), pinned).assembled.view.entries]
    writer.clock = lambda: NOW + timedelta(hours=1)  # type: ignore[method-assign]  # later
    writer.event("floods", "2026-01-10")
    after = [e.id for e in Session(writer.case(), pinned).assembled.view.entries]
    assert after == before


def test_braces_and_signs_of_a_title_do_not_break_the_record(writer: Writer) -> None:
    session = writer.session("2026-02-10")
    found = cite(session.case, session.lens, "50 % {of} \\x", "/", 0)
    assert "title        = {50 \\% of x}," in found.bibtex
