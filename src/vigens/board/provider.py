"""A provider that vouches for persons, spoken to by OpenID Connect."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """Who vouches for persons beside this board's own accounts."""

    title: str
