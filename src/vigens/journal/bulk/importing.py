"""An import by the million: examined pieces become rows at the end of a journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress, count, repeat
from typing import Any, BinaryIO, Protocol, cast

from vigens.journal.adopt import leads_nowhere
from vigens.journal.bulk.examine import Examined, Link, examine_line, slices
from vigens.journal.bulk.pieces import Piece, cut, examined
from vigens.journal.canonical import entry_id
from vigens.journal.entry import FORMAT, Entry
from vigens.journal.lines import COPY_AGAIN, is_torn, torn
from vigens.journal.proof import ALL_ENTRIES
from vigens.journal.readers import GOVERNING
from vigens.journal.store import Brought
from vigens.journal.stores.database import Queries
from vigens.journal.stores.laying import Edges, EntryRow, LeafRow, Rows, lay
from vigens.journal.values import freeze

#: Once a batch lists so many rows, the next piece begins another.
BATCH = 10_000


class Target(Protocol):
    """What an import asks of rows, and does to them."""

    def kinds_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Tell which of some ids are here, with the kind of each."""
        ...

    def write_rows(self, rows: Rows) -> None:
        """Insert the rows of some entries."""
        ...


class Unwritten:
    """Rows that an import asks and leaves as they are."""

    def __init__(self, rows: Queries) -> None:
        """Take what answers."""
        self.kinds_of = rows.kinds_of

    def write_rows(self, rows: Rows) -> None:
        """Write nothing."""


