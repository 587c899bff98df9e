"""The lines of a queue, held as they stand and read only where one is looked at.

A queue of ten thousand reports has a hundred thousand lines. To list what waits, or to
find one suggestion, their keys are enough; and who looks again gets what is new since.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.desk.queuefile import Followed, damaged, parse_lines

if TYPE_CHECKING:
    from pathlib import Path

#: How the line of a suggestion begins, as it is written.
_ADDED = re.compile(
    rb'\{"do":"add","key":"([0-9a-f]{64})","document":\{"sha256":"([0-9a-f]{64})"'
)

#: How many queues are held, and how many of their lines as they are read.
_MOST_QUEUES, _MOST_READ = 4, 2_000


#: What nobody has set anything of has, one for all.
_NO_EDITS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A suggestion as the queue has it.

    Attributes:
        number: Its place, from 1.
        raw: Its line.
        place: Of which file, and its number there.
        sha256: Of its report, or empty where that is not told from afar.
        edits: What a person set instead, by field.
    """

    number: int
    raw: bytes
    place: tuple[Path, int]
    sha256: str = ""
    edits: Mapping[str, Any] = field(default_factory=lambda: _NO_EDITS)

    @property
    def document(self) -> Mapping[str, Any]:
        """Give what is said of its report."""
        known = {"sha256": self.sha256} if self.sha256 else None
        return _Part(self.raw, "document", self.place, known)

    @property
    def row(self) -> Mapping[str, Any]:
        """Give what intake proposed."""
        return _Part(self.raw, "suggestion", self.place)


def queue_lines(path: Path) -> dict[str, QueueLine]:
    """Give the suggestions of a queue by key, in their order, with their edits.

    Raises:
        InputError: A line is damaged, or the file cannot be read.
    """
    with _LOCK:
        held = _HELD.pop(path, None) or _Held(path)
        found = held.look()
        _HELD[path] = held
        while len(_HELD) > _MOST_QUEUES:
            _HELD.popitem(last=False)
        return dict(found)


_LOCK = Lock()
_HELD: OrderedDict[Path, _Held] = OrderedDict()


class _Held:
    """One queue, as far as it was read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin()

    def _begin(self) -> None:
        self._file = Followed(self._path)
        self._found: dict[str, QueueLine] = {}
        self._number = 0

    def look(self) -> dict[str, QueueLine]:
        """Take in what is new."""
        try:
            lines = self._file.look()
            if self._file.is_anew:
                self._found, self._number = {}, 0
            for number, raw in lines:
                self._take(number, raw)
        except InputError:
            self._begin()
            raise
        return self._found

    def _take(self, number: int, raw: bytes) -> None:
        added = _ADDED.match(raw)
        if added is not None:
            key, sha256 = added[1].decode(), added[2].decode()
            if key not in self._found:
                self._number += 1
                place = (self._path, number)
                self._found[key] = QueueLine(self._number, raw, place, sha256)
            return
        for line in parse_lines(self._path, [(number, raw)]):
            self._do(line, number, raw)

    def _do(self, line: dict[str, Any], number: int, raw: bytes) -> None:
        if line["do"] == "gone":
            self._number += 1
        elif line["do"] == "add" and line["key"] not in self._found:
            self._number += 1
            place = (self._path, number)
            self._found[line["key"]] = QueueLine(self._number, raw, place)
        elif line["do"] == "edit" and line["key"] in self._found:
            before = self._found[line["key"]]
            dropped = set(line.get("drop", ()))
            kept = {k: v for k, v in before.edits.items() if k not in dropped}
            edits = MappingProxyType({**kept, **line["set"]})
            self._found[line["key"]] = replace(before, edits=edits)


class _Part(Mapping[str, Any]):
    """A part of a line that is read when it is looked at."""

    __slots__ = ("_known", "_part", "_place", "_raw")

    def __init__(
        self,
        raw: bytes,
        part: str,
        place: tuple[Path, int],
        known: Mapping[str, Any] | None = None,
    ) -> None:
        self._raw, self._part, self._place = raw, part, place
        self._known = known or {}

    def __getitem__(self, name: str) -> Any:
        if name in self._known:
            return self._known[name]
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Any]:
        try:
            found = _parsed(self._raw)[self._part]
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(*self._place) from error
        if not isinstance(found, dict):
            raise damaged(*self._place)
        return found


@lru_cache(maxsize=_MOST_READ)
def _parsed(raw: bytes) -> Any:
    return json.loads(raw)
