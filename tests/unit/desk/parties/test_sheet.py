"""A sheet holds what its reader may see, and two sheets say where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.desk.parties import UNSEEN, compare_eyes, read_sheet


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Give a case in which France signed, offered ships in public, troops in secret."""
    found = Writer(tmp_path / "case")
    found.looked("2026-01-01/2026-03-31")
    found.claim(found.event("signs", "2026-01-05", "pact", "FR"), "2026-01-06")
    found.record("offer", offer("Ships", "sea"), known_from="2026-01-07")
    hidden = offer("Troops", "land", conditions=["a mandate"], gates=["parliament"])
    found.record("offer", hidden, known_from="2026-01-07", marks=())
    announced = found.event("offer.announced", "2026-01-05", "FR", "sea")
    found.claim(announced, "2026-01-06")
    breach = found.event("breach.happens", "2026-02-10", "fire")
    found.claim(breach, "2026-02-11")
    return found


def offer(title: str, domain: str, **more: Any) -> dict[str, Any]:
    quantity = {"number": 3, "unit": "ships", "comparison": "up_to"}
    return {
        "party": "FR",
        "title": title,
        "stance": "offer",
        "domains": [domain],
        "quantity": quantity,
        "conditions": [],
        "gates": [],
        **more,
    }


def test_a_sheet_lists_acts_duties_offers_and_rungs(writer: Writer) -> None:
    sheet = read_sheet(writer.session("2026-02-12"), "FR")
    assert [line.instrument.name for line in sheet.texts] == ["pact"]
    assert [line.obligation.name for line in sheet.owes] == ["help"]
    assert [line.title for line in sheet.offers] == ["Ships"]
    assert sheet.offers[0].quantity == "up to 3 ships"
    (ladder,) = sheet.ladders
    assert ladder.domain == "sea"
    words = [rung.verdict.word for rung in ladder.rungs]
    assert words[0] == "YES"
    assert "YES" not in words[1:]


def test_a_party_of_which_nothing_is_known_has_an_empty_sheet(writer: Writer) -> None:
    sheet = read_sheet(writer.session("2026-02-12"), "DE")
    assert (sheet.texts, sheet.owes, sheet.offers, sheet.ladders) == ((), (), (), ())


def test_the_public_does_not_see_what_is_marked(writer: Writer) -> None:
    own = writer.session("2026-02-12", reader="all")
    public = writer.session("2026-02-12")
    sides = [(session, read_sheet(session, "FR")) for session in (own, public)]
    lines = compare_eyes(sides[0], sides[1])
    differing = [line for line in lines if not line.is_same]
    assert ("Troops", UNSEEN) in [(line.what, line.others) for line in differing]
    assert {line.what.partition(":")[0] for line in differing} == {"Troops", "land"}
    assert lines[0] is differing[0]


def test_the_same_eyes_see_the_same(writer: Writer) -> None:
    session = writer.session("2026-02-12")
    side = (session, read_sheet(session, "FR"))
    assert all(line.is_same for line in compare_eyes(side, side))
