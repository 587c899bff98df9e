r"""Signed tree heads: what a log was at a moment, with a name to it.

A log is the same log wherever it is copied: what tells it from others of the same
name is its first leaf, which is random by its salt. What is signed are the bytes
``vigens head 1\n`` and the canonical bytes of an object with ``key`` (fingerprint),
``log``, ``moment``, ``origin``, ``root`` and ``size``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vigens.journal.canonical import canonical_bytes
from vigens.journal.errors import ProofError
from vigens.journal.proof.signing import Signer, fingerprint, hex_fields, is_signed

#: More leaves than any log will hold; larger numbers are refused unread.
LARGEST_LOG = 2**48

_HEAD = b"vigens head 1\n"
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True)
class SignedHead:
    """What a log was at a moment, signed.

    Attributes:
        log: Name of the log: `all`, or a mark.
        origin: Its first leaf, hex: which log of that name it is.
        size: How many leaves it had.
        root: Root over them, hex.
        moment: When it was signed, as `recorded_at` has it.
        public: Public key that signed, hex.
        signature: Over all of this, hex.
    """

    log: str
    origin: str
    size: int
    root: str
    moment: str
    public: str
    signature: str

    @property
    def key(self) -> str:
        """Fingerprint of the key that signed."""
        return fingerprint(self.public)

    @property
    def is_sound(self) -> bool:
        """Say whether the signature fits the head and the key it names."""
        data = _head_bytes(
            self.log, self.origin, self.size, self.root, self.moment, self.key
        )
        return is_signed(self.public, data, self.signature)


def sign_head(
    signer: Signer, log: str, *, leaves: tuple[str, int, str], moment: str
) -> SignedHead:
    """Sign what a log is now.

    Args:
        signer: The journal's key.
        log: Name of the log.
        leaves: First leaf, how many, and the root over them, hashes in hex.
        moment: When, as `recorded_at` has it.

    Raises:
        ProofError: The log is empty: there is nothing to vouch for.
    """
    origin, size, root = leaves
    if size < 1:
        raise ProofError.empty(log)
    public = signer.public
    data = _head_bytes(log, origin, size, root, moment, fingerprint(public))
    return SignedHead(log, origin, size, root, moment, public, signer.sign(data))


def head_to_json(head: SignedHead) -> dict[str, Any]:
    """Give a head as plain JSON values."""
    return {
        "log": head.log,
        "origin": head.origin,
        "size": head.size,
        "root": head.root,
        "moment": head.moment,
        "public": head.public,
        "signature": head.signature,
    }


def head_from_json(value: object, where: str) -> SignedHead:
    """Read a head; whether its signature fits is another question.

    Raises:
        ProofError: A field is missing or of another shape.
    """
    if not isinstance(value, Mapping):
        raise ProofError.field("head", "an object", where)
    fields = hex_fields(
        value,
        where,
        origin=_HASH,
        root=_HASH,
        moment=_MOMENT,
        public=_HASH,
        signature=_SIGNATURE,
    )
    log, size = value.get("log"), value.get("size")
    if not isinstance(log, str) or not 0 < len(log) <= 200:
        raise ProofError.field("log", "text of at most 200 signs", where)
    if type(size) is not int or not 0 < size <= LARGEST_LOG:
        raise ProofError.field("size", "a whole number above 0", where)
    return SignedHead(log=log, size=size, **fields)


def _head_bytes(
    log: str, origin: str, size: int, root: str, moment: str, key: str
) -> bytes:
    fields = {
        "log": log,
        "origin": origin,
        "size": size,
        "root": root,
        "moment": moment,
        "key": key,
    }
    return _HEAD + canonical_bytes(fields)
