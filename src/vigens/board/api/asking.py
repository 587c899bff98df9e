"""Reading what an address asks for: every parameter known, bounded and of its kind."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlencode

from vigens.board.api.params import LENS, LONGEST_VALUE, Param
from vigens.board.api.problems import ApiError, FaultForm
from vigens.journal import PUBLIC

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from vigens.board.contexts import Visit
    from vigens.desk import Session
    from vigens.model import Lens

#: Rows of a page where nothing is said.
USUAL_LIMIT = 100

#: Most values of one parameter that may be repeated.
MOST_VALUES = 20

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_LENS_NAMES = tuple(param.name for param in LENS)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Asking:
    """What an address asks for, as text.

    Attributes:
        values: Every parameter with its values, those of a cursor included.
        limit: Most rows of a page.
        after: Rows up to this place were given already.
        until: The last place that belongs to the list; none on its first page.
    """

    values: Mapping[str, tuple[str, ...]]
    limit: int = USUAL_LIMIT
    after: int = 0
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a page was cut out of a list.

    Attributes:
        total: How many rows the list has.
        after: After which row the next page begins; none on the last.
    """

    total: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Query:
    """One call: the visit with its lens, and the endpoint's own parameters."""

    visit: Visit
    asking: Asking

    @property
    def session(self) -> Session:
        """Give the case through the lens."""
        return self.visit.session

    @property
    def lens(self) -> Lens:
        """Give the lens."""
        return self.visit.lens

    def text(self, name: str) -> str:
        """Give one parameter, or nothing."""
        return (self.asking.values.get(name) or ("",))[-1]

    def many(self, name: str) -> tuple[str, ...]:
        """Give a parameter that may be repeated."""
        return self.asking.values.get(name, ())

    def whole(self, name: str) -> int | None:
        """Give a whole number, or nothing."""
        text = self.text(name)
        return int(text) if text else None

    def name(self, name: str) -> str:
        """Give what the path names."""
        return self.visit.names[name]

    def page(
        self, rows: Sequence[Row], *, grows_at_its_head: bool = False
    ) -> tuple[Sequence[Row], Cut]:
        """Cut the page that was asked for out of a list that only grows at one end.

        Args:
            rows: The whole list.
            grows_at_its_head: Whether new rows come first, and not last.
        """
        asking = self.asking
        until = len(rows) if asking.until is None else min(asking.until, len(rows))
        if grows_at_its_head:
            rows = rows[len(rows) - until :]
        end = min(asking.after + asking.limit, until)
        return rows[asking.after : end], Cut(until, end if end < until else None)


def read_asking(known: Sequence[Param], params: QueryParams) -> Asking:
    """Read the parameters of an address.

    Args:
        known: Those that it may carry; a list takes a `cursor`.
        params: Those that it carries.

    Raises:
        ApiError: One is unknown, too long, given twice or of another kind.
    """
    given = {name: tuple(params.getlist(name)) for name in params}
    if "cursor" in given and any(param.name == "cursor" for param in known):
        return _from_cursor(known, given)
    return _checked(known, given)


