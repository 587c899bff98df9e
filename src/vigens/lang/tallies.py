"""Tallies, measures and weights, lowered to the rule program."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity
from vigens.lang.binding import check_bound, variables_in
from vigens.lang.clauses import guarded, lower_under, text_of
from vigens.lang.conditions import read_condition, read_measured
from vigens.lang.durations import read_delay
from vigens.lang.grammar import NUMBER
from vigens.lang.patterns import read_event, read_occurs
from vigens.rules import Measure, Tally, Weights

if TYPE_CHECKING:
    from vigens.lang.cursor import Cursor
    from vigens.lang.lexer import Token
    from vigens.lang.names import Names
    from vigens.lang.syntax import Declaration
    from vigens.rules import Atom, Condition, Delay, Occurs, Variable

#: Most digits of a weight before and after the point.
_LONGEST = 12
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class _Bound:
    """An event from which or to which a tally counts, and how long after it."""

    event: Occurs
    delay: Delay | None


def lower_tally(names: Names, declaration: Declaration) -> Tally | None:
    """Lower a tally; one that counts nothing is none."""
    name = declaration.name
    params = names.predicates[name.text]
    scope = {param.name: param for param in params}
    clause = declaration.first("counts")
    if clause is None:
        message = f'nothing says what "{name.text}" counts'
        names.fault("T006", message, name, "add `counts EVENT`")
        return None
    found = guarded(names, clause, partial(_counted, names, scope))
    since = _bound(names, declaration, "from", scope)
    until = _bound(names, declaration, "until", scope)
    within = declaration.first("within")
    if within is not None and declaration.first("from") is None:
        message, mend = "nothing says from when this time runs", "add `from EVENT`"
        finding = Finding("T006", Severity.ERROR, message, (within.span,), mend)
        names.findings.append(finding)
    if found is None:
        return None
    event, when = found
    ends = [each.event for each in (since, until) if each is not None]
    bound = {key for occurs in (event, *ends) for key in variables_in(occurs)}
    check_bound(names, name, params, bound)
    return Tally(
        name.text,
        params,
        declaration.title or name.text,
        event,
        when,
        _summed(names, declaration, event),
        since.event if since else None,
        guarded(names, within, read_delay) if within else None,
        until.event if until else None,
        until.delay if until else None,
        lower_under(names, declaration),
        text_of(names, declaration, "source"),
        declaration.place,
    )


def lower_measure(names: Names, declaration: Declaration) -> Measure:
    """Lower what a count counts."""
    clause = declaration.first("counts")
    read = partial(read_measured, names=names)
    return Measure(
        declaration.name.text,
        declaration.title or declaration.name.text,
        declaration.place,
        guarded(names, clause, read) if clause else None,
    )


def lower_weights(names: Names, declaration: Declaration) -> Weights | None:
    """Lower weights, as whole multiples of the smallest decimal that is written."""
    name, rest = declaration.name, declaration.rest
    clause = declaration.first("of")
    if len(rest) < 2 or clause is None:
        message = f'"{name.text}" weighs nothing'
        mend = 'write weights NAME "title" of SORT, and a clause `of  A 3, B 4.5`'
        names.fault("T006", message, name, mend)
        return None
    sort = rest[1]
    if sort.text == NUMBER:
        mend = "weigh the values of another sort"
        names.fault("T005", "a number has no weight", sort, mend)
        return None
    if sort.text not in names.sorts:
        meant = names.nearest(sort.text, names.sorts)
        proposal = f'write "{meant}", or ' if meant else ""
        message = f'unknown sort "{sort.text}"'
        names.fault("N005", message, sort, f"{proposal}declare it with `values`")
        return None
    pairs = guarded(names, clause, partial(_pairs, names, sort.text)) or {}
    deepest = max((_decimals(each) for each in pairs.values()), default=0)
    amounts = {key: int(each.scaleb(deepest)) for key, each in pairs.items()}
    title = declaration.title or name.text
    return Weights(name.text, title, sort.text, amounts, 10**deepest, declaration.place)


def _counted(
    names: Names, scope: dict[str, Variable], cursor: Cursor
) -> tuple[Atom, Condition | None]:
    event, bound = read_event(cursor, names, scope)
    when = None
    if cursor.take("when"):
        when = read_condition(cursor, names, {**scope, **bound}, is_when=True)
    return event, when


def _bound(
    names: Names, declaration: Declaration, keyword: str, scope: dict[str, Variable]
) -> _Bound | None:
    clause = declaration.first(keyword)
    if clause is None:
        return None

    def read(cursor: Cursor) -> _Bound:
        delay = None
        if keyword == "until" and cursor.next and cursor.next.kind == "number":
            delay = read_delay(cursor)
            cursor.need_words("after", "write until 1 day after EVENT")
        return _Bound(read_occurs(cursor, names, scope)[0], delay)

    return guarded(names, clause, read)


def _summed(names: Names, declaration: Declaration, event: Atom) -> str | None:
    clause = declaration.first("sums")
    if clause is None:
        return None

    def read(cursor: Cursor) -> str:
        mend = "write sums NAME, with an argument of the sort number of what is counted"
        token = cursor.need("name", "an argument", mend)
        variable = variables_in(event).get(token.text)
        if variable is None or variable.sort != NUMBER:
            message = f'"{token.text}" is no number that "{event.name}" carries'
            names.fault("T005", message, token, mend)
        return token.text

    return guarded(names, clause, read)


def _pairs(names: Names, sort: str, cursor: Cursor) -> dict[str, Decimal]:
    mend = "write of A 3, B 4.5"
    found: dict[str, Decimal] = {}
    first: dict[str, Token] = {}
    while not found or cursor.take(","):
        token = cursor.take_kind("name", "string", "number")
        if token is None:
            raise cursor.stop("a value", mend)
        names.value(token, sort)
        number = cursor.need("number", f"a weight of at most {_LONGEST} digits", mend)
        found[token.text] = _weight(names, number)
        earlier = first.setdefault(token.text, token)
        if earlier is not token:
            names.findings.append(_weighed_twice(token, earlier))
    return found


def _weight(names: Names, number: Token) -> Decimal:
    whole, _, part = number.text.partition(".")
    if len(whole) > _LONGEST or len(part) > _DEEPEST:
        message = f"a weight has at most {_LONGEST} digits and {_DEEPEST} decimals"
        names.fault("T005", message, number, "write it in a larger unit, or rounded")
        return Decimal(0)
    return Decimal(number.text)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _weighed_twice(token: Token, earlier: Token) -> Finding:
    return Finding(
        "N001",
        Severity.ERROR,
        f'"{token.text}" is weighed twice',
        (token.span, earlier.span),
        "take one of the two out",
    )
