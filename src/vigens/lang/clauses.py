"""Reading single clauses: texts, dates, words of a list, whose text, which reading."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from vigens.base import Finding, Severity, VigensError
from vigens.chrono import parse_edtf
from vigens.lang.cursor import Cursor, UnreadableError
from vigens.lang.grammar import APPLIES
from vigens.rules import Reading, Under

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration

_Read = TypeVar("_Read")
_Given_co = TypeVar("_Given_co", covariant=True)


class _Reader(Protocol[_Given_co]):
    """Reads one clause of several."""

    def __call__(self, cursor: Cursor, *, clause: Clause) -> _Given_co:
        """Read it."""


def guarded(
    names: Names, clause: Clause, read: Callable[[Cursor], _Read]
) -> _Read | None:
    """Read one clause; what cannot be read becomes a finding."""
    cursor = Cursor(clause.tokens, clause.span)
    try:
        value = read(cursor)
        cursor.need_end("put what is left on a line of its own, or take it out")
    except UnreadableError as stop:
        names.findings.append(stop.finding)
        return None
    return value


def text_of(names: Names, declaration: Declaration, keyword: str) -> str | None:
    """Give the quoted text of a clause such as `rule` or `source`."""
    clause = declaration.first(keyword)
    if clause is None:
        return None
    mend = f'write {keyword} "…"'
    return guarded(
        names, clause, lambda cursor: cursor.need("string", "a quoted text", mend).text
    )


def read_reading(cursor: Cursor, names: Names) -> Reading | None:
    """Read `in reading VARIANT.NAME`, if it comes next."""
    return name_reading(cursor, names) if cursor.take("in", "reading") else None


def name_reading(cursor: Cursor, names: Names) -> Reading:
    """Read `VARIANT.NAME`.

    Raises:
        UnreadableError: Something else stands there.
    """
    mend = "write in reading VARIANT.NAME, with a variant that is declared"
    token = cursor.need("name", "a reading", mend)
    variant, _, name = token.text.partition(".")
    known = names.readings.get(variant)
    if known is None or name not in known:
        listed = ", ".join(f"{variant}.{one}" for one in known or ()) or ", ".join(
            names.readings
        )
        names.fault(
            "N007",
            f'unknown reading "{token.text}"',
            token,
            f"declared are: {listed or 'none; declare it with `variant`'}",
        )
    return Reading(variant, name)


def read_all(
    names: Names,
    declaration: Declaration,
    keyword: str,
    read: _Reader[_Read],
) -> tuple[_Read, ...]:
    """Read each clause of one keyword; those that cannot be read are left out."""
    found = (
        guarded(names, clause, partial(read, clause=clause))
        for clause in declaration.all_of(keyword)
    )
    return tuple(each for each in found if each is not None)


def lower_under(names: Names, declaration: Declaration) -> Under | None:
    """Read the clause `under INSTRUMENT [component C]`."""
    clause = declaration.first("under")
    if clause is None:
        return None

    def read(cursor: Cursor) -> Under:
        mend = "write under INSTRUMENT, or under INSTRUMENT component NAME"
        name = cursor.need("name", "an instrument", mend)
        names.value(name, "instrument")
        component = None
        if cursor.take("component"):
            token = cursor.need("name", "a component", mend)
            component = token.text
            owned = names.components.get(name.text)
            if owned is not None and component not in owned:
                names.fault(
                    "N004",
                    f'"{name.text}" has no component "{component}"',
                    token,
                    f"its components are {', '.join(owned) or 'none'}",
                )
        return Under(name.text, component)

    return guarded(names, clause, read)


def names_in(
    names: Names, declaration: Declaration, keyword: str, sort: str | None
) -> tuple[str, ...]:
    """List the names of a clause, each a value of a sort."""
    clause = declaration.first(keyword)
    found = []
    for token in clause.tokens if clause else ():
        if token.kind == "name":
            names.value(token, sort)
            found.append(token.text)
    return tuple(found)


def words_of(
    names: Names,
    declaration: Declaration,
    keyword: str,
    allowed: tuple[str, ...],
    default: str,
) -> str:
    """Give the words of a clause that come from a list."""
    clause = declaration.first(keyword)
    if clause is None:
        return default
    written = " ".join(token.text for token in clause.tokens)
    if written not in allowed:
        names.findings.append(
            Finding(
                "P005",
                Severity.ERROR,
                f'"{written}" is no word of the clause "{keyword}"',
                (clause.span,),
                f"write one of {', '.join(allowed)}",
            )
        )
        return default
    return written


def date_of(names: Names, declaration: Declaration, keyword: str) -> str | None:
    """Give the date of a clause such as `adopted` or `known from`."""
    clause = declaration.first(keyword)
    if clause is None:
        return None
    return guarded(names, clause, lambda cursor: read_date(cursor, names))


def read_date(cursor: Cursor, names: Names) -> str:
    """Read an EDTF date; one that the calendar lacks becomes a finding."""
    token = cursor.take_kind("date", "number", "string")
    if token is None:
        raise cursor.stop("a date", "write it as 2026-01-06")
    try:
        parse_edtf(token.text)
    except VigensError as error:
        names.fault("P006", error.what, token, error.mend)
    return token.text


def applies_to(names: Names, declaration: Declaration) -> str | None:
    """Give the family of texts that something may be said of."""
    clause = declaration.first("applies to")
    if clause is None:
        return None
    written = words_of(names, declaration, "applies to", tuple(APPLIES), "")
    return APPLIES.get(written)


def place_of(clause: Clause) -> str:
    """Write where a clause stands, as file and line."""
    return f"{clause.span.source}:{clause.span.line}"
