"""The entries of a case under one lock: what answers a reader gets a reader's view.

`Case.seen` is the one way from a case to its entries. What records, checks or carries a
journal works on all of it, through `unfiltered`, and answers nobody with it; which
modules do so is a list in the architecture tests.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from vigens.desk.imaged import ranks
from vigens.journal import (
    Clearance,
    Readers,
    View,
    governing,
    grow,
    may_govern,
    read_readers,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from vigens.base import Finding
    from vigens.journal import Entry
    from vigens.journal.image import Image


#: Readers whose last view is remembered, for a later one to grow out of.
MOST_VIEWS = 4


class Records:
    """A journal as read: entries that nothing outside this module holds unfiltered.

    Attributes:
        image: What is plain in it, as columns, if it was read so.
    """

    __slots__ = (
        "_entries",
        "_findings",
        "_governing",
        "_last",
        "_line",
        "_load",
        "_n_stubs",
        "_of",
        "_shaped",
        "_views",
        "image",
    )

    def __init__(
        self, entries: Iterable[Entry] = (), findings: Iterable[Finding] = ()
    ) -> None:
        """Take the whole log in order, and what was odd in its store."""
        self.image: Image | None = None
        self._entries = tuple(entries)
        self._findings = tuple(findings)
        self._governing = governing(self._entries)
        self._n_stubs = sum(entry.is_stub for entry in self._entries)
        #: The same object for all that grew out of one reading.
        self._line = object()
        #: Ids of entries that were found to have the shape of their kind.
        self._shaped: set[str] = set()
        self._last: tuple[object, View] | None = None
        #: Of each reader the last view of all records: of how many, as known when.
        self._views: dict[tuple[Clearance, str], tuple[int, int, View]] = {}
        self._of: Clearance | None = None
        self._load: Callable[[Sequence[int]], tuple[Entry, ...]] | None = None

    @classmethod
    def beside(
        cls,
        image: Image,
        rest: Iterable[Entry],
        load: Callable[[Sequence[int]], tuple[Entry, ...]],
        clearance: Clearance,
    ) -> Records:
        """Take a journal as an image and the entries that are not plain in it.

        Args:
            image: Of the journal.
            rest: The entries at the positions of its `rest`, in order.
            load: Gives the entries at some positions.
            clearance: Whose image it is; it answers nobody else.
        """
        records = cls(rest)
        records._of = clearance
        records.image = image
        records._load = load
        return records

    def grown(self, more: Iterable[Entry]) -> Records:
        """Give the same entries with some more at the end."""
        fresh = tuple(more)
        records = Records((), self._findings)
        records._line = self._line
        records._shaped = self._shaped
        records._entries = (*self._entries, *fresh)
        records._n_stubs = self._n_stubs + sum(entry.is_stub for entry in fresh)
        records._governing = self._governing
        records._views = dict(self._views)
        if any(may_govern(entry) for entry in fresh):
            records._governing = governing(records._entries)
        return records

    def ends_with(self, identifier: str, n_stubs: int) -> bool:
        """Say whether the last entry is this one, and so many are redacted."""
        if not self._entries:
            return False
        return self._entries[-1].id == identifier and self._n_stubs == n_stubs

    def since(self, before: Records, clearance: Clearance) -> tuple[Entry, ...] | None:
        """Give what came after another state, as far as a reader sees it.

        Returns:
            Nothing where the other state is not the beginning of this one.
        """
        known, now = before._entries, self._entries
        is_grown = before._line is self._line and len(known) <= len(now)
        # Of two that grew apart the last entry of the one is not in the other.
        if not is_grown or (known and now[len(known) - 1] is not known[-1]):
            return None
        return tuple(e for e in now[len(known) :] if clearance.sees(e.marks))

    @property
    def size(self) -> int:
        """Count the entries."""
        return len(self._entries)

    @property
    def n_all(self) -> int:
        """Count the entries, those in the columns too; never for a reader."""
        return len(self._entries) if self.image is None else self.image.size

    def at(self, positions: Sequence[int]) -> tuple[Entry, ...]:
        """Give plain entries at some positions, for a finding about each."""
        assert self._load is not None, "only an image has plain entries"
        return self._load(positions)

    def readers(
        self,
        delegations: Collection[str],
        *,
        known_at: int | None,
        recorded_at: int | None,
        zone: str,
        needs_second: bool,
    ) -> Readers:
        """Give the readers there are, and what each is cleared for."""
        return read_readers(
            self._governing,
            delegations=delegations,
            known_at=known_at,
            recorded_at=recorded_at,
            zone=zone,
            needs_second=needs_second,
        )

    def view(
        self,
        clearance: Clearance,
        *,
        known_at: int,
        recorded_at: int | None,
        zone: str,
        without: frozenset[str] = frozenset(),
    ) -> View:
        """Select what a reader may see, and of that what counts."""
        assert self._of in (None, clearance), "an image answers its own reader alone"
        key = (clearance, known_at, recorded_at, zone, without)
        last = self._last  # threads may take turns between any two of these lines
        if last is not None and last[0] == key:
            return last[1]
        view = None
        if recorded_at is None and not without:
            view = self._grown_view(clearance, known_at, zone)
        if view is None:
            view = visible(
                self._entries,
                known_at=known_at,
                recorded_at=recorded_at,
                clearance=clearance,
                zone=zone,
                without=without,
                shaped=self._shaped,
            )
        if self.image is not None:
            view = replace(view, positions=self._positions(view, clearance))
        elif recorded_at is None and not without:
            self._keep_view((clearance, zone), (len(self._entries), known_at, view))
        self._last = (key, view)
        return view

    def _keep_view(
        self, key: tuple[Clearance, str], kept: tuple[int, int, View]
    ) -> None:
        """Keep a view for later ones to grow out of; those unused for longest go."""
        views = {name: old for name, old in self._views.items() if name != key}
        views[key] = kept
        self._views = dict(list(views.items())[-MOST_VIEWS:])

    def _grown_view(
        self, clearance: Clearance, known_at: int, zone: str
    ) -> View | None:
        """Give a view that grew out of the last one of this reader, if it can."""
        number, before, view = self._views.get((clearance, zone), (0, 0, None))
        if view is None:
            return None
        more = [e for e in self._entries[number:] if clearance.sees(e.marks)]
        return grow(view, more, known_before=before, known_at=known_at, zone=zone)

    def _positions(self, view: View, clearance: Clearance) -> Mapping[str, int]:
        """Number what is shown among all that a reader may see, plain entries too."""
        assert self.image is not None, "only beside an image something is left out"
        numbers = ranks(self.image, clearance)[self.image.rest - 1].tolist()
        places = {e.id: n for e, n in zip(self._entries, numbers, strict=True)}
        return MappingProxyType({name: places[name] for name in view.positions})

    def latest(self, clearance: Clearance) -> int | None:
        """Give when the last entry that a reader may see was recorded, UTC seconds."""
        assert self._of in (None, clearance), "an image answers its own reader alone"
        if self.image is not None:
            shown = ranks(self.image, clearance) > 0
            places = shown.nonzero()[0]
            return int(self.image.recorded[places[-1]]) if len(places) else None
        for entry in reversed(self._entries):
            if clearance.sees(entry.marks):
                return entry.recorded_instant
        return None

    def head(self, clearance: Clearance) -> str:
        """Name the state of what a reader may see: how many, the last, the redacted."""
        assert self._of in (None, clearance), "an image answers its own reader alone"
        number, last, stubs = 0, "", 0
        for entry in self._entries:
            if clearance.sees(entry.marks):
                number, last = number + 1, entry.id
                stubs += entry.is_stub
        return f"{number}-{last[:12]}-{stubs}"

    def findings(self, clearance: Clearance) -> tuple[Finding, ...]:
        """Say what is odd in the store: to all with its place, to others without.

        A line's number tells how many lines there are, and a torn line what it says.
        """
        if clearance.is_whole:
            return self._findings
        return tuple(
            replace(
                finding,
                message="the journal's file is not as it should be",
                spans=(),
                mend="look with --reader all: it says what, and where",
            )
            for finding in self._findings
        )


def unfiltered(records: Records) -> tuple[Entry, ...]:
    """Give the whole log, for recording, checking and carrying it; never for a reader."""
    assert records.image is None, "a case read by columns is for answers alone"
    return records._entries  # noqa: SLF001 -- the one door
