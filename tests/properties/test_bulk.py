"""The quick way and the general way are one: same bytes, same rows, same refusals."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.properties.test_journal import entries, note
from vigens.base import VigensError
from vigens.journal import (
    Entry,
    Store,
    canonical_bytes,
    entry_bytes,
    entry_from_json,
    format_entry,
    fsck,
    open_journal,
    read_lines,
)
from vigens.journal.bulk.quick import LINE_FIELDS, quick_bytes, quick_fields
from vigens.journal.columns import columns_of
from vigens.journal.lines import is_torn
from vigens.journal.proof import root_of

raw_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.text("0123456789abcdef", min_size=64, max_size=64)
    | st.sampled_from(["2026-02-10T12:00:00.000000Z", "2026-02-30T12:00:00.000000Z"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(entries)
def test_a_line_read_quickly_is_hashed_to_the_same_bytes(entry: Entry) -> None:
    fields = quick_fields(format_entry(entry).encode())
    if fields is not None and (data := quick_bytes(fields)) is not None:
        assert data == entry_bytes(entry)
        assert list(fields) == list(LINE_FIELDS)


@given(entries.map(lambda entry: replace(entry, format=1, extra={})))
def test_what_is_plain_is_read_quickly(made: Entry) -> None:
    """So that the quick way is not passed by for a reason nobody meant."""
    entry = entry_from_json(json.loads(format_entry(made)))  # its keys in order
    is_small = all(
        abs(value) < 2**63 for value in numbers_in(json.loads(format_entry(entry)))
    )
    is_known = all(
        not source.extra and not (source.passage and source.passage.extra)
        for source in entry.sources
    )
    breaks = "\u2028\u2029\x85"
    is_whole_line = not set(breaks) & set(
        json.dumps(json.loads(format_entry(entry)), ensure_ascii=False)
    )
    if is_small and is_known and is_whole_line:
        fields = quick_fields(format_entry(entry).encode())
        assert fields is not None
        assert quick_bytes(fields) == entry_bytes(entry)


def numbers_in(value: Any) -> list[int]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in numbers_in(item)]
    if isinstance(value, list):
        return [found for item in value for found in numbers_in(item)]
    return [value] if isinstance(value, int) else []


@given(entries, st.sampled_from(LINE_FIELDS), raw_values)
@example(note(1, None, None, seen=True), "payload", {"b": 1, "a": 2})
@example(note(1, None, None, seen=True), "payload", {"a": 1.0})
@example(note(1, None, None, seen=True), "about", ["A" * 64])
def test_what_is_read_quickly_is_what_the_general_way_reads(
    entry: Entry, name: str, value: Any
) -> None:
    """Whatever stands in a field: the same bytes, or left to the general way."""
    changed = {**json.loads(format_entry(replace(entry, format=1))), name: value}
    line = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
    raw = line.encode(errors="surrogatepass")
    fields = quick_fields(raw)
    data = None if fields is None else quick_bytes(fields)
    if fields is None or data is None:
        return
    read = entry_from_json(json.loads(raw) | {"id": "0" * 64})
    assert data == entry_bytes(read)
    assert format_entry(replace(read, id=fields["id"])).encode() == raw


def clock() -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC)


def rows_of(store: Store, zone: str) -> list[tuple[Any, ...]]:
    return [
        (position, entry, columns_of(entry, zone)) for position, entry in store.stream()
    ]


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """Draw notes with links among them, some twice, in an order that is not theirs."""
    made: list[Entry] = []
    for number in range(draw(st.integers(1, 12))):
        target = draw(st.none() | st.sampled_from(made)) if made else None
        second = draw(st.none() | st.sampled_from(made)) if made else None
        made.append(
            note(
                number,
                target.id if target else None,
                second.id if second and second is not target else None,
                seen=draw(st.booleans()),
            )
        )
    some = draw(st.lists(st.sampled_from(made), max_size=3))
    return draw(st.permutations([*made, *some]))


@given(journals(), st.integers(1, 2000), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_lines_bring_what_entries_bring(
    brought: list[Entry], piece: int, n_before: int
) -> None:
    lines = [format_entry(entry).encode() for entry in brought]
    before = [note(900 + n, None, None, seen=True) for n in range(n_before)]
    with TemporaryDirectory() as folder:
        one, two = Path(folder) / "one.db", Path(folder) / "two.db"
        with (
            open_journal(one, clock, create=True) as slow,
            open_journal(two, clock, create=True) as quick,
            _pieces_of(piece),
        ):
            for store in (slow, quick):
                store.adopt(
                    [*before, brought[0]]
                    if n_before and _alone(brought[0])
                    else before,
                    "before",
                )
            done = slow.adopt(read_lines(lines, "x"), "rows")
            came = quick.adopt_lines(io.BytesIO(b"\n".join(lines)), "rows")
            assert (came.n_added, came.n_present) == (len(done.added), done.n_present)
            assert rows_of(quick, "UTC") == rows_of(slow, "UTC")
            assert quick.logs() == slow.logs()
            for log in quick.logs():
                assert quick.size(log) == slow.size(log)
                assert quick.head(log).root == root_of(quick.leaves(log))
            again = quick.adopt_lines(io.BytesIO(b"\n".join(lines)), "rows")
            assert (again.n_added, again.batches) == (0, [])
        assert [(found.code, found.message) for found in fsck(two)] == [
            (found.code, found.message) for found in fsck(one)
        ]


def _alone(entry: Entry) -> bool:
    return not entry.about and entry.rectifies is None and entry.supersedes is None


class _pieces_of:  # noqa: N801 # it is used as a function
    def __init__(self, n_bytes: int) -> None:
        self._n_bytes = n_bytes

    def __enter__(self) -> None:
        from vigens.journal.bulk import pieces

        self._kept = pieces.PIECE_BYTES
        pieces.PIECE_BYTES = self._n_bytes

    def __exit__(self, *_: object) -> None:
        from vigens.journal.bulk import pieces

        pieces.PIECE_BYTES = self._kept


@given(journals(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_line_is_refused_alike(
    brought: list[Entry], data: st.DataObject
) -> None:
    lines = b"\n".join(format_entry(entry).encode() for entry in brought) + b"\n"
    spot = data.draw(st.integers(0, len(lines) - 1))
    byte = data.draw(st.integers(0, 255))
    damaged = lines[:spot] + bytes([byte]) + lines[spot + 1 :]
    tail = damaged.split(b"\n")[-1]
    assume(not (tail and is_torn(tail)))  # which an import passes over
    with (
        TemporaryDirectory() as folder,
        open_journal(Path(folder) / "one.db", clock, create=True) as slow,
        open_journal(Path(folder) / "two.db", clock, create=True) as quick,
    ):
        told = _refusal(lambda: slow.adopt(read_lines(damaged.split(b"\n"), "x"), "r"))
        came = _refusal(lambda: quick.adopt_lines(io.BytesIO(damaged), "r", where="x"))
        assert came == told
        assert quick.entries() == slow.entries()


def _refusal(act: Any) -> tuple[str, str, str] | None:
    try:
        act()
    except VigensError as error:
        return error.what, error.where, error.mend
    return None


def test_canonical_bytes_of_a_record_are_those_of_its_parts() -> None:
    """The quick writer has the keys of an entry sorted by hand: hold it to that."""
    keys = sorted(set(LINE_FIELDS) - {"id"})
    assert canonical_bytes(dict.fromkeys(keys)).startswith(b"m12:s5:about")
