"""The shapes of what answers rest on: whys, claims, entries, and what is missing."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from vigens.desk.forms.shapes import AnswerForm, CauseForm


class PassageForm(TypedDict):
    """The exact place in a document.

    Attributes:
        document: Id of the document.
        start: First character, from 0.
        end: Character after the last.
        quote: The text between them.
    """

    document: str
    start: int
    end: int
    quote: str


class SourceForm(TypedDict):
    """Where something was published.

    Attributes:
        title: Its title.
        address: Web address, archive mark or file.
        type: What kind of source.
        published: EDTF.
        passage: The exact passage, if one was read.
    """

    title: str
    address: str
    type: str
    published: str
    passage: PassageForm | None


class ClaimForm(TypedDict):
    """One claim with its sources.

    Attributes:
        entry: Id of the entry.
        row: The curator's own number.
        statement: What it says.
        affirms: Whether it says that it is so.
        counts: Whether it counts under the policy.
        grade: Reliability and credibility, such as `B2`.
        is_graded: Whether a person graded it.
        voice: On whose word it is said.
        copies: Claims of the same origin.
        known_from: From when it counts.
        reviews: Verdicts of reviewers.
        sources: Where it stands.
    """

    entry: str
    row: str | None
    statement: str
    affirms: bool
    counts: bool
    grade: str
    is_graded: bool
    voice: str | None
    copies: list[str]
    known_from: str
    reviews: list[str]
    sources: list[SourceForm]


class NodeForm(TypedDict):
    """One step of a why.

    Attributes:
        id: Alike in steps that are alike.
        kind: `fluent`, `condition`, `count`, `event`, `sighting`, `gap`, `stated` or
            `unstated`.
        text: The step in one sentence.
        answer: `YES`, `NO`, `NOT KNOWN`; null for evidence.
        place: File and line of the rule.
        rule: The rule in words.
        entry: Id of the entry that is the evidence.
        weight: How the evidence counts.
        date: Earliest instant of the evidence.
        disputed: Whether claims on both sides count.
        hypothesis: Whether the evidence is only supposed.
        caveat: What the answer hangs on.
        causes: Why it is not known.
        claims: What is claimed about the evidence.
        children: What the step rests on.
        n_more: How many more like its children are not shown.
        as_above: Whether what is below it was given before, under the same `id`.
        n_cut: How many steps right below the depth were left out.
    """

    id: int
    kind: str
    text: str
    answer: str | None
    place: str | None
    rule: str | None
    entry: str | None
    weight: str | None
    date: str | None
    disputed: bool
    hypothesis: bool
    caveat: str | None
    causes: list[CauseForm]
    claims: list[ClaimForm]
    children: list[NodeForm]
    n_more: int
    as_above: bool
    n_cut: int


class MatterForm(TypedDict):
    """What is claimed, with everything that is claimed about it.

    Attributes:
        entry: Id of the entry.
        kind: Its kind.
        title: In words.
        weight: How it counts; null where nothing weighs it.
        reason: Why it counts so.
        claims: Every visible claim about it.
    """

    entry: str
    kind: str
    title: str
    weight: str | None
    reason: str
    claims: list[ClaimForm]


class NeedForm(TypedDict):
    """One thing that would have to happen.

    Attributes:
        kind: What kind of need.
        text: In words.
        event: The event or state, where there is a word for it.
    """

    kind: str
    text: str
    event: str | None


class MissingForm(TypedDict):
    """What is missing for one answer to be YES.

    Attributes:
        answer: The answer as it stands.
        sentence: What is missing in one line.
        is_exhaustive: Whether there is surely no other way.
        alternatives: Ways in which it would be so; each is a list of needs.
    """

    answer: AnswerForm
    sentence: str
    is_exhaustive: bool
    alternatives: list[list[NeedForm]]


class EntryForm(TypedDict):
    """One entry of the journal, as it is recorded and hashed. It may carry more.

    Attributes:
        id: SHA-256 of the rest, hex.
        format: Entry format.
        kind: Entry kind.
        payload: The fields of the kind.
        happened: EDTF, if it has a time of its own.
        known_from: EDTF; null: when recorded.
        recorded_at: UTC with microseconds, set by the journal.
        recorded_by: Who recorded it.
        sources: Where it stands.
        marks: Who may see it.
        about: Ids of entries.
        rectifies: Entry whose clerical fault this mends.
        supersedes: Entry that this replaces.
        redacted: What is left of an entry that was redacted; then nothing else is here.
    """

    id: str
    format: NotRequired[int]
    kind: NotRequired[str]
    payload: NotRequired[dict[str, Any]]
    happened: NotRequired[str | None]
    known_from: NotRequired[str | None]
    recorded_at: NotRequired[str]
    recorded_by: NotRequired[str]
    sources: NotRequired[list[dict[str, Any]]]
    marks: NotRequired[list[str]]
    about: NotRequired[list[str]]
    rectifies: NotRequired[str | None]
    supersedes: NotRequired[str | None]
    redacted: NotRequired[dict[str, Any]]


class LineForm(TypedDict):
    """One entry with its number.

    Attributes:
        position: Among the entries that the reader may see, from 1.
        counts_from: From when it counts.
        entry: As recorded.
    """

    position: int
    counts_from: str
    entry: EntryForm
