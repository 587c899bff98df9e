"""Lists that come in pages: obligations, offers, meetings, the log, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import InputError, findings_form
from vigens.board.api.endpoints import Told
from vigens.board.api.listshapes import (
    AgreementForm,
    AgreementsForm,
    EntriesForm,
    FindingsForm,
    FoundForm,
    InstrumentForm,
    IntervalForm,
    MeetingForm,
    MeetingsForm,
    OfferForm,
    OffersForm,
    TimelineForm,
    WholeEntryForm,
)
from vigens.board.api.problems import absent
from vigens.board.api.shapes import (
    DutiesForm,
    MeasuresForm,
)
from vigens.board.links import page_place, short_name
from vigens.board.views.agreements import page_named
from vigens.board.views.journal import holds
from vigens.desk import (
    as_atom,
    claims_about,
    read_counts,
    read_duty,
    read_log,
    read_log_entry,
    read_timeline,
)
from vigens.desk.forms import (
    claim_form,
    counts_form,
    duty_form,
    exact,
    line_form,
)
from vigens.journal import thaw
from vigens.lang.weave import title_of

if TYPE_CHECKING:
    from vigens.board.api.asking import Query
    from vigens.desk import Case, Interval, LogLine, Session
    from vigens.journal import Entry

#: Most intervals that are worked out for one call; more are counted by nobody.
MOST_INTERVALS = 20_000


def list_obligations(query: Query) -> Told:
    """List every obligation with its instances."""
    session = query.session
    names, cut = query.page(tuple(session.case.program.obligations))
    form: DutiesForm = {
        "obligations": [duty_form(session, read_duty(session, name)) for name in names]
    }
    return Told(form, cut=cut)


def list_agreements(query: Query) -> Told:
    """List agreement pages, and every instrument that they declare."""
    case = query.visit.case
    pages, cut = query.page((*case.pages, *case.law))
    form: AgreementsForm = {
        "pages": [
            {
                "name": short_name(page.name),
                "title": title_of(page),
                "is_law": page.name.startswith("law/"),
            }
            for page in pages
        ],
        "instruments": _instruments(case, None),
    }
    return Told(form, cut=cut)


def tell_agreement(query: Query) -> Told:
    """Tell one agreement page as it is written."""
    case, name = query.visit.case, query.name("name")
    page = page_named(case, name)
    if page is None:
        what = f'there is no agreement page "{name[:60]}"'
        raise absent(what, "the path", "GET /agreements lists them")
    found = [
        finding
        for finding in case.compiled.findings
        if finding.spans and finding.spans[0].source == page.name
    ]
    form: AgreementForm = {
        "name": short_name(page.name),
        "title": title_of(page),
        "is_law": page.name.startswith("law/"),
        "instruments": _instruments(case, short_name(page.name)),
        "markdown": page.text,
        "findings": findings_form(found),
    }
    return Told(form)


def list_counts(query: Query) -> Told:
    """List every measure with its counts."""
    session = query.session
    names, cut = query.page(tuple(session.case.program.measures))
    form: MeasuresForm = {
        "measures": [counts_form(read_counts(session, name)) for name in names]
    }
    return Told(form, cut=cut)


def list_offers(query: Query) -> Told:
    """List offers, of one party or domain where that is said."""
    session = query.session
    party, domain = query.text("party"), query.text("domain")
    rows, cut = query.page(
        [
            entry
            for entry in session.assembled.view.entries
            if entry.kind == "offer"
            and party in ("", entry.payload.get("party"))
            and (not domain or domain in (entry.payload.get("domains") or ()))
        ]
    )
    form: OffersForm = {"offers": [_offer(session, entry) for entry in rows]}
    return Told(form, cut=cut)


def list_meetings(query: Query) -> Told:
    """List meetings with attendance as reported."""
    session = query.session
    entries = session.assembled.view.entries
    rows, cut = query.page([entry for entry in entries if entry.kind == "meeting"])
    form: MeetingsForm = {"meetings": [_meeting(session, entry) for entry in rows]}
    return Told(form, cut=cut)


def list_intervals(query: Query) -> Told:
    """List every maximal interval of the states that a pattern names."""
    session, text = query.session, query.text("pattern") or None
    if text and "*" not in text and text.strip() not in session.case.program.fluents:
        text = as_atom(session, text)
    found: list[Interval] = []
    for interval in read_timeline(session, text):
        if len(found) == MOST_INTERVALS:
            raise InputError(
                f"this pattern names more than {MOST_INTERVALS} intervals",
                "pattern",
                "name one state, or put a name in place of one _",
            )
        found.append(interval)
    rows, cut = query.page(found)
    form: TimelineForm = {"intervals": [_interval(session, one) for one in rows]}
    return Told(form, cut=cut)


def list_entries(query: Query) -> Told:
    """List the entries that count through the lens, in the order of the log."""
    case, lens = query.visit.case, query.lens
    kind, about = query.text("kind") or None, query.text("about") or None
    rows, cut = query.page(read_log(case, lens, kind=kind, about=about))
    form: EntriesForm = {"entries": [line_form(line, lens) for line in rows]}
    return Told(form, cut=cut)


def list_documents(query: Query) -> Told:
    """List the documents that are on record."""
    rows, cut = query.page(read_log(query.visit.case, query.lens, kind="document"))
    form: EntriesForm = {"entries": [line_form(line, query.lens) for line in rows]}
    return Told(form, cut=cut)


def list_found(query: Query) -> Told:
    """Search statements, titles and sources, word by word; the latest first."""
    words = query.text("q").casefold().split()
    found: list[LogLine] = [
        line
        for line in reversed(read_log(query.visit.case, query.lens))
        if all(holds(line.entry, word) for word in words)
    ]
    rows, cut = query.page(found, grows_at_its_head=True)
    form: FoundForm = {"entries": [line_form(line, query.lens) for line in rows]}
    return Told(form, cut=cut)


def list_findings(query: Query) -> Told:
    """List what is to be mended, as far as the reader may know it."""
    case, lens = query.visit.case, query.lens
    found = [*case.compiled.findings, *case.journal_findings(lens)]
    if case.compiled.is_usable:
        assembled = query.session.assembled
        found += [*assembled.view.findings, *assembled.findings]
    rows, cut = query.page(tuple(dict.fromkeys(found)))
    form: FindingsForm = {"findings": findings_form(rows)}
    return Told(form, cut=cut)


def tell_entry(query: Query) -> Told:
    """Tell one entry with what is around it."""
    case, lens, name = query.visit.case, query.lens, query.name("id")
    try:
        found = read_log_entry(case, lens, name)
    except InputError as error:
        raise absent(error.what, "the path", error.mend) from error
    form: WholeEntryForm = {
        **line_form(found.line, lens),
        "about": [line_form(line, lens) for line in found.about],
        "about_it": [line_form(line, lens) for line in found.about_it],
        "replaced_by": [line_form(line, lens) for line in found.replaced_by],
    }
    return Told(form)


def _instruments(case: Case, name: str | None) -> list[InstrumentForm]:
    return [
        {
            "name": text.name,
            "title": text.title,
            "kind": text.kind,
            "family": text.family,
            "text": text.text_status,
            "adopted": text.adopted,
            "components": {part.name: part.title for part in text.components},
            "place": text.place,
        }
        for text in case.program.instruments.values()
        if name is None or (page_place(text.place) or ("",))[0] == name
    ]


def _offer(session: Session, entry: Entry) -> OfferForm:
    payload: dict[str, Any] = thaw(entry.payload)
    much = payload.get("quantity")
    return {
        "entry": entry.id,
        "position": session.assembled.view.positions[entry.id],
        "party": str(payload["party"]),
        "title": entry.title,
        "stance": str(payload["stance"]),
        "happened": entry.happened,
        "domains": list(payload.get("domains") or ()),
        "quantity": {
            "number": much.get("number"),
            "unit": much.get("unit"),
            "comparison": much.get("comparison"),
        }
        if much
        else None,
        "conditions": list(payload.get("conditions") or ()),
        "gates": list(payload.get("gates") or ()),
        "weight": _weight(session, entry),
        "claims": [claim_form(session, one) for one in claims_about(session, entry.id)],
    }


def _meeting(session: Session, entry: Entry) -> MeetingForm:
    payload: dict[str, Any] = thaw(entry.payload)
    return {
        "entry": entry.id,
        "position": session.assembled.view.positions[entry.id],
        "title": entry.title,
        "happened": entry.happened,
        "place": payload.get("place"),
        "format": str(payload["format"]),
        "attendance": [
            {"actor": seat["actor"], "how": seat["how"], "level": seat.get("level")}
            for seat in payload.get("attendance") or ()
        ],
        "weight": _weight(session, entry),
    }


def _weight(session: Session, entry: Entry) -> str | None:
    weighing = session.assembled.weighings.get(entry.id)
    return str(weighing.weight) if weighing else None


def _interval(session: Session, interval: Interval) -> IntervalForm:
    return {
        "fluent": interval.fluent,
        "arguments": list(interval.arguments),
        "bound": interval.bound,
        "start": exact(session, interval.start) or None,
        "end": exact(session, interval.end) or None,
    }
