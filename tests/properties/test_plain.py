"""The quick writers and the general ones are one: same bytes, same line, same faults."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.properties.test_journal import entries, note, payloads, values
from vigens.journal import KINDS, Entry, ValueRefusedError, canonical_bytes, entry_bytes
from vigens.journal.entry import entry_fields
from vigens.journal.kinds import payload_faults
from vigens.journal.plain import Unlike, mapping
from vigens.journal.values import format_json, freeze, thaw


@given(entries, payloads)
@example(note(1, None, None, seen=True), {"b": 1, "a": 2})
@example(note(1, "0" * 64, None, seen=True), {"a": (2**70, -(2**200), True, None)})
def test_an_entry_has_the_bytes_of_its_fields(
    entry: Entry, payload: dict[str, Any]
) -> None:
    for one in (
        entry,
        replace(entry, format=1, extra={}, payload=payload),
        replace(entry, format=1, extra={}, payload=freeze(payload)),
    ):
        by_fields = b"vigens entry 1\n" + canonical_bytes(entry_fields(one))
        assert entry_bytes(one) == by_fields


@given(payloads)
def test_a_payload_that_was_frozen_is_plain(payload: dict[str, Any]) -> None:
    """So that the quick way is not passed by for a reason nobody meant."""
    numbers = [n for n in leaves_of(payload) if type(n) is int]
    if all(abs(n) < 10**30 for n in numbers):
        assert mapping(freeze(payload)) == canonical_bytes(payload)


def leaves_of(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves_of(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves_of(item)]
    return [value]


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1.0},
        {"a": "\ud800"},
        {"b": 1, "a": 2},
        {1: "a"},
        {"a": object()},
        [("a", 1)],
        {"a": 10**5000},
        MappingProxyType({"a": {"b": b"bytes"}}),
    ],
)
def test_what_is_odd_is_left_to_the_general_way(value: Any) -> None:
    with pytest.raises(Unlike):
        mapping(value)


def test_the_general_way_says_what_is_wrong_in_an_entry() -> None:
    entry = note(1, None, None, seen=True)
    for payload in ({"text": "\ud800"}, {"text": 1.5}):
        with pytest.raises(ValueRefusedError):
            entry_bytes(replace(entry, payload=payload))


@given(values)
@example('\u2028 \u2029 \x85 \x7f \x1f \b\f\n\r\t \\ " / é')
@example([2**63, 2**64, -(2**63), -(2**64)])
def test_a_line_is_written_as_json_has_it(value: Any) -> None:
    written = json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    for mark, escape in (
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
        ("\x85", "\\u0085"),
    ):
        written = written.replace(mark, escape)
    assert format_json(value) == written
    assert json.loads(format_json(freeze(value))) == thaw(value)


FIELDS = st.sampled_from(
    [
        "event",
        "args",
        "title",
        "holds",
        "measure",
        "number",
        "comparison",
        "party",
        "domains",
        "stance",
        "conditions",
        "gates",
        "quantity",
        "polarity",
        "statement",
        "actors",
        "denies",
        "reliability",
        "credibility",
        "rule",
    ]
)
FITTING = st.sampled_from(
    ["text", "eq", "offer", "pos", "A", 3, True, (), ("land",), ["a", 1], ("0" * 64,)]
)


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(FIELDS, FITTING | values, max_size=9),
)
@example("occurrence", {"event": "e", "args": ("a", 1), "title": "t"})
@example("offer", {"party": "a", "quantity": {"number": "many"}})
@example("meeting", {"title": "t", "format": "online", "attendance": [{"actor": 1}]})
def test_a_payload_is_faulty_where_a_field_is(
    kind: str, payload: dict[str, Any]
) -> None:
    """The one question that is asked first hides nothing that the words would say."""
    check: Any = KINDS[kind].fields
    said = tuple(check.faults("payload", payload))
    assert payload_faults(kind, payload) == said
    assert check.fits(payload) is not bool(said)
