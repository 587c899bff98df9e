"""What the form of the lens lets one choose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of the form."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Readings:
    """One variant of the form with its readings."""

    name: str
    title: str
    choices: tuple[Choice, ...]
