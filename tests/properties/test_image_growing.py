"""An image that grew, whatever came and wherever it was cut, is the one made at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.test_image import Clock, journals, write
from vigens.journal import EVERYTHING, Clearance, Entry, Ledger, open_journal
from vigens.journal.image import Growth, Image
from vigens.journal.image.growing import empty_image, places
from vigens.journal.image.keeping import _to_arrays
from vigens.journal.image.making import Maker
from vigens.journal.image.reading import Read, read_all
from vigens.journal.image.together import make_image

ZONE = "Europe/Kyiv"


def reads_of(steps: list[dict[str, Any]]) -> list[Read]:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "journal.db"
        write(place, steps)
        with open_journal(place, Clock()) as journal:
            assert isinstance(journal, Ledger)
            return list(read_all(journal.lines(), ZONE, "here"))


def lines_of(steps: list[dict[str, Any]]) -> list[tuple[int, bytes | Entry]]:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "journal.db"
        write(place, steps)
        with open_journal(place, Clock()) as journal:
            assert isinstance(journal, Ledger)
            return list(journal.lines())


class Given:
    """A journal that is given as its stored lines."""

    where, zone = "here", ZONE

    def __init__(self, rows: list[tuple[int, bytes | Entry]]) -> None:
        self._rows = rows

    def size(self, log: str = "all") -> int:
        assert log == "all"
        return len(self._rows)

    def lines(self, after: int = 0) -> Iterator[tuple[int, bytes | Entry]]:
        return iter(self._rows[after:])


def made(reads: list[Read], clearance: Clearance, base: Image | None) -> Image | None:
    maker = Maker(ZONE, clearance, base)
    maker.take(reads)
    return maker.image()


def columns_of(image: Image) -> dict[str, Any]:
    empty = empty_image(ZONE).growth
    return {
        name: value.tolist()
        for name, value in _to_arrays(replace(image, growth=empty), []).items()
    }


def rows_of(growth: Growth, name: str) -> set[bytes]:
    return {bytes(row) for row in getattr(growth, name)}


@given(
    journals,
    st.lists(st.integers(0, 40), max_size=4).map(sorted),
    st.sampled_from([EVERYTHING, Clearance("FR", frozenset({"FR", "public"}))]),
)
@settings(deadline=None, max_examples=40)
def test_an_image_that_grew_is_the_one_made_at_once(
    steps: list[dict[str, Any]], cuts: list[int], clearance: Clearance
) -> None:
    reads = reads_of(steps)
    grown: Image | None = None
    for start, end in zip([0, *cuts], [*cuts, len(reads)], strict=True):
        grown = made(reads[start:end], clearance, grown)
        assert grown is not None, "nothing here points at what comes later"
    whole = made(reads, clearance, None)
    assert grown is not None
    assert whole is not None
    assert columns_of(grown) == columns_of(whole)
    for name in ("touched", "governing", "joined", "aside", "grades", "origins"):
        assert rows_of(grown.growth, name) == rows_of(whole.growth, name)
    assert rows_of(grown.growth, "lacking") >= rows_of(whole.growth, "lacking")


@given(
    journals,
    st.permutations(range(40)),
    st.integers(1, 9),
    st.sampled_from([EVERYTHING, Clearance("FR", frozenset({"FR", "public"}))]),
    st.booleans(),
)
@settings(deadline=None, max_examples=40)
def test_an_image_made_of_pieces_is_the_one_made_at_once(
    steps: list[dict[str, Any]],
    order: list[int],
    size: int,
    clearance: Clearance,
    in_order: bool,
) -> None:
    rows = lines_of(steps)
    if not in_order:
        rows = [rows[at] for at in order if at < len(rows)] + rows[40:]
    store = Given([(at, line) for at, (_, line) in enumerate(rows, 1)])
    maker = Maker(ZONE, clearance)
    maker.take(read_all(store.lines(), ZONE, "here"))
    whole = maker.image()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vigens.journal.image.together.PIECE", size)
        made_of_pieces = make_image(store, clearance, 0)
    assert whole is not None
    right, found = _to_arrays(whole, []), _to_arrays(made_of_pieces, [])
    assert rows_of(whole.growth, "governing") == rows_of(
        made_of_pieces.growth, "governing"
    )
    for name in right.keys() - {"growth.governing"}:
        assert right[name].tolist() == found[name].tolist(), name


@given(journals, st.permutations(range(40)), st.integers(0, 40))
@settings(deadline=None, max_examples=40)
def test_in_whatever_order_they_come_it_is_that_or_none(
    steps: list[dict[str, Any]], order: list[int], cut: int
) -> None:
    """An import may bring an entry after one that points at it."""
    reads = reads_of(steps)
    reads = [reads[at] for at in order if at < len(reads)]
    base = made(reads[:cut], EVERYTHING, None)
    grown, whole = made(reads[cut:], EVERYTHING, base), made(reads, EVERYTHING, None)
    assert whole is not None
    if grown is not None:
        assert columns_of(grown) == columns_of(whole)


@given(
    st.lists(st.binary(min_size=10, max_size=10), max_size=9),
    st.lists(st.binary(min_size=2, max_size=2), unique=True, max_size=9),
    st.data(),
)
def test_rows_are_found_even_where_they_begin_alike(
    others: list[bytes], tails: list[bytes], data: st.DataObject
) -> None:
    among = [b"\1\0\0\0\0\0\0\xff" + tail for tail in tails]
    wanted = others + data.draw(
        st.lists(st.sampled_from(among)) if among else st.just([])
    )
    found = places(_array(wanted), _array(among))
    assert found.tolist() == [
        among.index(row) if row in among else -1 for row in wanted
    ]


def _array(rows: list[bytes]) -> Any:
    return np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, 10)
