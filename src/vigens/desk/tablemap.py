"""How `case.toml` maps the columns of a bulk table to event types: `[[tables]]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vigens.base import InputError
from vigens.chrono import parse_edtf
from vigens.desk.keys import maybe, only, read_marks, subtable, word
from vigens.journal import PUBLIC
from vigens.model import UNGRADED, Grade, parse_grade

#: Seconds of each unit that a whole number may count; a day is a civil day.
UNITS = {"tick": 1, "second": 1, "minute": 60, "hour": 3600, "day": 86400}

#: The instant from which whole numbers count, if nothing is said.
EPOCH = "1970-01-01T00:00Z"

_OF_BOTH = ("happened", "until", "unit", "origin", "grade", "known_from")
_OF_TABLE = (
    *("file", "delimiter", "source", "covers", "also_covers", "events", "marks"),
    *_OF_BOTH,
)
_OF_EVENT = ("values", "where", "unless", "by", *_OF_BOTH)

#: A column inside a text.
BRACED = re.compile(r"\{([^{}]*)\}")

#: Column, and the values meant.
Chosen = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Where a row says when.

    Attributes:
        happened: Column of dates, or of whole numbers.
        until: Column of the last day, where `happened` is the first.
        unit: What whole numbers count; `None` where the column holds dates.
        origin: EDTF; from where they count.
    """

    happened: str
    until: str | None
    unit: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class EventMap:
    """Which rows are occurrences of an event type, and where its arguments stand.

    Attributes:
        event: Event type of the program.
        values: One for each argument: a column, or after `=` a text in which columns
            stand in braces.
        where: Only rows in which a column has one of these values.
        unless: No rows in which it has.
        timing: Where a row says when.
        grade: Admiralty grade of what the table says; F6 where nobody gave one.
        known_from: A date for all rows, or a column of dates.
        place: Where it is written, for findings.
        by: Who did it, written like one of the values; `None` where nobody says.
    """

    event: str
    values: tuple[str, ...]
    where: Chosen
    unless: Chosen
    timing: Timing
    grade: Grade
    known_from: str | None
    place: str
    by: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """List the columns that it reads, each once."""
        named = [self.timing.happened, *filter(None, [self.timing.until])]
        named += [column for column, _ in (*self.where, *self.unless)]
        for value in (*self.values, *filter(None, [self.by])):
            named += columns_in(value)
        if self.known_from is not None and not is_date(self.known_from):
            named.append(self.known_from)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class TableMap:
    """One bulk table of a case.

    Attributes:
        file: Path inside the case folder.
        delimiter: What parts the cells of a CSV file.
        source: What it is cited as.
        covers: EDTF interval in which one looked for its events; `None` if unsaid.
        also_covers: Further event types for which one looked there.
        events: What its rows are.
        number: Its place among the tables, from 1.
        marks: Who may see its rows.
    """

    file: str
    delimiter: str
    source: str | None
    covers: str | None
    also_covers: tuple[str, ...]
    events: tuple[EventMap, ...]
    number: int
    marks: tuple[str, ...] = (PUBLIC,)

    @property
    def cited(self) -> str:
        """Give the words that a row is cited by, before its number."""
        return f"{self.source}, {self.file}" if self.source else self.file


def columns_in(value: str) -> list[str]:
    """List the columns that an argument is made of."""
    return BRACED.findall(value) if value.startswith("=") else [value]


def is_date(text: str) -> bool:
    """Say whether a text is an EDTF date, and so no name of a column."""
    try:
        parse_edtf(text)
    except InputError:
        return False
    return True


def parse_tables(found: object, where: str) -> tuple[TableMap, ...]:
    """Read the tables of `case.toml`.

    Args:
        found: What stands under `tables`.
        where: Name of the file, for messages.

    Raises:
        InputError: A key is unknown, missing, or of the wrong kind.
    """
    if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
        raise InputError("`tables` is no list", where, "write [[tables]] for each one")
    return tuple(
        _table(part, f"{where}, tables {number}", number)
        for number, part in enumerate(found, start=1)
    )


def _table(part: dict[str, Any], where: str, number: int) -> TableMap:
    only(part, _OF_TABLE, where)
    events: list[EventMap] = []
    for name, given in subtable(part, "events", where).items():
        maps = given if isinstance(given, list) else [given]
        events.extend(
            _event(name, own, part, f"{where}, events.{name}") for own in maps
        )
    if not events:
        raise InputError(
            "a table without events says nothing", where, "write [tables.events.NAME]"
        )
    delimiter = word(part, "delimiter", where, ",")
    if len(delimiter) != 1 or delimiter in '"\n\r':
        raise InputError(
            "`delimiter` is one sign", where, 'write delimiter = ";" or leave it out'
        )
    covers = maybe(part, "covers", where)
    if covers is not None and parse_edtf(covers).is_approximate:
        raise InputError(
            "`covers` is rough, and says nothing of where one looked",
            where,
            'write covers = "2014-01-01/2016-12-31"',
        )
    return TableMap(
        _needed(part, "file", where),
        delimiter,
        maybe(part, "source", where),
        covers,
        _listed(part, "also_covers", where),
        tuple(events),
        number,
        read_marks(part, where, (PUBLIC,)),
    )


def _event(name: str, own: object, table: dict[str, Any], where: str) -> EventMap:
    if not isinstance(own, dict):
        raise InputError("an event is a table", where, f"write [tables.events.{name}]")
    only(own, _OF_EVENT, where)
    both = {key: table[key] for key in _OF_BOTH if key in table} | own
    known_from = both.get("known_from")
    grade = maybe(both, "grade", where)
    return EventMap(
        name,
        _listed(own, "values", where),
        _chosen(own, "where", where),
        _chosen(own, "unless", where),
        _timing(both, where),
        UNGRADED if grade is None else parse_grade(grade),
        None if known_from is None else str(known_from),
        where,
        maybe(own, "by", where),
    )


def _timing(both: dict[str, Any], where: str) -> Timing:
    unit, until = maybe(both, "unit", where), maybe(both, "until", where)
    if unit is not None and unit not in UNITS:
        raise InputError(
            f'there is no unit "{unit[:40]}"', where, f"use {', '.join(UNITS)}"
        )
    origin = str(both.get("origin", EPOCH))
    if "origin" in both and unit is None:
        raise InputError(
            "`origin` goes with whole numbers, and there is no `unit`",
            where,
            'write unit = "hour", or leave `origin` out',
        )
    start = parse_edtf(origin)
    if start.precision not in ("day", "instant") or start.is_approximate:
        raise InputError(
            "`origin` needs a day or an instant", where, f'write origin = "{EPOCH}"'
        )
    return Timing(_needed(both, "happened", where), until, unit, origin)


def _listed(part: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = part.get(key, [])
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise InputError(
            f"`{key}` is a list of texts", where, f'write {key} = ["one", "two"]'
        )
    return tuple(values)


def _chosen(own: dict[str, Any], key: str, where: str) -> Chosen:
    found: list[tuple[str, tuple[str, ...]]] = []
    for column, meant in subtable(own, key, where).items():
        values = meant if isinstance(meant, list) else [meant]
        if not values or not all(isinstance(v, str | int) for v in values):
            raise InputError(
                f"`{key}` gives a column a text or a list of texts",
                where,
                f'write {key} = {{ {column} = ["1", "2"] }}',
            )
        found.append((column, tuple(str(value) for value in values)))
    return tuple(found)


def _needed(part: dict[str, Any], key: str, where: str) -> str:
    value = maybe(part, key, where)
    if value is None:
        raise InputError(f"`{key}` is missing", where, f'write {key} = "…"')
    return value
