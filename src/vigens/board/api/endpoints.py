"""An endpoint of the API: a path, what it asks of who calls it, and what it promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vigens.people import Permission

if TYPE_CHECKING:
    from vigens.board.api.asking import Cut, Query

#: Where every endpoint stands.
ROOT = "/api/v1"

#: Most characters of one value in an address.
LONGEST_VALUE = 400


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an address.

    Attributes:
        name: As it is written.
        words: What it means, for the description.
        kind: `text`, `whole` (a whole number) or `flag`.
        is_many: Whether it may be repeated.
        is_needed: Whether nothing is answered without it.
        choices: The only values, if there are only some.
        least: Smallest whole number.
        most: Largest whole number, or most values of one that may be repeated.
        example: For the description.
    """

    name: str
    words: str
    kind: str = "text"
    is_many: bool = False
    is_needed: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    example: str = ""


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
Reading = Callable[["Query"], Told | Taken]

#: Answers a call with a body: the query, and the body as JSON.
Recording = Callable[["Query", Mapping[str, Any]], Told]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One line of the table of the API. One without a rule cannot be written.

    Attributes:
        path: Under `ROOT`, as the router reads it.
        needs: What whoever calls it must be allowed.
        title: What it does, in a few words.
        answers: The shape of its answer; none where it is a file.
        reads: Answers GET; none where it is only sent to.
        records: Answers POST.
        to_record: What POST asks for.
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
    records: Recording | None = None
    to_record: Permission | None = None
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

    def asks(self, method: str) -> Permission:
        """Give what a method of this endpoint asks for."""
        return (self.to_record or self.needs) if method == "POST" else self.needs


#: What everybody may say of the lens, beside an endpoint's own parameters.
LENS = (
    Param(
        "as_of", "The day asked about; a bare date is its end.", example="2026-02-25"
    ),
    Param("known_at", "Count only what was known by then.", example="2026-02-25"),
    Param("recorded_at", "Count only what was recorded by then."),
    Param("reader", "Whose eyes: public, all, a delegation or a release group."),
    Param("policy", "The evidence policy."),
    Param("reading", "A reading of a variant, as `VARIANT.READING`.", is_many=True),
    Param("suppose", "An event laid over the journal, `EVENT on DATE`.", is_many=True),
    Param(
        "assume",
        "Take silence after the last look as quiet.",
        choices=("yes", "no"),
    ),
)

#: What every list takes.
PAGING = (
    Param("limit", "Most rows of one page.", "whole", least=1, most=500),
    Param("cursor", "Where a page begins, as `next` of the page before gives it."),
)


def is_api(path: str) -> bool:
    """Say whether a path is one of the API."""
    return path == ROOT or path.startswith(f"{ROOT}/")
