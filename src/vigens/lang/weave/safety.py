"""What other people wrote, made safe to show: addresses and signs that steer."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

#: Control signs, and those that turn the direction of the text after them.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def unsteered(value: object) -> object:
    """Show a mark where a steering sign stands; other values stay as they are."""
    if not isinstance(value, str) or not _STEERING.search(value):
        return value
    shown = _STEERING.sub("\ufffd", value)
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 - it was


def web_address(text: object) -> str:
    """Give an address back if a browser may follow it; else nothing.

    Only `http` and `https` with a host are followed: what a source says of itself is
    written by others, and `javascript:` is an address too.
    """
    address = str(text)
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in address):
        return ""
    try:
        parts = urlsplit(address)
        followed = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if followed else ""
