"""The shapes of lists that the API alone answers, and of their rows."""

from __future__ import annotations

from typing import TypedDict

from vigens.base import FindingForm
from vigens.desk.forms import ClaimForm, LineForm


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
