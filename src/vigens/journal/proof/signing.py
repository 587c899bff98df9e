"""Signatures with Ed25519, and keys that hand over to later ones.

A key is known by its fingerprint: SHA-256 of its 32 public bytes, in hex. When a
journal gets a new key, the old one signs that the new one follows; who trusts the
old one can go along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from vigens.journal.canonical import canonical_bytes
from vigens.journal.errors import ProofError, SigningKeyError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SUCCESSION = b"vigens key succession 1\n"
_HEX_KEY = re.compile(r"[0-9a-f]{64}")
_HEX_SIGNATURE = re.compile(r"[0-9a-f]{128}")


class Signer:
    """A private key in memory."""

    __slots__ = ("_private",)

    def __init__(self, private: Ed25519PrivateKey) -> None:
        """Hold a key; `new` and `from_pem` make one."""
        self._private = private

    @classmethod
    def new(cls) -> Signer:
        """Draw a new key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (
            Ed25519PrivateKey,
        )

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, data: bytes, where: str) -> Signer:
        """Read a private key in PEM (PKCS #8, not encrypted).

        Raises:
            SigningKeyError: It is none, or not of Ed25519.
        """
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (
            Ed25519PrivateKey,
        )
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            private = load_pem_private_key(data, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise SigningKeyError.unreadable(where) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise SigningKeyError.unreadable(where)
        return cls(private)

    def to_pem(self) -> bytes:
        """Write the private key in PEM, as `openssl pkey` reads it."""
        from cryptography.hazmat.primitives.serialization import (
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        return self._private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )

    @property
    def public(self) -> str:
        """The public key, 64 hex digits."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, data: bytes) -> str:
        """Sign bytes; 128 hex digits."""
        return self._private.sign(data).hex()


def fingerprint(public: str) -> str:
    """Give the fingerprint of a public key, both in hex."""
    return sha256(bytes.fromhex(public)).hexdigest()


def is_signed(public: str, data: bytes, signature: str) -> bool:
    """Say whether a signature is that of a key over some bytes; all in hex."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Succession:
    """The word of a key that another one follows it.

    Attributes:
        old: Public key that hands over, hex.
        new: Public key that follows, hex.
        moment: When, as `recorded_at` has it.
        signature: Of the old key, hex.
    """

    old: str
    new: str
    moment: str
    signature: str

    @property
    def is_sound(self) -> bool:
        """Say whether the old key signed it."""
        data = _succession_bytes(self.old, self.new, self.moment)
        return is_signed(self.old, data, self.signature)


def hand_over(old: Signer, new: Signer, moment: str) -> Succession:
    """Have a key sign that another follows it."""
    data = _succession_bytes(old.public, new.public, moment)
    return Succession(old.public, new.public, moment, old.sign(data))


def successors(trusted: Iterable[str], handed_over: Iterable[Succession]) -> set[str]:
    """Give the fingerprints of keys that are trusted, themselves or by succession.

    Args:
        trusted: Fingerprints that somebody trusts.
        handed_over: What old keys signed; what is unsound counts for nothing.
    """
    found = set(trusted)
    open_ones = [each for each in handed_over if each.is_sound]
    while True:
        new = {
            fingerprint(each.new)
            for each in open_ones
            if fingerprint(each.old) in found
        }
        if new <= found:
            return found
        found |= new


def succession_to_json(handed_over: Succession) -> dict[str, Any]:
    """Give a succession as plain JSON values."""
    return {
        "old": handed_over.old,
        "new": handed_over.new,
        "moment": handed_over.moment,
        "signature": handed_over.signature,
    }


def succession_from_json(value: object, where: str) -> Succession:
    """Read a succession; whether it is sound is another question.

    Raises:
        ProofError: A field is missing or of another shape.
    """
    fields = hex_fields(value, where, old=_HEX_KEY, new=_HEX_KEY)
    fields |= hex_fields(value, where, signature=_HEX_SIGNATURE)
    moment = value.get("moment") if isinstance(value, Mapping) else None
    if not isinstance(moment, str) or len(moment) > 40:
        raise ProofError.field("moment", "text", where)
    return Succession(fields["old"], fields["new"], moment, fields["signature"])


def hex_fields(value: object, where: str, **wanted: re.Pattern[str]) -> dict[str, str]:
    """Take texts out of an object, each of a shape.

    Raises:
        ProofError: One is missing or of another shape.
    """
    found: dict[str, str] = {}
    for name, shape in wanted.items():
        text = value.get(name) if isinstance(value, Mapping) else None
        if not isinstance(text, str) or not shape.fullmatch(text):
            raise ProofError.field(name, f"text that fits {shape.pattern}", where)
        found[name] = text
    return found


def _succession_bytes(old: str, new: str, moment: str) -> bytes:
    fields = {"old": old, "new": new, "moment": moment}
    return _SUCCESSION + canonical_bytes(fields)
