"""The sheet of one party, and the delegation's own page: mine beside what others see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.evidence import weight_words
from vigens.board.lensform import address, make_looking
from vigens.board.offices.adviser import ShownDone, show_done, states_of
from vigens.board.offices.strips import KeyLine, Strip, show_key, show_strip
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import _, code_words
from vigens.board.views.overview import last_looked
from vigens.board.views.problems import absent
from vigens.desk.parties import compare_eyes, read_sheet
from vigens.desk.shifts import limit_words
from vigens.journal import PUBLIC

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import Answer
    from vigens.desk.parties import (
        DutyLine,
        Ladder,
        OfferLine,
        Rung,
        SaidLine,
        SeenLine,
        Sheet,
        TextLine,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer as a link."""

    sign: Sign | None
    text: str
    href: str
    because: str


@dataclass(frozen=True, slots=True)
class ShownTextLine:
    """One text with the acts on it and the stages reached."""

    title: str
    status: str
    is_published: bool
    href: str
    whole: Strip | None
    parts: tuple[tuple[str, Strip], ...]
    acts: tuple[ShownDone, ...]


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """One obligation, owed or to be owed."""

    title: str
    href: str
    who: str
    role: Sign | None
    states: tuple[str, ...]
    is_quiet: bool
    limits: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownOffered:
    """One offer as claimed."""

    title: str
    href: str
    happened: str
    stance: str
    domains: tuple[str, ...]
    quantity: str
    conditions: tuple[str, ...]
    gates: tuple[str, ...]
    weight: str


@dataclass(frozen=True, slots=True)
class ShownRung:
    """One rung of the ladder."""

    title: str
    sign: Sign | None
    since: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownLadder:
    """One domain."""

    domain: str
    rungs: tuple[ShownRung, ...]
    beside: tuple[ShownRung, ...]


@dataclass(frozen=True, slots=True)
class ShownSaid:
    """A position, a statement, a meeting or money."""

    kind: str
    title: str
    happened: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet laid out."""

    party: str
    title: str
    kind: str
    groups: tuple[Asked, ...]
    texts: tuple[ShownTextLine, ...]
    key: tuple[KeyLine, ...]
    owes: tuple[ShownDuty, ...]
    owed: tuple[ShownDuty, ...]
    offers: tuple[ShownOffered, ...]
    ladders: tuple[ShownLadder, ...]
    gates: tuple[Asked, ...]
    said: tuple[ShownSaid, ...]
    adviser: str
    is_supposed: bool


@dataclass(frozen=True, slots=True)
class ShownEyes:
    """One line as the own eyes and the public see it."""

    section: str
    what: str
    own: str
    others: str
    is_same: bool
    href: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """The delegation's page; without a party chosen it only asks for one.

    Attributes:
        parties: To choose from; only the own one of somebody with a delegation.
        sheet: Through the eyes of whoever asks.
        reader: Whose eyes these are.
        own_eyes: This page with the party's own eyes, where they can be taken.
        differing: What the public sees otherwise or not at all.
        same: What it sees too.
        is_public: Whether these are the public's eyes already.
    """

    parties: tuple[tuple[str, str, bool], ...]
    sheet: ShownSheet | None
    reader: str
    own_eyes: str
    differing: tuple[ShownEyes, ...]
    same: tuple[ShownEyes, ...]
    is_public: bool


def show_party(visit: Visit) -> Page:
    """Show the sheet of one party."""
    name = visit.names["name"]
    if name not in visit.session.case.program.actors:
        what = _('there is no party "{name}"').format(name=name[:60])
        mend = _("choose one on the page Who is bound")
        return absent(what, _("the address"), mend)
    sheet = show_sheet(visit, read_sheet(visit.session, name))
    return Page("party.html", sheet.title, sheet, looked=last_looked(visit))


def show_delegation(visit: Visit) -> Page:
    """Show one's own sheet, and what the public sees of it."""
    own = visit.person.delegation
    program = visit.session.case.program
    asked = own or visit.ask("party")
    known = states_of(visit)
    offered = tuple(
        (name, program.title_of(name), name == asked)
        for name in known
        if own in (None, name)
    )
    title = _("Delegation")
    if asked not in known:
        page = Delegation(offered, None, visit.lens.reader, "", (), (), is_public=True)
        return Page("delegation.html", title, page)
    sheet = read_sheet(visit.session, asked)
    is_public = visit.lens.reader == PUBLIC
    lines: tuple[SeenLine, ...] = ()
    if not is_public:
        public = replace(visit.asked, reader="")
        whole = visit.casebook.case()
        others = visit.casebook.session(whole, make_looking(public, visit.now))
        lines = compare_eyes(
            (visit.session, sheet), (others, read_sheet(others, asked))
        )
    page = Delegation(
        offered,
        show_sheet(visit, sheet),
        visit.lens.reader,
        _own_eyes(visit, asked) if is_public else "",
        tuple(_eyes(visit, line) for line in lines if not line.is_same),
        tuple(_eyes(visit, line) for line in lines if line.is_same),
        is_public,
    )
    title = f"{title}: {sheet.title}"
    return Page("delegation.html", title, page, looked=last_looked(visit))


