"""Conditions: recursive descent with names resolved on the way.

::

    condition := conjunct ("or" conjunct)*
    conjunct  := factor ("and" factor)*
    factor    := "not" factor | lasting
    lasting   := plain ["for" duration]
    plain     := "(" condition ")" | quantified | frequency | comparison | atom
               | term "is" ["not"] term | text RELATION text | STATE DUTY "(" terms ")"
               | "happens" event | stated | unstated
    stated    := "stated" "(" term "," key "," value ")"
    unstated  := "unstated" "what the text leaves open"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.lang.context import Context
from vigens.lang.durations import read_duration
from vigens.lang.grammar import ACTOR_SORTS, JOINING, LINKS, STATED_KEYS, STATES
from vigens.lang.patterns import (
    arguments,
    check_number_of_arguments,
    event_atom,
    is_edge,
    state_atom,
    terms_of,
)
from vigens.lang.quantities import (
    at_least,
    comparison,
    each_or_some,
    read_count,
    starts_comparison,
)
from vigens.rules import (
    ACTOR_TYPES,
    AllOf,
    AnyOf,
    Condition,
    Constant,
    Count,
    Happens,
    InState,
    Linked,
    Negation,
    Persisted,
    Quantified,
    Same,
    Stated,
    Term,
    Unstated,
    Variable,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.lang.cursor import Cursor
    from vigens.lang.names import Names

#: Deepest nesting of brackets, `not` and quantifiers that a condition may have.
DEEPEST = 40


def read_condition(
    cursor: Cursor,
    names: Names,
    scope: Mapping[str, Variable],
    *,
    is_when: bool = False,
) -> Condition:
    """Read a condition up to where it ends.

    Args:
        cursor: At the first token of the condition.
        names: What every name stands for; findings are noted there.
        scope: Variables that may be used.
        is_when: Whether it is asked at the instant of a change.

    Returns:
        The condition; an atom with an unknown name is still given, with a finding.

    Raises:
        UnreadableError: The tokens form no condition.
    """
    return _condition(Context(cursor, names, scope, _condition, is_when=is_when))


def read_measured(cursor: Cursor, names: Names) -> Count:
    """Read what a measure counts: `party: deployed(party)`.

    Raises:
        UnreadableError: The tokens form no count.
    """
    return read_count(Context(cursor, names, {}, _condition))


def _condition(context: Context) -> Condition:
    cursor = context.cursor
    if context.depth > DEEPEST:
        raise cursor.stop(
            f"at most {DEEPEST} levels of brackets", "give a part a name of its own"
        )
    parts = [_conjunct(context)]
    while cursor.take("or"):
        parts.append(_conjunct(context))
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _conjunct(context: Context) -> Condition:
    parts = [_factor(context)]
    while context.cursor.take("and"):
        parts.append(_factor(context))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _factor(context: Context) -> Condition:
    cursor = context.cursor
    if cursor.take("not"):
        if context.depth >= DEEPEST:
            raise cursor.stop(f"at most {DEEPEST} levels", "give a part its own name")
        return Negation(_factor(context.inside()))
    found = _plain(context)
    if not cursor.take("for"):
        return found
    if _asks_an_instant(found):
        mend = "ask of a state how long it has lasted"
        raise cursor.refuse("P008", "what happens at an instant does not last", mend)
    return Persisted(found, *read_duration(cursor))


def _plain(context: Context) -> Condition:
    cursor = context.cursor
    if starts_comparison(context):
        return comparison(context)
    if cursor.take("("):
        inner = context.inside().condition()
        cursor.need_words(")", "close the bracket")
        return inner
    if cursor.take("unstated"):
        mend = 'write unstated "what the text leaves open"'
        return Unstated(cursor.need("string", "a quoted text", mend).text)
    if cursor.looks_at("stated", "("):
        return _stated(context)
    if cursor.take("some"):
        return each_or_some(context, 1)
    if cursor.take("each"):
        return each_or_some(context, None)
    if cursor.take("at", "least"):
        return at_least(context, is_more=False)
    if cursor.take("more", "than"):
        return at_least(context, is_more=True)
    return _led_by_name(context)


def _led_by_name(context: Context) -> Condition:
    cursor, names = context.cursor, context.names
    token, following = context.next_is_name(), context.next_is_name(1)
    if token is None or following is None:
        return state_atom(context)
    is_joined = following.text in JOINING
    if is_edge(context):
        mend = f"ask for the state itself, or write on {token.text} … as an event"
        message = f'"{token.text}" says what occurs at an instant; a state belongs here'
        raise cursor.refuse("P008", message, mend)
    if token.text == "happens" and not is_joined:
        return _happens(context)
    is_duty = names.kinds.get(following.text) == "obligation"
    if token.text in STATES and (is_duty or not is_joined):
        return _in_state(context)
    relation = _relation(context)
    if relation is not None:
        return _linked(context, relation)
    is_state = names.kinds.get(token.text) == "fluent"
    if following.text == "is" and not is_state:
        return _same(context)
    return state_atom(context)


def _happens(context: Context) -> Condition:
    cursor = context.cursor
    if not context.is_when:
        mend = "write `when happens …`, or begin the state by the event"
        message = '"happens" is asked only in `when`, at the instant of a change'
        raise cursor.refuse("P008", message, mend)
    cursor.take("happens")
    return Happens(event_atom(context, is_pattern=False))


def _asks_an_instant(condition: Condition) -> bool:
    """Say whether an event is asked for inside; conditions nest `DEEPEST` at most."""
    return isinstance(condition, Happens) or any(
        _asks_an_instant(part) for part in parts_of(condition)
    )


def _same(context: Context) -> Condition:
    cursor, names = context.cursor, context.names
    mend = "write NAME is NAME, or NAME is not NAME"
    first = cursor.need("name", "a name", mend)
    cursor.need_words("is", mend)
    is_not = cursor.take("not")
    second = cursor.take_kind("name", "string", "number", "date")
    if second is None:
        raise cursor.stop("a name or value", mend)
    sort = next(
        (
            context.scope[token.text].sort
            for token in (first, second)
            if token.kind == "name" and token.text in context.scope
        ),
        None,
    )
    terms: list[Term] = []
    for token in (first, second):
        term = names.term(token, sort, context.scope)
        context.particular(token, term)
        terms.append(term or Constant(token.text))
    same = Same(terms[0], terms[1])
    return Negation(same) if is_not else same


def _relation(context: Context) -> str | None:
    """Give the relation between texts that stands behind the next name, if any."""
    for relation in LINKS:
        ahead = [context.next_is_name(1 + at) for at in range(len(relation.split()))]
        if " ".join(token.text for token in ahead if token is not None) == relation:
            return relation
    return None


def _linked(context: Context, relation: str) -> Linked:
    cursor, names = context.cursor, context.names
    mend = f"write TEXT {relation} TEXT, with texts that are declared"
    terms: list[Term] = []
    for words in ("", relation):
        cursor.need_words(words, mend)
        token = cursor.need("name", "an instrument", mend)
        term = names.term(token, "instrument", context.scope)
        context.particular(token, term)
        terms.append(term or Constant(token.text))
    return Linked(terms[0], relation, terms[1])


def _in_state(context: Context) -> Condition:
    cursor, names = context.cursor, context.names
    mend = "write STATE OBLIGATION(obligor, …), as in overdue help(FR)"
    state = cursor.need("name", "a state of a duty", mend).text
    name = cursor.need("name", "an obligation", mend)
    params = names.duties.get(name.text)
    tokens = arguments(context)
    if params is None:
        meant = names.nearest(name.text, names.duties)
        proposal = f'write "{meant}", or ' if meant else ""
        message = f'unknown obligation "{name.text}"'
        names.fault("N002", message, name, f"{proposal}declare it with `obligation`")
        return InState(state, name.text, ())
    left_out = params[len(tokens) :] if tokens else ()
    any_of = [_unused(param, context) for param in left_out]
    tokens += any_of
    if not check_number_of_arguments(names, name, tokens, params):
        return InState(state, name.text, ())
    obligor = getattr(tokens[0], "text", "")
    known = names.value_sorts.get(obligor, set()) & set(ACTOR_SORTS)
    variable = context.scope.get(obligor)
    actors = (*ACTOR_SORTS, *ACTOR_TYPES)
    wanted = variable.sort if variable and variable.sort in actors else None
    wanted = wanted or next(iter(sorted(known)), params[0].sort)
    first = Variable(params[0].name, wanted)
    terms = terms_of(context, tokens, (first, *params[1:]))
    found: Condition = InState(state, name.text, terms)
    for ranging in reversed(any_of):
        found = Quantified(1, ranging, None, found)
    return found


def _unused(param: Variable, context: Context) -> Variable:
    """Name a variable for an argument that was left out: any of its values will do."""
    name = param.name
    while name in context.scope:
        name = f"other {name}"
    return Variable(name, param.sort)


def _stated(context: Context) -> Stated:
    cursor, names = context.cursor, context.names
    mend = "write stated(INSTRUMENT, KEY, VALUE)"
    cursor.need_words("stated (", mend)
    token = cursor.need("name", "an instrument", mend)
    instrument = names.term(token, "instrument", context.scope)
    context.particular(token, instrument)
    cursor.need_words(",", mend)
    key = cursor.need("name", "a key", mend)
    if key.text not in STATED_KEYS:
        message = f'an instrument says nothing called "{key.text}" of itself'
        names.fault("N004", message, key, f"write one of {', '.join(STATED_KEYS)}")
    cursor.need_words(",", mend)
    value = cursor.need("name", "a value", mend)
    cursor.need_words(")", mend)
    return Stated(instrument or Constant("?"), key.text, value.text)
