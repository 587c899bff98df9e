"""The shapes of answers as JSON values, each field with its meaning.

The type checker holds the makers of answers to these shapes; the schemas of the API
and the data dictionary are made from them, so that neither can say anything else.
Instants are a date (the civil midnight that begins it, in the zone of the lens) or a
moment in UTC.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class LensForm(TypedDict):
    """Everything that an answer depends on.

    Attributes:
        words: The lens in one line of plain words.
        as_of: The instant asked about.
        known_at: What was known by then counts.
        recorded_at: What was recorded by then counts; null for all records.
        reader: For whom.
        policy: Name of the evidence policy.
        readings: Chosen readings, each `VARIANT.READING`.
        suppose: Events laid over the journal.
        assume_no_other_change: Whether silence after the last look is taken as quiet.
        zone: IANA zone of the case's civil days.
        program: Digest of the rules.
        engine: Version of the engine.
    """

    words: str
    as_of: str | None
    known_at: str | None
    recorded_at: str | None
    reader: str
    policy: str
    readings: list[str]
    suppose: list[str]
    assume_no_other_change: bool
    zone: str
    program: str
    engine: str


class CauseForm(TypedDict):
    """Why something is not known.

    Attributes:
        kind: `coverage`, `evidence`, `date`, `unstated` or another cause.
        text: In words.
        since: From when, if there is a beginning.
    """

    kind: str
    text: str
    since: str | None


class EvidenceForm(TypedDict):
    """The latest direct evidence.

    Attributes:
        text: What it says.
        date: Its earliest instant.
        entry: Id of the entry.
    """

    text: str
    date: str
    entry: str | None


class AnswerForm(TypedDict):
    """One verdict with everything that belongs beside it.

    Attributes:
        question: As one would ask again.
        text: In words.
        answer: `YES`, `NO` or `NOT KNOWN`.
        hypothesis: Whether the lens lays a hypothesis over the journal.
        causes: Why it is not known, the weightiest first.
        reason: What decided a YES or NO.
        rule: The rule in words.
        since: From when it has been so; null where ever since.
        last_looked: Last day on which somebody looked, where that is the cause.
        last_evidence: The latest direct evidence.
        notes: Disputes, evidence set aside, caveats.
        policy: The evidence policy where it is not the case's own.
    """

    question: str
    text: str
    answer: str
    hypothesis: bool
    causes: list[CauseForm]
    reason: str | None
    rule: str | None
    since: str | None
    last_looked: str | None
    last_evidence: EvidenceForm | None
    notes: list[str]
    policy: str | None


class RestForm(AnswerForm):
    """A state that an obligation rests on.

    Attributes:
        role: `trigger` or `while`.
    """

    role: str


class DeadlineForm(TypedDict):
    """One deadline under one reading.

    Attributes:
        relation: `not before` or `not after`.
        reading: The reading under which it is so.
        earliest: Earliest instant that it may be.
        latest: Latest instant that it may be.
        runs_from: What it runs from.
        open_because: Why there is no date.
    """

    relation: str
    reading: str | None
    earliest: str | None
    latest: str | None
    runs_from: str | None
    open_because: str | None


class InstanceForm(TypedDict):
    """One instance of an obligation: one occurrence, one obligor.

    Attributes:
        obligor: Who owes it; null where the text does not say.
        obligor_known: Whether the obligor is known to have the role.
        about: Values of the trigger's variables.
        states: Every state that it may be in; exactly one where all is known.
        trigger: Verdict on the trigger.
        condition: Verdict on the condition; null where there is none.
        reading: The reading under which the trigger counts.
        rests_on: Answers to the states that it rests on.
        deadlines: One for each reading.
    """

    obligor: str | None
    obligor_known: str
    about: dict[str, str]
    states: list[str]
    trigger: str
    condition: str | None
    reading: str | None
    rests_on: list[RestForm]
    deadlines: list[DeadlineForm]


class VariantForm(TypedDict):
    """A clause with several readings.

    Attributes:
        name: Name in rules.
        title: What it is about.
        readings: Each reading with what it says.
    """

    name: str
    title: str
    readings: dict[str, str]


class DutyForm(TypedDict):
    """An obligation with its instances.

    Attributes:
        name: Name in rules.
        title: In words.
        modality: How binding its words are, such as `shall` or `ready to`.
        obligor_unstated: What the text leaves open about who owes it.
        caveat: What it hangs on, such as a text known only from reports.
        place: File and line of its rule.
        variants: Its clauses with several readings.
        instances: One for each occurrence and obligor.
    """

    name: str
    title: str
    modality: str
    obligor_unstated: str | None
    caveat: str | None
    place: str
    variants: list[VariantForm]
    instances: list[InstanceForm]


class StepForm(TypedDict):
    """A planned step.

    Attributes:
        name: Name in rules.
        sentence: What is known of it in one line.
        earliest: Earliest instant that it may be due.
        latest: Latest instant that it may be due.
        is_about: Whether the text says only about when.
        is_passed: Whether its date has surely passed.
        outcome: Whether it was done: `YES`, `NO` or `NOT KNOWN`.
        last_looked: Last day on which somebody looked.
        open_because: Why there is no date.
    """

    name: str
    sentence: str
    earliest: str | None
    latest: str | None
    is_about: bool
    is_passed: bool
    outcome: str
    last_looked: str | None
    open_because: str | None


class CountForm(TypedDict):
    """One count as somebody gave it.

    Attributes:
        number: The number.
        comparison: `eq`, `more_than`, `less_than`, `about`, `up_to` or `at_least`.
        unit: What is counted; empty where the measure says it.
        title: In words.
        speaker: Who says so.
        happened: When, EDTF.
        weight: How it counts: `sure`, `possible`, `denied` or `aside`.
        source: Title of the source.
        address: Where it stands.
        entry: Id of the entry.
    """

    number: int
    comparison: str
    unit: str
    title: str
    speaker: str
    happened: str
    weight: str
    source: str
    address: str
    entry: str


class CountsForm(TypedDict):
    """All counts with one measure; there is no total.

    Attributes:
        measure: Name of the measure.
        title: What is counted.
        sentence: What the counts come to: never a sum.
        counts: Each with its source.
    """

    measure: str
    title: str
    sentence: str
    counts: list[CountForm]


class TallyRowForm(TypedDict):
    """What a declared tally has come to for some values.

    Attributes:
        values: Its arguments.
        at_least: Surely so much, exact, as text.
        at_most: Possibly so much; null without an upper bound.
        first_possible: When it first may have been reached.
        first_sure: When it first surely was.
        sentence: In words.
    """

    values: list[str]
    at_least: str | None
    at_most: str | None
    first_possible: str | None
    first_sure: str | None
    sentence: str


class TallyForm(TypedDict):
    """A declared tally.

    Attributes:
        tally: Name in rules.
        title: In words.
        rows: One for each of its arguments.
    """

    tally: str
    title: str
    rows: list[TallyRowForm]


class QuestionForm(TypedDict):
    """Whatever a question led to, under the name of its kind.

    Attributes:
        obligation: An obligation that was asked for.
        step: A planned step that was asked for.
        sentence: What some counts come to.
        counts: Counts that were asked for, measure by measure.
        tally: A tally that was asked for.
        answers: Answers about states.
    """

    obligation: NotRequired[DutyForm]
    step: NotRequired[StepForm]
    sentence: NotRequired[str]
    counts: NotRequired[list[CountsForm]]
    tally: NotRequired[TallyForm]
    answers: NotRequired[list[AnswerForm]]
