"""Keeping an image beside its journal, and believing it only where it fits."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from vigens.journal.eyes import EVERYTHING, Clearance
from vigens.journal.image.columns import Claims, Grades, Image, Matters
from vigens.journal.image.making import Maker
from vigens.journal.image.reading import read_all
from vigens.journal.stores.address import is_address

if TYPE_CHECKING:
    from vigens.journal.entry import Entry
    from vigens.journal.store import LogHead

_MAGIC = b"vigens image 1\n"
_TABLES: dict[str, type[Any]] = {"matters": Matters, "claims": Claims, "grades": Grades}
_ARRAYS = ("recorded", "marks", "rest", "arg_starts", "arg_words")


class Imaged(Protocol):
    """A journal of which an image can be made: one in a database."""

    @property
    def where(self) -> str:
        """The journal's name in messages."""
        ...

    @property
    def zone(self) -> str:
        """IANA name whose civil days give the bounds of dates."""
        ...

    def head(self, log: str = "all") -> LogHead:
        """Say how a log stands now."""
        ...

    def count_redacted(self) -> int:
        """Say how many entries were redacted."""
        ...

    def lines(self) -> Iterator[tuple[int, bytes | Entry]]:
        """Give position and stored line of each entry; a stub where it is redacted."""
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
    store: Imaged, path: Path | None = None, clearance: Clearance = EVERYTHING
) -> Image:
    """Give the image of a journal as it stands: kept, or made and kept.

    Args:
        store: In a database.
        path: Where it is kept; nowhere if not given. One that is damaged, of another
            journal, state or reader is made anew.
        clearance: Whose image: what that reader may not see does not shape it.

    Raises:
        EntryError: A row of the journal is damaged.
        JournalFileError: A row of it is no text.
        JournalOutsideError: It cannot be read.
    """
    key = _key(store, clearance)
    kept = None if path is None else _load(path, key)
    if kept is not None:
        return kept
    maker = Maker(store.zone, clearance)
    maker.take(read_all(store.lines(), store.zone, store.where))
    image = maker.image()
    # Where somebody wrote meanwhile, it is good for now and nothing to keep.
    if path is not None and _key(store, clearance) == key:
        with suppress(OSError):  # one that cannot be kept is made again next time
            _save(path, key, image, _rights_of(store.where))
    return image


def _key(store: Imaged, clearance: Clearance) -> bytes:
    """Give what tells one state of one journal, and one reader, from every other."""
    head = store.head()
    facts = [head.size, head.root.hex(), store.count_redacted(), store.zone]
    facts.append(None if clearance.marks is None else sorted(clearance.marks))
    return sha256(_MAGIC + json.dumps(facts).encode()).digest()


def _load(path: Path, key: bytes) -> Image | None:
    """Read a kept image, if it is whole and has this key."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + 64
    head, seal = _MAGIC + key, data[len(_MAGIC) + 32 : start]
    if not data.startswith(head):
        return None
    if sha256(head + memoryview(data)[start:]).digest() != seal:
        return None
    with np.load(io.BytesIO(memoryview(data)[start:]), allow_pickle=False) as kept:
        return _from_arrays(kept)


def _rights_of(where: str) -> int:
    """Give who may read a journal: of one on a server whoever keeps its image."""
    return 0o600 if is_address(where) else Path(where).stat().st_mode & 0o777


def _save(path: Path, key: bytes, image: Image, mode: int) -> None:
    """Write an image, whole or not at all, for the eyes of those who read the journal."""
    out = io.BytesIO()
    np.savez(out, **_to_arrays(image))
    body = out.getbuffer()
    head = _MAGIC + key
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(head + sha256(head + body).digest())
            file.write(body)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _to_arrays(image: Image) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(image, name) for name in _ARRAYS}
    for table, kind in _TABLES.items():
        rows = getattr(image, table)
        for each in fields(kind):
            found[f"{table}.{each.name}"] = getattr(rows, each.name)
    words = json.dumps([image.zone, image.words, image.mark_sets]).encode()
    found["words"] = np.frombuffer(words, dtype=np.uint8)
    return found


def _from_arrays(kept: Any) -> Image:
    zone, words, mark_sets = json.loads(kept["words"].tobytes())
    tables = {
        table: kind(*(kept[f"{table}.{each.name}"] for each in fields(kind)))
        for table, kind in _TABLES.items()
    }
    return Image(
        zone=zone,
        words=tuple(words),
        mark_sets=tuple(tuple(marks) for marks in mark_sets),
        **{name: kept[name] for name in _ARRAYS},
        **tables,
    )
