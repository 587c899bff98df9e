"""The board: server-rendered pages of a case, each state of them an address.

A page reports what the desk reports, with its lens in plain words. The board knows no
rule, and listens elsewhere than on loopback only where people sign in. It reads the
clock for what needs a present: a lens that names no day, sessions, what is recorded.

Example:
    >>> from vigens.board import make_app
    >>> from datetime import UTC, datetime
    >>> app = make_app("examples/paris", lambda: datetime(2026, 3, 8, tzinfo=UTC))
    >>> any(route.path == "/why" for route in app.routes)
    True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigens.board.app import make_app
    from vigens.board.paper import print_brief
    from vigens.board.printed import print_handover, print_missing, print_why
    from vigens.board.serving import serve
    from vigens.board.sharing import Reached, Sharing
    from vigens.board.tongues import speaking, tell, tongue_named

__all__ = [
    "Reached",
    "Sharing",
    "make_app",
    "print_brief",
    "print_handover",
    "print_missing",
    "print_why",
    "serve",
    "speaking",
    "tell",
    "tongue_named",
]

_HOMES = {
    "make_app": "vigens.board.app",
    "print_brief": "vigens.board.paper",
    "print_handover": "vigens.board.printed",
    "print_missing": "vigens.board.printed",
    "print_why": "vigens.board.printed",
    "serve": "vigens.board.serving",
    "Reached": "vigens.board.sharing",
    "Sharing": "vigens.board.sharing",
    "speaking": "vigens.board.tongues",
    "tell": "vigens.board.tongues",
    "tongue_named": "vigens.board.tongues",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for; the web packages are heavy."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(_HOMES[name]), name)
