"""Compiled rules as text and back, so that the same pages are compiled once.

The text holds data only: a list of values, each after the values that it is made of. What
is read back is equal to what was written, or it is refused.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

import vigens.rules
from vigens.base import Finding, Severity, Span
from vigens.lang.compile import Compiled

_TUPLE, _MAP, _SEVERITY = "()", "{}", "severity"
_PLAIN = (str, int, bool, type(None))


def dump_compiled(compiled: Compiled) -> str | None:
    """Write compiled rules as text; `None` where something in them cannot be written.

    Args:
        compiled: With whatever findings.
    """
    writer = _Writer()
    try:
        writer.add(compiled)
    except (TypeError, RecursionError):
        return None
    text = json.dumps([writer.kinds, writer.values], separators=(",", ":"))
    return text if load_compiled(text) == compiled else None


def load_compiled(text: str) -> Compiled | None:
    """Read compiled rules; `None` where the text holds nothing of the kind.

    Args:
        text: As written by `dump_compiled`.
    """
    try:
        names, values = json.loads(text)
        makers = [_makers()[name] for name in names]
        found: list[Any] = []
        for kind, *parts in values:
            found.append(
                makers[kind](*[found[p[0]] if type(p) is list else p for p in parts])
            )
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    last = found[-1] if found else None
    return last if isinstance(last, Compiled) else None


class _Writer:
    """Lists values, each once, after what it is made of."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.values: list[list[Any]] = []
        self._places: dict[str, int] = {}

    def add(self, value: Any) -> int:
        """Add a value, and give its place."""
        parts: list[Any]
        if isinstance(value, Severity):
            kind, parts = _SEVERITY, [str(value)]
        elif isinstance(value, tuple):
            kind, parts = _TUPLE, list(value)
        elif isinstance(value, dict):
            kind, parts = _MAP, [part for pair in value.items() for part in pair]
        elif is_dataclass(value) and _makers().get(type(value).__name__) is type(value):
            kind = type(value).__name__
            parts = [getattr(value, each.name) for each in fields(value)]
        else:
            raise TypeError(type(value))
        if kind not in self.kinds:
            self.kinds.append(kind)
        written = [self.kinds.index(kind), *map(self._part, parts)]
        key = json.dumps(written)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(written)
        return self._places[key]

    def _part(self, value: Any) -> Any:
        is_plain = type(value) in _PLAIN
        return value if is_plain else [self.add(value)]


def _map(*parts: Any) -> dict[Any, Any]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _tuple(*parts: Any) -> tuple[Any, ...]:
    return parts


@lru_cache(maxsize=1)
def _makers() -> dict[str, Any]:
    """Give what makes a value of each kind; nothing else can be read."""
    known = [getattr(vigens.rules, name) for name in vigens.rules.__all__]
    kinds = [each for each in known if isinstance(each, type) and is_dataclass(each)]
    kinds += [Compiled, Finding, Span]
    plain = {_TUPLE: _tuple, _MAP: _map, _SEVERITY: Severity}
    return {**{each.__name__: each for each in kinds}, **plain}
