"""Why, down to the sources: the engine's tree with claims hung on its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.desk.answer import Answer
from vigens.desk.answers import Session, sentence

if TYPE_CHECKING:
    from vigens.engine import Node
    from vigens.journal import Entry


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source of a claim, as shown: title, address, type, date, passage."""

    title: str
    address: str
    type: str
    published: str
    quote: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as shown under the matter that it is about.

    Attributes:
        ref: Entry id.
        row: The curator's own number, if any.
        statement: In the case's own words.
        affirms: Whether it says so or denies it.
        counts: Whether the policy considers it.
        grade: As graded; `F6` if not.
        is_graded: Whether anybody or any rule has graded it.
        voice: On whose word the source has it.
        copies: Other claims of the same origin.
        known_from: Instant from which it was known, UTC seconds.
        reviews: Verdicts of reviews that are visible.
        sources: Where it stands.
    """

    ref: str
    row: str
    statement: str
    affirms: bool
    counts: bool
    grade: str
    is_graded: bool
    voice: str
    copies: tuple[str, ...]
    known_from: int
    reviews: tuple[str, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class WhyNode:
    """One step of a why with the claims that it rests on.

    Attributes:
        node: Of the engine.
        claims: About its evidence.
        children: What it rests on.
        number: Alike in steps that are alike, so that a surface unfolds them once.
    """

    node: Node
    claims: tuple[ClaimView, ...]
    children: tuple[WhyNode, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """An answer, its first sentence, and its tree."""

    answer: Answer
    sentence: str
    tree: WhyNode


def why(session: Session, *questions: str) -> tuple[Why, ...]:
    """Unfold every answer to some questions; steps that are alike share a number.

    Raises:
        UsageError: A question names nothing that is declared.
    """
    hanging = _Hanging(session)
    return tuple(
        Why(answer, sentence(session, answer), hanging.hang(answer.node))
        for question in questions
        for answer in session.ask(question)
    )


def claims_about(session: Session, matter: str) -> tuple[ClaimView, ...]:
    """List the visible claims about a matter, with how each counts."""
    assembled = session.assembled
    weighing = assembled.weighings.get(matter)
    if weighing is None:
        return ()
    entries = {entry.id: entry for entry in assembled.view.about(matter)}
    return tuple(
        view_claim(
            session, entries[found.ref], affirms=found.affirms, counts=found.counts
        )
        for found in weighing.claims
        if found.ref in entries
    )


def view_claim(
    session: Session, entry: Entry, *, affirms: bool, counts: bool
) -> ClaimView:
    """Lay a claim out for showing."""
    assembled = session.assembled
    about = assembled.view.about(entry.id)
    origin = assembled.origins.get(entry.id)
    copies = [
        other
        for other, root in assembled.origins.items()
        if root == origin and other != entry.id
    ]
    return ClaimView(
        entry.id,
        str(entry.payload.get("row") or ""),
        str(entry.payload.get("statement") or entry.title),
        affirms,
        counts,
        str(assembled.grades.get(entry.id, "F6")),
        any(other.kind == "grade" for other in about),
        str(entry.payload.get("voice") or ""),
        tuple(copies),
        assembled.view.known_from[entry.id],
        tuple(
            str(other.payload.get("verdict"))
            for other in about
            if other.kind == "review"
        ),
        tuple(_source(source) for source in entry.sources),
    )


def _source(source: object) -> SourceView:
    passage = getattr(source, "passage", None)
    return SourceView(
        str(getattr(source, "title", None) or ""),
        str(getattr(source, "address", "")),
        str(getattr(source, "type", None) or ""),
        str(getattr(source, "published", None) or ""),
        passage.quote if passage else "",
        passage.document if passage else "",
        passage.start if passage else 0,
        passage.end if passage else 0,
    )


class _Hanging:
    """Hangs claims on nodes; each node once, however often it is rested on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.hung: dict[int, WhyNode] = {}
        self.alike: dict[tuple[Node, tuple[int, ...]], WhyNode] = {}

    def hang(self, node: Node) -> WhyNode:
        """Hang claims on a node and on all below it."""
        known = self.hung.get(id(node))
        if known is not None:
            return known
        children = tuple(self.hang(child) for child in node.children)
        key = replace(node, children=()), tuple(child.number for child in children)
        if key not in self.alike:
            claims = claims_about(self.session, node.ref) if node.ref else ()
            found = WhyNode(node, claims, children, len(self.alike) + 1)
            self.alike[key] = found
        self.hung[id(node)] = self.alike[key]
        return self.alike[key]
