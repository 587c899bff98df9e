"""How a case comes to its answers: policies, grades, looks, what is left unknown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.desk.publication import Publication
    from vigens.model import EvidencePolicy, Floor

#: Admiralty grading in words of our own.
RELIABILITY = (
    ("A", Message("completely reliable: its word has always held")),
    ("B", Message("usually reliable: it was wrong now and then")),
    ("C", Message("fairly reliable: it was right more often than not")),
    ("D", Message("not usually reliable: it was wrong about as often as right")),
    ("E", Message("unreliable: it was wrong more often than not")),
    ("F", Message("cannot be judged: nobody knows how often it was right")),
)
CREDIBILITY = (
    (1, Message("confirmed by other, independent sources")),
    (2, Message("probably true: it fits what else is known")),
    (3, Message("possibly true: nothing speaks for or against it")),
    (4, Message("doubtful: little speaks for it")),
    (5, Message("improbable: other claims contradict it")),
    (6, Message("cannot be judged")),
)

#: Why an answer is NOT KNOWN, and how each cause is treated.
CAUSES = (
    (
        Message("imprecise date"),
        Message(
            "A date as coarse as “early January” is a range. What depends on where in the "
            "range it lies is not known; no day is guessed."
        ),
    ),
    (
        Message("evidence"),
        Message(
            "A claim is not an occurrence. Below consideration it is shown and does not "
            "count; above it, it counts possibly; what meets the standard counts surely. "
            "Copies of one story are one origin. Where claims contradict each other, the "
            "answer is not known unless a stated rule prefers one side."
        ),
    ),
    (
        Message("coverage"),
        Message(
            "Silence proves nothing where nobody looked. After the last look an unrecorded "
            "event is possible, and states become not known by themselves, from that day."
        ),
    ),
    (
        Message("unstated"),
        Message(
            "Where a text leaves a number, a deadline or a power open, nothing is put in "
            "its place; a text known from reports only answers “if the reported text is "
            "right”."
        ),
    ),
    (
        Message("waiting or withheld"),
        Message(
            "What waits for a second person counts possibly until that person confirms it; "
            "what was redacted leaves open what rested on it. What a reader may not see "
            "shapes nothing that this reader sees."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """One floor of a policy: for everything, or for one kind of event."""

    what: str
    consideration: str
    standard: str
    origins: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PolicyRead:
    """One evidence policy."""

    name: str
    title: str
    is_default: bool
    rules: tuple[PolicyRule, ...]
    prefer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """The methodology of a case, from its own settings and record.

    Attributes:
        policies: With the one that counts by default.
        four_eyes: Kinds and events that wait for a second person.
        grades: Grades that are given, as `(grade, number)`, the best first.
        n_ungraded: Claims without a grade: they count as F6.
        gradings: Named rules by which claims were graded, with how many.
        reviews: Verdicts of reviews, with how many.
        n_claims: Claims in this view.
        n_sources: Different addresses of sources.
        looks: What is watched, as `(note, until)`.
        coverage_note: What is said where nobody says where they looked.
        measures: The codebook of counts, as `(name, title)`.
        variants: Readings of unclear clauses, as `(title, readings)`.
        texts: Instruments with what is known of their text, as `(title, status)`.
        publication: Publisher, licence, contact.
    """

    policies: tuple[PolicyRead, ...]
    four_eyes: tuple[str, ...]
    grades: tuple[tuple[str, int], ...]
    n_ungraded: int
    gradings: tuple[tuple[str, int], ...]
    reviews: tuple[tuple[str, int], ...]
    n_claims: int
    n_sources: int
    looks: tuple[tuple[str, str], ...]
    coverage_note: str
    measures: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[tuple[str, str], ...]
    publication: Publication


def read_method(session: Session) -> Method:
    """Read how a case is kept, as far as its reader may see it."""
    settings = session.case.settings
    assembled = session.assembled
    view, program = assembled.view, session.case.program
    claims = [entry for entry in view.entries if entry.kind == "claim"]
    graded = {
        target
        for entry in view.entries
        if entry.kind == "grade"
        for target in entry.about
    }
    counted = Counter(
        str(assembled.grades[claim.id])
        for claim in claims
        if claim.id in graded and claim.id in assembled.grades
    )
    gradings = Counter(
        str(entry.payload.get("rule") or "by hand")
        for entry in view.entries
        if entry.kind == "grade"
    )
    reviews = Counter(
        str(entry.payload.get("verdict"))
        for entry in view.entries
        if entry.kind == "review"
    )
    looks: dict[str, int] = {}
    for part in assembled.world.coverage:
        looks[part.note] = max(part.end, looks.get(part.note, part.end))
    return Method(
        tuple(
            _policy(policy, is_default=name == settings.policy)
            for name, policy in settings.policies.items()
        ),
        (*settings.four_eyes.kinds, *settings.four_eyes.events),
        tuple(sorted(counted.items())),
        sum(claim.id not in graded for claim in claims),
        tuple(gradings.most_common()),
        tuple(reviews.most_common()),
        len(claims),
        len({source.address for claim in claims for source in claim.sources}),
        tuple((note, session.day(end - 1)) for note, end in looks.items()),
        assembled.coverage_note,
        tuple((one.name, one.title) for one in program.measures.values()),
        tuple(
            (variant.title, tuple(words for _, words in variant.readings))
            for variant in program.variants.values()
        ),
        tuple((text.title, text.text_status) for text in session.texts()),
        settings.publication,
    )


def _policy(policy: EvidencePolicy, *, is_default: bool) -> PolicyRead:
    rules = [
        _rule(Message("everything else") if policy.by_event else "", policy.default)
    ]
    rules += [_rule(event, floor) for event, floor in policy.by_event.items()]
    return PolicyRead(
        policy.name, policy.title, is_default, tuple(rules), tuple(policy.prefer)
    )


def _rule(what: str, floor: Floor) -> PolicyRule:
    return PolicyRule(
        what,
        str(floor.consideration),
        str(floor.standard),
        floor.origins,
        floor.confirmed,
    )
