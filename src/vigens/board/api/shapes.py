"""The shapes of what the API alone answers; the rest are those of the desk."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from vigens.desk.forms import (
    AnswerForm,
    ChangesForm,
    CountsForm,
    DutyForm,
    LensForm,
    MatrixForm,
    MatterForm,
    MissingForm,
    NodeForm,
    QuestionForm,
    StepForm,
)


class LogForm(TypedDict):
    """How one log stands: a tree head.

    Attributes:
        log: `all`, or the mark whose entries it holds.
        size: How many leaves it has.
        root: Root of its Merkle tree (RFC 6962), hex.
    """

    log: str
    size: int
    root: str


class HeadForm(TypedDict):
    """How the journal stands, as far as the reader may see it.

    Attributes:
        entries: How many entries the reader may see.
        last: Id of the last of them.
        lock: What `If-Match` takes where something is recorded.
        logs: The logs that the reader may check; none of a journal that is text.
    """

    entries: int
    last: str | None
    lock: str
    logs: list[LogForm]


class AnsweredForm(TypedDict):
    """What stands beside every answer.

    Attributes:
        lens: Everything that the answer depends on.
        asked: The lens as it was asked for.
        taken: Days that nobody named and that were taken from the clock.
        head: How the journal stands.
        permanent: The address of this very answer, with its lens written out.
    """

    lens: LensForm
    asked: dict[str, list[str]]
    taken: list[str]
    head: HeadForm
    permanent: str


class ListedForm(TypedDict):
    """What stands beside every list.

    Attributes:
        total: How many rows the list has.
        next: The address of the next page; null on the last.
    """

    total: int
    next: str | None


class ServiceForm(TypedDict):
    """What there is, and who asks.

    Attributes:
        title: Of the case.
        version: Of the API.
        person: Name of the account; empty on a board without accounts.
        permissions: What this account may do.
        reader: The one reader whose eyes these are; null where any may be asked for.
        form_token: What the header `X-Form-Token` takes where a session records.
        can_record: Whether anything can be recorded through this board.
        addresses: Every path with what it does.
    """

    title: str
    version: str
    person: str
    permissions: list[str]
    reader: str | None
    form_token: str
    can_record: bool
    addresses: dict[str, str]


class AnswersForm(TypedDict):
    """Answers to questions of any kind.

    Attributes:
        results: One for each question, in their order.
    """

    results: list[QuestionForm]


class UnfoldedForm(TypedDict):
    """One answer with its why.

    Attributes:
        sentence: The answer in one line.
        answer: The verdict and what goes beside it.
        why: The tree that the verdict rests on.
    """

    sentence: str
    answer: AnswerForm
    why: NodeForm


class WhyForm(TypedDict):
    """A question unfolded.

    Attributes:
        schema: `vigens.why/1`.
        obligation: The obligation that was asked for.
        step: The planned step that was asked for.
        results: One for each state that was asked for, or that an obligation rests on.
        matters: Occurrences and counts that were asked for, with their claims.
    """

    schema: str
    obligation: NotRequired[DutyForm]
    step: NotRequired[StepForm]
    results: list[UnfoldedForm]
    matters: list[MatterForm]


class LackingForm(TypedDict):
    """What is missing.

    Attributes:
        schema: `vigens.missing/1`.
        results: One for each state that was asked for.
    """

    schema: str
    results: list[MissingForm]


class DutiesForm(TypedDict):
    """A page of obligations.

    Attributes:
        obligations: Each with its instances.
    """

    obligations: list[DutyForm]


class ObligationForm(TypedDict):
    """One obligation.

    Attributes:
        obligation: With its instances, and what each rests on.
    """

    obligation: DutyForm


class GridForm(TypedDict):
    """Who endorses what.

    Attributes:
        matrix: Party by component; null where the case names no matrix.
    """

    matrix: MatrixForm | None


class MeasuresForm(TypedDict):
    """A page of measures.

    Attributes:
        measures: Each with its counts; no two are merged or summed.
    """

    measures: list[CountsForm]


class MeasureForm(TypedDict):
    """One measure.

    Attributes:
        counts: Its counts.
        matters: The claims behind each count.
    """

    counts: CountsForm
    matters: list[MatterForm]


class ComparedForm(ChangesForm):
    """What differs between two lenses.

    Attributes:
        schema: `vigens.compare/1`.
        before: The lens that is compared against.
        after: The other one: the lens of this answer.
    """

    schema: str
    before: LensForm
    after: LensForm
