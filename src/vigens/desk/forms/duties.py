"""Obligations and planned steps as plain JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.desk.forms.parts import answer_form, exact
from vigens.desk.forms.shapes import DutyForm, InstanceForm, StepForm
from vigens.rules import atoms_in

if TYPE_CHECKING:
    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.desk.status import Duty, PlannedStep
    from vigens.engine import DutyReport


def duty_form(session: Session, duty: Duty, *, is_whole: bool = False) -> DutyForm:
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
) -> InstanceForm:
    """Give one instance of an obligation; whole, with the states that it rests on."""
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


def step_form(session: Session, step: PlannedStep) -> StepForm:
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


def rests_on(session: Session, report: DutyReport) -> list[tuple[str, Answer]]:
    """Answer each state that the trigger and the condition of an instance name."""
    return [
        (role, session.answer(atom))
        for role, condition in (
            ("trigger", report.trigger_condition),
            ("while", report.while_condition),
        )
        if condition is not None
        for atom in atoms_in(condition)
        if atom.is_ground
    ]
