"""Declarations of states and events, lowered to the rule program."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from vigens.base import Finding, Severity, VigensError
from vigens.chrono import parse_edtf
from vigens.lang.conditions import read_condition, read_event
from vigens.lang.cursor import Cursor, UnreadableError
from vigens.lang.grammar import APPLIES, FAMILIES, LINKS, TEXT_STATUS
from vigens.rules import (
    Actor,
    Change,
    Component,
    EventType,
    Fluent,
    Held,
    Instrument,
    Reading,
    Under,
    Variable,
    Variant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration
    from vigens.rules import Condition

_Read = TypeVar("_Read")
_BEGINNINGS = ("initiated by", "perhaps initiated by", "holds while")


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
    if not cursor.take("in", "reading"):
        return None
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


def lower_under(names: Names, declaration: Declaration) -> Under | None:
    """Read the clause `under INSTRUMENT [component C]`."""
    clause = declaration.first("under")
    if clause is None:
        return None

    def read(cursor: Cursor) -> Under:
        mend = "write under INSTRUMENT, or under INSTRUMENT component NAME"
        name = cursor.need("name", "an instrument", mend)
        names.term(name, "instrument", {})
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


def lower_actor(declaration: Declaration) -> Actor:
    """Lower a party, group or body."""
    rest = [token.text for token in declaration.rest]
    status = None
    if "status" in rest[:-1]:
        at = rest.index("status")
        status, rest = rest[at + 1], rest[:at] + rest[at + 2 :]
    also = declaration.first("also")
    default = "state" if declaration.keyword == "party" else declaration.keyword
    return Actor(
        declaration.name.text,
        declaration.title or declaration.name.text,
        declaration.keyword,
        rest[0] if rest else default,
        status,
        tuple(t.text for t in also.tokens if t.kind != "mark") if also else (),
        declaration.place,
    )


def lower_event(names: Names, declaration: Declaration) -> EventType:
    """Lower an act or an occurrence."""
    name = declaration.name.text
    return EventType(
        name,
        names.predicates[name],
        declaration.title or name,
        declaration.keyword == "act",
        _applies(names, declaration),
        declaration.first("secret") is not None,
        declaration.place,
    )


def lower_fluent(names: Names, declaration: Declaration) -> Fluent:
    """Lower a fluent with its rules."""
    name = declaration.name.text
    params = names.predicates[name]
    scope = {param.name: param for param in params}
    initiated = _changes(names, declaration, "initiated by", scope)
    terminated = _changes(names, declaration, "terminated by", scope)
    held = []
    for clause in declaration.all_of("holds while"):
        read = guarded(names, clause, lambda cursor: _held(cursor, names, scope))
        if read is not None:
            condition, reading = read
            held.append(Held(condition, reading, _place(clause)))
    if not any(clause.keyword in _BEGINNINGS for clause in declaration.clauses):
        names.fault(
            "T004",
            f'nothing says when "{name}" holds',
            declaration.name,
            "add `initiated by EVENT` or `holds while CONDITION`",
        )
    return Fluent(
        name,
        params,
        declaration.title or name,
        initiated,
        terminated,
        tuple(held),
        _applies(names, declaration),
        lower_under(names, declaration),
        text_of(names, declaration, "rule"),
        text_of(names, declaration, "source"),
        declaration.place,
    )


def _held(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable]
) -> tuple[Condition, Reading | None]:
    condition = read_condition(cursor, names, scope)
    return condition, read_reading(cursor, names)


def _changes(
    names: Names, declaration: Declaration, keyword: str, scope: dict[str, Variable]
) -> tuple[Change, ...]:
    changes = []
    for perhaps in (False, True):
        for clause in declaration.all_of(f"perhaps {keyword}" if perhaps else keyword):

            def read(
                cursor: Cursor, clause: Clause = clause, *, perhaps: bool = perhaps
            ) -> Change:
                event, bound = read_event(cursor, names, scope)
                when = None
                if cursor.take("when"):
                    when = read_condition(cursor, names, {**scope, **bound})
                why = None
                if perhaps:
                    mend = 'write because "…": why the event may, and need not, do it'
                    cursor.need_word("because", mend)
                    why = cursor.need("string", "a quoted reason", mend).text
                reading = read_reading(cursor, names)
                return Change(event, when, why, reading, _place(clause))

            change = guarded(names, clause, read)
            if change is not None:
                changes.append(change)
    return tuple(changes)


def lower_variant(names: Names, declaration: Declaration) -> Variant:
    """Lower a variant with its readings."""
    readings = []

    def read(cursor: Cursor) -> tuple[str, str]:
        name = cursor.need("name", "a reading", 'write reading NAME "what it means"')
        title = cursor.take_kind("string")
        return name.text, title.text if title else name.text

    for clause in declaration.all_of("reading"):
        found = guarded(names, clause, read)
        if found is not None:
            readings.append(found)
    return Variant(
        declaration.name.text,
        declaration.title or declaration.name.text,
        tuple(readings),
        declaration.place,
    )


def lower_instrument(names: Names, declaration: Declaration) -> Instrument:
    """Lower an instrument with what it says of itself."""
    stated: dict[str, tuple[str, ...]] = {}
    unstated: dict[str, str] = {}
    for key in ("binding", "endorsement", "kind"):
        clause = declaration.first(key)
        if clause is None:
            continue
        words = [token.text for token in clause.tokens if token.text != ","]
        if words[:1] == ["unstated"]:
            unstated[key] = words[1] if len(words) > 1 else "the text does not say"
        else:
            stated[key] = tuple(words)
    kind = " ".join(stated.get("kind", ("unstated",)))
    if kind not in FAMILIES:
        clause = declaration.first("kind")
        if clause is not None and clause.tokens:
            names.fault(
                "N004",
                f'unknown kind of instrument "{kind}"',
                clause.tokens[0],
                f"write one of {', '.join(FAMILIES)}",
            )
    status = _words(names, declaration, "text", TEXT_STATUS, "not seen")
    return Instrument(
        declaration.name.text,
        declaration.title or declaration.name.text,
        kind,
        FAMILIES.get(kind, "unstated"),
        status,
        stated,
        unstated,
        _names_in(names, declaration, "issuer", None),
        _components(declaration),
        date_of(names, declaration, "adopted"),
        _links(names, declaration),
        declaration.place,
        text_of(names, declaration, "short"),
        date_of(names, declaration, "known from"),
    )


def _components(declaration: Declaration) -> tuple[Component, ...]:
    clause = declaration.first("components")
    parts: list[Component] = []
    for token in clause.tokens if clause else ():
        if token.kind == "name":
            parts.append(Component(token.text, token.text))
        elif token.kind == "string" and parts:
            parts[-1] = Component(parts[-1].name, token.text)
    return tuple(parts)


def _links(names: Names, declaration: Declaration) -> tuple[tuple[str, str], ...]:
    return tuple(
        (relation, name)
        for relation in LINKS
        for name in _names_in(names, declaration, relation, "instrument")
    )


def _names_in(
    names: Names, declaration: Declaration, keyword: str, sort: str | None
) -> tuple[str, ...]:
    clause = declaration.first(keyword)
    found = []
    for token in clause.tokens if clause else ():
        if token.kind == "name":
            names.term(token, sort, {})
            found.append(token.text)
    return tuple(found)


def _words(
    names: Names,
    declaration: Declaration,
    keyword: str,
    allowed: tuple[str, ...],
    default: str,
) -> str:
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


def _applies(names: Names, declaration: Declaration) -> str | None:
    clause = declaration.first("applies to")
    if clause is None:
        return None
    written = _words(names, declaration, "applies to", tuple(APPLIES), "")
    return APPLIES.get(written)


def _place(clause: Clause) -> str:
    return f"{clause.span.source}:{clause.span.line}"
