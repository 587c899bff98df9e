"""Money by party, currency and stage, as of a day: what is known of it, and no more.

What is added is what one party is said to give in one currency at one stage, each entry
once. Where nobody states the stage, nothing says that two sums are not the same money in
part: they stand side by side. Nothing is added across currencies, stages or parties: a coalition's sum may hold
what its members give, and what is paid was perhaps pledged before. A stage that nobody
states is not guessed, and an amount that nobody states leaves a sum without an upper end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import Joined
from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.desk.inquiry.amounts import Amount, add, read_amount
from vigens.desk.inquiry.needs import MAY_STAND, NO_DOMAIN, OVER, STANDS, state_of
from vigens.journal import thaw
from vigens.model import Weight, read_codes, read_quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vigens.desk.answers import Session
    from vigens.journal import Entry

#: What a sum stands under whose stage, or whose currency, nobody states.
NOT_STATED = ""

_UNIT = re.compile(r"(?:(thousand|million|billion) )?([A-Z]{3})")
#: Money is no number of heads: more than five is five or more, as far as sums go.
_NEAREST = {"more_than": "at_least", "less_than": "up_to"}
_SCALES = {None: 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What one entry says of money.

    Attributes:
        ref: The entry.
        by: Codes of who gives, together where they are several.
        by_title: In words.
        title: Of the entry.
        currency: ISO 4217; empty where nobody states it.
        stage: A code of `funding_stages`; empty where nobody states it.
        amount: How much, in the currency; nothing where that is not disclosed.
        words: How much, as it is said; empty where that is not disclosed.
        happened: EDTF, or empty.
        weight: How the entry counts.
        is_sure: Whether it surely counts, and surely was said by the day asked about.
        is_offer: Whether it is an offer that names a currency.
    """

    ref: str
    by: tuple[str, ...]
    by_title: str
    title: str
    currency: str
    stage: str
    amount: Amount | None
    words: str
    happened: str
    weight: Weight
    is_sure: bool
    is_offer: bool


@dataclass(frozen=True, slots=True)
class MoneySum:
    """What one party gives in one currency at one stage.

    Attributes:
        stage: A code; empty where nobody states it.
        amount: From what is surely said to what is possibly said; nothing where several
            sums are not to be added, since nobody states their stage.
        n_undisclosed: Entries without an amount; with one of them nothing bounds the sum.
        lines: What it is made of.
    """

    stage: str
    amount: Amount | None
    n_undisclosed: int
    lines: tuple[MoneyLine, ...]


@dataclass(frozen=True, slots=True)
class PartyMoney:
    """What one party gives in one currency, stage by stage."""

    title: str
    sums: tuple[MoneySum, ...]


@dataclass(frozen=True, slots=True)
class CurrencyMoney:
    """One currency, party by party; `currency` is empty where nobody states it."""

    currency: str
    parties: tuple[PartyMoney, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """Money in a case, as of a day.

    Attributes:
        currencies: In the order of their codes, what states none last.
        set_aside: What does not count: denied, below what the policy considers, or an
            offer that stands no longer.
    """

    currencies: tuple[CurrencyMoney, ...]
    set_aside: tuple[MoneyLine, ...]


def read_money(session: Session) -> Money:
    """Add money up by currency, party and stage, as of the day asked about."""
    lines = list(money_lines(session))
    counted = [line for line in lines if line.weight in (Weight.SURE, Weight.POSSIBLE)]
    currencies = sorted({line.currency for line in counted}, key=lambda c: (not c, c))
    return Money(
        tuple(
            CurrencyMoney(
                name, _parties(line for line in counted if line.currency == name)
            )
            for name in currencies
        ),
        tuple(line for line in lines if line not in counted),
    )


def money_lines(session: Session) -> Iterator[MoneyLine]:
    """List what is said of money up to the day asked about, in the journal's order."""
    for entry in session.assembled.view.entries:
        if entry.kind == "funding":
            payload: dict[str, Any] = thaw(entry.payload)
            yield from _line(session, entry, payload["by"], payload)
        elif entry.kind == "offer" and entry.payload.get("stance") != "refusal":
            payload = thaw(entry.payload)
            quantity = payload.get("quantity") or {}
            if _UNIT.fullmatch(str(quantity.get("unit"))):
                more = {"stage": "pledged", **quantity}
                yield from _line(session, entry, [payload["party"]], more)


def _line(
    session: Session, entry: Entry, by: list[str], said: Mapping[str, Any]
) -> Iterator[MoneyLine]:
    first, last = _bounds(entry.happened, session.lens.zone)
    as_of = session.lens.as_of
    if first is not None and first > as_of:
        return
    weighing = session.assembled.weighings.get(entry.id)
    weight = weighing.weight if weighing else Weight.ASIDE
    stands = STANDS
    if entry.kind == "offer":
        domains = list(map(str, entry.payload.get("domains") or (NO_DOMAIN,)))
        states = {state_of(session, entry, by[0], domain) for domain in domains}
        stands = (
            STANDS if states == {STANDS} else OVER if states == {OVER} else MAY_STAND
        )
    if stands is OVER and weight is not Weight.DENIED:
        weight = Weight.ASIDE
    found = _UNIT.fullmatch(str(said.get("unit") or ""))
    program = session.case.program
    yield MoneyLine(
        entry.id,
        tuple(by),
        Joined(", ", [program.title_of(one) for one in by]),
        entry.title,
        found[2] if found else NOT_STATED,
        str(said.get("stage") or NOT_STATED),
        _amount(said, _SCALES[found[1]] if found else 1),
        read_quantity(said),
        entry.happened or "",
        weight,
        weight is Weight.SURE
        and last is not None
        and last <= as_of
        and stands is STANDS,
        entry.kind == "offer",
    )


def _bounds(happened: str | None, zone: str) -> tuple[int | None, int | None]:
    if not happened:
        return None, None
    try:
        return edtf_bounds(parse_edtf(happened), zone)
    except EdtfError:
        return None, None


def _amount(said: Mapping[str, Any], scale: int) -> Amount | None:
    number = said.get("number")
    if number is None:
        return None
    comparison = str(said.get("comparison") or "eq")
    found = read_amount(int(number), _NEAREST.get(comparison, comparison))
    return Amount(
        found.low * scale,
        None if found.high is None else found.high * scale,
        is_rough=found.is_rough,
    )


def _parties(lines: Iterable[MoneyLine]) -> tuple[PartyMoney, ...]:
    found: dict[tuple[str, ...], list[MoneyLine]] = {}
    for line in lines:
        found.setdefault(line.by, []).append(line)
    order = (*read_codes("funding_stages"), NOT_STATED)
    parties = [
        PartyMoney(
            own[0].by_title,
            tuple(
                _sum(stage, [line for line in own if line.stage == stage])
                for stage in order
                if any(line.stage == stage for line in own)
            ),
        )
        for own in found.values()
    ]
    return tuple(sorted(parties, key=lambda party: str(party.title).casefold()))


def _sum(stage: str, lines: list[MoneyLine]) -> MoneySum:
    """Add entries up: what is not sure may be nothing, what is undisclosed anything."""
    amounts = [
        Amount(0, None)
        if line.amount is None
        else line.amount
        if line.is_sure
        else replace(line.amount, low=0)
        for line in lines
    ]
    n_undisclosed = sum(line.amount is None for line in lines)
    is_one = bool(stage) or len(lines) == 1
    whole = add(amounts) if is_one else None
    return MoneySum(stage, whole, n_undisclosed, tuple(lines))
