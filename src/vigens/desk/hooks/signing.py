"""Signatures of what is sent, in the headers of the Standard Webhooks specification."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

PREFIX = "whsec_"

#: Seconds by which the clocks of sender and receiver may differ.
TOLERANCE_SECONDS = 300


def new_secret() -> str:
    """Draw a secret that sender and receiver share."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, message: str, at: int, body: bytes) -> str:
    """Sign a message: its id, the moment of sending and its body.

    Args:
        secret: As `new_secret` gives it.
        message: Its id; the same on every attempt.
        at: UTC seconds.
        body: The bytes that are sent.
    """
    said = f"{message}.{at}.".encode() + body
    digest = hmac.new(_key(secret), said, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def verify(
    secret: str, message: str, at: int, body: bytes, *, signature: str, now: int
) -> bool:
    """Say whether a message is signed with a secret, and not an old one sent anew.

    A receiver also remembers the ids of the last minutes, and takes none twice.
    """
    if abs(now - at) > TOLERANCE_SECONDS:
        return False
    right = sign(secret, message, at, body).encode()
    return any(hmac.compare_digest(one.encode(), right) for one in signature.split())


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return secret.encode()
