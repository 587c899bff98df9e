"""Quantifiers, counts and comparisons: how many, what share, how often.

::

    quantified := ("some" | "each" | amount "of") ranging ":" condition
    amount     := ("at least" | "more than") (N | N "/" N | N "%" | "half")
    ranging    := [WEIGHTS "of"] SORT ["as" NAME] ["of" text] ["in" (state | "(" condition ")")]
    frequency  := "at least" N "times" event "within" duration
    comparison := sum (">=" | ">" | "<=" | "<" | "=") sum
    sum        := part {("+" | "-") part}
    part       := [(N "%" | N "/" N | "half") "of"] number
    number     := N | TALLY ["(" terms ")"] | "(" count ")" | NAME | STATE ["(" terms ")"]
    count      := "number of" ranging ":" condition
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
    Added,
    AllOf,
    Amount,
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
_COUNT = "write (number of SORT: …) with its brackets, a number, or the name of one"
#: Most digits of a number that is compared.
_LONGEST = 15
_NUMBER = "a whole number, a count, a tally, or what an event carries or a state has"
#: Most numbers in a sum.
_MOST_PARTS = 20


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
        or cursor.looks_at("half", "of")
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
        return _goes_on(cursor.ahead(1))
    if token.text not in names.valued:
        return False
    at = 1
    if cursor.looks_at(token.text, "("):
        while (ahead := cursor.ahead(at)) is not None and ahead.text != ")":
            at += 1
        at += 1
    return _goes_on(cursor.ahead(at))


def _is_relation(token: Token | None) -> bool:
    return token is not None and token.kind == "mark" and token.text in RELATIONS


def _goes_on(token: Token | None) -> bool:
    """Say whether what stands before is a number that is compared or added to."""
    return _is_relation(token) or (
        token is not None and token.kind == "mark" and token.text in ("+", "-")
    )


def comparison(context: Context) -> Condition:
    """Read two numbers with a relation between them.

    Raises:
        UnreadableError: The tokens form no comparison.
    """
    cursor = context.cursor
    if cursor.looks_at("number", "of"):
        raise cursor.stop('a bracket before "number of"', _COUNT)
    states: list[Atom] = []
    left = _sum(context, states)
    relation = cursor.next
    if relation is None or not _is_relation(relation):
        mend = f"compare it with a number: {' '.join(RELATIONS)}"
        raise cursor.stop("a comparison", mend)
    cursor.take(relation.text)
    right = _sum(context, states, is_whole=isinstance(left, Count))
    found: Condition = Comparison(left, relation.text, right)
    if all(isinstance(side, int | Amount) for side in (left, right)) and not (
        isinstance(left, int) and isinstance(right, int)
    ):
        found = Ordered(_term(left), relation.text, _term(right))
    for state in reversed(states):  # whatever number it has
        value = state.terms[-1]
        assert isinstance(value, Variable)
        found = Quantified(1, value, None, AllOf((state, found)))
    return found


def _term(side: Number) -> Term:
    return side.term if isinstance(side, Amount) else Constant(str(side))


def _sum(context: Context, states: list[Atom], *, is_whole: bool = False) -> Number:
    """Read numbers that are added up; states stand with a variable for their number."""
    cursor = context.cursor
    token = cursor.next
    if is_whole and token is not None and token.kind == "number" and "." in token.text:
        raise cursor.stop(_NUMBER, _COUNT)
    parts = [_part(context, states, 1)]
    while cursor.looks_at("+") or cursor.looks_at("-"):
        if len(parts) == _MOST_PARTS:
            mend = "give a part of the sum a tally or a state of its own"
            raise cursor.stop(f"at most {_MOST_PARTS} numbers in a sum", mend)
        sign = -1 if cursor.take("-") else 1
        cursor.take("+")
        parts.append(_part(context, states, sign))
    if len(parts) == 1 and parts[0][:2] == (1, 1):
        return parts[0][2]
    return Added(tuple(parts))


def _part(context: Context, states: list[Atom], sign: int) -> tuple[int, int, Number]:
    share = _share(context)
    if share is None:
        return sign, 1, _side(context, states)
    context.cursor.need_words("of", "write 80% of TALLY, or 1/2 of TALLY")
    return sign * share[0], share[1], _side(context, states)


def _side(context: Context, states: list[Atom]) -> Number:
    cursor, names = context.cursor, context.names
    token = context.next_is_name()
    if token is not None and token.text in context.scope:
        cursor.take(token.text)
        term = names.term(token, NUMBER, context.scope)
        return Amount(term or Constant("0"))
    if token is not None and token.text in names.valued:
        cursor.take(token.text)
        tokens, params = arguments(context), names.predicates[token.text]
        value = Variable(f"what {token.text} is at {token.span.column}", NUMBER)
        if params[-1].sort != NUMBER:
            message = f'"{token.text}" is no number but a {params[-1].sort}'
            names.fault("T005", message, token, f"write {token.text}(…) is VALUE")
        elif check_number_of_arguments(names, token, tokens, params[:-1]):
            terms = terms_of(context, tokens, params[:-1])
            states.append(Atom(token.text, (*terms, value)))
            return Amount(value)
        return 0
    number = cursor.next
    if number is not None and number.kind == "number" and not _is_long(number.text):
        cursor.take_kind("number")
        return Amount(Constant(number.text))
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

    what = _NUMBER
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
