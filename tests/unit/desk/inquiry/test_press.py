"""Claims by facet and date, and what changed since a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.desk.smallcase import Writer
from vigens.base import UsageError
from vigens.desk.inquiry import Wanted, search_claims


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    writer = Writer(tmp_path / "case")
    flood = writer.event("floods", "2026-01-10")
    writer.claim(flood, "2026-01-11", "B2", voice="FR", address="https://a.example/x")
    writer.claim(flood, "2026-02-01", None, denies=True)
    sign = writer.event("signs", "2026-02-05", "pact", "DE")
    writer.claim(sign, "2026-02-06", "C3", voice="DE")
    return writer


def found(writer: Writer, as_of: str = "2026-03-01", **wanted: str) -> list[str]:
    claims = search_claims(writer.session(as_of), Wanted(**wanted)).claims
    return [one.claim.statement for one in claims]


def test_the_latest_known_claim_comes_first(writer: Writer) -> None:
    assert found(writer) == ["statement 3", "statement 2", "statement 1"]
    assert found(writer, "2026-01-31") == ["statement 1"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"words": "a.example STATEMENT"}, ["statement 1"]),
        ({"speaker": "DE"}, ["statement 3"]),
        ({"grade": "B"}, ["statement 1"]),
        ({"grade": "F6"}, ["statement 2"]),
        ({"kind": "occurrence", "first": "2026-02"}, ["statement 3"]),
        ({"last": "2026-01"}, ["statement 2", "statement 1"]),
        ({"speaker": "nobody"}, []),
    ],
)
def test_facets_and_dates_narrow(
    writer: Writer, wanted: dict[str, str], expected: list[str]
) -> None:
    # A claim bears no date of its own here: the matter that it is about does.
    assert found(writer, **wanted) == expected


def test_facets_count_what_fits(writer: Writer) -> None:
    facets = search_claims(writer.session("2026-03-01"), Wanted()).facets
    grades = next(facet for facet in facets if facet.name == "grade")
    assert {value: number for value, _, number in grades.values} == {
        "B2": 1,
        "F6": 1,
        "C3": 1,
    }


def test_changed_since_says_what_became_of_a_claim(writer: Writer) -> None:
    claims = search_claims(
        writer.session("2026-03-31"), Wanted(since="2026-03-31")
    ).claims
    changes = {one.claim.statement: one.changes for one in claims}
    assert changes["statement 1"] == ("recorded", "graded B2")
    assert changes["statement 2"] == ("recorded",)
    assert found(writer, since="2026-04-01") == []


def test_no_date_is_refused_with_a_mend(writer: Writer) -> None:
    with pytest.raises(UsageError, match="is no date"):
        found(writer, since="last week")
