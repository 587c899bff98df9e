"""What is recorded already of the same thing, and what contradicts it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.tiny import present, write_case
from vigens.desk import Case, Likeness, Likenesses, Suggested, open_case
from vigens.journal import Draft, open_journal

Told = Callable[..., tuple[Likeness, ...]]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return open_case(write_case(tmp_path / "case"), present)


@pytest.fixture
def told(case: Case) -> Told:
    moments = (present() + timedelta(minutes=n) for n in itertools.count(1))

    def clock() -> datetime:
        return next(moments)

    def tell(
        kind: str,
        payload: dict[str, Any],
        row: dict[str, Any],
        *,
        on: str | None = "2026-03-06",
        polarity: str = "pos",
        **edits: Any,
    ) -> tuple[Likeness, ...]:
        path = case.folder / "journal.jsonl"
        claim = {"polarity": "pos", "statement": "So it is", "actors": []}
        with open_journal(path, clock) as store:
            store.append(
                [
                    Draft(
                        kind, {"title": "It", **payload}, "a", happened=on, handle="m"
                    ),
                    Draft("claim", claim, "a", about=("@m",)),
                ]
            )
        whole = {"quote": "It", "actors": [], "polarity": polarity, **row}
        item = Suggested(1, "k", {"sha256": "0"}, whole, edits, "waiting", "")
        return Likenesses(open_case(case.folder, present)).of(item)

    return tell


def actors(*ids: str) -> list[dict[str, str]]:
    return [{"id": name, "surface": name, "role": "participant"} for name in ids]


MEETING = {
    "format": "unknown",
    "attendance": [{"actor": name, "how": "unknown"} for name in ("FR", "GB", "DE")],
}


def test_a_meeting_on_the_same_day_may_be_the_same(told: Told) -> None:
    row = {"kind": "meeting", "date": "2026-03-06", "actors": actors("FR", "GB")}
    (like,) = told("meeting", MEETING, row)
    assert (like.said, like.contradicts) == ("same day, 2 of the same take part", False)


@pytest.mark.parametrize("date", ["2026-03-07", None])
def test_a_meeting_on_another_or_no_day_is_another(
    told: Told, date: str | None
) -> None:
    row = {"kind": "meeting", "date": date, "actors": actors("FR", "GB", "DE")}
    assert told("meeting", MEETING, row) == ()


def test_the_same_count_may_be_merged_and_another_contradicts(told: Told) -> None:
    count = {
        "measure": "unassigned",
        "number": 26,
        "comparison": "eq",
        "unit": "states",
    }
    row = {
        "kind": "count",
        "date": "2026-03-06",
        "actors": [{"id": "FR", "surface": "FR", "role": "speaker"}],
        "count": {"n": 26, "comparison": "eq", "unit": "states"},
    }
    (like,) = told("count", {**count, "speaker": "FR"}, row)
    assert not like.contradicts
    likes = told("count", {**count, "speaker": "FR", "number": 27}, row)
    assert [each.contradicts for each in likes] == [True, False]
    assert "another number" in likes[0].said
    assert told("count", {**count, "speaker": "GB", "number": 28}, row) == likes


def test_an_offer_and_a_refusal_contradict(told: Told) -> None:
    offer = {"party": "FR", "domains": ["sea"], "conditions": [], "gates": []}
    row = {
        "kind": "commitment",
        "date": "2026-03-06",
        "actors": actors("FR"),
        "quote": "France would send ships",
        "modality": "willing",
        "why": [],
    }
    (like,) = told(
        "offer", {**offer, "stance": "refusal", "title": "France sends no ships"}, row
    )
    assert like.contradicts
    assert "refusal" in like.said


def test_the_same_event_on_another_day_is_another_event(told: Told) -> None:
    row = {"kind": "ceasefire", "date": "2026-03-06"}
    event = {"event": "flood", "args": ["i1"]}
    (like,) = told("occurrence", event, row, event="flood(i1)")
    assert (like.said, like.contradicts) == ("the same event", False)
    assert (
        told("occurrence", event, {**row, "date": "2026-04-01"}, event="flood(i1)")
        == ()
    )


def test_an_act_on_another_day_contradicts(told: Told) -> None:
    row = {"kind": "instrument", "date": "2026-03-01"}
    act = {"event": "approves", "args": ["pact", "water", "FR"]}
    likes = told("occurrence", act, row, event="approves(pact, water, FR)")
    assert [(each.said, each.contradicts) for each in likes] == [
        ("the same act on another day", True)
    ]


def test_what_is_affirmed_there_and_denied_here_contradicts(told: Told) -> None:
    row = {"kind": "ceasefire", "date": "2026-03-06"}
    event = {"event": "flood", "args": ["i1"]}
    (like,) = told("occurrence", event, row, event="flood(i1)", polarity="neg")
    assert like.contradicts
    assert "denied here and affirmed there" in like.said
