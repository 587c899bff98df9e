"""What nobody knows: where no one looked, what is unclear, what texts leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.engine import Verdict
from vigens.rules import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.desk.status import Status
    from vigens.rules import Obligation

#: What a note has that tells of no gap: it decides on a suggestion, or takes back.
_NO_UNKNOWN = frozenset({"suggestion", "withdraws"})


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing that is not known.

    Attributes:
        kind: A cause (`coverage`, `evidence`, ...), `note`, `text` (known only from
            reports or not seen) or `unstated` (left open by a text).
        text: In words.
        questions: The answers on the status that hang on it.
    """

    kind: str
    text: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What one text leaves open.

    Attributes:
        name: The instrument, or a duty or step that stands under none.
        title: What to call it.
        points: Pairs of where (a key, a duty, a step) and what is left open there.
    """

    name: str
    title: str
    points: tuple[tuple[str, str], ...]


def read_unknowns(session: Session, status: Status) -> tuple[Unknown, ...]:
    """List what nobody knows, what most answers hang on first.

    Args:
        session: The case through its lens.
        status: Its status through the same lens.
    """
    causes: dict[tuple[str, str], list[str]] = {}
    for answer in _answers(status):
        if answer.verdict is Verdict.OPEN:
            for cause in answer.causes[:1]:
                words = in_general(session, answer, cause.text)
                causes.setdefault((cause.kind, words), []).append(answer.question)
    ordered = sorted(causes.items(), key=lambda item: -len(item[1]))
    notes = [
        Unknown("note", entry.title)
        for entry in session.assembled.view.entries
        if entry.kind == "note" and _NO_UNKNOWN.isdisjoint(entry.payload)
    ]
    return (
        *(Unknown(kind, text, tuple(asked)) for (kind, text), asked in ordered),
        *notes,
        *_texts(session),
        *(_in_words(found) for found in read_left_open(session)),
    )


def _in_words(found: LeftOpen) -> Unknown:
    points = Joined(
        "; ",
        (
            Message("{what} ({where})", what=what, where=Message(where))
            for where, what in found.points
        ),
    )
    said = "{title} leaves open: {points}"
    return Unknown("unstated", Message(said, title=found.title, points=points))


def in_general(session: Session, answer: Answer, words: str) -> str:
    """Say a cause without the party that one answer is about, so that causes meet."""
    program = session.case.program
    _, _, arguments = answer.question.rstrip(")").partition("(")
    for name in arguments.split(", "):
        actor = program.actors.get(name)
        if actor is not None and actor.sort == "party":
            any_state = Message("the state in question")
            if isinstance(words, Message):
                words = words.swapped(actor.title, any_state)
            else:
                words = words.replace(actor.title, any_state)
    return words


def _answers(status: Status) -> Iterator[Answer]:
    if status.headline is not None:
        yield status.headline
    for row in status.matrix.rows if status.matrix else ():
        yield row.membership
        yield from row.cells


def _texts(session: Session) -> Iterator[Unknown]:
    for text in session.texts():
        if text.text_status in ("reported", "not seen"):
            said = "{title}: the text is reported"
            if text.text_status == "not seen":
                said = "{title}: the text was not seen"
            yield Unknown("text", Message(said, title=text.short or text.title))


def read_left_open(session: Session) -> tuple[LeftOpen, ...]:
    """List what each known text leaves open: of itself, its duties and its steps."""
    program = session.case.program
    titles = {text.name: text.short or text.title for text in session.texts()}
    points: dict[str, dict[tuple[str, str], None]] = {name: {} for name in titles}
    for text in session.texts():
        points[text.name].update(dict.fromkeys(text.unstated.items()))
    parts: list[Obligation | Step] = [
        *program.obligations.values(),
        *program.steps.values(),
    ]
    for part in parts:
        name = part.under.instrument if part.under else part.name
        titles.setdefault(name, part.title)
        found = points.setdefault(name, {})
        found.update(dict.fromkeys((part.title, what) for what in _unstated(part)))
    return tuple(
        LeftOpen(name, titles[name], tuple(found))
        for name, found in points.items()
        if found
    )


def _unstated(part: Obligation | Step) -> Iterator[str]:
    """List the slots of a duty or step that its text leaves empty."""
    if isinstance(part, Step):
        found = [part.unstated]
    else:
        found = [part.obligor_unstated]
        found.append(part.performance.unstated if part.performance else None)
        found.extend(deadline.unstated for deadline in part.deadlines)
    yield from (what for what in found if what)
