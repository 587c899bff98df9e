"""Signs in other people's words that steer a screen instead of being read."""

from __future__ import annotations

import re

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
