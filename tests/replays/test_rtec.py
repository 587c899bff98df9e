"""Two normative domains with known answers, written as agreements: exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replays.rtec_cases import (
    RTEC,
    Expected,
    look,
    read_csv,
    read_expected,
    shifted,
    write_case,
)
from vigens.desk import Session
from vigens.engine import interval_columns

pytestmark = pytest.mark.skipif(
    not RTEC.is_dir(), reason="no RTEC logs beside the checkout"
)

#: The fluents of the logs and how the agreement calls them.
TOY = {"rich": "rich", "location": "location", "happy": "happy"}
VOTING = {
    "status": "status",
    "voted": "voted",
    "outcome": "outcome",
    "auxPerCloseBallot": "too_early",
    "per": "may_close",
    "obl": "must_declare",
    "sanctioned": "sanctioned",
}


def intervals(
    session: Session, names: dict[str, str], horizon: int
) -> Iterator[Expected]:
    """Give every interval in the words of the expected table."""
    fluents = session.case.program.fluents
    for theirs, ours in names.items():
        for is_surely in (True, False):
            found = interval_columns(session.evaluation, ours, is_surely=is_surely)
            for *values, start, end in shifted(found.rows(), horizon):
                *args, value = values if fluents[ours].has_values else (*values, "true")
                yield theirs, _inner(theirs, args), value, int(start), int(end)


def _inner(name: str, args: list[str]) -> str:
    """Permissions and obligations carry their inner term as one argument."""
    if name == "per":
        return f"close_ballot({args[0]},{args[1]})"
    if name == "obl":
        return f"declare({args[0]},{args[1]},carried)"
    return " ".join(args)


def test_toy_log_is_exact(tmp_path: Path) -> None:
    case = write_case(tmp_path / "toy", "toy", RTEC / "toy_shipped_events.csv")
    found = set(intervals(look(case), TOY, 50))
    assert found == read_expected(RTEC / "toy_shipped_expected.csv")


def test_voting_log_is_exact(tmp_path: Path) -> None:
    log = RTEC / "voting_shipped_events.csv.gz"
    case = write_case(tmp_path / "voting", "voting", log)
    voters = {a for r in read_csv(log) if int(a := r["arg1"]) % 11}
    found = {
        row
        for row in intervals(look(case), VOTING, 100)
        if row[0] != "voted" or (row[2] != "null" and row[1].split()[0] in voters)
    }
    expected = read_expected(RTEC / "voting_shipped_expected.csv.gz")
    assert sorted(found ^ expected)[:10] == []
