"""The shapes of what differs between two lenses, and of what recording changes."""

from __future__ import annotations

from typing import TypedDict

from vigens.desk.forms.resting import (
    EntryForm,
)
from vigens.desk.forms.shapes import (
    AnswerForm,
    InstanceForm,
    StepForm,
)


class PairForm(TypedDict):
    """One question with its answer through either lens.

    Attributes:
        before: Through the lens that is compared against.
        after: Through the other.
    """

    before: AnswerForm
    after: AnswerForm


class SideForm(TypedDict):
    """What one lens shows of a state.

    Attributes:
        answer: `YES`, `NO`, `NOT KNOWN` or `not declared`.
        since: From when it has been so.
        sentence: Why, in one line.
    """

    answer: str
    since: str | None
    sentence: str


class ChangedStateForm(TypedDict):
    """A state whose verdict differs.

    Attributes:
        state: As one would ask for it.
        before: Through the lens that is compared against.
        after: Through the other.
    """

    state: str
    before: SideForm
    after: SideForm


class FurtherForm(TypedDict):
    """Changed states that are counted and not told one by one.

    Attributes:
        fluent: Their name.
        before: Their answer before.
        after: Their answer after.
        number: How many.
    """

    fluent: str
    before: str
    after: str
    number: int


class NotLookedForm(TypedDict):
    """States that were passed over, since there are too many.

    Attributes:
        fluent: Their name.
        number: How many.
    """

    fluent: str
    number: int


class ChangedDutyForm(TypedDict):
    """One instance of an obligation that differs.

    Attributes:
        name: Of the obligation.
        title: In words.
        caveat: What it hangs on.
        before: The instance before; null where there was none.
        after: The instance after; null where there is none.
    """

    name: str
    title: str
    caveat: str | None
    before: InstanceForm | None
    after: InstanceForm | None


class ChangedStepForm(TypedDict):
    """A planned step that differs.

    Attributes:
        before: Before; null where it was not known.
        after: After; null where it is not known.
    """

    before: StepForm | None
    after: StepForm | None


class ChangedCountForm(TypedDict):
    """One count of a measure that differs.

    Attributes:
        entry: Id of the entry.
        number: The number.
        comparison: How it compares.
        unit: What is counted.
        title: In words.
        speaker: Who says so.
        happened: When, EDTF.
        weight: How it counts.
    """

    entry: str
    number: int
    comparison: str
    unit: str
    title: str
    speaker: str
    happened: str
    weight: str


class ChangedCountsForm(TypedDict):
    """A measure whose counts differ.

    Attributes:
        measure: Its name.
        title: What is counted.
        before: Its counts before.
        after: Its counts after.
    """

    measure: str
    title: str
    before: list[ChangedCountForm]
    after: list[ChangedCountForm]


class ChangedTallyForm(TypedDict):
    """A row of a declared tally that comes to something else.

    Attributes:
        tally: Its name.
        title: What it counts.
        values: Its arguments.
        before: The number before, in words; null where nothing was counted.
        after: The number after, in words; null where nothing is counted.
    """

    tally: str
    title: str
    values: list[str]
    before: str | None
    after: str | None


class ChangesForm(TypedDict):
    """Everything that differs between two lenses.

    Attributes:
        headline: What the case's first line answers, through both.
        answers: The questions that were asked, through both.
        states: States whose verdict differs.
        further: The rest of them, counted.
        not_looked_at: What was passed over.
        duties: Instances of obligations that differ.
        steps: Planned steps that differ.
        counts: Measures whose counts differ.
        tallies: Rows of declared tallies that come to something else.
    """

    headline: PairForm | None
    answers: list[PairForm]
    states: list[ChangedStateForm]
    further: list[FurtherForm]
    not_looked_at: list[NotLookedForm]
    duties: list[ChangedDutyForm]
    steps: list[ChangedStepForm]
    counts: list[ChangedCountsForm]
    tallies: list[ChangedTallyForm]


class CarriedForm(TypedDict):
    """What was recorded, or would be, and what it changes.

    Attributes:
        dry_run: Whether nothing was recorded.
        entries: As recorded; of a dry run with passing ids.
        waiting: Ids of those that wait for a second person.
        changes: What differs; null where the agreement files have errors.
    """

    dry_run: bool
    entries: list[EntryForm]
    waiting: list[str]
    changes: ChangesForm | None
