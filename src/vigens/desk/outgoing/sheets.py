"""Tables of a case: each row an answer, an offer, a claim, with its lens beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vigens.base import Message, UsageError, nearest
from vigens.chrono import format_instant
from vigens.desk.forms import duty_form, exact, step_form
from vigens.desk.inquiry import money_lines
from vigens.desk.reasons import claims_about
from vigens.desk.status import read_counts, read_duty, read_matrix, read_step
from vigens.desk.timelines import read_timeline
from vigens.formats import Column, Sheet
from vigens.journal import MATTERS, thaw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vigens.desk.answers import Session
    from vigens.journal import Entry

    Row = tuple[str | int | bool | None, ...]

_WEIGHT = Column("weight", "How it counts: sure, possible, denied or aside.")
_ENTRY = Column("entry", "Id of the entry.")
_HAPPENED = Column("happened", "When, EDTF as written.", "date")

#: Each table: what a row is, and its columns.
SHEETS: dict[str, tuple[str, tuple[Column, ...]]] = {
    "states": (
        Message("One maximal interval in which a state surely or possibly holds."),
        (
            Column("state", "Name of the state."),
            Column("arguments", "Its values, with a space between."),
            Column("bound", "surely or possibly."),
            Column("start", "Empty where it has no beginning.", "date"),
            Column("end", "Excluded; empty where it reaches past the day.", "date"),
        ),
    ),
    "matrix": (
        Message("One party and one component of the instrument of the case's matrix."),
        (
            Column("party", "Name in rules."),
            Column("title", "Its name."),
            Column("component", "Name of the component."),
            Column("answer", "YES, NO or NOT KNOWN: does it endorse that?"),
            Column("since", "From when it has been so.", "date"),
            Column("cause", "Why it is not known, or what decided it."),
        ),
    ),
    "obligations": (
        Message("One instance of an obligation with one deadline, or without any."),
        (
            Column("obligation", "Name in rules."),
            Column("title", "In words."),
            Column("modality", "How binding its words are."),
            Column("obligor", "Who owes it; empty where the text does not say."),
            Column("about", "Values of the trigger's variables."),
            Column("states", "Every state that it may be in, with ` or ` between."),
            Column("relation", "not before, or not after."),
            Column("reading", "The reading under which the deadline is so."),
            Column("earliest", "Earliest that the deadline may be.", "date"),
            Column("latest", "Latest that the deadline may be.", "date"),
            Column("open_because", "Why there is no date."),
        ),
    ),
    "steps": (
        Message("One planned step."),
        (
            Column("step", "Name in rules."),
            Column("sentence", "What is known of it."),
            Column("earliest", "Earliest that it may be due.", "date"),
            Column("latest", "Latest that it may be due.", "date"),
            Column("outcome", "Whether it was done: YES, NO or NOT KNOWN."),
            Column("open_because", "Why there is no date."),
        ),
    ),
    "counts": (
        Message("One count as somebody gave it; two measures are never summed."),
        (
            Column("measure", "What is counted: name of the measure."),
            Column("number", "The number.", "whole"),
            Column("comparison", "eq, more_than, less_than, about, up_to, at_least."),
            Column("unit", "Of what."),
            Column("speaker", "Who says so."),
            _HAPPENED,
            _WEIGHT,
            Column("source", "Title of the source."),
            Column("address", "Where it stands."),
            _ENTRY,
        ),
    ),
    "offers": (
        Message("One offer, as a claim of somebody; none is a deployment."),
        (
            Column("party", "Whose offer."),
            Column("title", "In words."),
            Column("stance", "offer, possible or refusal."),
            _HAPPENED,
            Column("domains", "With a space between."),
            Column("number", "How much; empty where that is not said.", "whole"),
            Column("unit", "Of what."),
            Column("comparison", "How the number is bounded."),
            Column("conditions", "On which it hangs, with `; ` between."),
            Column("gates", "National decisions that it needs."),
            _WEIGHT,
            _ENTRY,
        ),
    ),
    "money": (
        Message("One sum as somebody gave it; nothing is added up."),
        (
            Column("party", "Who gives; several together with a space between."),
            Column("title", "In words."),
            Column("stage", "pledged, committed or paid; empty where nobody says."),
            _HAPPENED,
            Column("low", "At least so much, in the currency.", "whole"),
            Column("high", "At most so much; empty where nothing bounds it.", "whole"),
            Column("currency", "ISO 4217; empty where nobody says."),
            Column("is_sure", "Whether it surely counts by the day.", "flag"),
            _WEIGHT,
            Column("source", "Title of the first source."),
            Column("address", "Where it stands."),
            _ENTRY,
        ),
    ),
    "meetings": (
        Message("One participant of a meeting, or a meeting of which none is named."),
        (
            Column("meeting", "In words."),
            _HAPPENED,
            Column("place", "Where, as said."),
            Column("format", "in_person, online, hybrid or unknown."),
            Column("actor", "Who was there."),
            Column("how", "in_person, online or unknown."),
            Column("level", "Such as leader or minister."),
            _WEIGHT,
            _ENTRY,
        ),
    ),
    "claims": (
        Message("One claim about something, with how it counts."),
        (
            _ENTRY,
            Column("row", "The curator's own number."),
            Column("about", "Id of what is claimed."),
            Column("statement", "What it says."),
            Column("affirms", "Whether it says that it is so.", "flag"),
            Column("counts", "Whether it counts under the policy.", "flag"),
            Column("grade", "Reliability and credibility, such as B2."),
            Column("graded", "Whether a person graded it.", "flag"),
            Column("voice", "On whose word it is said."),
            Column("address", "Where it stands: its first source."),
            Column("published", "When that was published, EDTF.", "date"),
        ),
    ),
    "entries": (
        Message("One entry of the journal that counts through the lens."),
        (
            Column("position", "Among the entries that the reader may see.", "whole"),
            Column("id", "SHA-256 of its content."),
            Column("kind", "Entry kind."),
            Column("title", "In words."),
            _HAPPENED,
            Column("known_from", "EDTF as written.", "date"),
            Column("counts_from", "From when it counts.", "date"),
            Column("recorded_at", "Set by the journal.", "date"),
            Column("recorded_by", "Who recorded it."),
            Column("marks", "Who may see it, with a space between."),
            Column("about", "Ids, with a space between."),
            Column("rectifies", "Id of the entry whose clerical fault it mends."),
            Column("supersedes", "Id of the entry that it replaces."),
        ),
    ),
}


def make_sheet(session: Session, name: str) -> Sheet:
    """Make one table of a case, through the session's lens.

    Raises:
        UsageError: There is no such table.
    """
    if name not in SHEETS:
        meant = nearest(name, SHEETS)
        raise UsageError(
            f'there is no table "{name[:40]}"',
            "the table",
            f'did you mean "{meant}"?' if meant else f"use one of {', '.join(SHEETS)}",
        )
    words, columns = SHEETS[name]
    return Sheet(name, words, columns, tuple(_ROWS[name](session)))


def _states(session: Session) -> Iterable[Row]:
    for one in read_timeline(session, None):
        start, end = (exact(session, at) or None for at in (one.start, one.end))
        yield one.fluent, " ".join(one.arguments), one.bound, start, end


def _matrix(session: Session) -> Iterable[Row]:
    matrix = read_matrix(session)
    if matrix is None:
        return
    names = [part.name for part in matrix.instrument.components]
    for row in matrix.rows:
        for name, cell in zip(names, row.cells, strict=True):
            cause = cell.causes[0].text if cell.causes else cell.reason
            since = exact(session, cell.since) or None
            yield row.party, row.title, name, cell.verdict.word, since, cause


def _obligations(session: Session) -> Iterable[Row]:
    for name in session.case.program.obligations:
        duty = duty_form(session, read_duty(session, name))
        for one in duty["instances"]:
            about = " ".join(one["about"].values())
            states = " or ".join(one["states"])
            head = (duty["name"], duty["title"], duty["modality"], one["obligor"])
            if not one["deadlines"]:
                yield (*head, about, states, None, one["reading"], None, None, None)
            for each in one["deadlines"]:
                yield (
                    *(*head, about, states, each["relation"], each["reading"]),
                    *(each["earliest"], each["latest"], each["open_because"]),
                )


def _steps(session: Session) -> Iterable[Row]:
    for name in session.case.program.steps:
        one = step_form(session, read_step(session, name))
        yield (
            *(one["name"], one["sentence"], one["earliest"], one["latest"]),
            *(one["outcome"], one["open_because"]),
        )


def _counts(session: Session) -> Iterable[Row]:
    for name in session.case.program.measures:
        for one in read_counts(session, name).counts:
            yield (
                *(name, one.number, one.comparison, one.unit, one.speaker),
                *(one.happened, str(one.weight), one.source, one.address, one.ref),
            )


def _offers(session: Session) -> Iterable[Row]:
    for entry, payload, weight in _of_kind(session, "offer"):
        much = payload.get("quantity") or {}
        yield (
            *(payload["party"], entry.title, payload["stance"], entry.happened),
            " ".join(payload.get("domains") or ()),
            *(much.get("number"), much.get("unit"), much.get("comparison")),
            "; ".join(payload.get("conditions") or ()),
            "; ".join(payload.get("gates") or ()),
            *(weight, entry.id),
        )


def _money(session: Session) -> Iterable[Row]:
    for one in money_lines(session):
        claims = claims_about(session, one.ref)
        source = next((s for claim in claims for s in claim.sources), None)
        yield (
            *(" ".join(one.by), one.title, one.stage, one.happened),
            *((one.amount.low, one.amount.high) if one.amount else (None, None)),
            *(one.currency, one.is_sure, str(one.weight)),
            *((source.title, source.address) if source else (None, None)),
            one.ref,
        )


def _meetings(session: Session) -> Iterable[Row]:
    for entry, payload, weight in _of_kind(session, "meeting"):
        head = (entry.title, entry.happened, payload.get("place"), payload["format"])
        for seat in payload.get("attendance") or [{}]:
            who = (seat.get("actor"), seat.get("how"), seat.get("level"))
            yield (*head, *who, weight, entry.id)


def _claims(session: Session) -> Iterable[Row]:
    for entry in session.assembled.view.entries:
        if entry.kind not in MATTERS:
            continue
        for one in claims_about(session, entry.id):
            source = one.sources[0] if one.sources else None
            yield (
                *(one.ref, one.row, entry.id, one.statement, one.affirms, one.counts),
                *(one.grade, one.is_graded, one.voice),
                *((source.address, source.published) if source else (None, None)),
            )


def _entries(session: Session) -> Iterable[Row]:
    view = session.assembled.view
    for entry in view.entries:
        yield (
            *(view.positions[entry.id], entry.id, entry.kind, entry.title),
            *(entry.happened, entry.known_from),
            format_instant(view.known_from[entry.id], session.lens.zone),
            *(entry.recorded_at, entry.recorded_by, " ".join(entry.marks)),
            *(" ".join(entry.about), entry.rectifies, entry.supersedes),
        )


def _of_kind(
    session: Session, kind: str
) -> Iterable[tuple[Entry, dict[str, Any], str | None]]:
    for entry in session.assembled.view.entries:
        if entry.kind == kind:
            weighing = session.assembled.weighings.get(entry.id)
            weight = str(weighing.weight) if weighing else None
            yield entry, thaw(entry.payload), weight


_ROWS: dict[str, Callable[[Session], Iterable[Row]]] = {
    "states": _states,
    "matrix": _matrix,
    "obligations": _obligations,
    "steps": _steps,
    "counts": _counts,
    "offers": _offers,
    "money": _money,
    "meetings": _meetings,
    "claims": _claims,
    "entries": _entries,
}
