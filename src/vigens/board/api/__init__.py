"""The API: the answers of the pages as JSON, for programs; its description is its table.

It asks the desk what the pages ask, as the same person, through the same eyes. It
knows no page and keeps nothing.

Example:
    >>> from vigens.board.api import ENDPOINTS
    >>> [one.path for one in ENDPOINTS][:3]
    ['/status', '/answers', '/why']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily

if TYPE_CHECKING:
    from vigens.board.api.endpoints import Endpoint, is_api
    from vigens.board.api.openapi import describe, shapes_of
    from vigens.board.api.page import show_api
    from vigens.board.api.params import ROOT
    from vigens.board.api.schema import field_words, schema_name
    from vigens.board.api.service import Service
    from vigens.board.api.table import ENDPOINTS

__all__ = [
    "ENDPOINTS",
    "ROOT",
    "Endpoint",
    "Service",
    "describe",
    "field_words",
    "is_api",
    "schema_name",
    "shapes_of",
    "show_api",
]

__getattr__ = lazily(__name__)
