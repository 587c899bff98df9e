"""How the codes of rows changed in a queue."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Changes:
    """How the codes of rows changed, as columns.

    Attributes:
        rows: Which row.
        times: When, UTC seconds; for each row increasing.
        codes: Its code from then on; it was `NO` before its first change.
    """

    rows: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)

    def add(self, row: int, time: int, code: int) -> None:
        """Add a change."""
        self.rows.append(row)
        self.times.append(time)
        self.codes.append(code)
