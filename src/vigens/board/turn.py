"""The turn: one thread at a time works with what is kept, and may lend its turn."""

from __future__ import annotations

from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turn:
    """A lock that its holder may take again, and lend while it needs nothing shared.

    Example:
        >>> turn = Turn()
        >>> with turn, turn, turn.lent():
        ...     turn.is_taken
        False
    """

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._lock = RLock()
        self._depth = 0

    @property
    def is_taken(self) -> bool:
        """Say whether anybody has it."""
        return self._depth > 0

    def take(self, patience: float = -1) -> bool:
        """Wait for the turn, for some seconds or for good; say whether one has it."""
        if not self._lock.acquire(timeout=patience):
            return False
        self._depth += 1
        return True

    def give_back(self) -> None:
        """Give back what was taken once."""
        self._depth -= 1
        self._lock.release()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let others have the turn meanwhile, however often the caller has taken it."""
        depth, self._depth = self._depth, 0
        for _ in range(depth):
            self._lock.release()
        try:
            yield
        finally:
            for _ in range(depth):
                self._lock.acquire()
            self._depth = depth

    def __enter__(self) -> Self:
        """Wait for the turn."""
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.give_back()
