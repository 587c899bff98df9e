"""What intake proposes to a person: a kind, a passage, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "meeting",
    "statement",
    "count",
    "instrument",
    "commitment",
    "institution",
    "ceasefire",
]
AT_LEAST = 0.5
"""Strength from which a suggestion is shown without being asked for."""

KINDS: tuple[Kind, ...] = (
    "meeting",
    "statement",
    "count",
    "instrument",
    "commitment",
    "institution",
    "ceasefire",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes part in a suggestion, as the text names them.

    `id` is None where the name is not resolved; the surface stays visible. `of` is
    the id of whose officer, delegation or member they are.
    """

    surface: str
    id: str | None
    role: str
    start: int
    end: int
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A printed number: "more than 27 leaders" is 27, `more_than`, leaders."""

    n: int | None
    comparison: str
    unit: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text or deal and what happened to it."""

    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Institution:
    """A body and whether it exists, is decided or only in prospect."""

    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal for a reviewer; nothing is recorded until a person accepts it.

    Attributes:
        quote: `document.text[start:end]`, exactly.
        modality: done, ongoing, decided, planned, expected, tentative, proposed,
            sought, willing, pledged, possible or hypothetical.
        polarity: `pos` or `neg`.
        date: EDTF, or None where the text gives none.
        date_text: The words that gave the date.
        speech: direct, indirect, mixed, or None for other kinds than statements.
        why: The words that led to the proposal.
        rule: Which rule proposed it.
        strength: 0 to 1; it ranks, and is no probability.
    """

    kind: Kind
    start: int
    end: int
    quote: str
    actors: tuple[Actor, ...]
    modality: str
    polarity: str
    date: str | None
    date_text: str | None
    place: str | None
    count: Count | None
    instrument: Instrument | None
    institution: Institution | None
    condition: str | None
    said: str | None
    speech: str | None
    why: tuple[str, ...]
    rule: str
    strength: float


def suggestion_to_row(suggestion: Suggestion, doc_name: str) -> dict[str, Any]:
    """Write a suggestion as one JSON row; empty fields are left out."""
    row: dict[str, Any] = {
        "doc": doc_name,
        "kind": suggestion.kind,
        "start": suggestion.start,
        "end": suggestion.end,
        "quote": suggestion.quote,
        "actors": [
            {
                "surface": a.surface,
                "id": a.id,
                "role": a.role,
                "start": a.start,
                "end": a.end,
            }
            | ({"of": a.of} if a.of else {})
            for a in suggestion.actors
        ],
        "modality": suggestion.modality,
        "polarity": suggestion.polarity,
    }
    for key in ("date", "date_text", "place", "condition", "said", "speech"):
        value = getattr(suggestion, key)
        if value is not None:
            row[key] = value
    if suggestion.count:
        count = suggestion.count
        row["count"] = {
            "n": count.n,
            "comparison": count.comparison,
            "unit": count.unit,
        }
    if suggestion.instrument:
        row["instrument"] = {
            "name": suggestion.instrument.name,
            "status": suggestion.instrument.status,
        }
    if suggestion.institution:
        row["institution"] = {
            "name": suggestion.institution.name,
            "status": suggestion.institution.status,
        }
    row["why"] = list(suggestion.why)
    row["rule"] = suggestion.rule
    row["strength"] = round(suggestion.strength, 3)
    row["top"] = suggestion.strength >= AT_LEAST
    return row
