"""The shapes of what the API alone answers; the rest are those of the desk."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from vigens.desk.forms import (
    AnswerForm,
    ChangesForm,
    ClaimForm,
    CountsForm,
    DutyForm,
    FindingForm,
    LensForm,
    LineForm,
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


class InstrumentForm(TypedDict):
    """One instrument as its page declares it.

    Attributes:
        name: Name in rules.
        title: In words.
        kind: Such as `declaration` or `treaty`.
        family: `political`, `treaty` or `unstated`.
        text: `published`, `draft`, `reported` or `not seen`.
        adopted: EDTF.
        components: Its parts, by name.
        place: File and line.
    """

    name: str
    title: str
    kind: str
    family: str
    text: str
    adopted: str | None
    components: dict[str, str]
    place: str


class PageForm(TypedDict):
    """One agreement page.

    Attributes:
        name: As the address of one page takes it.
        title: Its heading.
        is_law: Whether it belongs to the general law.
    """

    name: str
    title: str
    is_law: bool


class AgreementsForm(TypedDict):
    """A page of agreement pages.

    Attributes:
        pages: Agreement files, and those of the general law.
        instruments: Every instrument that they declare.
    """

    pages: list[PageForm]
    instruments: list[InstrumentForm]


class AgreementForm(TypedDict):
    """One agreement page whole.

    Attributes:
        name: Its name.
        title: Its heading.
        is_law: Whether it belongs to the general law.
        instruments: What it declares.
        markdown: Its text with its rules, as written.
        findings: What is to be mended in it.
    """

    name: str
    title: str
    is_law: bool
    instruments: list[InstrumentForm]
    markdown: str
    findings: list[FindingForm]


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


class QuantityForm(TypedDict):
    """How much.

    Attributes:
        number: The number; null where none is given.
        unit: Of what.
        comparison: `eq`, `more_than`, `less_than`, `about`, `up_to` or `at_least`.
    """

    number: int | None
    unit: str | None
    comparison: str | None


class OfferForm(TypedDict):
    """One offer, as a claim of somebody; none is a deployment.

    Attributes:
        entry: Id of the entry.
        position: Among the entries that the reader may see.
        party: Whose offer.
        title: In words.
        stance: `offer`, `possible` or `refusal`.
        happened: EDTF.
        domains: Such as `sea` or `training`.
        quantity: How much; null where nothing is said.
        conditions: On which it hangs.
        gates: National decisions that it needs.
        weight: How it counts; null where nothing weighs it.
        claims: Every visible claim about it.
    """

    entry: str
    position: int
    party: str
    title: str
    stance: str
    happened: str | None
    domains: list[str]
    quantity: QuantityForm | None
    conditions: list[str]
    gates: list[str]
    weight: str | None
    claims: list[ClaimForm]


class OffersForm(TypedDict):
    """A page of offers.

    Attributes:
        offers: In the order of the journal.
    """

    offers: list[OfferForm]


class SeatForm(TypedDict):
    """Who was at a meeting, and how.

    Attributes:
        actor: Who.
        how: `in_person`, `online` or `unknown`.
        level: Such as `leader` or `minister`.
    """

    actor: str
    how: str
    level: str | None


class MeetingForm(TypedDict):
    """One meeting.

    Attributes:
        entry: Id of the entry.
        position: Among the entries that the reader may see.
        title: In words.
        happened: EDTF.
        place: Where.
        format: `in_person`, `online`, `hybrid` or `unknown`.
        attendance: As reported.
        weight: How it counts.
    """

    entry: str
    position: int
    title: str
    happened: str | None
    place: str | None
    format: str
    attendance: list[SeatForm]
    weight: str | None


class MeetingsForm(TypedDict):
    """A page of meetings.

    Attributes:
        meetings: In the order of the journal.
    """

    meetings: list[MeetingForm]


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


class IntervalForm(TypedDict):
    """One maximal interval of a state.

    Attributes:
        fluent: Its name.
        arguments: Its values.
        bound: `surely` or `possibly`.
        start: Null where it has no beginning.
        end: Excluded; null where it reaches past the day asked about.
    """

    fluent: str
    arguments: list[str]
    bound: str
    start: str | None
    end: str | None


class TimelineForm(TypedDict):
    """A page of intervals.

    Attributes:
        intervals: State by state, in the order of the rules.
    """

    intervals: list[IntervalForm]


class EntriesForm(TypedDict):
    """A page of the log.

    Attributes:
        entries: In the order of the log.
    """

    entries: list[LineForm]


class WholeEntryForm(LineForm):
    """One entry with what is around it.

    Attributes:
        about: What it is about.
        about_it: What is about it.
        replaced_by: What corrects or replaces it.
    """

    about: list[LineForm]
    about_it: list[LineForm]
    replaced_by: list[LineForm]


class FoundForm(TypedDict):
    """A page of what was found.

    Attributes:
        entries: The latest first.
    """

    entries: list[LineForm]


class FindingsForm(TypedDict):
    """A page of findings.

    Attributes:
        findings: Of the agreement files, and of the journal as the reader sees it.
    """

    findings: list[FindingForm]
