"""Making the image of a large journal, with as many processes as can help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vigens.base import VigensError
from vigens.journal.entry import Entry, format_entry
from vigens.journal.eyes import Clearance
from vigens.journal.image.growing import empty_image, id_digests, places
from vigens.journal.image.making import Maker
from vigens.journal.image.pieces import Taken, laid, merged
from vigens.journal.image.reading import read_all
from vigens.journal.spreading import n_helpers, spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vigens.journal.image.columns import Image

#: Entries of a piece; a journal of fewer than ten pieces is not worth other processes.
PIECE = 4000

#: After so many pieces, and again after as many, somebody may be told: 100,000 entries.
_TELLS_EACH = 25

#: Is told how many entries were taken so far.
Progress = Callable[[int], None]

_Lines = Sequence[tuple[int, bytes]]


class Lines(Protocol):
    """A journal that gives its stored lines."""

    @property
    def where(self) -> str:
        """The journal's name in messages."""
        ...

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        ...

    def size(self, log: str = "all") -> int:
        """Say how many entries there are."""
        ...

    def lines(self, after: int = 0) -> Iterator[tuple[int, bytes | Entry]]:
        """Give position and stored line of each entry; a stub where it is redacted."""
        ...


class _Piece(NamedTuple):
    """What was taken, and the ids outside the piece that its entries point at."""

    taken: Taken
    targets: NDArray[np.uint8]


def make_image(
    store: Lines,
    clearance: Clearance,
    n_processes: int | None = None,
    progress: Progress | None = None,
) -> Image:
    """Make the image of a whole journal.

    Args:
        store: In a database.
        clearance: Whose image.
        n_processes: How many beside this one; by default as many as can help, and none
            where there is little to do.
        progress: Told how many entries of a large journal were taken, now and then.

    Raises:
        EntryError: A row of the journal is damaged.
        JournalFileError: A row of it is no text.
        JournalOutsideError: It cannot be read, or a process came to a sudden end.
    """
    if n_processes is None:
        n_processes = 0 if store.size() < 10 * PIECE else n_helpers()
    act = partial(_taken, zone=store.zone, where=store.where, clearance=clearance)
    parts: list[Taken] = []
    governing: set[str] = set()
    for lines, piece in spread(act, _cut(store.lines()), n_processes, store.where):
        if piece is None or _is_governed(piece, governing):
            maker = Maker(store.zone, clearance, governing=governing)
            maker.take(read_all(lines, store.zone, store.where))
            taken = maker.taken()
        else:
            taken = piece.taken
        governing.update(bytes(row).hex() for row in taken.fresh.governing)
        parts.append(taken)
        if progress is not None and len(parts) % _TELLS_EACH == 0:
            progress(sum(len(part.fresh.recorded) for part in parts))
    empty = empty_image(store.zone)
    return laid(empty, merged(parts)) if parts else empty


def _cut(lines: Iterable[tuple[int, bytes | Entry]]) -> Iterator[_Lines]:
    """Cut a journal into pieces that can be handed to another process."""
    plain = (
        (at, format_entry(line).encode() if isinstance(line, Entry) else line)
        for at, line in lines
    )
    while piece := list(islice(plain, PIECE)):
        yield piece


def _taken(
    lines: _Lines, *, zone: str, where: str, clearance: Clearance
) -> _Piece | None:
    """Take a piece as if nothing came before; none where an entry is damaged."""
    try:
        read = list(read_all(lines, zone, where))
    except VigensError:
        return None  # whoever asked comes upon it again, and says so
    maker = Maker(zone, clearance)
    maker.take(read)
    targets = {target for one in read for target in one.links}
    targets -= {one.id for one in read}
    return _Piece(maker.taken(), id_digests(targets))


def _is_governed(piece: _Piece, governing: set[str]) -> bool:
    """Say whether something before the piece decides who sees what is in it."""
    return bool((places(id_digests(governing), piece.targets) >= 0).any())
