"""Answers as plain JSON values.

Instants are written as the text does: a date is the civil midnight that begins it in
the zone of the lens, anything else a moment in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import findings_form
from vigens.chrono import format_instant
from vigens.desk.forms.duties import duty_form, step_form
from vigens.desk.forms.parts import answer_form
from vigens.desk.forms.shapes import (
    CountsForm,
    LensForm,
    QuestionForm,
    TallyForm,
)
from vigens.desk.forms.whole import (
    MatrixForm,
    StatusForm,
    UnknownForm,
)
from vigens.desk.status import Duty, PlannedStep, Tally
from vigens.desk.tallied import TallyRead, number_words
from vigens.model import describe_lens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.desk.status import Counts, Matrix, Status
    from vigens.desk.unknowns import Unknown
    from vigens.model import Lens


def lens_form(lens: Lens) -> LensForm:
    """Give a lens with the words that it is printed in."""

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


def question_form(
    session: Session,
    found: tuple[Answer, ...] | Duty | PlannedStep | Tally | TallyRead,
) -> QuestionForm:
    """Give whatever a question led to, under the name of its kind."""
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


def tally_form(found: TallyRead) -> TallyForm:
    """Give what a declared tally has come to; numbers as strings, exact."""

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


def counts_form(counts: Counts) -> CountsForm:
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


def matrix_form(session: Session, matrix: Matrix) -> MatrixForm:
    """Give who endorses which component."""
    return {
        "instrument": matrix.instrument.name,
        "components": [part.name for part in matrix.instrument.components],
        "rows": [
            {
                "party": row.party,
                "title": row.title,
                "member": answer_form(session, row.membership),
                "cells": [answer_form(session, cell) for cell in row.cells],
            }
            for row in matrix.rows
        ],
    }


def unknown_form(found: Unknown) -> UnknownForm:
    """Give one thing that nobody knows."""
    return {
        "kind": found.kind,
        "text": found.text,
        "questions": list(found.questions),
    }


def status_form(
    session: Session, status: Status, unknowns: Iterable[Unknown]
) -> StatusForm:
    """Give the status of a case."""
    headline, matrix = status.headline, status.matrix
    return {
        "title": status.title,
        "headline": answer_form(session, headline) if headline else None,
        "sentence": status.headline_sentence,
        "matrix": matrix_form(session, matrix) if matrix else None,
        "duties": [duty_form(session, duty) for duty in status.duties],
        "steps": [step_form(session, step) for step in status.steps],
        "counts": [counts_form(counts) for counts in status.counts],
        "unknown": [unknown_form(found) for found in unknowns],
        "findings": findings_form(status.findings),
    }
