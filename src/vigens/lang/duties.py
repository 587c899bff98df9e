"""Obligations and planned steps, lowered to the rule program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.lang.bounds import Findings
from vigens.lang.clauses import (
    date_of,
    guarded,
    lower_under,
    place_of,
    read_all,
    read_date,
    read_reading,
    text_of,
)
from vigens.lang.conditions import read_condition
from vigens.lang.durations import read_delay, read_duration
from vigens.lang.grammar import MARKS, MODALITIES
from vigens.lang.patterns import read_event, read_occurs
from vigens.rules import (
    ACTOR_TYPES,
    Condition,
    Deadline,
    Mark,
    Obligation,
    Performance,
    Step,
    Trigger,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.lang.cursor import Cursor
    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration
    from vigens.rules import Occurs

#: Sorts whose members may owe something in a role.
_PARTIES = ("party", *ACTOR_TYPES)
_OBLIGOR = Variable("obligor", "party")


def enter_duties(names: Names, declarations: Sequence[Declaration]) -> None:
    """Note what each obligation is said of: its obligor, and what its triggers bind."""
    aside = replace(names, findings=Findings())
    for declaration in declarations:
        name = declaration.name.text
        if declaration.keyword == "obligation" and name not in names.duties:
            scope = {"obligor": _OBLIGOR}
            for clause in declaration.all_of("trigger"):
                if clause.tokens and clause.tokens[0].text == "on":
                    guarded(aside, clause, partial(_trigger, aside, scope, clause))
            names.duties[name] = tuple(scope.values())


def lower_obligation(names: Names, declaration: Declaration) -> Obligation:
    """Lower an obligation; a slot that the text leaves empty stays empty."""
    scope = {"obligor": _OBLIGOR}
    triggers = []
    for clause in declaration.all_of("trigger"):
        trigger = guarded(names, clause, partial(_trigger, names, scope, clause))
        if trigger is not None:
            triggers.append(trigger)
    obligor, role, unstated = _obligor(names, declaration)
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
        _deadlines(names, declaration, scope),
        lower_under(names, declaration),
        text_of(names, declaration, "source"),
        declaration.place,
        date_of(names, declaration, "known from"),
        _marks(names, declaration, scope),
    )


def lower_step(names: Names, declaration: Declaration) -> Step:
    """Lower a planned step with its derived date."""
    due = declaration.first("due")
    parts = guarded(names, due, lambda cursor: _due(cursor, names)) if due else None
    derived, is_about, date = parts or (_Due(), False, None)
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
        derived.amount,
        derived.unit,
        derived.anchor,
        date,
        derived.unstated,
        pattern,
        lower_under(names, declaration),
        text_of(names, declaration, "source"),
        declaration.place,
        date_of(names, declaration, "known from"),
    )


def _trigger(
    names: Names, scope: dict[str, Variable], clause: Clause, cursor: Cursor
) -> Trigger:
    place = place_of(clause)
    if cursor.take("on"):
        event, bound = read_occurs(cursor, names, scope)
        scope.update(bound)
        when = None
        if cursor.take("when"):
            when = read_condition(cursor, names, scope, is_when=True)
        return Trigger(None, event, read_reading(cursor, names), place, when)
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
            is_state = names.kinds.get(role.text) == "fluent"
            if not is_state or len(params) != 1 or params[0].sort not in _PARTIES:
                names.fault(
                    "N002",
                    f'"{role.text}" is no role: no fluent of one party has this name',
                    role,
                    "declare fluent NAME(party), or name the party",
                )
            return None, role.text, None
        token = cursor.need("name", "a party", mend)
        names.actor(token)
        return token.text, None, None

    return guarded(names, clause, read) or (None, None, None)


def _obligee(names: Names, declaration: Declaration) -> str | None:
    clause = declaration.first("obligee")
    if clause is None:
        return None

    def read(cursor: Cursor) -> str:
        mend = "write obligee NAME, with a party, group or body that is declared"
        token = cursor.need("name", "a party", mend)
        names.actor(token)
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
    place = place_of(clause)

    def read(cursor: Cursor) -> Performance:
        if cursor.take("unstated"):
            mend = 'write performance unstated "…"'
            what = cursor.need("string", "a quoted text", mend).text
            return Performance(None, None, what, place)
        if cursor.take("on"):
            event, _ = read_occurs(cursor, names, scope)
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
    place = place_of(clause)
    relation = "at" if clause.keyword == "at" else "within"
    if cursor.take("unstated"):
        token = cursor.take_kind("string")
        what = token.text if token else "the text gives no time limit"
        reading = read_reading(cursor, names)
        return Deadline(relation, None, None, None, what, reading, place)
    delay = read_delay(cursor)
    anchor = None
    if cursor.take("after"):
        anchor, _ = read_occurs(cursor, names, scope)
    reading = read_reading(cursor, names)
    amount, unit = delay.amount, delay.unit
    first_of = delay.first_of
    return Deadline(relation, amount, unit, anchor, None, reading, place, first_of)


def _marks(
    names: Names, declaration: Declaration, scope: dict[str, Variable]
) -> tuple[Mark, ...]:
    return tuple(
        mark
        for kind in MARKS
        for mark in read_all(names, declaration, kind, partial(_mark, names, scope))
    )


def _mark(
    names: Names, scope: dict[str, Variable], cursor: Cursor, *, clause: Clause
) -> Mark:
    kind, place = clause.keyword, place_of(clause)
    if cursor.take("on"):
        event, _ = read_occurs(cursor, names, scope)
        return Mark(kind, event, None, read_reading(cursor, names), place)
    cursor.need_words("while", f"write {kind} on EVENT, or {kind} while CONDITION")
    condition = read_condition(cursor, names, scope)
    return Mark(kind, None, condition, read_reading(cursor, names), place)


@dataclass(frozen=True, slots=True)
class _Due:
    """When a step is due: so long after an event, or left open."""

    amount: int | None = None
    unit: str | None = None
    anchor: Occurs | None = None
    unstated: str | None = None


def _due(cursor: Cursor, names: Names) -> tuple[_Due, bool, str | None]:
    is_about = cursor.take("about")
    following = cursor.next
    if following is not None and following.kind in ("date", "string"):
        return _Due(), is_about, read_date(cursor, names)
    if cursor.take("unstated"):
        token = cursor.take_kind("string")
        what = token.text if token else "the text gives no date"
        return _Due(unstated=what), is_about, None
    amount, unit = read_duration(cursor, may_be_nought=True)
    cursor.need_words("after", "write due N months after EVENT(…)")
    anchor, _ = read_occurs(cursor, names, {})
    return _Due(amount, unit, anchor), is_about, None


def _silent(declaration: Declaration) -> Finding:
    return Finding(
        "W001",
        Severity.WARNING,
        f'obligation "{declaration.name.text}" has no time limit',
        (declaration.name.span,),
        "write within N hours, or within unstated where the text gives none",
    )