class Bulk:
    """Writes examined pieces inside one open transaction.

    Attributes:
        brought: What came so far.
        size: How many entries the journal holds now.
        recorded_us: When the last of them was recorded.
    """

    def __init__(
        self,
        rows: Target,
        edges: Edges,
        size: int,
        zone: str,
        stamp: Callable[[], str],
    ) -> None:
        """Begin after the `size` entries that are there.

        Args:
            rows: Of the open transaction.
            edges: Of the logs.
            size: How many entries there are.
            zone: IANA name whose civil days give the bounds of dates.
            stamp: Gives the moment of recording, if anything is new.
        """
        self.brought = Brought()
        self.size = size
        self.recorded_us = 0
        self._rows = rows
        self._edges = edges
        self._zone = zone
        self._stamp = stamp
        self._moment = ""
        self._is_new = size == 0
        self._seen: set[str] = set()
        self._open_links: dict[str, Link] = {}
        self._gone: set[str] = set()  # redacted where they come from
        self._waiting: tuple[Examined, list[str]] | None = None
        self._listed: list[str] = []
        self._shared: set[str] = set()  # marks of all that is listed

    def run(self, stream: BinaryIO, title: str, recorded_by: str, where: str) -> None:
        """Take over all lines of a stream.

        Args:
            stream: Lines as `export_lines` writes them, UTF-8.
            title: Of the batches.
            recorded_by: Who imports.
            where: Names the stream in messages.

        Raises:
            JournalFileError: Not UTF-8, or binary.
            EntryError: A line is damaged or out of shape, or a link leads nowhere.
            ClockError: The clock went back more than five minutes.
        """
        for piece, found in examined(cut(stream), self._zone):
            self._take(piece, found, where)
            if found_new := self._waiting:
                if len(self._listed) >= BATCH:
                    part = len(self.brought.batches) + 1
                    self._write_batch(f"{title}, part {part}", recorded_by)
                self._lay(*found_new)
                self._list(found_new[0])
        lacking = self._check_links()
        if self._listed:
            part = len(self.brought.batches) + 1
            parts = f", part {part}" if part > 1 else ""
            self._write_batch(title + parts, recorded_by, lacking)

    def _take(self, piece: Piece, found: Examined, where: str) -> None:
        if found.bad_line is not None:
            raw = piece.data.split(b"\n")[found.bad_line]
            line = piece.first_line + found.bad_line
            if piece.data.endswith(b"\n") or not is_torn(raw):
                examine_line(raw, where, line)
            cut_short = replace(torn(where, line, raw), mend=COPY_AGAIN)
            self.brought.findings.append(cut_short)
        keep = self._fresh(found.ids)
        bodies = _bodies(piece, found)
        dropped: set[str] = set()
        if keep is not None:
            dropped = {
                name for name, new in zip(found.ids, keep, strict=True) if not new
            }
            bodies = list(compress(bodies, keep))
            found = _only(found, keep)
            self.brought.n_present += len(keep) - len(found.ids)
        for link in found.links:
            if link.target not in self._seen and link.entry not in dropped:
                self._open_links.setdefault(link.target, link)
        self._gone.update(found.gone)
        self._waiting = (found, bodies) if found.ids else None

    def _fresh(self, ids: list[str]) -> list[bool] | None:
        """Tell which entries are new; none where all are."""
        present = {} if self._is_new else self._rows.kinds_of(ids)
        fresh = set(ids)
        if len(fresh) == len(ids) and not present and self._seen.isdisjoint(fresh):
            self._seen |= fresh
            return None
        keep = []
        for name in ids:
            is_new = name not in present and name not in self._seen
            keep.append(is_new)
            self._seen.add(name)
        return keep

    def _lay(self, found: Examined, bodies: Sequence[str]) -> None:
        start = self.size + 1
        leaves = list(slices(found.leaves))
        self._edges.grow(ALL_ENTRIES, leaves)
        rows = zip(
            count(start),
            found.ids,
            found.kinds,
            *found.columns,
            found.marks,
            slices(found.keys),
            leaves,
            bodies,
            strict=False,
        )
        marked: list[Any] = []
        for log, (places, data) in found.marked.items():
            hashes = list(slices(data))
            before = self._edges.grow(log, hashes)
            positions = [start + place for place in places]
            marked += zip(
                repeat(log), count(before + 1), positions, hashes, strict=False
            )
        made = Rows(cast("list[EntryRow]", list(rows)), cast("list[LeafRow]", marked))
        self._rows.write_rows(made)
        self.size += len(found.ids)
        self.recorded_us = found.columns[0][-1] or 0

    def _list(self, found: Examined) -> None:
        marks = [set(json.loads(text)) for text in set(found.marks)]
        shared = set.intersection(*marks)
        self._shared = self._shared & shared if self._listed else shared
        self._listed += found.ids
        self.brought.n_added += len(found.ids)
        self.brought.n_governing += sum(map(found.kinds.count, GOVERNING))

    def _write_batch(
        self, title: str, recorded_by: str, lacking: Sequence[str] = ()
    ) -> None:
        self._moment = self._moment or self._stamp()
        payload: dict[str, Any] = {"title": title, "count": len(self._listed)}
        if lacking:
            payload["missing"] = list(lacking)
        entry = Entry(
            id="",
            format=FORMAT,
            kind="batch",
            payload=freeze(payload),
            happened=None,
            known_from=None,
            recorded_at=self._moment,
            recorded_by=recorded_by,
            sources=(),
            marks=tuple(sorted(self._shared)),
            rectifies=None,
            supersedes=None,
            about=tuple(self._listed),
        )
        entry = replace(entry, id=entry_id(entry))
        made = lay((entry,), self.size + 1, self._edges, self._zone)
        self._rows.write_rows(made)
        self.size += 1
        self.recorded_us = made.entries[0].recorded_us
        self._seen.add(entry.id)
        self.brought.batches.append(entry.id)
        self._listed = []

    def _check_links(self) -> list[str]:
        """See that every link leads somewhere.

        Returns:
            Ids that links point at, and that were redacted where they come from.

        Raises:
            EntryError: A link leads to nothing else.
        """
        lacking = [name for name in self._open_links if name not in self._seen]
        if lacking and not self._is_new:
            present = self._rows.kinds_of(lacking)
            lacking = [name for name in lacking if name not in present]
        for name in lacking:
            if name not in self._gone:
                raise leads_nowhere(*self._open_links[name])
        return sorted(lacking)


def _bodies(piece: Piece, found: Examined) -> list[str]:
    lines = piece.data.decode(errors="replace").split("\n")
    if found.bodies is None or found.lines is None:
        return lines[: len(found.ids)]
    return [
        body or lines[at] for body, at in zip(found.bodies, found.lines, strict=True)
    ]


def _only(found: Examined, keep: list[bool]) -> Examined:
    """Give what is left of a piece without the entries that are here already."""
    places = list(compress(range(len(keep)), keep))
    new_place = {place: at for at, place in enumerate(places)}
    marked = {}
    for log, (old, data) in found.marked.items():
        kept = [
            (new_place[p], h) for p, h in zip(old, slices(data), strict=True) if keep[p]
        ]
        if kept:
            marked[log] = ([place for place, _ in kept], b"".join(h for _, h in kept))
    return found._replace(
        ids=list(compress(found.ids, keep)),
        kinds=list(compress(found.kinds, keep)),
        columns=tuple(list(compress(column, keep)) for column in found.columns),
        marks=list(compress(found.marks, keep)),
        keys=b"".join(compress(slices(found.keys), keep)),
        leaves=b"".join(compress(slices(found.leaves), keep)),
        marked=marked,
    )