def cursor_of(asking: Asking, lens: Lens, after: int, until: int, fence: int) -> str:
    """Write where the next page begins: it carries the lens, so that pages agree.

    Args:
        asking: Of this page.
        lens: Through which it was read; its instants are fixed for all pages.
        after: Where the next one begins.
        until: The last place of the list.
        fence: When the last entry that the reader may see was recorded.
    """
    values = {
        name: list(found)
        for name, found in {**asking.values, **pinned(lens, fence)}.items()
        if name not in ("limit", "cursor")
    }
    text = json.dumps([1, values, after, until], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def pinned(lens: Lens, fence: int | None) -> dict[str, tuple[str, ...]]:
    """Write a lens out, so that it stays the same for good."""
    recorded = lens.recorded_at if lens.recorded_at is not None else fence
    found: dict[str, tuple[str, ...]] = {
        "as_of": (moment(lens.as_of),),
        "known_at": (moment(lens.known_at),),
        "policy": (lens.policy,),
    }
    if lens.reader != PUBLIC:
        found["reader"] = (lens.reader,)
    if recorded is not None:
        found["recorded_at"] = (moment(recorded),)
    return found


def moment(instant: int) -> str:
    """Write an instant as a moment in UTC, to the second."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def address_of(path: str, values: Mapping[str, Sequence[str]]) -> str:
    """Write an address with its parameters in a fixed order."""
    pairs = [(name, one) for name, found in values.items() for one in found]
    query = urlencode(pairs, quote_via=quote, safe="(),:/")
    return quote(path, safe="/:(),") + (f"?{query}" if query else "")


def _checked(params: Sequence[Param], given: Mapping[str, tuple[str, ...]]) -> Asking:
    known = {param.name: param for param in params}
    faults = [fault for name in given if (fault := _fault(known, name, given[name]))]
    faults += [
        _of(param, "", "this is needed", f"write {param.name}=…")
        for param in known.values()
        if param.is_needed and param.name not in given
    ]
    if faults:
        raise ApiError(
            400, faults[0]["what"], faults[0]["name"], faults[0]["mend"], faults=faults
        )
    limit = given.get("limit")
    return Asking(given, int(limit[0]) if limit else USUAL_LIMIT)


def _fault(
    known: Mapping[str, Param], name: str, values: tuple[str, ...]
) -> FaultForm | None:
    param = known.get(name)
    if param is None:
        names = ", ".join(known) or "none"
        what = "there is no such parameter"
        return _of(Param(name[:60], ""), values[0], what, f"use one of {names}")
    most = (param.most or MOST_VALUES) if param.is_many else 1
    if len(values) > most:
        words = f"give it {most} times at most" if most > 1 else "give it once"
        return _of(param, values[1], f"this is given {len(values)} times", words)
    for value in values:
        if len(value) > _longest(param):
            what = f"this is longer than {_longest(param)} characters"
            return _of(param, value, what, "write less")
        if not value:
            return _of(param, value, "this is empty", "write a value, or leave it out")
        if "\x00" in value:
            return _of(param, value, "this holds a sign of no text", "leave it out")
        if param.choices and value not in param.choices:
            what = "there is no such choice"
            return _of(param, value, what, f"use one of {', '.join(param.choices)}")
        if param.kind == "whole" and not (
            _WHOLE.fullmatch(value) and param.least <= int(value) <= param.most
        ):
            what = "this is no such number"
            mend = f"write a whole number from {param.least} to {param.most}"
            return _of(param, value, what, mend)
    return None


def _longest(param: Param) -> int:
    return 4000 if param.name == "cursor" else LONGEST_VALUE


def _of(param: Param, value: str, what: str, mend: str) -> FaultForm:
    return {"name": param.name, "value": value[:60], "what": what, "mend": mend}


def _from_cursor(
    known: Sequence[Param], given: Mapping[str, tuple[str, ...]]
) -> Asking:
    beside = [name for name in given if name not in ("cursor", "limit")]
    if beside:
        raise ApiError(
            422,
            "a cursor carries the rest of the address",
            beside[0][:60],
            "leave everything but `cursor` and `limit` out",
        )
    _checked([replace(param, is_needed=False) for param in known], given)
    try:
        padded = given["cursor"][0] + "=" * (-len(given["cursor"][0]) % 4)
        version, values, after, until = json.loads(base64.urlsafe_b64decode(padded))
        found = {name: tuple(texts) for name, texts in values.items()}
        are_places = type(after) is int and type(until) is int and 0 <= after <= until
        are_texts = all(isinstance(one, str) for each in found.values() for one in each)
    except (ValueError, TypeError, AttributeError, RecursionError):
        version, are_places, are_texts = None, False, False
    if version != 1 or not are_places or not are_texts or {"cursor"} & set(found):
        raise ApiError(
            422,
            "this is no cursor of this list",
            "cursor",
            "take `next` of the page before, or begin anew without a cursor",
        )
    try:
        asked = _checked(known, found)
    except ApiError as error:
        raise ApiError(422, error.what, "cursor", "begin anew without it") from error
    limit = int(given["limit"][0]) if "limit" in given else USUAL_LIMIT
    return Asking(asked.values, limit, after, until)


def lens_values(asking: Asking) -> dict[str, list[str]]:
    """Give what was asked of the lens, as it was asked."""
    found = asking.values
    return {name: list(found[name]) for name in _LENS_NAMES if name in found}
