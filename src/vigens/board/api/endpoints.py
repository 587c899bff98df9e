"""An endpoint of the API: a path, what it asks of who calls it, and what it promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vigens.board.api.asking import Cut, Query
from vigens.board.api.params import LENS, PAGING, ROOT, Param
from vigens.people import Permission


@dataclass(frozen=True, slots=True)
class Told:
    """What an endpoint gives back, before the lens is put beside it.

    Attributes:
        value: The answer.
        status: Of the response.
        cut: Where a page was cut out of a list; none where it is no list.
        headers: Further headers.
    """

    value: Mapping[str, Any]
    status: int = 200
    cut: Cut | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What an endpoint gives back where the answer is a file: bytes, not JSON."""

    body: bytes
    media_type: str
    filename: str


#: Answers a call that only reads.
Reading = Callable[[Query], Told | Taken]

#: Answers a call with a body: the query, the body as JSON, and what `If-Match` says.
Acting = Callable[[Query, Mapping[str, Any], str], Told]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One line of the table of the API. One without a rule cannot be written.

    Attributes:
        path: Under `ROOT`, as the router reads it.
        needs: What whoever calls it must be allowed.
        title: What it does, in a few words.
        answers: The shape of its answer; none where it is a file.
        reads: Answers GET; none where it is only sent to.
        acts: Answers POST.
        to_act: What POST asks for, where that is more than to see it.
        takes: The shape of the body of POST.
        params: Its own parameters; those of the lens go without saying.
        is_list: Whether it comes in pages.
        has_lens: Whether what it answers depends on a lens.
        media_type: Of a file.
        words: More about it, for the description.
    """

    path: str
    needs: Permission
    title: str
    answers: type | None = None
    reads: Reading | None = None
    acts: Acting | None = None
    to_act: Permission | None = None
    takes: type | None = None
    params: tuple[Param, ...] = ()
    is_list: bool = False
    has_lens: bool = True
    media_type: str = "application/json"
    words: str = ""

    @property
    def address(self) -> str:
        """Give the whole path."""
        return ROOT + self.path

    @property
    def every_param(self) -> tuple[Param, ...]:
        """List its own parameters, those of the lens, and those of a list."""
        lens = LENS if self.has_lens else ()
        return (*self.params, *lens, *(PAGING if self.is_list else ()))

    def asks(self, method: str) -> Permission:
        """Give what a method of this endpoint asks for."""
        return (self.to_act or self.needs) if method == "POST" else self.needs


def is_api(path: str) -> bool:
    """Say whether a path is one of the API."""
    return path == ROOT or path.startswith(f"{ROOT}/")
