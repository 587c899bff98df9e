"""A mapping that grows without being copied: many share one base, each has a little more.

What was worked out of a long log is kept for several looks at once, each a few entries
further than the one before. If each had a copy, so many looks would take so many times
the memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar, overload

Key = TypeVar("Key")
Value = TypeVar("Value")
Other = TypeVar("Other")

#: What lies above is copied at each growth, so it is laid into a new base before it is
#: larger than this, or than this part of the base.
LEAST_LAID, PART_LAID = 512, 16


class Layered(Mapping[Key, Value]):
    """A read-only mapping: a base that others share, and what lies above it."""

    __slots__ = ("_above", "_base", "_size")

    def __init__(self, base: Mapping[Key, Value]) -> None:
        """Begin with a base that nobody changes any more."""
        self._base, self._above = base, dict[Key, Value]()
        if isinstance(base, Layered):
            self._base, self._above = base.base, base.above
        self._size = len(base)

    def grown(self, more: Mapping[Key, Value]) -> Layered[Key, Value]:
        """Give a mapping with some more, which goes before what was there."""
        if not more:
            return self
        above = {**self._above, **more}
        if len(above) > max(LEAST_LAID, len(self._base) // PART_LAID):
            return Layered({**self._base, **above})
        found = Layered(self._base)
        found._above = above
        found._size = self._size + sum(key not in self for key in more)
        return found

    def less(self, keys: Collection[Key]) -> Layered[Key, Value]:
        """Give a mapping without some keys; for that it is copied as a whole."""
        if not any(key in self for key in keys):
            return self
        left = {**self._base, **self._above}
        for key in keys:
            left.pop(key, None)
        return Layered(left)

    @property
    def base(self) -> Mapping[Key, Value]:
        """Give what is shared, to tell whether two share it."""
        return self._base

    @property
    def above(self) -> dict[Key, Value]:
        """Give what lies above it; nobody changes that."""
        return self._above

    def __getitem__(self, key: Key) -> Value:
        above = self._above
        return above[key] if key in above else self._base[key]

    @overload
    def get(self, key: Key, /) -> Value | None: ...
    @overload
    def get(self, key: Key, /, default: Value | Other) -> Value | Other: ...
    def get(self, key: Key, /, default: object = None) -> object:
        """Give the value of a key; without one, the default."""
        above = self._above
        return above[key] if key in above else self._base.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self._above or key in self._base

    def __iter__(self) -> Iterator[Key]:
        yield from self._base
        base = self._base
        yield from (key for key in self._above if key not in base)

    def __len__(self) -> int:
        return self._size
