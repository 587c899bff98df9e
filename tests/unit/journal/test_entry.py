from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from vigens.journal import (
    Entry,
    EntryError,
    Passage,
    Source,
    ValueRefusedError,
    entry_from_json,
    entry_to_json,
    format_entry,
    read_lines,
    thaw,
)

Make = Callable[..., Entry]


def test_an_entry_cannot_be_changed(make: Make) -> None:
    entry = entry_from_json(entry_to_json(make("a", payload={"a": {"b": [1]}})))
    with pytest.raises(TypeError):
        entry.payload["a"] = 1  # type: ignore[index] # that is the point
    with pytest.raises(TypeError):
        entry.payload["a"]["b"] = 1
    assert thaw(entry.payload) == {"a": {"b": [1]}}
    assert hash(entry) == hash(entry.id)


def test_a_line_has_its_fields_in_order(make: Make) -> None:
    entry = make("a\u2028b", payload={"z": 1, "a": "\x85"})
    line = format_entry(entry)
    assert line.startswith(f'{{"id":"{entry.id}","format":1,"kind":"note","payload":')
    assert len(line.splitlines()) == 1
    assert entry_from_json(json.loads(line)) == entry


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "xyz"),
        ("id", None),
        ("id", 7),
        ("format", "1"),
        ("format", True),
        ("kind", None),
        ("payload", []),
        ("payload", None),
        ("happened", 2026),
        ("recorded_at", "2026-02-10"),
        ("recorded_at", "2026-13-10T12:00:00.000000Z"),
        ("recorded_by", None),
        ("sources", {}),
        ("sources", ["https://example.org"]),
        ("sources", [{"title": "no address"}]),
        ("sources", [{"address": "a", "title": 1}]),
        ("sources", [{"address": "a", "passage": "x"}]),
        ("sources", [{"address": "a", "passage": {"document": "d"}}]),
        ("marks", "public"),
        ("marks", [1]),
        ("rectifies", "abc"),
        ("about", ["abc"]),
    ],
)
def test_an_envelope_out_of_shape_names_its_field(
    make: Make, field: str, value: Any
) -> None:
    written = {**entry_to_json(make("a")), field: value}
    with pytest.raises(EntryError) as caught:
        entry_from_json(written, "here")
    assert "here" in caught.value.where
    assert caught.value.mend


def test_unknown_fields_come_back_wherever_they_stand(make: Make) -> None:
    passage = Passage("d", 0, 1, "x", extra={"page": 3})
    source = Source("a", passage=passage, extra={"archive": None})
    entry = make("a", sources=(source,), extra={"new": {"deep": (1, "2", None)}})
    again = entry_from_json(entry_to_json(entry))
    assert again == entry
    assert entry_to_json(again) == entry_to_json(entry)


def test_blank_lines_carriage_returns_and_a_byte_order_mark_pass(make: Make) -> None:
    entry = make("a")
    raw = format_entry(entry).encode()
    assert read_lines([b"\xef\xbb\xbf" + raw + b"\r\n", b"\n", b"  \n"], "f") == (
        entry,
    )


def test_a_title_is_always_found(make: Make) -> None:
    assert make("words").title == "words"
    assert make("", kind="batch", payload={"title": "rows"}).title == "rows"
    assert make("", kind="thing", payload={}).title == "thing"


def test_a_key_that_stands_twice_is_refused() -> None:
    from vigens.journal.values import parse_json

    with pytest.raises(ValueRefusedError, match='"a" stands twice'):
        parse_json('{"a":1,"a":1}')
    with pytest.raises(ValueRefusedError, match="whole number"):
        parse_json("[NaN]")
