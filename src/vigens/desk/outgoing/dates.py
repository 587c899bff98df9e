"""What a calendar shows of a case: deadlines, meetings, planned steps."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.status import read_duty, read_step
from vigens.formats import Dated
from vigens.model import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.desk.status import Duty
    from vigens.engine import DutyReport

#: How evidence may count for a meeting to be shown.
_SHOWN = (Weight.SURE, Weight.POSSIBLE)


def read_dates(session: Session, link: str = "") -> tuple[Dated, ...]:
    """List everything that has a date, through the session's lens.

    Args:
        session: The case through its lens.
        link: Where a board shows the case; addresses are added to it.
    """
    return (
        *_deadlines(session, link),
        *_steps(session, link),
        *_meetings(session, link),
    )


def _deadlines(session: Session, link: str) -> Iterator[Dated]:
    for name in session.case.program.obligations:
        duty = read_duty(session, name)
        for report in duty.instances:
            yield from _of_instance(session, duty, report, link)


def _of_instance(
    session: Session, duty: Duty, report: DutyReport, link: str
) -> Iterator[Dated]:
    program = session.case.program
    owes = program.title_of(report.obligor) if report.obligor else "nobody named"
    about = ", ".join(value for _, value in report.binding)
    for deadline in report.deadlines:
        first, last = deadline.earliest, deadline.latest
        if first is None or last is None or not session.date(first):
            continue
        if not session.date(last):
            continue
        title = f"{duty.obligation.title}: {owes}" + f" ({about})" * bool(about)
        relation = "Not before" if deadline.relation == "at" else "Not after"
        words = [f"{relation} this time.", f"State: {' or '.join(report.states)}."]
        words += [f"Reading {deadline.reading}."] if deadline.reading else []
        words += [duty.caveat] if duty.caveat else []
        is_sure = len(report.states) == 1 and report.obligor_verdict.word == "YES"
        key = (duty.obligation.name, report.obligor, *report.binding, deadline.reading)
        yield Dated(
            _uid(session, "deadline", key),
            title,
            first,
            last,
            " ".join(words),
            "deadline",
            f"{link}/obligation/{duty.obligation.name}" if link else "",
            is_sure=is_sure and not deadline.reading and not duty.caveat,
        )


def _steps(session: Session, link: str) -> Iterator[Dated]:
    for name in session.case.program.steps:
        found = read_step(session, name)
        report = found.report
        if report.earliest is None or report.latest is None:
            continue
        yield Dated(
            _uid(session, "step", (name,)),
            found.step.title,
            report.earliest,
            report.latest,
            found.sentence,
            "planned step",
            f"{link}/" if link else "",
            is_sure=not report.is_about and not report.open_because,
        )


def _meetings(session: Session, link: str) -> Iterator[Dated]:
    assembled = session.assembled
    for entry in assembled.view.entries:
        if entry.kind != "meeting" or entry.happened is None:
            continue
        weighing = assembled.weighings.get(entry.id)
        if weighing is None or weighing.weight not in _SHOWN:
            continue
        when = parse_edtf(entry.happened)
        first, last = edtf_bounds(when, session.lens.zone)
        if first is None or last is None:
            continue
        place = str(entry.payload.get("place") or "")
        yield Dated(
            _uid(session, "meeting", (entry.id,)),
            entry.title,
            first,
            last,
            " ".join([*([f"Place: {place}."] if place else []), weighing.reason]),
            "meeting",
            f"{link}/entry/{entry.id}" if link else "",
            is_sure=weighing.weight is Weight.SURE and not when.is_approximate,
        )


def _uid(session: Session, kind: str, key: tuple[object, ...]) -> str:
    """Name a thing so that it keeps its name while its date moves."""
    case = hashlib.sha256(session.case.settings.title.encode()).hexdigest()[:12]
    digest = hashlib.sha256(repr((kind, key)).encode()).hexdigest()[:24]
    return f"{kind}-{digest}@{case}.vigens"
