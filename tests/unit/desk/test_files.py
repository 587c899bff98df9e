"""Files are written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vigens.base import InputError, OutsideError
from vigens.desk import read_bytes, write_whole


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    assert write_whole(path, [b"one ", b"two"]) == 7
    assert write_whole(path, [b"three"]) == 5
    assert path.read_bytes() == b"three"
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    write_whole(path, [b"old"])

    def parts() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, parts())
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot be written"):
        write_whole(tmp_path / "none" / "out.txt", [b"x"])
    with pytest.raises(OutsideError):
        write_whole(tmp_path / "a\0b", [b"x"])


def test_no_more_is_read_than_is_of_use(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(b"x" * 100)
    assert len(read_bytes(path, 10)) == 11
    for wrong in (tmp_path, tmp_path / "none", tmp_path / "a\0b"):
        with pytest.raises(InputError):
            read_bytes(wrong, 10)
