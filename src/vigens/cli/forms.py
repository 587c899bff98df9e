"""Answers as plain JSON values.

Instants are written as the text does: a date is the civil midnight that begins it in
the zone of the lens, anything else a moment in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from vigens.desk import (
        Answer,
        ClaimView,
        Counts,
        Duty,
        LogLine,
        MatterView,
        MissingFor,
        PlannedStep,
        Session,
        Tally,
        TallyRead,
        WhyNode,
    )
    from vigens.engine import Cause, DutyReport
    from vigens.model import Lens


def lens_form(lens: Lens) -> dict[str, Any]:
    """Give a lens with the words that it is printed in."""
    from vigens.chrono import format_instant
    from vigens.model import describe_lens

    def written(instant: int | None) -> str | None:
        return None if instant is None else format_instant(instant, lens.zone)

    return {
        "words": describe_lens(lens),
        "as_of": written(lens.as_of),
        "known_at": written(lens.known_at),
        "recorded_at": written(lens.recorded_at),
        "reader": lens.reader,
        "policy": lens.policy,
        "readings": [f"{variant}.{name}" for variant, name in lens.readings],
        "suppose": [str(hypothesis) for hypothesis in lens.hypotheses],
        "assume_no_other_change": lens.assume_no_other_change,
        "zone": lens.zone,
        "program": lens.program,
        "engine": lens.engine,
    }


def exact(session: Session, instant: int | None) -> str:
    """Write an instant as programs read it: a date at a civil midnight, else UTC."""
    from vigens.chrono import format_instant

    if instant is None or not session.date(instant):
        return ""
    return format_instant(instant, session.lens.zone)


def answer_form(session: Session, answer: Answer) -> dict[str, Any]:
    """Give one answer."""
    looked = answer.last_looked
    evidence = answer.last_evidence
    return {
        "question": answer.question,
        "text": answer.text,
        "answer": answer.verdict.word,
        "hypothesis": answer.is_supposed,
        "causes": [cause_form(session, cause) for cause in answer.causes],
        "reason": answer.reason or None,
        "rule": answer.rule,
        "since": exact(session, answer.since) or None,
        "last_looked": None if looked is None else session.day(looked - 1),
        "last_evidence": None
        if evidence is None
        else {
            "text": evidence.text,
            "date": exact(session, evidence.instant),
            "entry": evidence.ref,
        },
        "notes": list(answer.notes),
        "policy": answer.policy,
    }


def cause_form(session: Session, cause: Cause) -> dict[str, Any]:
    """Give one cause of what is not known."""
    since = exact(session, cause.since) or None
    return {"kind": cause.kind, "text": cause.text, "since": since}


def question_form(
    session: Session,
    found: tuple[Answer, ...] | Duty | PlannedStep | Tally | TallyRead,
) -> dict[str, Any]:
    """Give whatever a question led to, under the name of its kind."""
    from vigens.desk import Duty, PlannedStep, Tally, TallyRead

    match found:
        case Duty():
            return {"obligation": duty_form(session, found, is_whole=True)}
        case PlannedStep():
            return {"step": step_form(session, found)}
        case Tally():
            counts = [counts_form(group) for group in found.groups]
            return {"sentence": found.sentence, "counts": counts}
        case TallyRead():
            return {"tally": tally_form(found)}
        case _:
            return {"answers": [answer_form(session, answer) for answer in found]}


def tally_form(found: TallyRead) -> dict[str, Any]:
    """Give what a declared tally has come to; numbers as strings, exact."""
    from vigens.desk import number_words

    def plain(number: Decimal | None) -> str | None:
        return None if number is None else number_words(number).replace(",", "")

    return {
        "tally": found.tally.name,
        "title": found.tally.title,
        "rows": [
            {
                "values": list(row.values),
                "at_least": plain(row.at_least),
                "at_most": plain(row.at_most),
                "first_possible": row.first_possible or None,
                "first_sure": row.first_sure or None,
                "sentence": words,
            }
            for row, words in zip(found.rows, found.sentences, strict=True)
        ],
    }


def duty_form(
    session: Session, duty: Duty, *, is_whole: bool = False
) -> dict[str, Any]:
    """Give one obligation with its instances; whole, with what each rests on."""
    return {
        "name": duty.obligation.name,
        "title": duty.obligation.title,
        "modality": duty.obligation.modality,
        "obligor_unstated": duty.obligation.obligor_unstated,
        "caveat": duty.caveat,
        "place": duty.obligation.place,
        "variants": [
            {"name": v.name, "title": v.title, "readings": dict(v.readings)}
            for v in duty.variants
        ],
        "instances": [
            instance_form(session, report, is_whole=is_whole)
            for report in duty.instances
        ],
    }


def instance_form(
    session: Session, report: DutyReport, *, is_whole: bool = False
) -> dict[str, Any]:
    """Give one instance of an obligation; whole, with the states that it rests on."""
    from vigens.cli.wording import rests_on

    parts = rests_on(session, report) if is_whole else []
    return {
        "obligor": report.obligor or None,
        "obligor_known": report.obligor_verdict.word,
        "about": dict(report.binding),
        "states": list(report.states),
        "trigger": report.trigger.word,
        "condition": report.condition.word if report.condition else None,
        "reading": report.reading or None,
        "rests_on": [
            {"role": role, **answer_form(session, answer)} for role, answer in parts
        ],
        "deadlines": [
            {
                "relation": "not before" if d.relation == "at" else "not after",
                "reading": d.reading or None,
                "earliest": exact(session, d.earliest) or None,
                "latest": exact(session, d.latest) or None,
                "runs_from": d.anchor or None,
                "open_because": d.open_because or None,
            }
            for d in report.deadlines
        ],
    }


def step_form(session: Session, step: PlannedStep) -> dict[str, Any]:
    """Give one planned step."""
    report = step.report
    looked = report.last_looked
    return {
        "name": step.step.name,
        "sentence": step.sentence,
        "earliest": exact(session, report.earliest) or None,
        "latest": exact(session, report.latest) or None,
        "is_about": report.is_about,
        "is_passed": report.is_passed,
        "outcome": report.outcome.word,
        "last_looked": None if looked is None else session.day(looked - 1),
        "open_because": report.open_because or None,
    }


def counts_form(counts: Counts) -> dict[str, Any]:
    """Give every count with one measure; there is no total."""
    return {
        "measure": counts.measure,
        "title": counts.title,
        "sentence": counts.sentence,
        "counts": [
            {
                "number": count.number,
                "comparison": count.comparison,
                "unit": count.unit,
                "title": count.title,
                "speaker": count.speaker,
                "happened": count.happened,
                "weight": str(count.weight),
                "source": count.source,
                "address": count.address,
                "entry": count.ref,
            }
            for count in counts.counts
        ],
    }


def why_form(
    session: Session,
    step: WhyNode,
    depth: int | None,
    *,
    level: int = 0,
    shown: dict[int, int] | None = None,
) -> dict[str, Any]:
    """Give a why tree, cut at a depth where one is asked for.

    Args:
        session: The case through its lens.
        step: Root of the tree.
        depth: Steps below this are counted and left out; `None` leaves out none.
        level: How deep the root stands.
        shown: Number of each step that was given whole to its level; such a step is
            given again without what is below it.
    """
    node = step.node
    shown = {} if shown is None else shown
    is_above = shown.get(step.number, level + 1) <= level
    is_cut = depth is not None and level >= depth
    if not is_above and not is_cut:
        shown[step.number] = level
    children = () if is_above or is_cut else step.children
    return {
        "id": step.number,
        "kind": node.kind,
        "text": node.text,
        "answer": node.verdict.word if node.verdict else None,
        "place": node.place or None,
        "rule": node.rule,
        "entry": node.ref,
        "weight": str(node.weight) if node.weight else None,
        "date": exact(session, node.instant) or None,
        "disputed": node.is_disputed,
        "hypothesis": node.is_hypothesis,
        "caveat": node.caveat,
        "causes": [cause_form(session, cause) for cause in node.causes],
        "claims": [claim_form(session, claim) for claim in step.claims],
        "children": [
            why_form(session, child, depth, level=level + 1, shown=shown)
            for child in children
        ],
        "n_more": node.n_more,
        "as_above": is_above and bool(step.children),
        "n_cut": len(step.children) if is_cut and not is_above else 0,
    }


def claim_form(session: Session, claim: ClaimView) -> dict[str, Any]:
    """Give one claim with its sources."""
    return {
        "entry": claim.ref,
        "row": claim.row or None,
        "statement": claim.statement,
        "affirms": claim.affirms,
        "counts": claim.counts,
        "grade": claim.grade,
        "is_graded": claim.is_graded,
        "voice": claim.voice or None,
        "copies": list(claim.copies),
        "known_from": exact(session, claim.known_from),
        "reviews": list(claim.reviews),
        "sources": [
            {
                "title": source.title,
                "address": source.address,
                "type": source.type,
                "published": source.published,
                "passage": {
                    "document": source.document,
                    "start": source.start,
                    "end": source.end,
                    "quote": source.quote,
                }
                if source.document
                else None,
            }
            for source in claim.sources
        ],
    }


def matter_form(session: Session, matter: MatterView) -> dict[str, Any]:
    """Give a matter with everything that is claimed about it."""
    return {
        "entry": matter.ref,
        "kind": matter.kind,
        "title": matter.title,
        "weight": str(matter.weight) if matter.weight else None,
        "reason": matter.reason,
        "claims": [claim_form(session, each) for each in matter.claims],
    }


def missing_form(session: Session, found: MissingFor) -> dict[str, Any]:
    """Give what is missing for one answer."""
    return {
        "answer": answer_form(session, found.answer),
        "sentence": found.sentence,
        "is_exhaustive": found.missing.is_exhaustive,
        "alternatives": [
            [
                {
                    "kind": need.kind,
                    "text": need.text,
                    "event": str(need.atom) if need.atom else None,
                }
                for need in needs
            ]
            for needs in found.missing.alternatives
        ],
    }


def line_form(line: LogLine, lens: Lens) -> dict[str, Any]:
    """Give one entry of the log with its number."""
    from vigens.chrono import format_instant
    from vigens.journal import entry_to_json

    return {
        "position": line.position,
        "counts_from": format_instant(line.known_from, lens.zone),
        "entry": entry_to_json(line.entry),
    }
