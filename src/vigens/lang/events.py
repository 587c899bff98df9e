"""Acts and occurrences with the powers that they need, lowered to the rule program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.lang.clauses import applies_to, guarded, place_of, read_all
from vigens.lang.conditions import read_condition
from vigens.lang.grammar import ACTOR_SORTS
from vigens.rules import Constant, EventType, Power, Term

if TYPE_CHECKING:
    from vigens.lang.cursor import Cursor
    from vigens.lang.lexer import Token
    from vigens.lang.names import Names
    from vigens.lang.syntax import Clause, Declaration


def lower_event(names: Names, declaration: Declaration) -> EventType:
    """Lower an act or an occurrence."""
    name = declaration.name.text
    secret = declaration.first("secret")
    if secret is not None:
        guarded(names, secret, lambda _: None)

    def power(cursor: Cursor, clause: Clause) -> Power:
        return _power(cursor, names, name, clause)

    return EventType(
        name,
        names.predicates[name],
        declaration.title or name,
        declaration.keyword == "act",
        applies_to(names, declaration),
        secret is not None,
        declaration.place,
        read_all(names, declaration, "power", power),
    )


def _power(cursor: Cursor, names: Names, event: str, clause: Clause) -> Power:
    mend = 'write power HOLDER, power HOLDER when CONDITION, or … by unstated "…"'
    scope = {param.name: param for param in names.predicates[event]}
    token = cursor.need("name", "who has the power", mend)
    holder = _holder(names, event, token)
    condition = None
    if cursor.take("when"):
        condition = read_condition(cursor, names, scope)
    unstated = None
    if cursor.take("by"):
        cursor.need_words("unstated", mend)
        unstated = cursor.need("string", "a quoted text", mend).text
    return Power(holder, condition, unstated, place_of(clause))


def _holder(names: Names, event: str, token: Token) -> Term:
    for param in names.predicates[event]:
        if param.name != token.text:
            continue
        if param.sort not in ACTOR_SORTS:
            message = f'"{token.text}" is a {param.sort}; a party, group or body acts'
            names.fault("T002", message, token, "name the one who has the power")
        return param
    names.actor(token)
    return Constant(token.text)
