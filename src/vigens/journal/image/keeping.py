"""Keeping an image beside its journal, and believing it only where it fits."""

from __future__ import annotations

import io
import json
import os
from contextlib import suppress
from dataclasses import fields
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.image.columns import Claims, Grades, Growth, Image, Matters
from vigens.journal.image.making import Maker
from vigens.journal.image.reading import read_all
from vigens.journal.image.together import Lines, Progress, make_image
from vigens.journal.stores.address import is_address

if TYPE_CHECKING:
    from vigens.journal.store import LogHead

_MAGIC = b"vigens image 2\n"
_TABLES: dict[str, type[Any]] = {
    "matters": Matters,
    "claims": Claims,
    "grades": Grades,
    "growth": Growth,
}
#: So many entries, or one in a hundred, are laid behind a kept image each time anew
#: before it is written again.
_FEW = 1000

_ARRAYS = ("recorded", "marks", "rest", "arg_starts", "arg_words")


class Imaged(Lines, Protocol):
    """A journal of which an image can be made: one in a database."""

    def head(self, log: str = "all") -> LogHead:
        """Say how a log stands now."""
        ...

    def head_at(self, size: int) -> LogHead | None:
        """Say how the log of all stood when it held so many; none if it never did."""
        ...

    def count_redacted(self) -> int:
        """Say how many entries were redacted."""
        ...


def image_path(journal: Path, clearance: Clearance = EVERYTHING) -> Path:
    """Give the place of a journal's image, for each reader another one."""
    of_reader = "" if clearance.is_whole else f".{clearance.reader}"
    return journal.with_name(f"{journal.name}{of_reader}.image")


def image_paths(journal: Path) -> tuple[Path, ...]:
    """List the images that lie beside a journal, whoever they are for."""
    return tuple(sorted(journal.parent.glob(f"{escape(journal.name)}*.image")))


def wipe(path: Path) -> None:
    """Take a kept image away, with what it says."""
    with suppress(FileNotFoundError), path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
        path.unlink()


def read_image(
    store: Imaged,
    path: Path | None = None,
    clearance: Clearance = EVERYTHING,
    progress: Progress | None = None,
) -> Image:
    """Give the image of a journal as it stands: kept, or made and kept.

    Args:
        store: In a database.
        path: Where it is kept; nowhere if not given. One that is damaged, of another
            journal, state or reader is made anew.
        clearance: Whose image: what that reader may not see does not shape it.
        progress: Told how many entries were taken, now and then, where it is made.

    Raises:
        EntryError: A row of the journal is damaged.
        JournalFileError: A row of it is no text.
        JournalOutsideError: It cannot be read.
    """
    state = _state(store, clearance)
    kept = None if path is None else _load(path)
    if kept is not None and kept[0] == state:
        return kept[1]
    image = kept and _grown(store, clearance, state, *kept)
    if kept is not None and image is not None:
        if image.size - kept[1].size < max(_FEW, image.size // 100):
            return image  # the next one grows as quickly from what is kept
    else:
        image = make_image(store, clearance, progress=progress)
    # Where somebody wrote meanwhile, it is good for now and nothing to keep.
    if path is not None and _state(store, clearance) == state:
        with suppress(OSError):  # one that cannot be kept is made again next time
            _save(path, state, image, _rights_of(store.where))
    return image


def _grown(
    store: Imaged, clearance: Clearance, now: State, then: State, image: Image
) -> Image | None:
    """Lay what came since behind a kept image, if it is of this journal and reader."""
    size, root, *others = then
    head = store.head_at(size) if others == list(now[2:]) else None
    if head is None or head.root.hex() != root or image.size != size:
        return None
    maker = Maker(store.zone, clearance, image)
    maker.take(read_all(store.lines(size), store.zone, store.where))
    return maker.image()


#: Size and root of the log, how many entries were redacted, the zone, the reader's
#: marks: what tells one state of one journal, and one reader, from every other.
State = list[Any]


def _state(store: Imaged, clearance: Clearance) -> State:
    head = store.head()
    marks = None if clearance.marks is None else sorted(clearance.marks)
    return [head.size, head.root.hex(), store.count_redacted(), store.zone, marks]


def _load(path: Path) -> tuple[State, Image] | None:
    """Read a kept image, if it is whole; and of what it is one."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + 32
    body = memoryview(data)[start:]
    if not data.startswith(_MAGIC) or sha256(body).digest() != data[start - 32 : start]:
        return None
    with np.load(io.BytesIO(body), allow_pickle=False) as kept:
        return _from_arrays(kept)


def _rights_of(where: str) -> int:
    """Give who may read a journal: of one on a server whoever keeps its image."""
    return 0o600 if is_address(where) else Path(where).stat().st_mode & 0o777


def _save(path: Path, state: State, image: Image, mode: int) -> None:
    """Write an image, whole or not at all, for the eyes of those who read the journal."""
    out = io.BytesIO()
    np.savez(out, **_to_arrays(image, state))
    body = out.getbuffer()
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MAGIC + sha256(body).digest())
            file.write(body)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _to_arrays(image: Image, state: State) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(image, name) for name in _ARRAYS}
    for table, kind in _TABLES.items():
        rows = getattr(image, table)
        for each in fields(kind):
            found[f"{table}.{each.name}"] = getattr(rows, each.name)
    words = json.dumps([state, image.zone, image.words, image.mark_sets]).encode()
    found["words"] = np.frombuffer(words, dtype=np.uint8)
    return found


def _from_arrays(kept: Any) -> tuple[State, Image]:
    state, zone, words, mark_sets = json.loads(kept["words"].tobytes())
    tables = {
        table: kind(*(kept[f"{table}.{each.name}"] for each in fields(kind)))
        for table, kind in _TABLES.items()
    }
    image = Image(
        zone=zone,
        words=tuple(words),
        mark_sets=tuple(tuple(marks) for marks in mark_sets),
        **{name: kept[name] for name in _ARRAYS},
        **tables,
    )
    return state, image
