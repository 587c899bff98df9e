"""Real ceasefires and deaths: the counts of the register, by tallies of the language."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigens.chrono import civil_date
from vigens.desk import Looking, Session, convert_ceasefires, make_lens, open_case
from vigens.engine import interval_columns, tally_bounds

SHARED = Path(os.environ.get("VIGENS_SHARED") or Path(__file__).parents[3] / "shared")
UKRAINE = SHARED / "data" / "ceasefire_ukraine_2014_2016"
LONG_AFTER = 2_000_000_000  # some events were reported only in 2021

pytestmark = pytest.mark.skipif(
    not UKRAINE.is_dir(), reason="no register of ceasefires beside the checkout"
)

#: Columns of the expected table, and the tallies that come to them.
COUNTS = {
    "events_first_7_days": "events_in_week",
    "deaths_first_7_days": "deaths_in_week",
    "events_first_30_days": "events_in_month",
    "deaths_first_30_days": "deaths_in_month",
    "events_until_end": "events_while",
    "deaths_until_end": "deaths_while",
}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("ukraine") / "case"
    convert_ceasefires(UKRAINE, folder)
    case = open_case(folder, lambda: datetime.fromtimestamp(0, UTC))
    return Session(case, make_lens(case, Looking(LONG_AFTER)))


def expected() -> list[dict[str, str]]:
    with (UKRAINE / "expected_counts.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("column", COUNTS)
def test_what_is_surely_counted_is_what_the_register_has(
    session: Session, column: str
) -> None:
    wrong = []
    n_compared = 0
    for row in expected():
        if row[column]:
            n_compared += 1
            values = (row["ceasefire_id"], row["dyad_id"])
            least, most = tally_bounds(
                session.evaluation, COUNTS[column], values, LONG_AFTER
            )
            if least != int(row[column]) or (most is not None and most < least):
                wrong.append((values, least, most, row[column]))
    assert n_compared >= 20
    assert wrong == []


def test_the_first_death_is_dated_to_its_day(session: Session) -> None:
    found: dict[tuple[str, str], str] = {}
    columns = interval_columns(session.evaluation, "shaken")
    for halt, dyad, start, _ in columns.rows():
        found.setdefault((halt, dyad), str(civil_date(start, "UTC")))
    for row in expected():
        key = (row["ceasefire_id"], row["dyad_id"])
        assert found.get(key, "") == row["first_event_date_30"], key


def test_what_has_no_exact_day_is_shown_as_possible(session: Session) -> None:
    # Minsk II: 31 exact events in the first week, and a span of days that overlaps it.
    least, most = tally_bounds(
        session.evaluation, "events_in_week", ("369034", "14124"), LONG_AFTER
    )
    assert least == 31
    assert most is not None
    assert most > 31
