"""Shelves: what was used last is kept, up to a number or a weight."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Keep the values used last; threads may share it."""

    def __init__(self, most: int, weigh: Callable[[Kept], int] | None = None) -> None:
        """Begin empty.

        Args:
            most: How many values are kept, or how much they weigh together.
            weigh: Gives the weight of a value; without it each weighs 1.
        """
        self._most = most
        self._weigh = weigh
        self._weight = 0
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def weight(self) -> int:
        """Give what everything here weighs together."""
        return self._weight

    def get(self, key: Hashable) -> Kept | None:
        """Give what is kept under a key and mark it as used."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Kept) -> None:
        """Keep a value; those unused for longest go. One that is too heavy is not kept."""
        weight = 1 if self._weigh is None else self._weigh(value)
        with self._lock:
            self._drop(key)
            if weight > self._most:
                return
            self._kept[key] = (value, weight)
            self._weight += weight
            while self._weight > self._most:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._weight = 0

    def _drop(self, key: Hashable) -> None:
        known = self._kept.pop(key, None)
        if known is not None:
            self._weight -= known[1]
