"""Release marks, and which of them a reader is cleared for.

An entry is seen by a reader if one of its marks is cleared. An entry without marks is
seen by `all` alone. Nothing else decides who sees what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: The reader who sees every entry, and the one who sees what is marked public.
ALL, PUBLIC = "all", "public"


@dataclass(frozen=True, slots=True)
class Clearance:
    """What one reader may see.

    Attributes:
        reader: Who reads.
        marks: The marks that are cleared; `None` clears every entry, marked or not.
    """

    reader: str
    marks: frozenset[str] | None

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is kept from this reader."""
        return self.marks is None

    def sees(self, marks: Iterable[str]) -> bool:
        """Say whether something that bears these marks is seen."""
        return self.marks is None or not self.marks.isdisjoint(marks)

    def includes(self, audience: str) -> bool:
        """Say whether this reader sees all that an audience sees.

        An audience is named like a mark: what is complete for those cleared for it is
        complete for everybody who is.
        """
        return self.marks is None or audience in self.marks


#: Of `all`, and of `public`.
EVERYTHING = Clearance(ALL, None)
PUBLIC_ONLY = Clearance(PUBLIC, frozenset({PUBLIC}))
