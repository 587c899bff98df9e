"""Entries out of lines in the very form that a journal writes, quickly and lightly.

Whatever is unlike that form, however slightly, is left to `entry_read`, which also says
what is wrong. What comes again in many entries is held once: kinds, names, marks.
"""

from __future__ import annotations

from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vigens.journal.bulk.quick import quick_bytes, quick_fields
from vigens.journal.entry import Entry, Passage, Source

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_NOTHING: Mapping[str, Any] = MappingProxyType({})

#: What was met: a text or the marks of an entry, to the one object that stands for it.
_MET: dict[Hashable, Any] = {}

#: When so many were met they are forgotten: what comes again is soon met again.
_MOST_MET = 20_000

#: Longer texts are not likely to come again, but for the id of an entry just read.
_LONGEST = 64


def quick_entry(raw: bytes) -> Entry | None:
    """Read a line and derive its id again.

    Args:
        raw: The line, without its line feed.

    Returns:
        Nothing where the line is not surely an entry in the form of `format_entry`, or
        its id does not fit.
    """
    fields = quick_fields(raw)
    data = None if fields is None else quick_bytes(fields)
    if fields is None or data is None or sha256(data).hexdigest() != fields["id"]:
        return None
    return Entry(
        id=_met(fields["id"]),
        format=1,
        kind=_met(fields["kind"]),
        payload=_frozen(fields["payload"]),
        happened=_met(fields["happened"]),
        known_from=_met(fields["known_from"]),
        recorded_at=fields["recorded_at"],
        recorded_by=_met(fields["recorded_by"]),
        sources=tuple([_source(each) for each in fields["sources"]]),
        marks=_met(tuple([_met(mark) for mark in fields["marks"]])),
        about=tuple([_met(target) for target in fields["about"]]),
        rectifies=_met(fields["rectifies"]),
        supersedes=_met(fields["supersedes"]),
        extra=_NOTHING,
    )


def _source(fields: dict[str, Any]) -> Source:
    passage = fields.get("passage")
    return Source(
        address=fields["address"],
        title=_met(fields["title"]),
        type=_met(fields["type"]),
        published=_met(fields["published"]),
        passage=None if passage is None else Passage(**passage, extra=_NOTHING),
        extra=_NOTHING,
    )


def _frozen(value: Any) -> Any:
    """Turn lists into tuples and objects, whose keys stand sorted, into read-only maps."""
    kind = type(value)
    if kind is str:
        return _met(value)
    if kind is dict:
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    if kind is list:
        return tuple([_frozen(item) for item in value])
    return value


def _met(value: Any) -> Any:
    """Give the one object that stands for a short text or for marks."""
    if value is None or len(value) > _LONGEST:
        return value
    if len(_MET) >= _MOST_MET:
        _MET.clear()
    return _MET.setdefault(value, value)
