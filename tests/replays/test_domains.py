"""Domains with duties, powers and suspensions that depend on each other: exact."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.replays.domain_cases import by_tick, draw, intervals, look, write
from tests.replays.domains_by_hand import BY_HAND
from vigens.engine.queue import evaluating


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("domain", BY_HAND)
def test_every_interval_is_as_by_hand(domain: str, seed: int, tmp_path: Path) -> None:
    log = draw(domain, 1500, seed)
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
