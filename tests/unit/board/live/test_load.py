"""The board under load and for a while, in small: bounds are wide, machines are busy."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from benchmarks.board.__main__ import after_change, at, listened
from benchmarks.board.driving import Line, drive
from benchmarks.board.serving import serving
from benchmarks.board.soak import soak
from benchmarks.board.workload import write_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("load") / "case"
    day = write_case(folder, n_states=8, n_components=6, n_entries=900)
    return folder, day.isoformat()


def test_many_connections_are_answered_and_listeners_are_told(
    made: tuple[Path, str],
) -> None:
    folder, day = made

    async def act() -> None:
        with serving("board", folder) as served:
            line = Line(served.port)
            etag = (await line.ask(at(day))).etag
            line.close()
            driven = await drive(served.port, at(day), seconds=1.5)
            assert set(driven.statuses) == {200}
            assert driven.a_second > 30
            known = (f"If-None-Match: {etag}",)
            driven = await drive(served.port, at(day), seconds=1.0, headers=known)
            assert set(driven.statuses) <= {200, 304}  # a minute may pass
            waits = await after_change(served, folder, 2, day)
            assert waits
            taken, waited = await listened(served, folder, 60, day)
            assert taken < 100
            assert waited < 30

    asyncio.run(act())


def test_reading_recording_and_listening_at_once_leaves_memory_flat(
    made: tuple[Path, str],
) -> None:
    folder, day = made

    async def act() -> None:
        with serving("board", folder) as served:
            found = await soak(served, folder, day, seconds=10, readers=3, ears=10)
        assert found.errors == []
        assert found.n_records > 1
        assert found.is_flat, found.line()

    asyncio.run(act())
