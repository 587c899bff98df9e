"""Kept sessions: what was worked out last, bounded by the memory that it takes.

Of an older state of the case nothing is kept but what a later look may grow out of: a
session that nobody can ask for again is let go as soon as the next one stands.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk import Case, Session
    from vigens.model import Lens

#: What a session is found under as a ground: its lens without time, and which time.
Key = tuple["Lens", str | int]

#: Bytes that all kept sessions may take together; the one asked for last always stays.
MOST_BYTES = 400_000_000

#: Kinds of looks of which the last one is kept for a later one to grow out of.
MOST_GROUNDS = 12


class Sessions:
    """The sessions of the newest state of a case, and what later ones grow out of."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Begin with none."""
        self._most = most_bytes
        self._kept: OrderedDict[Lens, Session] = OrderedDict()
        self._of_now: set[Lens] = set()
        self._grounds: OrderedDict[Key, Session] = OrderedDict()

    def __len__(self) -> int:
        """Count those that are held, for whatever reason."""
        return len({id(session) for session in self._all()})

    @property
    def weight(self) -> int:
        """Say about how many bytes they take together; what they share counts once."""
        parts: dict[int, int] = {}
        for session in self._all():
            parts.update(session.held)
        return sum(parts.values())

    def get(self, case: Case, lens: Lens) -> Session | None:
        """Give the session of a lens, if it is kept and of this very case."""
        session = self._kept.get(lens)
        if session is None or session.whole is not case:
            return None
        self._kept.move_to_end(lens)
        return session

    def ground(self, lens: Lens) -> Session | None:
        """Give the last session that differs by nothing but time, the nearest first."""
        found = (self._grounds.get(key) for key in _grounds_of(lens))
        return next((session for session in found if session is not None), None)

    def put(self, session: Session, now: int | None = None) -> None:
        """Keep a session; what it supersedes goes, and what was unused for longest.

        Args:
            session: That was worked out.
            now: The present, if it looks at what is known now.
        """
        is_of_now = session.lens.known_at == now
        for lens, other in list(self._kept.items()):
            is_past = is_of_now and lens in self._of_now and lens.known_at != now
            if is_past or other.whole is not session.whole:
                self._forget(lens)
        self._kept[session.lens] = session
        if is_of_now:
            self._of_now.add(session.lens)
        for key in _grounds_of(session.lens):
            self._grounds[key] = session
            self._grounds.move_to_end(key)
        while len(self._grounds) > MOST_GROUNDS:
            self._grounds.popitem(last=False)
        self.trim()

    def trim(self) -> None:
        """Let go of sessions until the rest is light enough; the last one stays."""
        while len(self) > 1 and self.weight > self._most:
            self._drop(next(self._expendable()))

    def _expendable(self) -> Iterator[Session]:
        """Give first what is kept as a ground alone, then what was unused for longest."""
        asked_for = {id(session) for session in self._kept.values()}
        yield from (s for s in self._grounds.values() if id(s) not in asked_for)
        yield from self._kept.values()

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._of_now.clear()
        self._grounds.clear()

    def _all(self) -> tuple[Session, ...]:
        return (*self._kept.values(), *self._grounds.values())

    def _forget(self, lens: Lens) -> None:
        del self._kept[lens]
        self._of_now.discard(lens)

    def _drop(self, session: Session) -> None:
        if self._kept.get(session.lens) is session:
            self._forget(session.lens)
        for key in [k for k, other in self._grounds.items() if other is session]:
            del self._grounds[key]


def _grounds_of(lens: Lens) -> tuple[Key, Key]:
    """Give under what a session is found that is like another but for time.

    A look at the present goes on from the last one, however many other days were
    looked at since; a look at a day from the last one at that day.
    """
    alike = replace(lens, as_of=0, known_at=0)
    of_now = lens.as_of == lens.known_at
    return (alike, "now" if of_now else lens.as_of), (alike, "any")
