"""States with the rules that move them, lowered to the rule program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.lang.binding import check_bound, variables_in
from vigens.lang.clauses import (
    applies_to,
    date_of,
    lower_under,
    place_of,
    read_all,
    read_reading,
    text_of,
)
from vigens.lang.conditions import read_condition
from vigens.lang.durations import read_duration
from vigens.lang.grammar import OF_PLAIN, OF_VALUES
from vigens.lang.patterns import read_occurs
from vigens.rules import (
    Change,
    Constant,
    Fluent,
    Held,
    Initially,
    Lasting,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.lang.cursor import Cursor
    from vigens.lang.lexer import Token
    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration

_STARTS = ("initiated by", "perhaps initiated by", "becomes", "perhaps becomes")
_BEGINNINGS = (*_STARTS, "holds while", "initially")
_VALUE_KINDS = ("name", "string", "number", "date")


@dataclass(frozen=True, slots=True)
class _State:
    """What is declared of a state: its own arguments, and the value if it has any."""

    names: Names
    declaration: Declaration
    scope: Mapping[str, Variable]
    value: Variable | None


def lower_fluent(names: Names, declaration: Declaration) -> Fluent:
    """Lower a fluent with its rules."""
    name = declaration.name.text
    params = names.predicates[name]
    own = params[:-1] if declaration.has_values else params
    value = params[-1] if declaration.has_values else None
    state = _State(names, declaration, {each.name: each for each in own}, value)
    _check_clauses(state)
    starts, stops = (
        ("becomes", "ceases") if value else ("initiated by", "terminated by")
    )
    return Fluent(
        name,
        params,
        declaration.title or name,
        _changes(state, starts),
        _changes(state, stops),
        read_all(names, declaration, "holds while", partial(_held, state)),
        applies_to(names, declaration),
        lower_under(names, declaration),
        text_of(names, declaration, "rule"),
        text_of(names, declaration, "source"),
        declaration.place,
        declaration.has_values,
        read_all(names, declaration, "initially", partial(_initially, state)),
        read_all(names, declaration, "lasts", partial(_lasting, state)),
        date_of(names, declaration, "known from"),
    )


def _check_clauses(state: _State) -> None:
    """Refuse clauses of the other kind of state, and a state that nothing begins."""
    name = state.declaration.name
    clauses = state.declaration.clauses
    for clause in clauses:
        if clause.keyword in (OF_PLAIN if state.value else OF_VALUES):
            state.names.findings.append(_other_kind(state, clause))
    keywords = {clause.keyword for clause in clauses}
    if not keywords & set(_BEGINNINGS):
        mend = "add `initiated by EVENT` or `holds while CONDITION`"
        if state.value:
            mend = "add `becomes VALUE upon EVENT`"
        state.names.fault("T004", f'nothing says when "{name.text}" holds', name, mend)
    elif "lasts" in keywords and not keywords & set(_STARTS):
        lasts = state.declaration.first("lasts")
        message = "nothing starts what this clause limits"
        mend = (
            "let an event start the state; what holds while … ends with its condition"
        )
        if lasts is not None:
            finding = Finding("T006", Severity.ERROR, message, (lasts.span,), mend)
            state.names.findings.append(finding)


def _other_kind(state: _State, clause: Clause) -> Finding:
    name = state.declaration.name.text
    if state.value:
        message = f'"{clause.keyword}" is no clause of a state with values'
        mend = "write becomes VALUE upon EVENT, or ceases upon EVENT"
    else:
        message = f'"{clause.keyword}" is a clause of states with values'
        mend = f"write fluent {name}(…): SORT, or initiated by EVENT"
    return Finding("P002", Severity.ERROR, message, (clause.span,), mend)


def _held(state: _State, cursor: Cursor, *, clause: Clause) -> Held:
    condition = read_condition(cursor, state.names, state.scope)
    return Held(condition, read_reading(cursor, state.names), place_of(clause))


def _changes(state: _State, keyword: str) -> tuple[Change, ...]:
    sure = partial(_change, state, False)
    maybe = partial(_change, state, True)
    return (
        *read_all(state.names, state.declaration, keyword, sure),
        *read_all(state.names, state.declaration, f"perhaps {keyword}", maybe),
    )


def _change(
    state: _State,
    perhaps: bool,  # noqa: FBT001 - given by `partial`
    cursor: Cursor,
    *,
    clause: Clause,
) -> Change:
    names = state.names
    token = _value_token(clause.keyword, cursor)
    scope = dict(state.scope)
    if state.value:
        scope[state.value.name] = state.value
    event, bound = read_occurs(cursor, names, scope)
    scope = {**state.scope, **variables_in(event), **bound}
    value = None
    if token is not None and state.value:
        value = names.term(token, state.value.sort, scope, state.value)
        if isinstance(value, Variable):
            check_bound(names, token, [value], scope)
    when = None
    if cursor.take("when"):
        when = read_condition(cursor, names, scope, is_when=True)
    why = None
    if perhaps:
        mend = 'write because "…": why the event may, and need not, do it'
        cursor.need_words("because", mend)
        why = cursor.need("string", "a quoted reason", mend).text
    reading = read_reading(cursor, names)
    return Change(event, when, why, reading, place_of(clause), value)


def _value_token(keyword: str, cursor: Cursor) -> Token | None:
    """Read up to `upon`: the value that starts or stops, if one is named."""
    if not keyword.endswith(("becomes", "ceases")):
        return None
    starts = keyword.endswith("becomes")
    mend = f"write {keyword} {'VALUE ' if starts else ''}upon EVENT"
    token = None
    if starts or cursor.take("to", "be"):
        token = cursor.take_kind(*_VALUE_KINDS)
        if token is None:
            raise cursor.stop("a value", mend)
    cursor.need_words("upon", mend)
    return token


def _initially(state: _State, cursor: Cursor, *, clause: Clause) -> Initially:
    if state.value is None:
        return Initially(None, place_of(clause))
    token = cursor.take_kind(*_VALUE_KINDS)
    if token is None:
        raise cursor.stop("a value", "write initially VALUE")
    state.names.value(token, state.value.sort)
    return Initially(Constant(token.text), place_of(clause))


def _lasting(state: _State, cursor: Cursor, *, clause: Clause) -> Lasting:
    value = _named_value(state, cursor) if state.value else None
    amount, unit = read_duration(cursor)
    is_renewable = cursor.take("renewable")
    becomes = None
    if cursor.take("then"):
        if state.value is None:
            mend = "leave it out, or write fluent NAME(…): SORT"
            raise cursor.stop("the end: this state has no values", mend)
        becomes = _named_value(state, cursor)
        if becomes == value:
            mend = "name another value, or write `renewable`"
            raise cursor.stop("another value before this", mend)
    is_renewable = cursor.take("renewable") or is_renewable
    reading = read_reading(cursor, state.names)
    place = place_of(clause)
    return Lasting(value, amount, unit, becomes, is_renewable, reading, place)


def _named_value(state: _State, cursor: Cursor) -> str:
    token = cursor.take_kind(*_VALUE_KINDS)
    if token is None or state.value is None:
        mend = "write lasts VALUE N days, or lasts VALUE N days then VALUE"
        raise cursor.stop("a value", mend)
    state.names.value(token, state.value.sort)
    return token.text
