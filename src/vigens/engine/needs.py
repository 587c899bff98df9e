"""What would have to be so: single needs, and alternatives of several together."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.rules import Atom, Program, Reading, Stated


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
        reading: The reading, where it is one.
    """

    kind: str
    text: str
    atom: Atom | None = None
    reading: Reading | None = None


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
    kept: list[frozenset[Need]] = []
    for needs in sorted(distinct, key=len):
        if not any(other < needs for other in kept):
            kept.append(needs)
    chosen = set(kept)
    return [needs for needs in distinct if needs in chosen]


def in_text(said: Message) -> Alternatives:
    """Give what some text would have to say.

    Source:
        Design, section 4.3, cause 4.
    """
    return [frozenset({Need("text", said)})]


def stated(program: Program, condition: Stated, *, is_wanted: bool) -> Alternatives:
    """Say what a text would have to say of itself, or something else than that.

    Source:
        Design, section 4.3, cause 4.
    """
    said = "{title} would have to say something else of its {key} than {value}"
    if is_wanted:
        said = "{title} would have to say {value} of its {key}"
    title = program.title_of(getattr(condition.instrument, "value", "?"))
    value, key = Message(condition.value), Message(condition.key)
    return in_text(Message(said, title=title, value=value, key=key))


class Gathering:
    """Joins alternatives, the shortest of too many, and remembers whether it cut any.

    Source:
        Design, section 4.5: with caps and an honest "not exhaustive".
    """

    def __init__(self, most: int) -> None:
        """Keep so many alternatives at each step."""
        self.most = most
        self.is_exhaustive = True

    def either(self, parts: Iterable[Alternatives]) -> Alternatives:
        """Give the alternatives of any part.

        Source:
            Design, section 4.5.
        """
        return self._capped([needs for part in parts for needs in part])

    def together(self, parts: Iterable[Alternatives]) -> Alternatives:
        """Give what takes one alternative of each part.

        Source:
            Design, section 4.5.
        """
        joined: Alternatives = [frozenset()]
        for part in parts:
            pairs = itertools.product(joined, part)
            joined = self._capped([left | right for left, right in pairs])
        return joined

    def _capped(self, found: Alternatives) -> Alternatives:
        kept = minimal(found)
        if len(kept) > self.most:
            self.is_exhaustive = False
            kept = sorted(kept, key=lambda needs: (len(needs), str(needs)))
        return kept[: self.most]


def in_order(found: Iterable[frozenset[Need]]) -> tuple[tuple[Need, ...], ...]:
    """Put what is short first, and a look before what would have to happen.

    Source:
        Design, section 4.5.
    """

    def key(needs: frozenset[Need]) -> tuple[int, int, str]:
        return len(needs), sum(need.kind != "look" for need in needs), str(needs)

    ordered = sorted(minimal(found), key=key)
    return tuple(tuple(sorted(needs, key=lambda need: need.text)) for needs in ordered)
