"""Provisions, by which a text brings events about, lowered to the rule program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.lang.binding import check_bound, mentions, variables_in
from vigens.lang.clauses import (
    date_of,
    guarded,
    lower_under,
    name_reading,
    text_of,
)
from vigens.lang.conditions import read_condition
from vigens.lang.durations import read_delay, read_first_day
from vigens.lang.patterns import read_event, read_occurs
from vigens.rules import Provision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.lang.cursor import Cursor
    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration
    from vigens.rules import Atom, Condition, Delay, Occurs, Reading, Variable


def lower_provision(names: Names, declaration: Declaration) -> Provision | None:
    """Lower a provision; one without event or occasion is none."""
    clauses = [declaration.first(keyword) for keyword in ("brings", "upon", "once")]
    brings, upon, once = clauses
    if brings is None:
        _lacking(names, declaration, "brings EVENT")
        return None
    if upon is not None and once is not None:
        _both(names, upon, once, "keep `upon` for an event, or `once` for a condition")
    elif upon is None and once is None:
        _lacking(names, declaration, "upon EVENT` or `once CONDITION")
    scope: dict[str, Variable] = {}
    occasion = _occasion(names, upon, scope)
    event = guarded(names, brings, lambda cursor: read_event(cursor, names, scope)[0])
    if event is None:
        return None
    bound = set(scope)
    scope.update(variables_in(event))
    condition = _once(names, once, event)
    when = _condition(names, declaration, "when", scope)
    if upon is not None:
        bound |= mentions(when) if when is not None else set()
        check_bound(names, brings.tokens[0], variables_in(event).values(), bound)
    return Provision(
        declaration.name.text,
        declaration.title or declaration.name.text,
        event,
        occasion,
        condition,
        when,
        _condition(names, declaration, "unless", scope),
        _delay(names, declaration),
        date_of(names, declaration, "not before"),
        _perhaps(names, declaration),
        lower_under(names, declaration),
        _reading(names, declaration),
        text_of(names, declaration, "source"),
        declaration.place,
        date_of(names, declaration, "known from"),
    )


def _occasion(
    names: Names, clause: Clause | None, scope: dict[str, Variable]
) -> Occurs | None:
    if clause is None:
        return None
    found = guarded(names, clause, lambda cursor: read_occurs(cursor, names, {}))
    if found is None:
        return None
    scope.update(found[1])
    return found[0]


def _once(names: Names, clause: Clause | None, event: Atom) -> Condition | None:
    """Read the condition; it must give each variable of the event its value."""
    if clause is None:
        return None
    scope = variables_in(event)
    found = guarded(names, clause, lambda cursor: read_condition(cursor, names, scope))
    if found is not None:
        check_bound(names, clause.tokens[0], scope.values(), mentions(found))
    return found


def _condition(
    names: Names, declaration: Declaration, keyword: str, scope: Mapping[str, Variable]
) -> Condition | None:
    clause = declaration.first(keyword)
    if clause is None:
        return None
    is_when = keyword == "when"
    read = partial(read_condition, names=names, scope=scope, is_when=is_when)
    return guarded(names, clause, read)


def _delay(names: Names, declaration: Declaration) -> Delay | None:
    after, first_day = declaration.first("after"), declaration.first("on")
    if after is not None and first_day is not None:
        _both(names, after, first_day, "write one delay")
    if first_day is not None:
        return guarded(names, first_day, read_first_day)
    return guarded(names, after, read_delay) if after is not None else None


def _perhaps(names: Names, declaration: Declaration) -> str | None:
    clause = declaration.first("perhaps")
    if clause is None:
        return None

    def read(cursor: Cursor) -> str:
        mend = 'write perhaps because "…": why the event may, and need not, come about'
        cursor.need_words("because", mend)
        return cursor.need("string", "a quoted reason", mend).text

    return guarded(names, clause, read)


def _reading(names: Names, declaration: Declaration) -> Reading | None:
    clause = declaration.first("in reading")
    if clause is None:
        return None
    return guarded(names, clause, partial(name_reading, names=names))


def _lacking(names: Names, declaration: Declaration, what: str) -> None:
    name = declaration.name
    message = f'provision "{name.text}" brings nothing about'
    names.fault("T006", message, name, f"add `{what}`")


def _both(names: Names, one: Clause, other: Clause, mend: str) -> None:
    message = f'"{one.keyword}" and "{other.keyword}" stand here together'
    spans = (other.span, one.span)
    names.findings.append(Finding("P007", Severity.ERROR, message, spans, mend))
