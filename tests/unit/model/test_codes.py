"""Coded vocabularies match what entries may carry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigens.journal import payload_faults
from vigens.model import read_codes

OFFER = {
    "party": "FR",
    "title": "x",
    "stance": "offer",
    "domains": [],
    "conditions": [],
    "gates": [],
}
CASES: list[tuple[str, str, Callable[[str], dict[str, Any]]]] = [
    ("stances", "offer", lambda code: {**OFFER, "stance": code}),
    ("domains", "offer", lambda code: {**OFFER, "domains": [code]}),
    (
        "comparisons",
        "count",
        lambda code: {"measure": "m", "number": 1, "comparison": code, "title": "x"},
    ),
    (
        "formats",
        "meeting",
        lambda code: {"title": "x", "format": code, "attendance": []},
    ),
    (
        "body_status",
        "institution",
        lambda code: {"body": "b", "status": code, "title": "x"},
    ),
    (
        "text_status",
        "text",
        lambda code: {"instrument": "i", "status": code, "title": "x"},
    ),
    (
        "step_status",
        "step",
        lambda code: {"step": "s", "status": code, "title": "x"},
    ),
    (
        "reliability",
        "grade",
        lambda code: {"reliability": code, "credibility": 6},
    ),
    (
        "credibility",
        "grade",
        lambda code: {"reliability": "F", "credibility": int(code)},
    ),
    (
        "levels",
        "approval",
        lambda code: {"level": code, "party": "FR", "domains": [], "title": "x"},
    ),
]


@pytest.mark.parametrize(("name", "kind", "payload"), CASES)
def test_every_code_may_stand_in_an_entry(
    name: str, kind: str, payload: Callable[[str], dict[str, Any]]
) -> None:
    codes = read_codes(name)
    assert codes
    for code, term in codes.items():
        assert payload_faults(kind, payload(code)) == ()
        assert term.label
        assert term.definition
    assert payload_faults(kind, payload("7")) != ()


def test_no_code_is_worse_than_the_last() -> None:
    assert list(read_codes("reliability")) == list("ABCDEF")
    assert list(read_codes("credibility")) == list("123456")
