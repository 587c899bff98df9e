"""Stubs: what stands in the place of a redacted entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vigens.journal.entry import REDACTED, STUB_FORMAT, Entry
from vigens.journal.values import freeze


def stub_of(entry: Entry) -> dict[str, Any]:
    """Give what stays of an entry when it is redacted: kind, moment, marks and links.

    Of a claim it also stays which of its matters it denies: a link, no words.
    """
    kept = {
        "kind": entry.kind,
        "recorded_at": entry.recorded_at,
        "marks": list(entry.marks),
        "about": list(entry.about),
        "rectifies": entry.rectifies,
        "supersedes": entry.supersedes,
    }
    if entry.kind == "claim":
        denied = entry.payload.get("denies")
        if not denied and entry.payload.get("polarity") == "neg":
            denied = entry.about
        kept["denies"] = list(denied or ())
    return kept


def stub_entry(identifier: str, stub: Mapping[str, Any], fact: str) -> Entry:
    """Make what stands in the place of a redacted entry.

    Args:
        identifier: Its id, which can no longer be derived.
        stub: What stays of it, as `stub_of` gave it.
        fact: Id of the entry that says why.
    """
    kind = str(stub["kind"])
    payload = {"kind": kind, "fact": fact, "text": f"redacted {kind}"}
    if "denies" in stub:
        payload["denies"] = stub["denies"]
    return Entry(
        id=identifier,
        format=STUB_FORMAT,
        kind=REDACTED,
        payload=freeze(payload),
        happened=None,
        known_from=None,
        recorded_at=str(stub["recorded_at"]),
        recorded_by="",
        sources=(),
        marks=tuple(stub["marks"]),
        about=tuple(stub["about"]),
        rectifies=stub.get("rectifies"),
        supersedes=stub.get("supersedes"),
    )
