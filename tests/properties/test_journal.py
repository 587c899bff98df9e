"""Laws of the journal: nothing is lost on the way, and no two values share bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vigens.journal import (
    EVERYTHING,
    PUBLIC_ONLY,
    Draft,
    Entry,
    Passage,
    Source,
    canonical_bytes,
    entry_from_json,
    entry_id,
    entry_to_json,
    export_lines,
    format_entry,
    fsck,
    open_journal,
    read_lines,
    visible,
)

texts = st.text(max_size=12)
scalars = st.none() | st.booleans() | st.integers() | texts
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
    ),
    max_leaves=12,
)
payloads = st.dictionaries(texts, values, max_size=4)
ids = st.text("0123456789abcdef", min_size=64, max_size=64)
extras = st.dictionaries(texts.map("x-{}".format), values, max_size=2)
passages = st.builds(Passage, texts, st.integers(), st.integers(), texts, extra=extras)
sources = st.builds(
    Source,
    texts,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
    st.none() | passages,
    extra=extras,
)
moments = st.datetimes().map("{:%m-%dT%H:%M:%S.%fZ}".format).map("2026-{}".format)
drafts = st.builds(
    Entry,
    id=st.just("0" * 64),
    format=st.integers(1, 3),
    kind=texts,
    payload=payloads,
    happened=st.none() | texts,
    known_from=st.none() | texts,
    recorded_at=moments.filter(lambda text: "-02-29" not in text),
    recorded_by=texts,
    sources=st.lists(sources, max_size=2).map(tuple),
    marks=st.lists(texts, max_size=2).map(tuple),
    about=st.lists(ids, max_size=2).map(tuple),
    rectifies=st.none() | ids,
    supersedes=st.none() | ids,
    extra=extras,
)
entries = drafts.map(lambda entry: replace(entry, id=entry_id(entry)))


@given(entries)
def test_an_entry_comes_back_from_json_and_from_its_line(entry: Entry) -> None:
    again = entry_from_json(entry_to_json(entry))
    (read,) = read_lines([format_entry(entry).encode()], "law")
    assert again == read
    assert again.id == entry_id(again) == entry.id
    assert entry_to_json(again) == entry_to_json(entry)
    assert format_entry(again) == format_entry(read)
    assert len(format_entry(read).splitlines()) == 1


def plain(value: Any) -> Any:
    """Tell apart what Python holds equal: true from 1, and keys by their text."""
    if isinstance(value, dict):
        return ("map", tuple((key, plain(value[key])) for key in sorted(value)))
    if isinstance(value, list):
        return ("list", tuple(plain(item) for item in value))
    return (type(value).__name__, value)


@given(values, values)
def test_two_values_share_bytes_only_if_they_are_one(one: Any, two: Any) -> None:
    same = plain(one) == plain(two)
    assert (canonical_bytes(one) == canonical_bytes(two)) is same


def note(number: int, target: str | None, second: str | None, *, seen: bool) -> Entry:
    entry = Entry(
        id="",
        format=1,
        kind="note",
        payload={"text": str(number)},
        happened=None,
        known_from=None if number % 3 else f"2026-01-{number % 28 + 1:02}",
        recorded_at=f"2026-02-01T00:00:00.{number:06}Z",
        recorded_by="law",
        sources=(),
        marks=("public",) if seen else (),
        about=() if target is None else (target,),
        rectifies=target if number % 2 else second,
        supersedes=second if number % 2 else target,
    )
    return replace(entry, id=entry_id(entry))


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    log: list[Entry] = []
    for number in range(draw(st.integers(0, 8))):
        names: list[str | None] = [None, *(entry.id for entry in log)]
        earlier = st.sampled_from(names)
        one, two = draw(earlier), draw(earlier)
        second = None if one == two else two
        log.append(note(number, one, second, seen=draw(st.booleans())))
    return log


@given(logs(), st.integers(1767225600, 1770000000))
def test_every_counted_entry_stands_or_is_stood_for(log: list[Entry], at: int) -> None:
    view = visible(log, known_at=at, recorded_at=None, clearance=EVERYTHING, zone="UTC")
    current = {entry.id for entry in view.entries}
    assert current.isdisjoint(view.replaced)
    for tips in view.replaced.values():
        assert set(tips) <= current
    for name, tips in view.rivals.items():
        assert len(tips) > 1
        assert view.replaced[name] == tips
    assert set(view.known_from) == current
    assert all(known <= at for known in view.known_from.values())


@given(logs())
def test_what_is_hidden_does_not_shape_what_is_seen(log: list[Entry]) -> None:
    shown = [entry for entry in log if entry.marks]
    views = [
        visible(
            some, known_at=None, recorded_at=None, clearance=PUBLIC_ONLY, zone="UTC"
        )
        for some in (log, shown)
    ]
    one, two = (
        (
            v.shown,
            v.positions,
            v.entries,
            v.replaced,
            v.rivals,
            v.known_from,
            v.findings,
        )
        for v in views
    )
    assert one == two


@settings(max_examples=25)
@given(st.lists(payloads, min_size=1, max_size=4, unique_by=canonical_bytes))
def test_both_stores_hold_the_same(group: list[dict[str, Any]]) -> None:
    made = [Draft("x-thing", payload, "law", marks=("b", "a")) for payload in group]

    def clock() -> datetime:
        return datetime(2026, 3, 8, tzinfo=UTC)

    exports = []
    with TemporaryDirectory() as folder:
        for ending in ("jsonl", "db"):
            place = Path(folder) / f"journal.{ending}"
            with open_journal(place, clock, create=True) as store:
                entries = store.append(made)
            with open_journal(place, clock) as store:
                assert store.entries() == entries
                exports.append("".join(export_lines(store)))
            assert {finding.code for finding in fsck(place)} == {"J007"}
    assert exports[0] == exports[1]
