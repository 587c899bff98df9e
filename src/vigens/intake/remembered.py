"""What was worked out once, kept for the next time it is asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_LONG = 100  # signs of a text that is not met again


class Remembered(dict[Key, Value]):
    """Answers by question; a plain look-up where one was asked before.

    It begins anew when it is full, and keeps no answer for a long text, which is hardly
    met again and would make it large. `functools.lru_cache` takes a call for each question,
    twice as long as the look-up, and would keep long texts.

    Example:
        >>> lengths = Remembered(len, most=2)
        >>> lengths["harbour"], lengths["x" * 200], len(lengths)
        (7, 200, 1)
    """

    def __init__(self, work: Callable[[Key], Value], *, most: int) -> None:
        """Begin with nothing.

        Args:
            work: Gives the answer.
            most: How many answers are kept.
        """
        super().__init__()
        self._work = work
        self._most = most

    def __missing__(self, key: Key) -> Value:
        """Work out what is asked for the first time."""
        found = self._work(key)
        if not isinstance(key, str) or len(key) <= _LONG:
            if len(self) >= self._most:
                self.clear()
            self[key] = found
        return found
