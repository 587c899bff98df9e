from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.smallcase import Writer, word


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "case")


def offer(**fields: Any) -> dict[str, Any]:
    base = {"party": "FR", "title": "an offer", "stance": "offer"}
    return {**base, "domains": ["land"], "conditions": [], "gates": [], **fields}


def events(writer: Writer, kind: str, payload: dict[str, Any]) -> set[str]:
    matter = writer.record(
        kind, payload, happened="2026-02-01", known_from="2026-02-01"
    )
    writer.claim(matter, "2026-02-01")
    found = writer.session("2026-02-02").assembled.world.happenings
    return {f"{h.event}({', '.join(h.values)})" for g in found.values() for h in g}


def test_what_a_party_calls_possible_is_no_offer(writer: Writer) -> None:
    assert events(writer, "offer", offer(stance="possible", gates=["a vote"])) == {
        "gate.named(FR, a vote)"
    }


def test_an_offer_is_no_approval_signature_or_delivery(writer: Writer) -> None:
    writer.looked("2026-01-01/2026-03-31")
    found = events(writer, "offer", offer(domains=["land", "sea"]))
    assert found == {"offer.announced(FR, land)", "offer.announced(FR, sea)"}
    session = writer.session("2026-02-02")
    assert word(session, "offered(FR, land)") == "YES"
    others = ("signed(pact, FR)", "concluded(pact, water, FR)", "deployed(FR)")
    assert {word(session, other) for other in others} == {"NO"}


def test_a_refusal_is_a_refusal(writer: Writer) -> None:
    refused = {"offer.refused(FR, land)"}
    assert events(writer, "offer", offer(stance="refusal")) == refused


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("decided", {"body.decided(lockkeepers)"}),
        ("existing", {"body.set_up(lockkeepers)"}),
        ("planned", set()),
        ("prospective", set()),
    ],
)
def test_a_planned_body_does_not_exist(
    writer: Writer, status: str, found: set[str]
) -> None:
    payload = {"body": "lockkeepers", "status": status, "title": "lock keepers"}
    assert events(writer, "institution", payload) == found


@pytest.mark.parametrize(
    ("status", "found"),
    [("published", {"text.published(pact)"}), ("reported", set()), ("draft", set())],
)
def test_a_reported_text_is_not_published(
    writer: Writer, status: str, found: set[str]
) -> None:
    payload = {"instrument": "pact", "version": "1", "status": status, "title": "t"}
    assert events(writer, "text", payload) == found


def test_a_seat_at_no_groups_table_suggests_nothing(writer: Writer) -> None:
    seats = [
        {"actor": "FR", "how": "in_person"},
        {"actor": "lockkeepers", "how": "online"},
    ]
    meeting = {"title": "m", "place": "p", "format": "hybrid", "attendance": seats}
    assert events(writer, "meeting", meeting) == set()
    with_group = {**meeting, "group": "riparians"}
    assert events(writer, "meeting", with_group) == {"attends(riparians, FR)"}
    session = writer.session("2026-02-02")
    assert word(session, "member(riparians, FR)") == "NOT KNOWN"
