from __future__ import annotations

from dataclasses import replace

import pytest

from vigens.journal import (
    Entry,
    Passage,
    Source,
    ValueRefusedError,
    canonical_bytes,
    entry_bytes,
    entry_id,
)

FULL = Entry(
    id="",
    format=1,
    kind="count",
    payload={
        "measure": "ready",
        "number": 26,
        "comparison": "eq",
        "title": "26 готовы",
    },
    happened="2026-01-06",
    known_from="2026-01-06T18:00Z",
    recorded_at="2026-03-08T09:00:00.123456Z",
    recorded_by="curator",
    sources=(
        Source(
            "https://example.org/a",
            "A page",
            "press",
            "2026-01",
            Passage("d" * 64, 3, 9, "26 го\u00a0"),
        ),
    ),
    marks=("public",),
    about=("0" * 64,),
    rectifies=None,
    supersedes="f" * 64,
    extra={"audience": ("cell",)},
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"n"),
        (True, b"t"),
        (False, b"f"),
        (0, b"i1:0"),
        (-17, b"i3:-17"),
        (2**70, b"i22:1180591620717411303424"),
        ("", b"s0:"),
        ("é", b"s2:\xc3\xa9"),
        ("e\u0301", b"s3:e\xcc\x81"),
        ([], b"l0:"),
        (("a", None), b"l2:s1:an"),
        ({}, b"m0:"),
        ({"b": 1, "a": [True]}, b"m2:s1:al1:ts1:bi1:1"),
        (
            {"\U0001f54a": 1, "\uffff": 2},
            b"m2:s3:\xef\xbf\xbfi1:2s4:\xf0\x9f\x95\x8ai1:1",
        ),
    ],
)
def test_values_have_the_bytes_of_the_format(value: object, expected: bytes) -> None:
    assert canonical_bytes(value) == expected


def test_an_entry_has_the_id_of_the_format() -> None:
    assert entry_bytes(FULL).startswith(b"vigens entry 1\nm13:s5:aboutl1:s64:000")
    assert (
        entry_id(FULL)
        == "55ca5c8e42c2e3511ff2644de60d123939f8d08a04b5a7423f2dba2790851089"
    )
    bare = replace(
        FULL,
        kind="note",
        payload={"text": ""},
        happened=None,
        known_from=None,
        sources=(),
        marks=(),
        about=(),
        supersedes=None,
        extra={},
    )
    assert (
        entry_id(bare)
        == "89191e5f75d84174918770311c7ea042a5af4276073df11a41a80c7c1a462877"
    )


def test_the_id_rests_on_content_alone() -> None:
    assert entry_id(replace(FULL, id="1" * 64)) == entry_id(FULL)
    assert entry_id(replace(FULL, marks=())) != entry_id(FULL)


@pytest.mark.parametrize("value", [1.0, float("inf"), b"a", {1}, object(), "\udc00"])
def test_what_has_no_bytes_is_refused(value: object) -> None:
    with pytest.raises(ValueRefusedError, match="mend"):
        canonical_bytes({"a": [value]})


def test_endless_nesting_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(ValueRefusedError, match="nested"):
        canonical_bytes(loop)
