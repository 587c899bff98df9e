"""How far long work is, each tenth of it told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Part = TypeVar("Part")

#: Is told hundredths: 10, 20, up to 100.
Tell = Callable[[int], None]


class Tenths:
    """Tells how far work is; who asks for nothing is told nothing.

    Example:
        >>> said: list[int] = []
        >>> work = Tenths(4, said.append)
        >>> for done in (1, 2, 2, 4):
        ...     work.reach(done)
        >>> said
        [20, 50, 100]
    """

    def __init__(self, whole: int, tell: Tell | None) -> None:
        self._whole = max(1, whole)
        self._tell = tell
        self._told = 0

    def reach(self, done: int) -> None:
        """Say how much of the whole is done; a new tenth is told."""
        tenth = min(10, 10 * done // self._whole)
        if self._tell is not None and tenth > self._told:
            self._told = tenth
            self._tell(10 * tenth)

    def along(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Give parts on, and count each as it is taken."""
        for done, part in enumerate(parts):
            self.reach(done)
            yield part
        self.reach(self._whole)
