"""Pages of webhooks: who is told, what waits, what was sent.

They change the file of webhooks alone; what is told the desk notices and sends.

Example:
    >>> from vigens.board.hooks import HOOKS
    >>> [way.path for way in HOOKS]
    ['/hooks']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.board.hooks.ways import HOOKS

__all__ = ["HOOKS"]

__getattr__ = lazily(__name__)
