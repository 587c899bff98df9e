"""A group in a text journal is there whole or not at all, wherever a kill fell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from vigens.journal import fsck, open_journal
from vigens.journal.stores import text_file


def pieces(
    monkeypatch: pytest.MonkeyPatch, path: Path, clock: Any, note: Any
) -> list[tuple[int, bytes]]:
    """Append a group of three and give what was written where, in order."""
    wrote: list[tuple[int, bytes]] = []
    real = os.pwrite

    def watched(descriptor: int, data: Any, place: int) -> int:
        wrote.append((place, bytes(data)))
        return real(descriptor, data, place)

    with open_journal(path, clock) as journal, monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", watched)
        journal.append([note("b"), note("c"), note("d")])
    return wrote


def images(before: bytes, wrote: list[tuple[int, bytes]]) -> list[bytes]:
    """Give the file as any kill may leave it; what fits in one block is never split."""
    data, found = before, [before]
    for place, piece in wrote:
        cuts = range(1, len(piece) + 1) if len(piece) > 8 else [len(piece)]
        for cut in cuts:
            end = place + cut
            found.append(data[:place] + piece[:cut] + data[end:])
        data = found[-1]
    return found


@pytest.mark.parametrize("first", ["", "a", "a" * 200, "a" * 331])
def test_half_a_group_is_never_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clock: Any,
    note: Any,
    first: str,
) -> None:
    path = tmp_path / "journal.jsonl"
    with open_journal(path, clock, create=True) as journal:
        journal.append([note(first)] if first else [])
    n_before = 1 if first else 0
    before = path.read_bytes()
    wrote = pieces(monkeypatch, path, clock, note)
    after = path.read_bytes()
    found = images(before, wrote)
    assert found[-1] == after
    for number, data in enumerate(found):
        path.write_bytes(data)
        with open_journal(path, clock) as journal:
            n_there = journal.size()
            assert n_there == n_before + 3 * (data == after)
            if n_there == n_before and number % 50 == 0:
                journal.append([note("e")])
                texts = [e.payload["text"] for e in journal.entries()]
                assert texts == [*([first] if first else []), "e"]
                assert fsck(path) == ()


def test_the_beginning_of_a_line_lies_in_one_block() -> None:
    for place in range(2000):
        start = place + len(text_file.padding(place))
        assert start // 512 == (start + 6) // 512
        assert start - place < 7
