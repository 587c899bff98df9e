"""Domains with duties, powers and suspensions that depend on each other: exact."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.replays.auction_by_hand import auction
from tests.replays.compact_by_hand import compact
from tests.replays.domain_cases import UNITS, by_tick, draw, intervals, look, write
from tests.replays.domains_by_hand import BY_HAND as FIRST
from tests.replays.domains_by_hand import Interval
from tests.replays.fishery_by_hand import fishery
from tests.replays.league_by_hand import league
from tests.replays.loan_by_hand import loan
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.engine.queue import evaluating

BY_HAND = {
    **FIRST,
    "fishery": fishery,
    "league": league,
    "compact": compact,
    "auction": auction,
    "loan": loan,
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("domain", BY_HAND)
def test_every_interval_is_as_by_hand(domain: str, seed: int, tmp_path: Path) -> None:
    log = draw(domain, 400 if domain in UNITS else 1500, seed)
    end = log[-1][0] + 1
    session = look(write(tmp_path / "case", domain, log))
    wanted = BY_HAND[domain](by_tick(log), end)
    for is_surely in (True, False):
        found = set(intervals(session, domain, end, is_surely=is_surely))
        assert sorted(found ^ wanted)[:10] == []


@pytest.mark.parametrize("domain", BY_HAND)
def test_none_is_gone_round(
    domain: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError(domain)

    monkeypatch.setattr(evaluating, "turn_round", refuse)
    session = look(write(tmp_path / "case", domain, draw(domain, 200, 9)))
    assert list(intervals(session, domain, 10**6, is_surely=True))


@pytest.mark.parametrize("domain", [one for one in BY_HAND if one not in UNITS])
def test_what_comes_after_the_last_look_leaves_what_was_before(
    domain: str, tmp_path: Path
) -> None:
    """Nobody looked from tick 300 on: before it all is as sure as ever."""
    log = draw(domain, 600, 5)
    folder, origin = write(tmp_path / "case", domain, log, last_look=300), 86_100
    case = open_case(folder, lambda: datetime.fromtimestamp(0, UTC))
    session = Session(case, make_lens(case, Looking(100_000)))
    wanted = BY_HAND[domain](by_tick(log), 300)
    for is_surely in (True, False):
        sides = intervals(session, domain, 300, is_surely=is_surely, origin=origin)
        found = set(sides)
        assert sorted(found ^ wanted)[:10] == []
    whole = BY_HAND[domain](by_tick(log), log[-1][0] + 1)
    sure = intervals(session, domain, 10**6, is_surely=True, origin=origin)
    assert all(_lies_in(one, whole) for one in sure)


def _lies_in(one: Interval, others: set[Interval]) -> bool:
    """Say whether an interval, as far as the log goes, lies in one of the same state."""
    last = max(other[3] for other in others)
    state, key, start, end = one
    return any(
        other[:2] == (state, key) and other[2] <= start and min(end, last) <= other[3]
        for other in others
    )
