from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from vigens.journal import Entry, entry_id

Make = Callable[..., Entry]


@pytest.fixture
def make() -> Make:
    """Make an entry out of nothing: a public note recorded on 10 February."""

    def build(text: str, **fields: Any) -> Entry:
        given: dict[str, Any] = {
            "id": "",
            "format": 1,
            "kind": "note",
            "payload": {"text": text},
            "happened": None,
            "known_from": None,
            "recorded_at": "2026-02-10T12:00:00.000000Z",
            "recorded_by": "curator",
            "sources": (),
            "marks": ("public",),
            "about": (),
            "rectifies": None,
            "supersedes": None,
        } | fields
        entry = Entry(**given)
        return replace(entry, id=entry_id(entry))

    return build
