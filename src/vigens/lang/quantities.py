"""Quantifiers, counts and comparisons: how many, what share, how often.

::

    quantified := ("some" | "each" | amount "of") ranging ":" condition
    amount     := ("at least" | "more than") (N | N "/" N | N "%" | "half")
    ranging    := [WEIGHTS "of"] SORT ["as" NAME] ["of" text] ["in" (state | "(" condition ")")]
    frequency  := "at least" N "times" event "within" duration
    comparison := number (">=" | ">" | "<=" | "<" | "=") number
                | amount (">=" | ">" | "<=" | "<" | "=") amount
    number     := N | TALLY ["(" terms ")"] | "(" count ")"
    count      := "number of" ranging ":" condition
    amount     := N | NAME | STATE ["(" terms ")"]
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from vigens.lang.durations import is_small, is_some, read_duration
from vigens.lang.grammar import NUMBER, RELATIONS
from vigens.lang.patterns import (
    arguments,
    check_number_of_arguments,
    event_atom,
    state_atom,
    terms_of,
)
from vigens.rules import (
    AllOf,
    Atom,
    Comparison,
    Constant,
    Count,
    Frequency,
    Ordered,
    Quantified,
    Tallied,
    Variable,
)

if TYPE_CHECKING:
    from vigens.lang.context import Context
    from vigens.lang.lexer import Token
    from vigens.rules import Condition, Number, Term

_AMOUNT = (
    "write at least N of SORT: …, at least 2/3 of SORT: … or at least 55% of SORT: …"
)
_RANGING = "write some SORT: …, as in some component of instrument: …"
_COUNT = "write (number of SORT: …) with its brackets, or a number"
#: Most digits of a number that is compared.
_LONGEST = 15
#: What comes to a number of things, and not to one that is said of them.
_NUMBERS = (int, Count, Tallied)


@dataclass(frozen=True, slots=True)
class _Ranging:
    """What a quantifier or a count ranges over, and what is asked of each."""

    variable: Variable
    owner: Term | None
    guard: Condition | None
    weights: str | None
    body: Condition


def each_or_some(context: Context, at_least: int | None) -> Quantified:
    """Read what follows `each` or `some`.

    Raises:
        UnreadableError: The tokens form no quantifier.
    """
    found = _ranging(context, may_weigh=False)
    return Quantified(at_least, found.variable, found.owner, found.body, found.guard)


def at_least(context: Context, *, is_more: bool) -> Quantified | Frequency:
    """Read what follows `at least` or `more than`.

    Raises:
        UnreadableError: The tokens form no quantifier.
    """
    cursor = context.cursor
    share = _share(context)
    count = 0
    if share is None:
        what = "a number below 1000000, or a share"
        following = cursor.ahead(2)
        weighs = following is not None and following.text in context.names.weights
        fits = _is_long if weighs else is_small
        count = int(cursor.need("number", what, _AMOUNT, fits).text)
        if not is_more and cursor.looks_at("times"):
            return _frequency(context, count)
    cursor.need_words("of", _AMOUNT)
    found = _ranging(context, may_weigh=True)
    return Quantified(
        count,
        found.variable,
        found.owner,
        found.body,
        found.guard,
        share,
        is_more,
        found.weights,
    )


def read_count(context: Context) -> Count:
    """Read what follows `number of`.

    Raises:
        UnreadableError: The tokens form no count.
    """
    found = _ranging(context, may_weigh=True)
    return Count(found.variable, found.owner, found.body, found.guard, found.weights)


def starts_comparison(context: Context) -> bool:
    """Say whether a number comes next, and not a condition."""
    cursor, names = context.cursor, context.names
    token = cursor.next
    if token is None:
        return False
    return (
        token.kind == "number"
        or cursor.looks_at("(", "number", "of")
        or cursor.looks_at("number", "of")
        or (token.kind == "name" and names.kinds.get(token.text) == "tally")
        or _starts_amount(context)
    )


def _starts_amount(context: Context) -> bool:
    """Say whether a number that an event carries, or a state has, comes next."""
    cursor, names = context.cursor, context.names
    token = context.next_is_name()
    if token is None:
        return False
    if token.text in context.scope:
        return _is_relation(cursor.ahead(1))
    if token.text not in names.valued:
        return False
    at = 1
    if cursor.looks_at(token.text, "("):
        while (ahead := cursor.ahead(at)) is not None and ahead.text != ")":
            at += 1
        at += 1
    return _is_relation(cursor.ahead(at))


def _is_relation(token: Token | None) -> bool:
    return token is not None and token.kind == "mark" and token.text in RELATIONS


def comparison(context: Context) -> Condition:
    """Read two numbers with a relation between them.

    Raises:
        UnreadableError: The tokens form no comparison.
    """
    cursor = context.cursor
    if cursor.looks_at("number", "of"):
        raise cursor.stop('a bracket before "number of"', _COUNT)
    left = _side(context)
    relation = cursor.next
    if relation is None or not _is_relation(relation):
        mend = f"compare it with a number: {' '.join(RELATIONS)}"
        raise cursor.stop("a comparison", mend)
    cursor.take(relation.text)
    right = _side(context, is_whole=isinstance(left, Count | Tallied))
    if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
        return Comparison(left, relation.text, right)
    terms: list[Term] = []
    states: list[Atom] = []
    for side in (left, right):
        if isinstance(side, Count | Tallied):
            mend = "compare a count or a tally with a number, a count or a tally"
            message = "a count or a tally is not compared with what an event carries"
            raise cursor.refuse("T005", message, mend)
        if isinstance(side, Atom):
            states.append(side)
        own = side.terms[-1] if isinstance(side, Atom) else side
        terms.append(Constant(str(own)) if isinstance(own, int) else own)
    found: Condition = Ordered(terms[0], relation.text, terms[1])
    for state in reversed(states):  # whatever number it has
        value = state.terms[-1]
        assert isinstance(value, Variable)
        found = Quantified(1, value, None, AllOf((state, found)))
    return found


def _side(context: Context, *, is_whole: bool = False) -> Number | Term | Atom:
    """Read one side; a state stands with a variable for the number that it has."""
    cursor, names = context.cursor, context.names
    token = context.next_is_name()
    if token is not None and token.text in context.scope:
        cursor.take(token.text)
        term = names.term(token, NUMBER, context.scope)
        return term or Constant("0")
    if token is not None and token.text in names.valued:
        cursor.take(token.text)
        tokens, params = arguments(context), names.predicates[token.text]
        value = Variable(f"what {token.text} is at {token.span.column}", NUMBER)
        if params[-1].sort != NUMBER:
            message = f'"{token.text}" is no number but a {params[-1].sort}'
            names.fault("T005", message, token, f"write {token.text}(…) is VALUE")
            return Constant("0")
        if not check_number_of_arguments(names, token, tokens, params[:-1]):
            return Constant("0")
        return Atom(token.text, (*terms_of(context, tokens, params[:-1]), value))
    number = cursor.next if not is_whole else None
    if number is not None and number.kind == "number" and not _is_long(number.text):
        cursor.take_kind("number")
        return Constant(number.text)
    return _number(context)


def _number(context: Context) -> Number:
    cursor, names = context.cursor, context.names
    if cursor.take("(", "number", "of"):
        count = read_count(context)
        cursor.need_words(")", _COUNT)
        return count
    if cursor.take("number", "of"):
        return read_count(context)
    token = context.next_is_name()
    if token is not None and names.kinds.get(token.text) == "tally":
        cursor.take(token.text)
        tokens, params = arguments(context), names.predicates[token.text]
        if not check_number_of_arguments(names, token, tokens, params):
            return Tallied(token.text)
        return Tallied(token.text, terms_of(context, tokens, params))

    what = "a whole number, count or tally"
    return int(cursor.need("number", what, _COUNT, _is_long).text)


def _is_long(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST


def _share(context: Context) -> tuple[int, int] | None:
    """Read `half`, `2/3` or `55%`; a plain number is left where it stands."""
    cursor = context.cursor
    if cursor.take("half"):
        return 1, 2
    following = cursor.ahead(1)
    if following is None or following.kind != "mark" or following.text not in "/%":
        return None

    def fits(text: str) -> bool:
        return len(text) <= _LONGEST

    number = cursor.need("number", "a share", _AMOUNT, fits)
    parts = Fraction(Decimal(number.text))
    if cursor.take("%"):
        return _between(context, number, parts / 100)
    cursor.need_words("/", _AMOUNT)
    whole = cursor.need("number", "a number that is not 0", _AMOUNT, is_some)
    return _between(context, number, parts / int(whole.text))


def _between(context: Context, token: Token, share: Fraction) -> tuple[int, int]:
    if not 0 < share <= 1:
        mend = "write a share above 0 and up to 1, as 2/3 or 55%"
        context.names.fault("T005", "this is no share of a whole", token, mend)
    return share.numerator, share.denominator


def _frequency(context: Context, count: int) -> Frequency:
    cursor = context.cursor
    mend = "write at least 3 times EVENT(…) within 24 hours"
    if count < 1:
        raise cursor.stop("a number from 1 on before it", mend)
    cursor.need_words("times", mend)
    event = event_atom(context, is_pattern=True)
    cursor.need_words("within", mend)
    return Frequency(count, event, *read_duration(cursor))


def _ranging(context: Context, *, may_weigh: bool) -> _Ranging:
    cursor, names = context.cursor, context.names
    weights = None
    first = context.next_is_name()
    if first is not None and may_weigh and first.text in names.weights:
        cursor.take(first.text)
        cursor.need_words("of", "write WEIGHTS of SORT: …")
        weights = first
    sort = _sort(context)
    if weights is not None and names.weights[weights.text] not in ("", sort.text):
        own = names.weights[weights.text]
        message = f'"{weights.text}" weighs each {own}, not each {sort.text}'
        names.fault("T002", message, weights, f"write {weights.text} of {own}: …")
    name = sort.text
    if cursor.take("as"):
        mend = "write some SORT as NAME: …"
        name = cursor.need("name", "a name", mend).text
    variable = Variable(name, sort.text)
    owner = None
    if sort.text == "component" and cursor.take("of"):
        token = cursor.need("name", "an instrument", _RANGING)
        owner = names.term(token, "instrument", context.scope)
        context.particular(token, owner)
    inner = context.inside(variable)
    guard = _guard(inner, variable) if cursor.take("in") else None
    cursor.need_words(":", _RANGING)
    body = inner.condition()
    return _Ranging(variable, owner, guard, weights.text if weights else None, body)


def _guard(context: Context, variable: Variable) -> Condition:
    cursor = context.cursor
    if cursor.take("("):
        guard = context.inside().condition()
        cursor.need_words(")", "close the bracket")
        return guard
    return state_atom(context, ranging=variable)


def _sort(context: Context) -> Token:
    names = context.names
    token = context.cursor.need("name", "a sort", _RANGING)
    if token.text == NUMBER:
        mend = "ask for a tally, or for the parties or other things that are counted"
        names.fault("T005", "nothing ranges over all numbers", token, mend)
    elif token.text not in names.sorts:
        meant = names.nearest(token.text, names.sorts)
        names.fault(
            "N005",
            f'unknown sort "{token.text}"',
            token,
            (f'write "{meant}", or ' if meant else "") + "declare it with `values`",
        )
    return token
