"""Obligations and planned steps, lowered to the rule program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.lang.conditions import is_small, read_condition, read_event
from vigens.lang.grammar import MODALITIES, UNITS
from vigens.lang.lower import (
    date_of,
    guarded,
    lower_under,
    read_date,
    read_reading,
    text_of,
)
from vigens.rules import (
    Condition,
    Deadline,
    Obligation,
    Performance,
    Step,
    Trigger,
    Variable,
)

if TYPE_CHECKING:
    from vigens.lang.cursor import Cursor
    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration

_OBLIGOR = Variable("obligor", "party")


def lower_obligation(names: Names, declaration: Declaration) -> Obligation:
    """Lower an obligation; a slot that the text leaves empty stays empty."""
    scope = {"obligor": _OBLIGOR}
    triggers = []
    for clause in declaration.all_of("trigger"):
        trigger = guarded(names, clause, partial(_trigger, names, scope, clause))
        if trigger is not None:
            triggers.append(trigger)
    obligor, role, unstated = _obligor(names, declaration)
    deadlines = _deadlines(names, declaration, scope)
    if not (declaration.all_of("within") or declaration.all_of("at")):
        names.findings.append(_silent(declaration))
    return Obligation(
        declaration.name.text,
        declaration.title or declaration.name.text,
        tuple(scope.values()),
        obligor,
        role,
        unstated,
        _obligee(names, declaration),
        _modality(names, declaration),
        tuple(triggers),
        _while(names, declaration, scope),
        _performance(names, declaration, scope),
        deadlines,
        lower_under(names, declaration),
        text_of(names, declaration, "source"),
        declaration.place,
        date_of(names, declaration, "known from"),
    )


def lower_step(names: Names, declaration: Declaration) -> Step:
    """Lower a planned step with its derived date."""
    due = declaration.first("due")
    parts = guarded(names, due, lambda cursor: _due(cursor, names)) if due else None
    deadline, is_about, date = parts or (None, False, None)
    outcome = declaration.first("outcome")
    pattern = (
        guarded(names, outcome, lambda cursor: read_event(cursor, names, {})[0])
        if outcome
        else None
    )
    return Step(
        declaration.name.text,
        declaration.title or declaration.name.text,
        is_about,
        deadline.amount if deadline else None,
        deadline.unit if deadline else None,
        deadline.anchor if deadline else None,
        date,
        deadline.unstated if deadline else None,
        pattern,
        lower_under(names, declaration),
        text_of(names, declaration, "source"),
        declaration.place,
        date_of(names, declaration, "known from"),
    )


def _trigger(
    names: Names, scope: dict[str, Variable], clause: Clause, cursor: Cursor
) -> Trigger:
    place = f"{clause.span.source}:{clause.span.line}"
    if cursor.take("on"):
        event, bound = read_event(cursor, names, scope)
        scope.update(bound)
        return Trigger(None, event, read_reading(cursor, names), place)
    condition = read_condition(cursor, names, scope)
    return Trigger(condition, None, read_reading(cursor, names), place)


def _obligor(
    names: Names, declaration: Declaration
) -> tuple[str | None, str | None, str | None]:
    clause = declaration.first("obligor")
    if clause is None:
        return None, None, "the text does not say who owes it"

    def read(cursor: Cursor) -> tuple[str | None, str | None, str | None]:
        mend = 'write obligor NAME, obligor each ROLE, or obligor unstated "…"'
        if cursor.take("unstated"):
            return None, None, cursor.need("string", "a quoted text", mend).text
        if cursor.take("each"):
            role = cursor.need("name", "a role", mend)
            params = names.predicates.get(role.text, ())
            if len(params) != 1 or params[0].sort != "party":
                names.fault(
                    "N002",
                    f'"{role.text}" is no role: no fluent of one party has this name',
                    role,
                    "declare fluent NAME(party), or name the party",
                )
            return None, role.text, None
        token = cursor.need("name", "a party", mend)
        known = names.value_sorts.get(token.text, set())
        if not known & {"group", "body"}:
            names.term(token, "party", {})
        return token.text, None, None

    return guarded(names, clause, read) or (None, None, None)


def _obligee(names: Names, declaration: Declaration) -> str | None:
    clause = declaration.first("obligee")
    if clause is None:
        return None

    def read(cursor: Cursor) -> str:
        mend = "write obligee NAME, with a party, group or body that is declared"
        token = cursor.need("name", "a party", mend)
        if not names.value_sorts.get(token.text, set()) & {"group", "body"}:
            names.term(token, "party", {})
        return token.text

    return guarded(names, clause, read)


def _modality(names: Names, declaration: Declaration) -> str:
    clause = declaration.first("modality")
    written = " ".join(t.text for t in clause.tokens) if clause else "unstated"
    if written not in MODALITIES and clause is not None:
        names.findings.append(
            Finding(
                "P005",
                Severity.ERROR,
                f'"{written}" is no word of the clause "modality"',
                (clause.span,),
                f"write one of {', '.join(MODALITIES)}",
            )
        )
    return written


def _while(
    names: Names, declaration: Declaration, scope: dict[str, Variable]
) -> Condition | None:
    clause = declaration.first("while")
    if clause is None:
        return None
    return guarded(names, clause, lambda cursor: read_condition(cursor, names, scope))


def _performance(
    names: Names, declaration: Declaration, scope: dict[str, Variable]
) -> Performance | None:
    clause = declaration.first("performance")
    if clause is None:
        return None
    place = f"{clause.span.source}:{clause.span.line}"

    def read(cursor: Cursor) -> Performance:
        if cursor.take("unstated"):
            mend = 'write performance unstated "…"'
            what = cursor.need("string", "a quoted text", mend).text
            return Performance(None, None, what, place)
        if cursor.take("on"):
            event, _ = read_event(cursor, names, scope)
            return Performance(None, event, None, place)
        return Performance(read_condition(cursor, names, scope), None, None, place)

    return guarded(names, clause, read)


def _deadlines(
    names: Names, declaration: Declaration, scope: dict[str, Variable]
) -> tuple[Deadline, ...]:
    found = []
    for clause in declaration.clauses:
        if clause.keyword in ("within", "at"):
            deadline = guarded(names, clause, partial(_deadline, names, scope, clause))
            if deadline is not None:
                found.append(deadline)
    return tuple(found)


def _deadline(
    names: Names, scope: dict[str, Variable], clause: Clause, cursor: Cursor
) -> Deadline:
    place = f"{clause.span.source}:{clause.span.line}"
    relation = "at" if clause.keyword == "at" else "within"
    if cursor.take("unstated"):
        token = cursor.take_kind("string")
        what = token.text if token else "the text gives no time limit"
        reading = read_reading(cursor, names)
        return Deadline(relation, None, None, None, what, reading, place)
    amount, unit = _duration(cursor)
    anchor = None
    if cursor.take("after"):
        anchor, bound = read_event(cursor, names, scope)
        scope.update(bound)
    reading = read_reading(cursor, names)
    return Deadline(relation, amount, unit, anchor, None, reading, place)


def _duration(cursor: Cursor) -> tuple[int, str]:
    mend = f"write a number and a unit ({', '.join(f'{unit}s' for unit in UNITS)})"
    number = cursor.need("number", "a number below 1000000", mend, is_small)

    def is_unit(text: str) -> bool:
        return text.removesuffix("s") in UNITS

    unit = cursor.need("name", "a unit of time", mend, is_unit)
    return int(number.text), unit.text.removesuffix("s")


def _due(cursor: Cursor, names: Names) -> tuple[Deadline, bool, str | None]:
    is_about = cursor.take("about")
    following = cursor.next
    if following is not None and following.kind in ("date", "string"):
        return _nothing(None), is_about, read_date(cursor, names)
    if cursor.take("unstated"):
        token = cursor.take_kind("string")
        what = token.text if token else "the text gives no date"
        return _nothing(what), is_about, None
    amount, unit = _duration(cursor)
    cursor.need_word("after", "write due N months after EVENT(…)")
    anchor, _ = read_event(cursor, names, {})
    return Deadline("at", amount, unit, anchor, None, None, ""), is_about, None


def _nothing(unstated: str | None) -> Deadline:
    return Deadline("at", None, None, None, unstated, None, "")


def _silent(declaration: Declaration) -> Finding:
    return Finding(
        "W001",
        Severity.WARNING,
        f'obligation "{declaration.name.text}" has no time limit',
        (declaration.name.span,),
        "write within N hours, or within unstated where the text gives none",
    )
