r"""Leaves: what stands for an entry in a log, so that its hash gives nothing away.

Each entry has a key of its own, 32 random bytes that never leave the journal. From
the key and the name of a log comes the salt of the entry in that log; from the salt
and the id comes the leaf. Who holds salt and id can check a leaf; who holds the leaf
alone can guess nothing, and two leaves of one entry in two logs look unrelated.

======== ==================================================================
name     bytes
======== ==================================================================
salt     SHA-256(``vigens salt 1\n``, key of 32 bytes, log name in UTF-8)
data     ``vigens leaf 1\n`` ``l2:`` ``s64:`` salt in hex ``s64:`` entry id
leaf     SHA-256(byte 0, data), as RFC 6962 hashes a leaf
======== ==================================================================
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import sha256

from vigens.journal.errors import ProofError

#: The log that holds every entry. Each mark has a log of its own name beside it.
ALL_ENTRIES = "all"

#: Bytes of a key, of a salt, of a leaf.
HASH_BYTES = 32

_SALT = b"vigens salt 1\n"
_LEAF = b"\0vigens leaf 1\nl2:s64:%bs64:%b"


def new_key() -> bytes:
    """Draw the key of one entry: 32 random bytes."""
    return secrets.token_bytes(HASH_BYTES)


def salt(key: bytes, log: str) -> bytes:
    """Derive the salt of an entry in one log.

    Args:
        key: The entry's 32 random bytes.
        log: Name of the log: `all`, or a mark.

    Raises:
        ProofError: The key has another length.
    """
    if len(key) != HASH_BYTES:
        raise ProofError.length("a key", len(key))
    return sha256(_SALT + key + log.encode()).digest()


def leaf_hash(salt: bytes, identifier: str) -> bytes:
    """Give the leaf that stands for an entry in a log.

    Args:
        salt: The entry's salt in that log, 32 bytes.
        identifier: Id of the entry, 64 hex digits.

    Raises:
        ProofError: Salt or id has another length.
    """
    if len(salt) != HASH_BYTES:
        raise ProofError.length("a salt", len(salt))
    if len(identifier) != 2 * HASH_BYTES or not identifier.isascii():
        raise ProofError.identifier(identifier)
    return sha256(_LEAF % (salt.hex().encode(), identifier.encode())).digest()


def leaf_hashes(pairs: Iterable[tuple[bytes, str]], log: str) -> list[bytes]:
    """Give the leaves of many entries in one log, from their keys and ids.

    Args:
        pairs: Key and id of each entry, in the order of the log. Their lengths are
            the caller's: it made the keys and derived the ids.
        log: Name of the log.
    """
    name = log.encode()
    head = _SALT
    return [
        sha256(
            _LEAF
            % (sha256(head + key + name).hexdigest().encode(), identifier.encode())
        ).digest()
        for key, identifier in pairs
    ]