def _own_eyes(visit: Visit, party: str) -> str:
    """Lead to this page with the eyes of the party, if a reader is named so."""
    lens = visit.lens
    named = visit.case.readers(lens.known_at, lens.recorded_at).named
    if visit.person.reader is not None or party not in named:
        return ""
    return address(visit.path, visit.own_params(), replace(visit.asked, reader=party))


def _eyes(visit: Visit, line: SeenLine) -> ShownEyes:
    href = visit.link("/why", q=line.asked) if line.asked else ""
    if line.ref:
        href = visit.link(f"/entry/{line.ref}")
    return ShownEyes(line.section, line.what, line.own, line.others, line.is_same, href)


def show_sheet(visit: Visit, sheet: Sheet) -> ShownSheet:
    """Lay a sheet out."""
    stages = {
        stage.letter + stage.title: stage
        for text in sheet.texts
        for stage in (*text.table.whole, *text.table.of_parts)
    }
    return ShownSheet(
        sheet.party,
        sheet.title,
        sheet.kind,
        tuple(_asked(visit, answer) for answer in sheet.groups),
        tuple(_text(visit, text) for text in sheet.texts),
        show_key(tuple(stages.values())),
        tuple(_duty(visit, line, is_own=True) for line in sheet.owes),
        tuple(_duty(visit, line, is_own=False) for line in sheet.owed),
        tuple(_offer(visit, offer) for offer in sheet.offers),
        tuple(_ladder(visit, ladder) for ladder in sheet.ladders),
        tuple(_asked(visit, answer) for answer in sheet.gates),
        tuple(_said(visit, line) for line in sheet.said),
        visit.link("/adviser", state=sheet.party),
        bool(visit.lens.hypotheses),
    )


def _asked(visit: Visit, answer: Answer) -> Asked:
    because = answer.causes[0].text if answer.causes else answer.reason
    href = visit.link("/why", q=answer.question)
    return Asked(sign_of(answer.verdict), answer.text, href, because)


def _text(visit: Visit, line: TextLine) -> ShownTextLine:
    text = line.instrument
    parts = zip(text.components, line.row.parts, strict=False)
    return ShownTextLine(
        text.title,
        text.text_status,
        text.text_status == "published",
        visit.link("/adviser", state=line.row.party) + f"#text-{text.name}",
        show_strip(visit, text.title, line.row.whole) if line.row.whole else None,
        tuple((p.title, show_strip(visit, p.title, c)) for p, c in parts if c),
        tuple(show_done(visit, act) for act in line.acts),
    )


def _duty(visit: Visit, line: DutyLine, *, is_own: bool) -> ShownDuty:
    program = visit.session.case.program
    report, owed = line.report, line.obligation
    if is_own:
        who = program.title_of(owed.obligee) if owed.obligee else ""
    else:
        who = program.title_of(report.obligor) if report.obligor else ""
        if not report.obligor:
            left = owed.obligor_unstated or _("nobody is named")
            who = _("unstated: {what}").format(what=left)
    notes = [value for _name, value in report.binding]
    if owed.modality != "unstated":
        notes.append(code_words(owed.modality))
    if line.caveat:
        notes.append(line.caveat)
    return ShownDuty(
        owed.title,
        visit.link(f"/obligation/{owed.name}"),
        who,
        sign_of(report.obligor_verdict) if report.obligor else None,
        report.states,
        report.states == ("not triggered",),
        tuple(limit_words(visit.session, report.deadlines)),
        tuple(notes),
    )


def _offer(visit: Visit, offer: OfferLine) -> ShownOffered:
    return ShownOffered(
        offer.title,
        visit.link(f"/entry/{offer.ref}"),
        offer.happened,
        offer.stance,
        offer.domains,
        offer.quantity,
        offer.conditions,
        offer.gates,
        weight_words(offer.weight),
    )


def _ladder(visit: Visit, ladder: Ladder) -> ShownLadder:
    return ShownLadder(
        ladder.domain,
        tuple(_rung(visit, rung) for rung in ladder.rungs),
        tuple(_rung(visit, rung) for rung in (*ladder.beside, *ladder.caveats)),
    )


def _rung(visit: Visit, rung: Rung) -> ShownRung:
    return ShownRung(
        rung.title,
        sign_of(rung.verdict),
        visit.session.date(rung.since),
        visit.link("/why", q=rung.question),
    )


def _said(visit: Visit, line: SaidLine) -> ShownSaid:
    href = visit.link(f"/entry/{line.ref}")
    return ShownSaid(line.kind, line.title, line.happened, line.note, href)
