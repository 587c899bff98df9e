"""The Merkle tree of RFC 6962 over leaf hashes: roots, and proofs about them.

A node is SHA-256(byte 1, left, right); the root of no leaf is SHA-256 of nothing; a
tree of n leaves splits at the largest power of two below n. Leaves come in hashed:
`leaves` makes them. Numbers of leaves count from 0 here, as in the standard.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Self

from vigens.journal.errors import ProofError
from vigens.journal.proof.leaves import HASH_BYTES

#: Root of a log that holds nothing.
EMPTY_ROOT = sha256(b"").digest()

_NODE = b"\1"
_SIZE = struct.Struct(">Q")


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of an inner node."""
    return sha256(_NODE + left + right).digest()


def _pairs(hashes: Sequence[bytes]) -> list[bytes]:
    """Hash neighbours together; an odd last one is left out."""
    one = iter(hashes)
    return [sha256(b"\1%b%b" % pair).digest() for pair in zip(one, one, strict=False)]


class Frontier:
    """The right edge of a tree: all that appending needs, a few hashes.

    For each binary digit 1 of the size it holds the root of one complete subtree,
    the largest first.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        """Start an empty tree."""
        self._size = 0
        self._peaks: list[bytes] = []

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash of 32 bytes."""
        size = self._size
        while size & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            size >>= 1
        self._peaks.append(leaf)
        self._size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes at once, level by level."""
        row = list(leaves)
        added = len(row)
        right: list[bytes] = []  # peaks of the new edge, the smallest first
        size = self._size
        while row:
            if size & 1:
                row.insert(0, self._peaks.pop())
            if len(row) & 1:
                right.append(row[-1])
            row = _pairs(row)
            size >>= 1
        self._peaks += reversed(right)
        self._size += added

    def root(self) -> bytes:
        """Give the root of the tree."""
        if not self._peaks:
            return EMPTY_ROOT
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root

    def copy(self) -> Frontier:
        """Give an edge of its own that can grow apart from this one."""
        twin = Frontier()
        twin._size = self._size
        twin._peaks = self._peaks.copy()
        return twin

    def to_bytes(self) -> bytes:
        """Write it: the size in 8 bytes, big end first, then the hashes."""
        return _SIZE.pack(self._size) + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote.

        Raises:
            ProofError: Length and size do not fit each other.
        """
        edge = cls()
        if len(data) >= _SIZE.size:
            (edge._size,) = _SIZE.unpack_from(data)
            edge._peaks = [
                data[at : at + HASH_BYTES]
                for at in range(_SIZE.size, len(data), HASH_BYTES)
            ]
        if len(data) != _SIZE.size + HASH_BYTES * edge._size.bit_count():
            raise ProofError.frontier(len(data))
        return edge

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Frontier):
            return NotImplemented
        return self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash(self.to_bytes())


class Tree:
    """A whole tree in memory, for many proofs about it and about its past."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes]) -> None:
        """Hash every complete subtree once."""
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_pairs(self._levels[-1]))

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Give the root now, or when the tree had `size` leaves.

        Raises:
            ProofError: The tree never had that size.
        """
        size = self._checked(size)
        return self._hash(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Prove that a leaf is in the tree of `size` leaves.

        Args:
            index: The leaf's number, from 0.
            size: Of the tree meant; as it is now if not given.

        Returns:
            The audit path of RFC 6962, 2.1.1, from the leaf upwards.

        Raises:
            ProofError: The tree has no such leaf or never had that size.
        """
        size = self._checked(size)
        if not 0 <= index < size:
            raise ProofError.no_leaf(index, size)
        path: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._hash(middle, high))
                high = middle
            else:
                path.append(self._hash(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency(self, old: int, size: int | None = None) -> tuple[bytes, ...]:
        """Prove that the tree of `size` leaves begins with the one of `old`.

        Returns:
            The proof of RFC 6962, 2.1.2; nothing where either is empty or both are
            of one size.

        Raises:
            ProofError: The tree never had one of the sizes, or `old` is the larger.
        """
        size = self._checked(size)
        if not 0 <= old <= size:
            raise ProofError.no_size(old, size)
        if old in (0, size):
            return ()
        path: list[bytes] = []
        low, high, is_whole = 0, size, True
        while high != old:
            middle = low + _split(high - low)
            if old <= middle:
                path.append(self._hash(middle, high))
                high = middle
            else:
                path.append(self._hash(low, middle))
                low, is_whole = middle, False
        if not is_whole:
            path.append(self._hash(low, high))
        return tuple(reversed(path))

    def _checked(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise ProofError.no_size(size, self.size)
        return size

    def _hash(self, low: int, high: int) -> bytes:
        """Give the root over leaves low to high; low is a multiple of a subtree."""
        left: list[bytes] = []
        while True:
            span = high - low
            level = span.bit_length() - 1
            if span == 1 << level:
                root = self._levels[level][low >> level]
                break
            left.append(self._levels[level][low >> level])
            low += 1 << level
        for peak in reversed(left):
            root = node_hash(peak, root)
        return root


def _split(size: int) -> int:
    """Give the largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Give the root over leaf hashes."""
    edge = Frontier()
    edge.extend(leaves)
    return edge.root()


def inclusion_proof(leaves: Iterable[bytes], index: int) -> tuple[bytes, ...]:
    """Prove one leaf to be among these; `Tree` is for many proofs.

    Raises:
        ProofError: There is no such leaf.
    """
    return Tree(leaves).inclusion(index)


def consistency_proof(leaves: Iterable[bytes], old: int) -> tuple[bytes, ...]:
    """Prove that the first `old` leaves are the tree as it was then.

    Raises:
        ProofError: There are fewer leaves than that.
    """
    return Tree(leaves).consistency(old)


def verify_inclusion(
    leaf: bytes, index: int, size: int, *, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether a proof shows that a leaf is in the tree with this root.

    Args:
        leaf: The leaf hash.
        index: Its number, from 0.
        size: Leaves of the tree.
        proof: As `Tree.inclusion` gives it.
        root: Root of the tree.

    Source:
        RFC 9162, 2.1.3.2, which states the check of RFC 6962.
    """
    if not 0 <= index < size or any(len(part) != HASH_BYTES for part in proof):
        return False
    number, last, found = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(part, found)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            found = node_hash(found, part)
        number >>= 1
        last >>= 1
    return last == 0 and found == root


def verify_consistency(
    old: int,
    size: int,
    *,
    old_root: bytes,
    root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Say whether a proof shows that one tree begins with another.

    Args:
        old: Leaves of the earlier tree.
        size: Leaves of the later tree.
        old_root: Root of the earlier tree.
        root: Root of the later tree.
        proof: As `Tree.consistency` gives it.

    Source:
        RFC 9162, 2.1.4.2. An empty log is the beginning of every log.
    """
    if not 0 <= old <= size or any(len(part) != HASH_BYTES for part in proof):
        return False
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    parts = list(proof)
    if old.bit_count() == 1:
        parts.insert(0, old_root)
    if not parts:
        return False
    number, last = old - 1, size - 1
    while number & 1:
        number >>= 1
        last >>= 1
    first = second = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            first = node_hash(part, first)
            second = node_hash(part, second)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            second = node_hash(second, part)
        number >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == root
