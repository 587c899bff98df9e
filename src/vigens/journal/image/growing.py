"""What lets an image grow with its journal: ids as arrays, and what is set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from vigens.journal.image.columns import Claims, Grades, Growth, Image, Matters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Digests = NDArray[np.uint8]

#: Bytes of an id, and of what stands for an address.
ID_BYTES, ORIGIN_BYTES = 32, 16


def id_digests(ids: Iterable[str]) -> Digests:
    """Give ids as an array.

    Returns:
        (n, 32) uint8.
    """
    return _rows(bytes.fromhex("".join(ids)), ID_BYTES)


def origin_digests(origins: Sequence[bytes]) -> Digests:
    """Give what stands for addresses as an array.

    Returns:
        (n, 16) uint8.
    """
    return _rows(b"".join(origins), ORIGIN_BYTES)


def origin_of(address: str) -> bytes:
    """Give what stands for an address: 16 bytes."""
    return sha256(address.encode("utf-8", "surrogatepass")).digest()[:ORIGIN_BYTES]


def own_origin(identifier: str) -> bytes:
    """Give what stands for the address of a claim that names none: 16 bytes."""
    return bytes.fromhex(identifier)[:ORIGIN_BYTES]


def places(wanted: Digests, among: Digests) -> NDArray[np.int64]:
    """Find rows among others that are all different.

    Args:
        wanted: (m, k) uint8, k of 8 or more.
        among: (n, k) uint8.

    Returns:
        (m,) int64: the place of each among the others, -1 where it is none of them.
    """
    found = np.full(len(wanted), -1, dtype=np.int64)
    if not len(wanted) or not len(among):
        return found
    keys, sought = _keys(among), _keys(wanted)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    at = np.searchsorted(keys, sought)
    left = np.arange(len(wanted))
    while len(left):
        left = left[at[left] < len(keys)]
        left = left[keys[at[left]] == sought[left]]
        rows = order[at[left]]
        is_it = (among[rows] == wanted[left]).all(axis=1)
        found[left[is_it]] = rows[is_it]
        left = left[~is_it]
        at[left] += 1
    return found


def empty_image(zone: str) -> Image:
    """Give the image of a journal that holds nothing."""
    longs, codes = np.zeros(0, np.int64), np.zeros(0, np.int32)
    ids, origins = np.zeros((0, ID_BYTES), np.uint8), np.zeros((0, 16), np.uint8)
    return Image(
        zone,
        longs,
        codes,
        longs,
        Matters(longs, ids, longs, codes, codes, codes, longs, longs),
        Claims(longs, ids, longs, codes, np.zeros(0, np.bool_), codes, codes),
        Grades(longs, longs, codes, codes, codes),
        np.zeros(1, np.int64),
        codes,
        (),
        (),
        Growth(origins, ids, ids, ids, origins, ids, origins, ids),
    )


def _rows(data: bytes, width: int) -> Digests:
    return np.frombuffer(data, dtype=np.uint8).reshape(-1, width)


def _keys(rows: Digests) -> NDArray[np.uint64]:
    """Give the first eight bytes of each row as a number."""
    return np.ascontiguousarray(rows[:, :8]).view(np.uint64).ravel()
