"""The ladder: each offer with its rungs, who decided on what, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import VigensError
from vigens.board.contexts import Page
from vigens.board.evidence import weight_words
from vigens.board.ladder.deciding import levels_of
from vigens.board.personal import level_words
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import N_, _
from vigens.desk import claims_about, read_second_look
from vigens.people import LEVELS, Permission

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import SecondLook
    from vigens.journal import Entry

#: The seven rungs, each with the state that it brings about.
RUNGS = (
    ("offered", N_("announced")),
    ("offer_documented", N_("documented")),
    ("offer_approved", N_("ministers")),
    ("offer_endorsed", N_("leaders")),
    ("offer_mandated", N_("parliament")),
    ("offer_ready", N_("ready")),
    ("offer_delivered", N_("delivered")),
)


#: So many parties are shown unfolded; of more, those of which something was decided.
FEW = 3


@dataclass(frozen=True, slots=True)
class ShownRung:
    """One rung of one domain: its sign, and why."""

    sign: Sign | None
    href: str


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One approval as recorded.

    Attributes:
        level: In words.
        title: As recorded.
        href: Of its entry.
        day: When it was approved.
        by: Who recorded it.
        weight: How its evidence counts.
        waits: Why it waits for a second person; empty where it does not.
        is_ungraded: Whether no claim of it is graded.
        confirm: Where this person may confirm it; empty where they may not.
    """

    level: str
    title: str
    href: str
    day: str
    by: str
    weight: str
    waits: str
    is_ungraded: bool
    confirm: str


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """One offer on the ladder."""

    title: str
    href: str
    day: str
    domains: tuple[tuple[str, tuple[ShownRung, ...]], ...]
    decisions: tuple[ShownDecision, ...]
    decide: str


@dataclass(frozen=True, slots=True)
class PartyLadder:
    """The offers of one party.

    Attributes:
        title: Of the party.
        offers: In the order in which they were recorded.
        is_open: Whether they are shown unfolded.
    """

    title: str
    offers: tuple[ShownOffer, ...]
    is_open: bool

    @property
    def n_decisions(self) -> int:
        """Count the approvals that were recorded."""
        return sum(len(offer.decisions) for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Approvals:
    """The page of the ladder.

    Attributes:
        parties: With their offers.
        choices: Parties that have any, with their titles; one can be chosen.
        party: The one chosen, empty for all.
        rungs: Names of the columns.
        waiting: Decisions that this person may confirm.
        levels: On which this person decides, in words.
        needs_second: Whether the case asks for a second person.
        is_own: Whether this is the sheet of one's own delegation alone.
    """

    parties: tuple[PartyLadder, ...]
    choices: tuple[tuple[str, str], ...]
    party: str
    rungs: tuple[str, ...]
    waiting: tuple[ShownDecision, ...]
    levels: tuple[str, ...]
    needs_second: bool
    is_own: bool


def show_approvals(visit: Visit) -> Page:
    """Show each offer with its rungs; a delegation sees its own."""
    person, program = visit.person, visit.case.program
    session = visit.session
    offers: dict[str, list[Entry]] = {}
    second = read_second_look(session.case, session.lens, session.assembled.view)
    for entry in session.assembled.view.entries:
        if entry.kind == "offer" and entry.payload.get("stance") != "refusal":
            party = str(entry.payload["party"])
            if person.may_speak_for(party):
                offers.setdefault(party, []).append(entry)
    asked = visit.ask("party")
    chosen = [asked] if asked in offers else sorted(offers, key=program.title_of)
    ladders = tuple(
        _ladder(visit, offers[party], second, is_open=len(chosen) <= FEW)
        for party in chosen
    )
    levels = LEVELS if person.is_alone else tuple(sorted(person.levels))
    context = Approvals(
        ladders,
        tuple(
            (party, program.title_of(party))
            for party in sorted(offers, key=program.title_of)
        ),
        asked if asked in offers else "",
        tuple(words for _name, words in RUNGS),
        tuple(
            decision
            for ladder in ladders
            for offer in ladder.offers
            for decision in offer.decisions
            if decision.confirm
        ),
        tuple(level_words(level) for level in levels),
        "approval" in visit.case.settings.four_eyes.kinds,
        person.delegation is not None,
    )
    return Page("approvals.html", _("Approvals"), context)


def _ladder(
    visit: Visit, offers: list[Entry], second: SecondLook, *, is_open: bool
) -> PartyLadder:
    shown = tuple(_offer(visit, entry, second) for entry in offers)
    title = visit.case.program.title_of(str(offers[0].payload["party"]))
    has_any = any(offer.decisions for offer in shown)
    return PartyLadder(title, shown, is_open or has_any)


def _offer(visit: Visit, entry: Entry, second: SecondLook) -> ShownOffer:
    view = visit.session.assembled.view
    party = str(entry.payload["party"])
    domains = tuple(str(name) for name in entry.payload.get("domains", ()))
    levels = levels_of(visit.person, party)
    return ShownOffer(
        entry.title,
        visit.link(f"/entry/{entry.id}"),
        entry.happened or "",
        tuple(
            (
                domain,
                tuple(_rung(visit, f"{name}({party}, {domain})") for name, _w in RUNGS),
            )
            for domain in domains
        ),
        tuple(
            _decision(visit, other, second.reason(other.id))
            for other in view.about(entry.id)
            if other.kind == "approval"
        ),
        visit.link(f"/approvals/{entry.id}") if levels and domains else "",
    )


def _rung(visit: Visit, question: str) -> ShownRung:
    """Answer for one rung; nothing where these rules do not know it."""
    try:
        (answer,) = visit.session.ask(question)
    except (VigensError, ValueError):
        return ShownRung(None, "")
    return ShownRung(sign_of(answer.verdict), visit.link("/why", q=question))


def _decision(visit: Visit, entry: Entry, waits: str) -> ShownDecision:
    weighing = visit.session.assembled.weighings.get(entry.id)
    level = str(entry.payload["level"])
    may_confirm = (
        bool(waits)
        and visit.person.may(Permission.RECORD)
        and visit.person.may_decide(level, str(entry.payload["party"]))
        and (visit.person.is_alone or entry.recorded_by != visit.person.name)
    )
    claims = claims_about(visit.session, entry.id)
    return ShownDecision(
        level_words(level),
        entry.title,
        visit.link(f"/entry/{entry.id}"),
        entry.happened or "",
        str(entry.payload.get("by") or ""),
        weight_words(weighing.weight) if weighing else "",
        waits,
        not any(claim.is_graded for claim in claims),
        visit.link(f"/approvals/{entry.id}/confirm") if may_confirm else "",
    )
