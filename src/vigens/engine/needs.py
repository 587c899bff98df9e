"""What would have to be so: single needs, and alternatives of several together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.rules import Atom


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that would have to be so.

    Attributes:
        kind: `event`, `text` (its authors would have to say), `group` (some of
            several), `state` (a condition that no search goes into), `delay` (time
            that must pass), `reading` (one would have to be meant) or `look` (somebody would
            have to look).
        text: In words.
        atom: The event, where it is one.
    """

    kind: str
    text: str
    atom: Atom | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Alternatives; each lists what would have to come together."""

    alternatives: tuple[tuple[Need, ...], ...]
    is_exhaustive: bool


#: Ways in which something may come about; each lists what must come together.
Alternatives = list[frozenset[Need]]


def minimal(found: Iterable[frozenset[Need]]) -> Alternatives:
    """Leave out what asks for more than another alternative does.

    Source:
        Design, section 4.5.
    """
    distinct = list(dict.fromkeys(found))
    return [needs for needs in distinct if not any(other < needs for other in distinct)]


def in_order(found: Iterable[frozenset[Need]]) -> tuple[tuple[Need, ...], ...]:
    """Put what is short first, and a look before what would have to happen.

    Source:
        Design, section 4.5.
    """

    def key(needs: frozenset[Need]) -> tuple[int, int, str]:
        return len(needs), sum(need.kind != "look" for need in needs), str(needs)

    ordered = sorted(minimal(found), key=key)
    return tuple(tuple(sorted(needs, key=lambda need: need.text)) for needs in ordered)
