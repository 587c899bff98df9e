"""The fields of a form: what each asks, what it may hold, and what was wrong in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from vigens.base import Message, VigensError
from vigens.model import read_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from starlette.datastructures import FormData

#: Longest value of a line and of a text.
LINE, TEXT = 400, 6000

#: Most rows of one group of fields.
MOST_ROWS = 100

#: What no field may hold: control characters, and marks that turn the line round.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


#: One row of a group of fields: a value for each column.
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen.

    Attributes:
        value: As it is sent.
        label: Its words.
        meaning: What it means, for codes.
        is_ours: Whether the words are the board's own, and not those of a case.
    """

    value: str
    label: str
    meaning: str = ""
    is_ours: bool = False


def ours(value: str, label: str) -> Option:
    """Give an option whose words are the board's own, so that they are translated."""
    return Option(value, label, is_ours=True)


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: In the form.
        label: What it asks for.
        kind: `line`, `text`, `choice` (one of the options), `open` (options are
            proposed, other words are welcome), `many` (several options), `flag`,
            `hidden`, `file`, or `rows` (the same few fields, as often as one likes).
        hint: One line of explanation.
        options: What can be chosen.
        default: Values that it holds at first.
        is_required: Whether it must be filled.
        longest: Characters of one value.
        check: Refuses a value that is given.
        part: Legend of the group of fields in which it stands.
        leads: Words of a button that shows the form again, with what this answer asks.
        columns: Of rows, the fields of each.
        rows: Of rows, what they hold at first: values by name of column.
    """

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    options: tuple[Option, ...] = ()
    default: tuple[str, ...] = ()
    is_required: bool = False
    longest: int = LINE
    check: Callable[[str], object] | None = None
    part: str = ""
    leads: str = ""
    columns: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Say whether nothing but its options may be given."""
        return self.kind in ("choice", "many", "flag")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field, or with the form where no field is named."""

    name: str
    label: str
    what: str
    mend: str = ""


class Filled:
    """What a form holds, by field; empty values are as if not given."""

    def __init__(
        self,
        values: Mapping[str, tuple[str, ...]],
        rows: Mapping[str, tuple[Row, ...]] | None = None,
    ) -> None:
        """Take values and rows by name of field."""
        self._values = {name: found for name, found in values.items() if found}
        self._rows = dict(rows or {})

    def one(self, name: str) -> str:
        """Give the value of a field, or nothing."""
        return self._values.get(name, ("",))[0]

    def given(self, name: str) -> str | None:
        """Give the value of a field, or `None`."""
        return self.one(name) or None

    def all(self, name: str) -> tuple[str, ...]:
        """Give every value of a field."""
        return self._values.get(name, ())

    def rows(self, name: str) -> tuple[Row, ...]:
        """Give the rows of a group of fields that say anything."""
        return self._rows.get(name, ())

    def column(self, name: str, column: str) -> list[str]:
        """Give the values of one column, each once."""
        found = (row[column] for row in self.rows(name))
        return list(dict.fromkeys(value for value in found if value))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give every name with each of its values, to be sent again."""
        for name, values in self._values.items():
            for value in values:
                yield name, value
        for name, rows in self._rows.items():
            for row in rows:
                for column, value in row.items():
                    yield f"{name}.{column}", value


def read_filled(fields: Iterable[Field], form: FormData) -> Filled:
    """Take what was sent for some fields; ends are trimmed, line ends made one."""

    def sent(name: str) -> list[str]:
        given = [v for v in form.getlist(name) if isinstance(v, str)]
        return [v.replace("\r\n", "\n").replace("\r", "\n").strip() for v in given]

    values, rows = {}, {}
    for field in fields:
        if field.columns:
            rows[field.name] = tuple(_rows(field, sent))
        else:
            values[field.name] = tuple(dict.fromkeys(v for v in sent(field.name) if v))
    return Filled(values, rows)


def _rows(field: Field, sent: Callable[[str], list[str]]) -> Iterator[Row]:
    """Give the rows in which anything stands that did not stand there at first."""
    names = [column.name for column in field.columns]
    usual = {column.name: "".join(column.default) for column in field.columns}
    cells = zip_longest(*(sent(f"{field.name}.{name}") for name in names), fillvalue="")
    for found in islice(cells, MOST_ROWS + 1):
        row = dict(zip(names, found, strict=True))
        if any(value not in ("", usual[name]) for name, value in row.items()):
            yield row


def defaults(fields: Iterable[Field]) -> Filled:
    """Fill a form with what its fields hold at first."""
    kept = tuple(fields)
    return Filled(
        {field.name: field.default for field in kept},
        {field.name: field.rows for field in kept if field.columns},
    )


def find_faults(fields: Iterable[Field], filled: Filled) -> tuple[Fault, ...]:
    """List what is wrong in a form, field by field."""
    return tuple(fault for field in fields for fault in _faults(field, filled))


def _faults(field: Field, filled: Filled) -> Iterator[Fault]:
    if field.columns:
        yield from _row_faults(field, filled.rows(field.name))
        return
    values = filled.all(field.name)
    if not values and field.is_required:
        yield Fault(field.name, field.label, Message("this is needed"), field.hint)
    for value in values:
        fault = _fault(field, value)
        if fault is not None:
            yield fault
            return


def _row_faults(field: Field, rows: tuple[Row, ...]) -> Iterator[Fault]:
    if not rows and field.is_required:
        yield Fault(field.name, field.label, "this is needed", field.hint)
    if len(rows) > MOST_ROWS:
        what = f"these are more than {MOST_ROWS} rows"
        yield Fault(field.name, field.label, what, "record the rest apart")
    for number, row in enumerate(rows[:MOST_ROWS], 1):
        for column in field.columns:
            cell = Filled(
                {column.name: (row[column.name],) if row[column.name] else ()}
            )
            for fault in _faults(column, cell):
                what = f"row {number}, {column.label}: {fault.what}"
                yield Fault(field.name, field.label, what, fault.mend)


def _fault(field: Field, value: str) -> Fault | None:
    if len(value) > field.longest:
        what = Message("this has {n} characters", n=len(value))
        mend = Message("write {n} at most", n=field.longest)
        return Fault(field.name, field.label, what, mend)
    if _UNSEEN.search(value) or (field.kind != "text" and "\n" in value):
        what = Message("this holds characters that cannot be seen")
        mend = Message("write it anew, in plain text")
        return Fault(field.name, field.label, what, mend)
    if field.is_closed and value not in {option.value for option in field.options}:
        what = Message('"{value}" is none of the choices', value=value[:60])
        mend = Message("choose one that is shown")
        return Fault(field.name, field.label, what, mend)
    if field.check is not None:
        try:
            field.check(value)
        except VigensError as error:
            return Fault(field.name, field.label, error.what, mend_of(error))
    return None


def mend_of(error: VigensError) -> str:
    """Give how to mend an error, unless it tells of the command line."""
    is_for_commands = "--" in error.mend or "`vigens" in error.mend
    return "" if is_for_commands else error.mend


def coded(name: str) -> tuple[Option, ...]:
    """Give a coded vocabulary as options, with the words of the codebook."""
    return tuple(
        Option(term.code, term.label, term.definition, is_ours=True)
        for term in read_codes(name).values()
    )


def lines(text: str) -> list[str]:
    """Give the lines of a text that say anything."""
    return [line.strip() for line in text.split("\n") if line.strip()]
