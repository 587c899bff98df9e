"""The shapes of a whole status: matrix, what nobody knows, findings."""

from __future__ import annotations

from typing import TypedDict

from vigens.base import FindingForm
from vigens.desk.forms.shapes import AnswerForm, CountsForm, DutyForm, StepForm


class MatrixRowForm(TypedDict):
    """One party of the matrix.

    Attributes:
        party: Its name in rules.
        title: Its name.
        member: Whether it is a member of the group.
        cells: One answer for each component, in their order.
    """

    party: str
    title: str
    member: AnswerForm
    cells: list[AnswerForm]


class MatrixForm(TypedDict):
    """Who endorses which component of an instrument.

    Attributes:
        instrument: Name of the instrument.
        components: Names of its components.
        rows: One for each party.
    """

    instrument: str
    components: list[str]
    rows: list[MatrixRowForm]


class UnknownForm(TypedDict):
    """One thing that nobody knows.

    Attributes:
        kind: A cause, `note`, `text` or `unstated`.
        text: In words.
        questions: The answers that hang on it.
    """

    kind: str
    text: str
    questions: list[str]


class StatusForm(TypedDict):
    """The status of a case.

    Attributes:
        title: Of the case.
        headline: The answer that stands first.
        sentence: The headline in one line.
        matrix: Who endorses what; null where the case names no matrix.
        duties: Every obligation.
        steps: Every planned step.
        counts: Every measure.
        unknown: What nobody knows, what most hangs on first.
        findings: What is odd in the journal.
    """

    title: str
    headline: AnswerForm | None
    sentence: str
    matrix: MatrixForm | None
    duties: list[DutyForm]
    steps: list[StepForm]
    counts: list[CountsForm]
    unknown: list[UnknownForm]
    findings: list[FindingForm]
