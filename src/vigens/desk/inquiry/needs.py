"""Offers as need, offer and gap: for each domain and unit, as far as it is known.

An offer counts through the engine: whether it stands is asked of the general law. Sums
are of different parties' offers only; of one party the latest that stands counts. What
is not disclosed is a number of parties, never a guess. A need is a claim, too: the case
names the measure whose counts say it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vigens.base import Message
from vigens.desk.inquiry.amounts import Amount, add, gap_between, read_amount, span_of
from vigens.desk.status import Count, read_counts
from vigens.engine import Verdict
from vigens.journal import TOTAL, thaw
from vigens.model import Weight
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.desk.answers import Session
    from vigens.journal import Entry

#: What an offer without a domain stands under.
NO_DOMAIN = ""

STANDS, MAY_STAND = Message("stands"), Message("may stand")
REFUSED, OVER = Message("refused"), Message("stands no longer")


@dataclass(frozen=True, slots=True)
class OneOffer:
    """One party's offer in one domain.

    Attributes:
        ref: The entry.
        party: Its code.
        party_title: In words.
        title: Of the offer.
        domain: One of its domains; empty where it names none.
        state: Whether it stands on the day asked about.
        unit: Of its amount; empty where none is disclosed.
        amount: How much; nothing where that is not disclosed.
        happened: EDTF, or empty.
        conditions: Under which it is made.
        gates: National decisions that it needs.
        shared: Its further domains; how an amount is split among them is not said.
    """

    ref: str
    party: str
    party_title: str
    title: str
    domain: str
    state: str
    unit: str
    amount: Amount | None
    happened: str
    conditions: tuple[str, ...]
    gates: tuple[str, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capability:
    """Need, offer and gap of one unit in one domain.

    Attributes:
        unit: What is counted.
        need: How much is needed; nothing where nobody says.
        needs: The counts that say so.
        surely: What stands, added over parties.
        possibly: What stands or may stand, added over parties.
        gap: What is missing; nothing where no need is known.
        offers: With an amount in this unit.
    """

    unit: str
    need: Amount | None
    needs: tuple[Count, ...]
    surely: Amount
    possibly: Amount
    gap: Amount | None
    offers: tuple[OneOffer, ...]


@dataclass(frozen=True, slots=True)
class DomainOffers:
    """Everything in one domain.

    Attributes:
        domain: Its code; empty for offers that name none.
        capabilities: Amounts by unit.
        undisclosed: Parties that offer, by an offer that stands, without an amount.
        undisclosed_possibly: The same of offers that may stand.
        refused: Parties that refuse.
        offers: Every offer in it.
    """

    domain: str
    capabilities: tuple[Capability, ...]
    undisclosed: tuple[str, ...]
    undisclosed_possibly: tuple[str, ...]
    refused: tuple[str, ...]
    offers: tuple[OneOffer, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """Offers of a case, domain by domain.

    Attributes:
        domains: In the order of their names, those without a domain last.
        anonymous: Counts of contributors without names: `(title, counts)`.
        totals: Released totals of sealed offers: `(words, entry)`.
        n_offers: Entries that are offers, possible offers or refusals.
    """

    domains: tuple[DomainOffers, ...]
    anonymous: tuple[tuple[str, tuple[Count, ...]], ...]
    totals: tuple[tuple[str, str], ...]
    n_offers: int


def read_needs(session: Session) -> Needs:
    """Lay offers out against needs, on the day asked about."""
    entries = [e for e in session.assembled.view.entries if e.kind == "offer"]
    offers = [one for entry in entries for one in _offers(session, entry)]
    settings = session.case.settings.offers
    wanted = {need.domain for need in settings.needs}
    domains = sorted(
        {one.domain for one in offers} | wanted, key=lambda name: (not name, name)
    )
    measures = session.case.program.measures
    return Needs(
        tuple(
            _domain(session, domain, [one for one in offers if one.domain == domain])
            for domain in domains
        ),
        tuple(
            (found.title, found.counts)
            for name in settings.counted
            if name in measures
            for found in (read_counts(session, name),)
            if found.counts
        ),
        tuple(
            (f"{entry.payload.get('number')} {entry.payload.get('unit')}", entry.id)
            for entry in session.assembled.view.entries
            if entry.kind == TOTAL
        ),
        len(entries),
    )


def _offers(session: Session, entry: Entry) -> Iterable[OneOffer]:
    payload: dict[str, Any] = thaw(entry.payload)
    quantity = payload.get("quantity") or {}
    number = quantity.get("number")
    comparison = str(quantity.get("comparison") or "eq")
    amount = None if number is None else read_amount(int(number), comparison)
    party = str(payload["party"])
    domains = tuple(map(str, payload.get("domains") or (NO_DOMAIN,)))
    if amount is not None and len(domains) > 1:
        amount = replace(amount, low=0)  # how it is split is not said
    for domain in domains:
        yield OneOffer(
            entry.id,
            party,
            session.case.program.title_of(party),
            entry.title,
            domain,
            state_of(session, entry, party, domain),
            str(quantity.get("unit") or "") if amount else "",
            amount,
            entry.happened or "",
            tuple(map(str, payload.get("conditions") or ())),
            tuple(map(str, payload.get("gates") or ())),
            tuple(other for other in domains if other != domain),
        )


def state_of(session: Session, entry: Entry, party: str, domain: str) -> str:
    """Say whether an offer stands: by its own evidence, and by the law on offers."""
    weighing = session.assembled.weighings.get(entry.id)
    weight = weighing.weight if weighing else Weight.ASIDE
    stance = entry.payload.get("stance")
    if stance == "refusal":
        return REFUSED if weight in (Weight.SURE, Weight.POSSIBLE) else OVER
    if weight in (Weight.ASIDE, Weight.DENIED):
        return OVER
    may = MAY_STAND if stance == "possible" or weight is Weight.POSSIBLE else STANDS
    verdict = _offered(session, party, domain)
    if verdict is Verdict.FAILS and stance == "offer":
        return OVER
    return MAY_STAND if verdict is Verdict.OPEN else may


def _offered(session: Session, party: str, domain: str) -> Verdict | None:
    program = session.case.program
    fluent = program.fluents.get("offered")
    if fluent is None or not domain or len(fluent.params) != 2:
        return None
    values = (party, domain)
    for param, value in zip(fluent.params, values, strict=True):
        sort = program.sorts[param.sort]
        if not sort.is_open and value not in program.values_of(param.sort):
            return None
    return session.answer(Atom("offered", tuple(map(Constant, values)))).verdict


def _domain(session: Session, domain: str, offers: list[OneOffer]) -> DomainOffers:
    standing = [one for one in offers if one.state in (STANDS, MAY_STAND)]
    settings = session.case.settings.offers
    units = dict.fromkeys(one.unit for one in standing if one.unit)
    units.update(dict.fromkeys(n.unit for n in settings.needs if n.domain == domain))
    silent = {
        state: tuple(
            dict.fromkeys(
                one.party_title
                for one in standing
                if one.amount is None and one.state == state
            )
        )
        for state in (STANDS, MAY_STAND)
    }
    is_open = bool(silent[STANDS] or silent[MAY_STAND])
    return DomainOffers(
        domain,
        tuple(
            _capability(session, domain, unit, standing, is_open=is_open)
            for unit in units
        ),
        silent[STANDS],
        tuple(name for name in silent[MAY_STAND] if name not in silent[STANDS]),
        tuple(dict.fromkeys(o.party_title for o in offers if o.state == REFUSED)),
        tuple(sorted(offers, key=lambda o: (o.party_title.casefold(), o.happened))),
    )


def _capability(
    session: Session,
    domain: str,
    unit: str,
    standing: list[OneOffer],
    *,
    is_open: bool,
) -> Capability:
    own = [one for one in standing if one.unit == unit and one.amount is not None]
    counts = tuple(
        count
        for need in session.case.settings.offers.needs
        if (need.domain, need.unit) == (domain, unit)
        and need.measure in session.case.program.measures
        for count in read_counts(session, need.measure).counts
        if count.weight in (Weight.SURE, Weight.POSSIBLE)
    )
    need = span_of(read_amount(count.number, count.comparison) for count in counts)
    surely = add(_latest([one for one in own if one.state == STANDS]))
    possibly = add(_latest(own))
    possibly = Amount(
        surely.low, possibly.high, is_rough=surely.is_rough or possibly.is_rough
    )
    gap = None if need is None else gap_between(need, possibly, is_open=is_open)
    return Capability(unit, need, counts, surely, possibly, gap, tuple(own))


def _latest(offers: list[OneOffer]) -> list[Amount]:
    """Give one amount of each party: its latest."""
    found: dict[str, OneOffer] = {}
    for one in offers:
        before = found.get(one.party)
        if before is None or one.happened >= before.happened:
            found[one.party] = one
    return [one.amount for one in found.values() if one.amount is not None]
