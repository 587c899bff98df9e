from __future__ import annotations

from typing import Any

import pytest

from vigens.journal import KINDS, MATTERS, payload_faults

HASH = "0" * 64
GOOD: dict[str, dict[str, Any]] = {
    "occurrence": {"event": "approval", "args": ["CZ", 5], "title": "T"},
    "observation": {"fluent": "ceasefire", "args": [], "holds": False, "title": "T"},
    "count": {
        "measure": "ready",
        "number": 26,
        "comparison": "at_least",
        "unit": None,
        "title": "T",
    },
    "meeting": {
        "title": "T",
        "place": "Paris",
        "format": "hybrid",
        "attendance": [{"actor": "FR", "how": "online", "level": "head"}],
    },
    "offer": {
        "party": "DE",
        "title": "T",
        "stance": "possible",
        "domains": ["land"],
        "quantity": {"number": 5000, "unit": "troops", "comparison": "up_to"},
        "conditions": ["mandate"],
        "gates": [],
    },
    "position": {"party": "RU", "point": "troops", "title": "T"},
    "step": {"step": "rotation", "title": "T", "status": "planned"},
    "institution": {"body": "cell", "status": "prospective", "title": "T"},
    "text": {
        "instrument": "paris",
        "version": "draft",
        "status": "not seen",
        "title": "T",
    },
    "funding": {
        "by": ["EU"],
        "number": 90,
        "unit": "bn EUR",
        "comparison": "eq",
        "title": "T",
    },
    "statement": {"by": ["per:x"], "title": "T"},
    "approval": {
        "level": "parliament",
        "party": "DE",
        "domains": ["sea"],
        "by": "Bundestag",
        "title": "T",
    },
    "rule": {"instrument": "paris", "title": "T"},
    "claim": {
        "row": "pf-001",
        "polarity": "mixed",
        "statement": "S",
        "voice": None,
        "actors": [],
        "denies": [HASH],
        "quantity": "26",
    },
    "grade": {"reliability": "F", "credibility": 6, "rule": None},
    "review": {"verdict": "party-claim", "reason": "R"},
    "same_origin": {"reason": "one agency"},
    "confirmation": {"by": "cell"},
    "coverage": {"events": ["*"], "audience": "public", "note": ""},
    "actor": {"actor": "CZ", "name": "Czechia", "type": "state", "note": ""},
    "document": {
        "sha256": HASH,
        "name": "a.txt",
        "length": 0,
        "media_type": "text/plain",
        "language": "kk",
        "title": "T",
        "published": "2026-01",
    },
    "release_group": {"group": "coalition", "title": "T"},
    "membership": {"group": "coalition", "member": "FR", "is_member": True},
    "redaction": {
        "reason": "R",
        "stub": {
            "kind": "claim",
            "recorded_at": "2026-11-22T03:04:05.678901Z",
            "marks": ["public"],
            "about": [HASH],
            "rectifies": None,
            "denies": [],
        },
        "leaves_open": ["ceasefire.begins"],
        "documents": [HASH],
    },
    "note": {"text": "T"},
    "sealed_offer": {"commitment": "0" * 64},
    "opened_offer": {
        "nonce": "0" * 64,
        "offer": {
            "party": "FR",
            "title": "T",
            "stance": "offer",
            "domains": ["land"],
            "conditions": [],
            "gates": [],
        },
    },
    "released_total": {"unit": "personnel", "number": 3, "minimum": 5},
    "witness": {
        "log": "public",
        "origin": "0" * 64,
        "size": 3,
        "root": "1" * 64,
        "moment": "2026-03-08T09:00:00.000000Z",
        "public": "2" * 64,
        "signature": "3" * 128,
    },
    "batch": {"title": "T", "count": 0},
}


def test_every_kind_has_a_good_case() -> None:
    assert set(GOOD) == set(KINDS)
    assert set(KINDS) >= MATTERS


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_payload_has_no_fault(kind: str) -> None:
    assert payload_faults(kind, GOOD[kind]) == ()
    assert payload_faults(kind, {**GOOD[kind], "of_a_newer_version": 1}) == ()


@pytest.mark.parametrize("kind", [kind for kind in GOOD if kind != "same_origin"])
def test_an_empty_payload_names_what_is_missing(kind: str) -> None:
    faults = payload_faults(kind, {})
    assert faults
    assert all(fault.wanted == "given, and not null" for fault in faults)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("count", "number", True),
        ("count", "number", "26"),
        ("count", "comparison", "roughly"),
        ("observation", "holds", 1),
        ("offer", "domains", ["space"]),
        ("offer", "quantity", 5),
        ("offer", "conditions", "mandate"),
        ("meeting", "attendance", ["FR"]),
        ("claim", "denies", ["abc"]),
        ("claim", "polarity", "yes"),
        ("coverage", "events", []),
        ("document", "published", "2026-02-30"),
        ("document", "length", -1),
        ("grade", "credibility", 7),
    ],
)
def test_a_wrong_value_is_named(kind: str, field: str, value: object) -> None:
    (fault,) = payload_faults(kind, {**GOOD[kind], field: value})
    assert fault.field.startswith(f"payload.{field}")
