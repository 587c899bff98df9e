"""Rows of the workload: what every engine gives, and a digest to compare them by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: Subject, party, ref, status, start and end in hours, the end excluded.
Row = tuple[str, int, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Params:
    """What an engine is told beside the events.

    Attributes:
        parties: How many parties there are.
        quorum: How many must be bound for the pact to be in force.
        horizon: Hour at which everything is cut.
        respond_hours: How long a party has to respond.
    """

    parties: int
    quorum: int
    horizon: int
    respond_hours: int


def read_params(folder: Path) -> Params:
    """Read what stands beside the events."""
    return Params(**json.loads((folder / "params.json").read_text("utf-8")))


def digest(rows: Iterable[Row]) -> str:
    """Give a digest that does not hang on the order of the rows."""
    hashed = hashlib.sha256()
    for row in sorted(rows):
        hashed.update(("{},{},{},{},{},{}\n".format(*row)).encode())
    return hashed.hexdigest()[:16]
