"""Where something surely and where it possibly holds, and the logic of such pairs."""

from __future__ import annotations

from dataclasses import dataclass

from vigens.engine.intervals import (
    EVERYWHERE,
    Spans,
    complement,
    difference,
    intersect,
    union,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where something surely and where it possibly holds: `surely ⊆ possibly`."""

    surely: Spans
    possibly: Spans

    @property
    def open(self) -> Spans:
        """Give where it is not known."""
        if self.surely is self.possibly:
            return ()
        return difference(self.possibly, self.surely)


ALWAYS = Bounds(EVERYWHERE, EVERYWHERE)
UNKNOWN = Bounds((), EVERYWHERE)


def negation(found: Bounds) -> Bounds:
    """Bounds of a negation.

    Source:
        Design, section 4.3: negation swaps and complements.
    """
    return Bounds(complement(found.possibly), complement(found.surely))


def all_of(parts: list[Bounds]) -> Bounds:
    """Bounds of a conjunction.

    Source:
        Design, section 4.3: sound, and exact where each unknown occurs once.
    """
    surely, possibly = EVERYWHERE, EVERYWHERE
    for part in parts:
        surely = intersect(surely, part.surely)
        possibly = intersect(possibly, part.possibly)
    return Bounds(surely, possibly)


def any_of(parts: list[Bounds]) -> Bounds:
    """Bounds of a disjunction.

    Source:
        Design, section 4.3.
    """
    return Bounds(
        union(*(part.surely for part in parts)),
        union(*(part.possibly for part in parts)),
    )


def hull(parts: list[Bounds]) -> Bounds:
    """Bounds that hold whichever of the parts is the case.

    Source:
        Design, section 3.1, point 11 (variants).
    """
    return Bounds(all_of(parts).surely, union(*(part.possibly for part in parts)))
