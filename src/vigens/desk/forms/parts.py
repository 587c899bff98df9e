"""The parts that every answer is made of: instants, causes, one verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.chrono import format_instant
from vigens.desk.forms.shapes import AnswerForm, CauseForm

if TYPE_CHECKING:
    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.engine import Cause


def exact(session: Session, instant: int | None) -> str:
    """Write an instant as programs read it: a date at a civil midnight, else UTC."""
    if instant is None or not session.date(instant):
        return ""
    return format_instant(instant, session.lens.zone)


def answer_form(session: Session, answer: Answer) -> AnswerForm:
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


def cause_form(session: Session, cause: Cause) -> CauseForm:
    """Give one cause of what is not known."""
    since = exact(session, cause.since) or None
    return {"kind": cause.kind, "text": cause.text, "since": since}
