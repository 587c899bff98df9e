"""What reads itself through time, and nothing else: worked out by going round.

A tally that counts only while it is low, or a duty that triggers only where it is not
yet overdue, reads itself just before. The first round takes it for unknown; each further
one takes what the last one found. Every round is sound, and the next change in time is
settled in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

#: After so many rounds what is still open stays open.
MOST_ROUNDS = 64

_Found = TypeVar("_Found")


class Rounds:
    """What is being worked out, and what is taken for it meanwhile."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._assumed: dict[str, Any] = {}
        self._read: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Say whether nothing rests on what is only assumed."""
        return not self._read

    def work_out(
        self,
        name: str,
        *,
        unknown: Callable[[], _Found],
        find: Callable[[], _Found],
        is_same: Callable[[_Found, _Found], bool],
    ) -> _Found:
        """Go round until nothing more becomes known.

        Args:
            name: Of what is worked out; while it is, what is assumed is given for it.
            unknown: Gives what says nothing of it.
            find: Works it out anew.
            is_same: Says whether two outcomes are the same.

        Source:
            Design, section 4.6: a circle through time.
        """
        if name in self._assumed:
            self._read.add(name)
            found: _Found = self._assumed[name]
            return found
        found = unknown()
        try:
            for _ in range(MOST_ROUNDS):
                self._assumed[name] = found
                self._read.discard(name)
                more = find()
                if name not in self._read or is_same(found, more):
                    return more
                found = more
            return found
        finally:
            del self._assumed[name]
            self._read.discard(name)
