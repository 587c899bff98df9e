"""States and events said of terms: atoms, patterns, and edges of states.

::

    atom    := NAME ["(" term ("," term)* ")"] ["is" ["not"] value]
    occurs  := atom | ("begins" | "ends") atom
    term    := value | NAME ["as" NAME]

In a pattern a name of a sort, or of the parameter at its place, stands for whatever there
is, and `as` gives it another name. In a condition it needs a quantifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import counted
from vigens.lang.context import Context
from vigens.lang.grammar import JOINING
from vigens.rules import (
    ACTOR_TYPES,
    Atom,
    Condition,
    Constant,
    Edge,
    Negation,
    Occurs,
    Variable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.lang.cursor import Cursor
    from vigens.lang.lexer import Token
    from vigens.lang.names import Names
    from vigens.rules import Term

EVENTS = ("act", "event")
_CALL = "write the arguments with commas between them and close the bracket"


def read_event(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable]
) -> tuple[Atom, dict[str, Variable]]:
    """Read an event pattern; names of sorts in it stand for whatever occurs.

    Returns:
        The pattern, and the variables that it binds beyond the scope.

    Raises:
        UnreadableError: The tokens form no event.
    """
    atom = event_atom(_plain(cursor, names, scope), is_pattern=True)
    return atom, _bound(atom, scope)


def read_occurs(
    cursor: Cursor, names: Names, scope: Mapping[str, Variable]
) -> tuple[Occurs, dict[str, Variable]]:
    """Read an event pattern, or the beginning or end of a state.

    Returns:
        What is read, and the variables that it binds beyond the scope.

    Raises:
        UnreadableError: The tokens form neither.
    """
    context = _plain(cursor, names, scope)
    if not is_edge(context):
        return read_event(cursor, names, scope)
    is_begin = cursor.take("begins")
    if not is_begin:
        cursor.need_words("ends", "write begins STATE or ends STATE")
    atom = state_atom(context, is_pattern=True)
    if isinstance(atom, Negation):
        mend = "write ends … is VALUE for the end of a value"
        raise cursor.refuse("P003", 'an edge of a state has no "not"', mend)
    return Edge(atom, is_begin), _bound(atom, scope)


def is_edge(context: Context) -> bool:
    """Say whether `begins` or `ends` and a name come next."""
    words = ("begins", "ends")
    token, following = context.cursor.next, context.next_is_name(1)
    return (
        token is not None
        and token.text in words
        and token.kind == "name"
        and following is not None
        and following.text not in JOINING
    )


def event_atom(context: Context, *, is_pattern: bool) -> Atom:
    """Read an event said of terms.

    Raises:
        UnreadableError: The tokens form no event.
    """
    mend = "write an event, as in ceasefire.begins(general)"
    name = context.cursor.need("name", "an event", mend)
    kind = context.names.kinds.get(name.text)
    if kind not in EVENTS:
        unknown_predicate(context.names, name, "event")
    is_known = kind in EVENTS
    places = context.names.predicates[name.text] if is_known and is_pattern else None
    tokens = arguments(context, places)
    return _atom(context, name, tokens, is_pattern=is_pattern, is_known=is_known)


def state_atom(
    context: Context, *, is_pattern: bool = False, ranging: Variable | None = None
) -> Atom | Negation:
    """Read a state said of terms, with `is VALUE` where it has values.

    Args:
        context: Where it stands.
        is_pattern: Whether sorts stand for whatever there is.
        ranging: A variable to put where one argument is missing (`in member(group)`).

    Raises:
        UnreadableError: The tokens form no state.
    """
    cursor, names = context.cursor, context.names
    name = cursor.need("name", "a condition", "write one, as in ceasefire(general)")
    is_known = names.kinds.get(name.text) == "fluent"
    if not is_known:
        unknown_predicate(names, name, "fluent")
    places = names.predicates[name.text] if is_known and is_pattern else None
    tokens = arguments(context, places)
    is_not = False
    if name.text in names.valued:
        is_not = _value(context, name, tokens)
    elif is_known and cursor.looks_at("is"):
        mend = f"declare fluent {name.text}(…): SORT, or leave out what follows"
        raise cursor.refuse("P003", f'"{name.text}" has no values', mend)
    if ranging is not None and is_known:
        _insert(names, name, tokens, ranging)
    atom = _atom(context, name, tokens, is_pattern=is_pattern, is_known=is_known)
    return Negation(atom) if is_not else atom


def arguments(
    context: Context, places: tuple[Variable, ...] | None = None
) -> list[Token | Variable]:
    """Read the arguments in brackets, if any.

    Args:
        context: Where they stand.
        places: In a pattern, the parameters: what stands for whatever there is may
            have another name, as in `left(party as other)`.

    Raises:
        UnreadableError: The bracket holds something else, or is not closed.
    """
    cursor = context.cursor
    if not cursor.take("("):
        return []
    tokens: list[Token | Variable] = []
    while not cursor.take(")"):
        if tokens:
            cursor.need_words(",", _CALL)
        token = cursor.take_kind("name", "string", "number", "date", "mark")
        if token is None or (token.kind == "mark" and token.text != "_"):
            raise cursor.stop("an argument", _CALL)
        if places is not None and cursor.looks_at("as"):
            own = places[len(tokens)] if len(tokens) < len(places) else None
            tokens.append(_renamed(context, token, own))
        else:
            tokens.append(token)
    return tokens


def _renamed(context: Context, token: Token, own: Variable | None) -> Variable:
    """Read `as NAME` after what stands for whatever there is."""
    cursor, names = context.cursor, context.names
    cursor.take("as")
    mend = "write SORT as NAME, with a name that is not in use here"
    name = cursor.need("name", "a name", mend)
    sort = own.sort if own is not None else token.text
    if name.text in context.scope:
        names.fault("N001", f'"{name.text}" is in use here already', name, mend)
    if token.text != sort and (own is None or token.text != own.name):
        is_part = sort == "party" and token.text in ACTOR_TYPES
        if not is_part:
            message = f'"{token.text}" is not what stands at this place'
            names.fault("T002", message, token, f"write {sort} as {name.text}")
        sort = token.text if is_part else sort
    return Variable(name.text, sort)


def terms_of(
    context: Context, tokens: list[Token | Variable], params: tuple[Variable, ...]
) -> tuple[Term, ...]:
    """Resolve arguments of a duty or tally, each by its parameter's sort."""
    terms: list[Term] = []
    for token, param in zip(tokens, params, strict=True):
        if isinstance(token, Variable):
            terms.append(token)
            continue
        term = context.names.term(token, param.sort, context.scope)
        context.particular(token, term)
        terms.append(term or Constant(token.text))
    return tuple(terms)


