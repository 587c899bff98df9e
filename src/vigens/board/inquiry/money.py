"""The page of money: sums by currency, party and stage, then every sum as reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.board.api.params import ROOT
from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claims, weight_words
from vigens.board.tongues import N_, _, tell
from vigens.board.views.overview import last_looked
from vigens.desk.inquiry import read_money
from vigens.model import Weight, read_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.board.contexts import Visit
    from vigens.desk.inquiry import Amount, CurrencyMoney, MoneyLine, MoneySum

#: What a column is called that no stage fills.
_UNSAID = N_("stage not stated")


@dataclass(frozen=True, slots=True)
class ShownSum:
    """One cell: how much, what of it is not known, and the entries that say so."""

    words: str
    notes: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownCurrency:
    """One currency: a row for each party, a cell for each stage."""

    currency: str
    stages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ShownSum | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One sum as somebody gave it."""

    title: str
    href: str
    by: str
    day: str
    words: str
    stage: str
    weight: str
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """The page."""

    currencies: tuple[ShownCurrency, ...]
    lines: tuple[ShownLine, ...]
    set_aside: tuple[ShownLine, ...]
    table: str


def show_money(visit: Visit) -> Page:
    """Show who gives how much, as far as it is known."""
    found = read_money(visit.session)
    lines = [
        line
        for currency in found.currencies
        for party in currency.parties
        for one in party.sums
        for line in one.lines
    ]
    context = MoneyPage(
        tuple(_currency(visit, one) for one in found.currencies),
        _lines(visit, lines),
        _lines(visit, found.set_aside),
        visit.link(f"{ROOT}/files/money.csv"),
    )
    return Page("money.html", _("Money"), context, looked=last_looked(visit))


def _currency(visit: Visit, found: CurrencyMoney) -> ShownCurrency:
    said = {one.stage for party in found.parties for one in party.sums}
    stages = [stage for stage in (*read_codes("funding_stages"), "") if stage in said]
    rows = []
    for party in found.parties:
        sums = {one.stage: one for one in party.sums}
        cells = tuple(
            _sum(visit, sums[stage], found.currency) if stage in sums else None
            for stage in stages
        )
        rows.append((tell(party.title), cells))
    return ShownCurrency(
        found.currency, tuple(stage or _(_UNSAID) for stage in stages), tuple(rows)
    )


def _sum(visit: Visit, found: MoneySum, currency: str) -> ShownSum:
    notes = []
    if found.n_undisclosed:
        number = found.n_undisclosed
        notes.append(_("{number} without an amount").format(number=number))
    unsure = sum(not line.is_sure for line in found.lines)
    if unsure:
        notes.append(_("{number} counted possibly only").format(number=unsure))
    if found.amount is None:
        notes.append(_("not added: nobody states how far they are"))
        said = "; ".join(_said(line) for line in found.lines)
    else:
        said = _much(found.amount, currency)
    return ShownSum(
        said,
        tuple(notes),
        tuple((line.title, visit.link(f"/entry/{line.ref}")) for line in found.lines),
    )


def _said(line: MoneyLine) -> str:
    return tell(line.words) if line.words else _("not disclosed")


def _much(amount: Amount, currency: str) -> str:
    if not amount.low and amount.high is None:
        return _("not known")
    return f"{tell(amount.words)} {currency}".rstrip()


def _lines(visit: Visit, found: Iterable[MoneyLine]) -> tuple[ShownLine, ...]:
    return tuple(
        ShownLine(
            one.title,
            visit.link(f"/entry/{one.ref}"),
            tell(one.by_title),
            one.happened,
            _said(one),
            one.stage or tell(Message(_UNSAID)),
            weight_words(one.weight)
            if one.is_sure or one.weight is not Weight.SURE
            else _("counts possibly by this day"),
            show_claims(visit, one.ref),
        )
        for one in found
    )
