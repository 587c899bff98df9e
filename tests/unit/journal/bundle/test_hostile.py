"""Files that somebody made to do harm, or that came to harm on the way."""

from __future__ import annotations

import gzip
import json
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.journal.bundle.conftest import MOMENT, REPORT, Bundle, redact
from tests.unit.journal.bundle.test_verifying import lay, parts
from vigens.base import VigensError
from vigens.journal import Store
from vigens.journal.bundle import (
    BundleError,
    Document,
    Here,
    check_proof,
    plan_merge,
)
from vigens.journal.proof import Signer, hand_over


@pytest.mark.parametrize("name", ["../r.txt", "a/b", "..", "", ".r", "a\0b", "a\nb"])
def test_a_name_that_leads_elsewhere_is_refused(bundle: Bundle, name: str) -> None:
    path = bundle(documents=[Document(name, "0" * 64, b"x")])
    with pytest.raises(BundleError):
        check_proof(path)


def test_a_packed_torn_or_strange_file_is_refused(
    bundle: Bundle, tmp_path: Path
) -> None:
    path = bundle()
    data = path.read_bytes()
    deep = b'{"vigens":' + b"[" * 100_000 + b"\n"
    long_number = b'{"vigens":"bundle","version":' + b"9" * 5000 + b"}\n"
    for content, match in (
        (b"", "empty"),
        (data[:-30], "breaks off"),
        (data + b"\n", "no JSON"),
        (data + data, "wrong place|no part"),
        (gzip.compress(data), "packed"),
        (b"PK\3\4" + data, "packed"),
        (b"\xff\n", "no JSON in UTF-8"),
        (b"[]\n", "no JSON object"),
        (b"{}\n", "no bundle, receipt or head"),
        (deep, "deep|no JSON"),
        (long_number, "too many digits"),
        (b'{"vigens":"bundle","version":2}\n', "newer Vigens|version"),
        (b'{"vigens":"bundle","version":1}\n', "reader|heads"),
        (data.replace(b'"start":0', b'"start":1'), "not the next leaves"),
    ):
        path.write_bytes(content)
        with pytest.raises(VigensError, match=match):
            check_proof(path)
    with pytest.raises(VigensError, match="no such file"):
        check_proof(tmp_path / "none")
    with pytest.raises(VigensError, match="cannot be read"):
        check_proof(tmp_path)


def test_nothing_passes_for_an_entry_whose_id_cannot_be_derived(
    journal: Store, bundle: Bundle
) -> None:
    path = bundle()
    values = parts(path)
    entry = values[2]["entry"]
    names = ("kind", "recorded_at", "marks", "about", "rectifies", "supersedes")
    stub = {name: entry[name] for name in names} | {"fact": "0" * 64}
    for forged in (
        {"id": entry["id"], "redacted": stub},
        entry | {"format": 0},
        entry | {"format": 0, "kind": "redacted"},
    ):
        with pytest.raises(BundleError):
            check_proof(lay(path, [*values[:2], {**values[2], "entry": forged}]))


def test_any_changed_byte_is_found_or_changes_nothing(bundle: Bundle) -> None:
    path = bundle(marks=("public", "UA"))
    data = path.read_bytes()
    before = check_proof(path)
    chance = random.Random(11)
    for _ in range(300):
        spot, new = chance.randrange(len(data)), chance.randrange(256)
        path.write_bytes(data[:spot] + bytes([new]) + data[spot + 1 :])
        try:
            checked = check_proof(path)
        except VigensError:
            continue
        if checked.is_sound:
            assert checked.entries == before.entries
            assert checked.heads == before.heads
            assert checked.leaves == before.leaves


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=8)
    | st.sampled_from(["0" * 64, "public", "redaction", "../x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "in", "entry", "public", "end", "fact", "head"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    below = [found for key, each in inner for found in places(each, (*path, key))]
    return [path, *below] if path else below


@given(data=st.data())
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_put_in_the_place_of_a_field_is_calmly_refused(
    data: st.DataObject, hostile: tuple[Path, list[dict[str, Any]], list[Any]]
) -> None:
    path, whole, entries = hostile
    changed = json.loads(json.dumps(whole))
    *steps, last = data.draw(st.sampled_from(places(changed)), "place")
    target: Any = changed
    for step in steps:
        target = target[step]
    target[last] = data.draw(values, "value")
    lines = [each if isinstance(each, dict) else {"x": each} for each in changed]
    try:
        checked = check_proof(lay(path, lines))
        plan = plan_merge(checked, Here(())) if checked.is_sound else None
    except VigensError:
        return
    if plan is not None:
        assert [entry.id for entry in plan.new] == [entry.id for entry in entries]


@pytest.fixture
def hostile(
    journal: Store, bundle: Bundle, signer: Signer, tmp_path: Path
) -> tuple[Path, list[dict[str, Any]], list[Any]]:
    """Give a bundle with everything in it, as values, and what it brings."""
    redact(journal, journal.entries()[1])
    document = Document("r.txt", sha256(REPORT).hexdigest(), REPORT)
    word = hand_over(Signer.new(), signer, MOMENT)
    path = bundle(marks=("public", "UA"), documents=[document], handed_over=[word])
    checked = check_proof(path)
    assert checked.is_sound
    return path, parts(path), checked.entries
