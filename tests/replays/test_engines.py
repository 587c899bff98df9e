"""The workload of the benchmark: every engine comes to the same rows."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from benchmarks.engines import loop
from benchmarks.engines.rows import Params, digest, read_params
from benchmarks.engines.workload import generate, write_case


@pytest.fixture(scope="module", params=[(3, 400, 1), (10, 1500, 2), (40, 3000, 3)])
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    n_parties, n_events, seed = request.param
    place = tmp_path_factory.mktemp("pact")
    write_case(place, n_parties, n_events, seed)
    return place


@pytest.mark.parametrize("engine", ["sql", "asp", "rules"])
def test_every_engine_gives_the_rows_of_the_loop(folder: Path, engine: str) -> None:
    expected = loop.run(folder)
    assert {row[3] for row in expected} >= {"pending", "fulfilled", "violated"}
    rows = importlib.import_module(f"benchmarks.engines.{engine}").run(folder)
    assert len(rows) == len(expected)
    assert digest(rows) == digest(expected)


def test_a_log_is_the_same_for_the_same_seed() -> None:
    assert generate(5, 300, 7) == generate(5, 300, 7)
    assert generate(5, 300, 7) != generate(5, 300, 8)


def test_the_loop_gives_what_is_worked_out_by_hand(tmp_path: Path) -> None:
    events = [
        (0, "join", 0, ""),
        (0, "join", 1, ""),
        (5, "join", 2, ""),
        (9, "truce_start", -1, ""),
        (9, "breach", -1, "b0"),  # the truce does not hold just before
        (10, "breach", -1, "b1"),
        (20, "respond", 0, "b1"),
        (50, "leave", 2, ""),
        (90, "respond", 1, "b1"),
        (95, "leave", 1, ""),
        (97, "truce_end", -1, ""),
    ]
    params = Params(parties=3, quorum=2, horizon=100, respond_hours=72)
    assert sorted(loop.evaluate(events, params)) == sorted(
        [
            ("party", 0, "", "ratified", 0, 100),
            ("party", 1, "", "ratified", 0, 95),
            ("party", 2, "", "ratified", 5, 50),
            ("ceasefire", -1, "", "holds", 9, 97),
            ("instrument", -1, "", "in_force", 0, 95),
            ("restraint", 0, "", "active", 9, 95),
            ("restraint", 1, "", "active", 9, 95),
            ("restraint", 2, "", "active", 9, 50),
            ("respond", 0, "b1", "pending", 10, 20),
            ("respond", 0, "b1", "fulfilled", 20, 100),
            ("respond", 1, "b1", "pending", 10, 82),
            ("respond", 1, "b1", "violated", 82, 90),
            ("respond", 1, "b1", "remedied", 90, 100),
            ("respond", 2, "b1", "pending", 10, 82),
            ("respond", 2, "b1", "violated", 82, 100),
        ]
    )


def test_params_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_case(tmp_path, 6, 200)
    params = read_params(tmp_path)
    assert (params.parties, params.quorum, params.respond_hours) == (6, 4, 72)
