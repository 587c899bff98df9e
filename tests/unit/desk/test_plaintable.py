from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigens.desk import plaintable
from vigens.desk.plaintable import read_plain
from vigens.desk.tablefile import _cells, _read_csv

NAMES = ("when", "who", "what")
CELLS = st.one_of(
    st.integers(-3, 10**9).map(str),
    st.integers(0, 99).map(lambda n: f"{n:03}"),
    st.sampled_from(["", "a", "b", " a", "a ", "é", "Україна", "+1", "1.5", "null"]),
    st.text("ab\t;é0", max_size=30),
)


def with_arrow(
    data: bytes, numeric: tuple[str, ...], delimiter: str
) -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    crooked: list[int | None] = []
    table = _read_csv(data, delimiter, NAMES, numeric, crooked)
    assert not crooked
    cells = _cells(table, numeric, ())
    words = {n: [c.words[at] for at in c.codes] for n, c in cells.coded.items()}
    return words, {name: found.tolist() for name, found in cells.numbers.items()}


def plainly(
    data: bytes, numeric: tuple[str, ...], delimiter: str
) -> tuple[dict[str, list[str]], dict[str, list[int]]] | None:
    found = read_plain(data, delimiter, names=NAMES, numeric=numeric)
    if found is None:
        return None
    words = {n: [c.words[at] for at in c.codes] for n, c in found.coded.items()}
    for column in found.coded.values():
        assert len(set(column.words)) == len(column.words)
        firsts = np.unique(column.codes, return_index=True)[1]
        assert (np.diff(firsts) > 0).all()  # in order of first appearance
    return words, {name: whole.tolist() for name, whole in found.numbers.items()}


def written(rows: Sequence[tuple[str, ...]], delimiter: str, *, end: str) -> bytes:
    lines = [delimiter.join(row) for row in (("when", "other", "who", "what"), *rows)]
    return ("\n".join(lines) + end).encode()


@settings(max_examples=200)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=30),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
    st.sampled_from(["\n", ""]),
)
def test_it_reads_what_arrow_reads(
    rows: list[tuple[str, ...]], delimiter: str, is_numeric: bool, end: str
) -> None:
    rows = [tuple(c.replace(delimiter, "_") for c in row) for row in rows]
    data = written(rows, delimiter, end=end)
    numeric = ("when",) if is_numeric else ()
    found = plainly(data, numeric, delimiter)
    is_plain = not is_numeric or all(
        row[0].isascii() and row[0].isdigit() and len(row[0]) < 9 for row in rows
    )
    assert (found is not None) == is_plain
    if found is not None:
        assert found == with_arrow(data, numeric, delimiter)
        reader = csv.reader(io.StringIO(data.decode()), delimiter=delimiter)
        cells = list(reader)[1:]
        assert found[0]["who"] == [row[2] for row in cells]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"when,who,what\n",
        b"when\n1\n",
        b"when,who,what\n1,2\n",
        b"when,who,what\n1,2,3,4\n",
        b"when,who,what\n1,2,3,4\n1,2\n",
        b"when,who,what\n1,2,3\n\n",
        b'when,who,what\n"1",2,3\n',
        b"when,who,what\r\n1,2,3\r\n",
        b"when,who,what\n1,\0,3\n",
        b"when,who,what\n1," + b"x" * 65 + b",3\n",
        b"when,who,what\n1234567890,2,3\n",
        b"when,who,what\n-1,2,3\n",
        b"when,who,what\n,2,3\n",
    ],
)
def test_what_is_not_plain_is_left_to_arrow(data: bytes) -> None:
    assert read_plain(data, ",", names=NAMES, numeric=["when"]) is None


def test_a_large_table_is_left_to_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"when,who,what\n1,2,3\n"
    assert read_plain(data, ",", names=NAMES, numeric=["when"]) is not None
    monkeypatch.setattr(plaintable, "LARGEST", 10)
    assert read_plain(data, ",", names=NAMES, numeric=["when"]) is None


def test_texts_whose_hashes_fall_together_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plaintable, "_BITS", 5)
    monkeypatch.setattr(plaintable, "_ROUNDS", 60)
    rows = [(str(n), "", f"a word of {n}", str(n % 7)) for n in range(200)] * 2
    data = written(rows, ",", end="\n")
    found = plainly(data, ("when",), ",")
    assert found is not None
    assert found[0]["who"] == [row[2] for row in rows]
    assert found[1]["when"] == [int(row[0]) for row in rows]


def test_what_takes_too_long_to_tell_apart_is_left_to_arrow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plaintable, "_BITS", 2)
    monkeypatch.setattr(plaintable, "_ROUNDS", 2)
    rows = [(str(n), "", f"w{n}", "") for n in range(100)]
    assert plainly(written(rows, ",", end="\n"), (), ",") is None


def test_a_mark_of_byte_order_is_no_part_of_a_name() -> None:
    data = b"\xef\xbb\xbf" + written([("1", "", "FR", "x")], ",", end="\n")
    found = plainly(data, ("when",), ",")
    assert found == ({"who": ["FR"], "what": ["x"]}, {"when": [1]})
