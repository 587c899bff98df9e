"""Conditions and event patterns: recursive descent with names resolved on the way.

::

    condition := conjunct ("or" conjunct)*
    conjunct  := factor ("and" factor)*
    factor    := "not" factor | "(" condition ")" | quantified | stated | unstated | atom
    quantified:= ("some" | "each" | "at" "least" N "of") SORT ["of" term] ":" condition
    stated    := "stated" "(" term "," key "," value ")"
    unstated  := "unstated" "what the text leaves open"
    atom      := NAME ["(" term ("," term)* ")"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.lang.grammar import STATED_KEYS
from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Constant,
    Negation,
    Quantified,
    Stated,
    Term,
    Unstated,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.lang.cursor import Cursor
    from vigens.lang.lexer import Token
    from vigens.lang.names import Names

Scope = "Mapping[str, Variable]"
#: Deepest nesting of brackets and `not` that a condition may have.
DEEPEST = 40
#: Most digits that a number may have.
LONGEST_NUMBER = 6


def is_small(text: str) -> bool:
    """Say whether a number is of a size that texts write."""
    return len(text) <= LONGEST_NUMBER


def read_condition(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable], depth: int = 0
) -> Condition:
    """Read a condition up to where it ends.

    Args:
        cursor: At the first token of the condition.
        names: What every name stands for; findings are noted there.
        scope: Variables that may be used.
        depth: How deep this condition stands inside others.

    Returns:
        The condition; an atom with an unknown name is still given, with a finding.

    Raises:
        UnreadableError: The tokens form no condition.
    """
    if depth > DEEPEST:
        raise cursor.stop(
            f"at most {DEEPEST} levels of brackets", "give a part a name of its own"
        )
    parts = [_conjunct(cursor, names, scope, depth)]
    while cursor.take("or"):
        parts.append(_conjunct(cursor, names, scope, depth))
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def read_event(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable]
) -> tuple[Atom, dict[str, Variable]]:
    """Read an event pattern; names of sorts in it stand for whatever occurs.

    Returns:
        The pattern, and the variables that it binds beyond the scope.

    Raises:
        UnreadableError: The tokens form no event.
    """
    atom = _atom(cursor, names, scope, wants_event=True)
    bound = {
        term.name: term
        for term in atom.terms
        if isinstance(term, Variable) and term.name not in scope
    }
    return atom, bound


def _conjunct(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable], depth: int
) -> Condition:
    parts = [_factor(cursor, names, scope, depth)]
    while cursor.take("and"):
        parts.append(_factor(cursor, names, scope, depth))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _factor(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable], depth: int
) -> Condition:
    if cursor.take("not"):
        if depth >= DEEPEST:
            raise cursor.stop(f"at most {DEEPEST} levels", "give a part its own name")
        return Negation(_factor(cursor, names, scope, depth + 1))
    if cursor.take("("):
        inner = read_condition(cursor, names, scope, depth + 1)
        cursor.need_word(")", "close the bracket")
        return inner
    if cursor.take("unstated"):
        mend = 'write unstated "what the text leaves open"'
        return Unstated(cursor.need("string", "a quoted text", mend).text)
    if cursor.looks_at("stated", "("):
        return _stated(cursor, names, scope)
    if cursor.take("some"):
        return _quantified(cursor, names, scope, depth, at_least=1)
    if cursor.take("each"):
        return _quantified(cursor, names, scope, depth, at_least=None)
    if cursor.take("at", "least"):
        mend = "write at least N of SORT: …, with N below 1000000"
        number = cursor.need("number", "a number", mend, is_small)
        cursor.need_word("of", mend)
        return _quantified(cursor, names, scope, depth, at_least=int(number.text))
    return _atom(cursor, names, scope, wants_event=False)


def _quantified(
    cursor: Cursor,
    names: Names,
    scope: Mapping[str, Variable],
    depth: int,
    *,
    at_least: int | None,
) -> Quantified:
    mend = "write some SORT: …, as in some component of instrument: …"
    sort = cursor.need("name", "a sort", mend)
    if sort.text not in names.sorts:
        meant = names.nearest(sort.text, names.sorts)
        names.fault(
            "N005",
            f'unknown sort "{sort.text}"',
            sort,
            (f'write "{meant}", or ' if meant else "") + "declare it with `values`",
        )
    owner: Term | None = None
    if cursor.take("of"):
        owner = names.term(
            cursor.need("name", "an instrument", mend), "instrument", scope
        )
    cursor.need_word(":", mend)
    variable = Variable(sort.text, sort.text)
    inner = {**scope, sort.text: variable}
    body = read_condition(cursor, names, inner, depth + 1)
    return Quantified(at_least, variable, owner, body)


def _stated(cursor: Cursor, names: Names, scope: Mapping[str, Variable]) -> Stated:
    cursor.take("stated", "(")
    mend = "write stated(instrument, key, value), as in stated(paris, binding, legally)"
    instrument = names.term(
        cursor.need("name", "an instrument", mend), "instrument", scope
    )
    cursor.need_word(",", mend)
    key = cursor.need("name", "a key", mend)
    if key.text not in STATED_KEYS:
        message = f'an instrument says nothing called "{key.text}" of itself'
        names.fault("N004", message, key, f"write one of {', '.join(STATED_KEYS)}")
    cursor.need_word(",", mend)
    value = cursor.need("name", "a value", mend)
    cursor.need_word(")", mend)
    return Stated(instrument or Constant("?"), key.text, value.text)


def _atom(
    cursor: Cursor,
    names: Names,
    scope: Mapping[str, Variable],
    *,
    wants_event: bool,
) -> Atom:
    what = "an event" if wants_event else "a condition"
    name = cursor.need("name", what, f"write {what}, as in ceasefire(general)")
    params = names.predicates.get(name.text)
    if params is None or (names.kinds[name.text] == "fluent") is wants_event:
        _unknown_predicate(names, name, wants_event=wants_event)
    tokens = _arguments(cursor)
    if params is not None and len(tokens) != len(params):
        listed = ", ".join(param.name for param in params)
        names.fault(
            "T001",
            f'"{name.text}" takes {len(params)} arguments, not {len(tokens)}',
            name,
            f"write {name.text}({listed})" if params else f"write {name.text}",
        )
        params = None
    terms = []
    for index, token in enumerate(tokens):
        wanted = params[index].sort if params else None
        term = names.term(token, wanted, scope) if params else Constant(token.text)
        if isinstance(term, Variable) and term.name not in scope and not wants_event:
            names.fault(
                "N006",
                f'"{token.text}" stands for no particular {term.sort} here',
                token,
                f"name one, or write some {term.sort}: … or each {term.sort}: …",
            )
        terms.append(term or Constant(token.text))
    names.check_family(name, terms)
    return Atom(name.text, tuple(terms))


def _arguments(cursor: Cursor) -> list[Token]:
    if not cursor.take("("):
        return []
    mend = "write the arguments with commas between them and close the bracket"
    tokens: list[Token] = []
    while not cursor.take(")"):
        if tokens:
            cursor.need_word(",", mend)
        token = cursor.take_kind("name", "string", "number", "date", "mark")
        if token is None or token.text in "(),:":
            raise cursor.stop("an argument", mend)
        tokens.append(token)
    return tokens


def _unknown_predicate(names: Names, name: Token, *, wants_event: bool) -> None:
    wanted = ("act", "event") if wants_event else ("fluent",)
    candidates = [n for n, kind in names.kinds.items() if kind in wanted]
    kind = names.kinds.get(name.text)
    noun = "event" if wants_event else "fluent"
    if kind is not None:
        names.fault(
            "N002",
            f'"{name.text}" is declared as {kind}; {noun} belongs here',
            name,
            "an event happens at a time; a fluent is a state that holds",
        )
        return
    meant = names.nearest(name.text, candidates)
    names.fault(
        "N002",
        f'unknown {noun} "{name.text}"',
        name,
        (f'write "{meant}", or ' if meant else "") + f"declare it with `{noun}`",
    )
