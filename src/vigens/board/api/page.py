"""The readable page of the API: every endpoint with what it takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.api.endpoints import Endpoint
from vigens.board.api.openapi import address
from vigens.board.api.params import LENS, PAGING, ROOT, Param
from vigens.board.api.schema import field_words
from vigens.board.api.table import ENDPOINTS
from vigens.board.contexts import Page

if TYPE_CHECKING:
    from vigens.board.contexts import Visit


@dataclass(frozen=True, slots=True)
class ShownEndpoint:
    """One endpoint on the page.

    Attributes:
        path: As it is written.
        methods: `GET`, `POST` or both.
        needs: The permissions that it asks for.
        title: What it does.
        words: More about it.
        params: Its own parameters.
        fields: The fields of its answer with their meaning.
        href: Where it can be tried; empty where it needs more than an address.
        is_list: Whether it comes in pages.
    """

    path: str
    methods: str
    needs: str
    title: str
    words: str
    params: tuple[Param, ...]
    fields: tuple[tuple[str, str], ...]
    href: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The page."""

    root: str
    description: str
    lens: tuple[Param, ...]
    paging: tuple[Param, ...]
    endpoints: tuple[ShownEndpoint, ...]


def show_api(visit: Visit) -> Page:
    """Show what the API answers, to whoever may ask it."""
    shown = tuple(
        _shown(visit, endpoint)
        for endpoint in ENDPOINTS
        if visit.person.may(endpoint.needs)
    )
    page = ApiPage(ROOT, visit.link(address()), LENS, PAGING, shown)
    return Page("api.html", "API", page)


def _shown(visit: Visit, endpoint: Endpoint) -> ShownEndpoint:
    is_plain = "{" not in endpoint.path and not any(
        p.is_needed for p in endpoint.params
    )
    reads = ("GET",) if endpoint.reads is not None else ()
    records = ("POST",) if endpoint.acts is not None else ()
    needs = dict.fromkeys(str(endpoint.asks(one)) for one in (*reads, *records))
    fields = field_words(endpoint.answers) if endpoint.answers is not None else {}
    return ShownEndpoint(
        endpoint.address.replace(":path", ""),
        ", ".join((*reads, *records)),
        ", ".join(needs),
        endpoint.title,
        endpoint.words,
        endpoint.params,
        tuple(fields.items()),
        visit.link(endpoint.address) if is_plain and reads else "",
        endpoint.is_list,
    )
