"""No table, however broken, is more than a finding."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigens.desk.tablemap import parse_tables
from vigens.desk.tables import read_tables
from vigens.lang import Page, compile_pages
from vigens.law import law_pages

RULES = """\
# Rules

```vigens
vigens 1
party FR "France"
party PL "Poland"
values village "a village" open
event calm(party) "{party} is calm"
event shelled(village, deaths: number) "{village} is shelled"
act   pledged(party) "{party} pledges"
```
"""
PROGRAM = compile_pages(
    [*(Page(*page) for page in law_pages()), Page("a.md", RULES)]
).program

cells = st.one_of(
    st.sampled_from(
        (
            *(
                "",
                "2026-02-03",
                "2026-13-03",
                "2026-02",
                "2026-02-03T04:05Z",
                "7",
                "-1",
            ),
            *("FR", "XX", "9" * 40, '"', '"a,b"', "a\nb", "\r", "\x00", "é", "../x"),
            "NA",
        )
    ),
    st.text(max_size=6),
)
tables = st.lists(st.lists(cells, max_size=5), max_size=8)


def settings_of(name: str, unit: str | None) -> dict[str, object]:
    timing = {} if unit is None else {"unit": unit}
    return {
        "file": name,
        "happened": "a",
        "until": "b",
        "grade": "B2",
        **timing,
        "events": {
            "calm": {"values": ["c"], "known_from": "b"},
            "pledged": {"values": ["=FR"], "where": {"c": ["FR", ""]}},
            "shelled": {"values": ["=v{c}{b}", "d"]},
        },
    }


@settings(max_examples=150, deadline=None)
@given(
    rows=tables,
    unit=st.sampled_from([None, "day", "hour", "tick"]),
    is_packed=st.booleans(),
)
def test_any_text_is_read_or_found_wanting(
    rows: list[list[str]], unit: str | None, *, is_packed: bool
) -> None:
    text = "a,b,c,d\n" + "".join(",".join(row) + "\n" for row in rows)
    data = text.encode("utf-8", errors="replace")
    read("t.csv.gz" if is_packed else "t.csv", data, unit, is_packed=is_packed)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["t.csv", "t.csv.gz"]))
def test_any_bytes_are_read_or_found_wanting(data: bytes, name: str) -> None:
    read(name, b"a,b,c,d\n" + data, None, is_packed=False)
    read(name, data, None, is_packed=False)


@pytest.mark.parametrize("head", [b"", b"PAR1"])
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_called_parquet_are_found_wanting(head: bytes, data: bytes) -> None:
    read("t.parquet", head + data + head, None, is_packed=False)


def read(name: str, data: bytes, unit: str | None, *, is_packed: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_bytes(gzip.compress(data) if is_packed else data)
        maps = parse_tables([settings_of(name, unit)], "case.toml")
        found = read_tables(Path(place), maps, PROGRAM, "Europe/Kyiv")
        for one in found.events:
            columns = one.columns
            n_rows = len(columns.first)
            assert len(columns.last) == len(columns.rows) == n_rows
            assert (columns.first <= columns.last).all()
            assert all(len(v.codes) == n_rows for v in columns.values)
            assert all(v.words[c] for v in columns.values for c in v.codes)
