"""Texts, their parts, and the readings that they leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one variant: the clause counts only under it."""

    variant: str
    name: str

    def __str__(self) -> str:
        return f"{self.variant}.{self.name}"


@dataclass(frozen=True, slots=True)
class Under:
    """Whose text says so."""

    instrument: str
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an instrument that can be endorsed by itself."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or a political text, and what it says of itself.

    Attributes:
        name: Name in rules.
        title: Title as published.
        kind: `treaty`, `declaration`, ...
        family: `treaty` or `political`, by kind.
        text_status: `published`, `draft`, `reported` or `not seen`.
        stated: Key to values, for `stated(...)`; a key in `unstated` is left open.
        unstated: Key to what is said about its absence.
        issuers: Actors whose word on their own acts goes first.
        components: Parts in the text's order.
        adopted: EDTF or `None`.
        links: Pairs (relation, instrument).
        place: Where it is declared.
        short: What to call it in a sentence; the title where none is given.
        known_from: EDTF; from when its text, or the report of it, was public.

    Source:
        Design, section 3; VCLT article 2(1)(a) for the family `treaty`.
    """

    name: str
    title: str
    kind: str
    family: str
    text_status: str
    stated: Mapping[str, tuple[str, ...]]
    unstated: Mapping[str, str]
    issuers: tuple[str, ...]
    components: tuple[Component, ...]
    adopted: str | None
    links: tuple[tuple[str, str], ...]
    place: str = ""
    short: str | None = None
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One clause with several readings."""

    name: str
    title: str
    readings: tuple[tuple[str, str], ...]
    place: str