def check_number_of_arguments(
    names: Names,
    name: Token,
    tokens: list[Token | Variable],
    params: tuple[Variable, ...],
) -> bool:
    """Report too many or too few arguments."""
    if len(tokens) == len(params):
        return True
    _wrong_number(names, name, len(tokens), params)
    return False


def unknown_predicate(names: Names, name: Token, noun: str) -> None:
    """Report a name that is no event, or no state."""
    kind = names.kinds.get(name.text)
    if kind is not None:
        names.fault(
            "N002",
            f'"{name.text}" is declared as {kind}; {noun} belongs here',
            name,
            "an event happens at a time; a fluent is a state that holds",
        )
        return
    wanted = EVENTS if noun == "event" else (noun,)
    meant = names.nearest(name.text, (n for n, k in names.kinds.items() if k in wanted))
    names.fault(
        "N002",
        f'unknown {noun} "{name.text}"',
        name,
        (f'write "{meant}", or ' if meant else "") + f"declare it with `{noun}`",
    )


def _plain(cursor: Cursor, names: Names, scope: Mapping[str, Variable]) -> Context:
    def refuse(context: Context) -> Condition:
        raise context.cursor.stop("a pattern", "write no condition here")

    return Context(cursor, names, scope, refuse)


def _bound(atom: Atom, scope: Mapping[str, Variable]) -> dict[str, Variable]:
    return {
        term.name: term
        for term in atom.terms
        if isinstance(term, Variable) and term.name not in scope
    }


def _value(context: Context, name: Token, tokens: list[Token | Variable]) -> bool:
    """Read `is [not] VALUE` into the arguments; say whether it is negated."""
    cursor = context.cursor
    mend = f"write {name.text}(…) is VALUE"
    if cursor.take("is"):
        is_not = cursor.take("not")
        token = cursor.take_kind("name", "string", "number", "date")
        if token is None:
            if not cursor.looks_at("_"):
                raise cursor.stop("a value", mend)
            token = cursor.take_kind("mark")
        if token is not None:
            tokens.append(token)
        return is_not
    params = context.names.predicates[name.text]
    if "_" not in context.scope:
        mend = f"write {name.text} is VALUE" if len(params) == 1 else mend
        raise cursor.refuse(
            "T001", f'"{name.text}" has values; none is asked for', mend
        )
    if len(tokens) == len(params) - 1:
        tokens.append(context.scope["_"])
    return False


def _insert(
    names: Names, name: Token, tokens: list[Token | Variable], ranging: Variable
) -> None:
    """Put what ranges where one argument was left out."""
    params = names.predicates[name.text]
    if len(tokens) != len(params) - 1:
        return
    last = len(params) - (name.text in names.valued)
    places = [at for at in range(last) if params[at].sort == ranging.sort]
    if places:
        tokens.insert(places[-1], ranging)


def _atom(
    context: Context,
    name: Token,
    tokens: list[Token | Variable],
    *,
    is_pattern: bool,
    is_known: bool,
) -> Atom:
    names = context.names
    params = names.predicates[name.text] if is_known else None
    if params is not None and len(tokens) != len(params):
        has_values = name.text in names.valued
        shown = params[:-1] if has_values else params
        _wrong_number(names, name, len(tokens) - has_values, shown)
        params = None
    terms: list[Term] = []
    for at, token in enumerate(tokens):
        if isinstance(token, Variable):
            terms.append(token)
            continue
        if params is None:
            terms.append(Constant(token.text))
            continue
        own = params[at] if is_pattern else None
        term = names.term(token, params[at].sort, context.scope, own)
        if not is_pattern:
            context.particular(token, term)
        terms.append(term or Constant(token.text))
    names.check_family(name, terms)
    return Atom(name.text, tuple(terms))


def _wrong_number(
    names: Names, name: Token, number: int, params: tuple[Variable, ...]
) -> None:
    listed = ", ".join(param.name for param in params)
    names.fault(
        "T001",
        f'"{name.text}" takes {counted(len(params), "argument")}, not {number}',
        name,
        f"write {name.text}({listed})" if params else f"write {name.text}",
    )
