"""What nobody knows: where no one looked, what is unclear, what texts leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Answer, Session
    from vigens.desk.status import Status
    from vigens.rules import Program


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
        if entry.kind == "note" and "suggestion" not in entry.payload
    ]
    return (
        *(Unknown(kind, text, tuple(asked)) for (kind, text), asked in ordered),
        *notes,
        *_texts(session),
        *_left_open(session),
    )


def in_general(session: Session, answer: Answer, words: str) -> str:
    """Say a cause without the party that one answer is about, so that causes meet."""
    program = session.case.program
    _, _, arguments = answer.question.rstrip(")").partition("(")
    for name in arguments.split(", "):
        actor = program.actors.get(name)
        if actor is not None and actor.sort == "party":
            words = words.replace(actor.title, "the state in question")
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
            said = "was not seen" if text.text_status == "not seen" else "is reported"
            words = f"{text.short or text.title}: the text {said}"
            yield Unknown("text", words)


def _left_open(session: Session) -> Iterator[Unknown]:
    program = session.case.program
    open_parts: dict[str, list[str]] = {}
    for text in session.texts():
        for key, why in text.unstated.items():
            open_parts.setdefault(text.name, []).append(f"{key} ({why})")
    for duty in program.obligations.values():
        name = duty.under.instrument if duty.under else duty.name
        found = [duty.obligor_unstated]
        found.append(duty.performance.unstated if duty.performance else None)
        found.extend(deadline.unstated for deadline in duty.deadlines)
        open_parts.setdefault(name, []).extend(words for words in found if words)
    for step in program.steps.values():
        if step.unstated:
            name = step.under.instrument if step.under else step.name
            open_parts.setdefault(name, []).append(f"when: {step.title}")
    for name, parts in open_parts.items():
        if parts:
            distinct = "; ".join(dict.fromkeys(parts))
            yield Unknown("unstated", f"{_name(program, name)} leaves open: {distinct}")


def _name(program: Program, name: str) -> str:
    text = program.instruments.get(name)
    return (text.short or text.title) if text else name
