"""What a question names: a state, an obligation, a planned step or a measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError, nearest
from vigens.desk.matters import MatterView, read_matter
from vigens.desk.status import (
    Duty,
    PlannedStep,
    Tally,
    find_measures,
    read_counts,
    read_duty,
    read_step,
    read_tally,
)
from vigens.desk.tallied import TallyRead, names_tally, read_tallied
from vigens.rules import Atom, atoms_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session
    from vigens.rules import Program

#: Most answers that are unfolded at once; more would be read by nobody.
MOST_UNFOLDED = 60

_NAME = re.compile(r"\s*([\w.:\-]+)")


def read_question(
    session: Session, text: str
) -> tuple[Answer, ...] | Duty | PlannedStep | Tally | TallyRead:
    """Answer a question of any kind.

    Raises:
        UsageError: It names nothing that is declared; the nearest name is proposed.
    """
    program = session.case.program
    name = text.strip()
    if name in program.obligations:
        return read_duty(session, name)
    if name in program.steps:
        return read_step(session, name)
    if names_tally(session, text):
        return read_tallied(session, text)
    if name and name not in program.fluents and find_measures(session, name):
        return read_tally(session, name)
    return session.ask(as_atom(session, text))


def as_atom(session: Session, text: str) -> str:
    """Write a question as an atom; a bare name stands for all of its answers.

    Raises:
        UsageError: No state has this name; the nearest name of any kind is proposed.
    """
    program = session.case.program
    found = _NAME.match(text)
    name = found[1] if found else ""
    fluent = program.fluents.get(name)
    if fluent is None:
        whole = session.whole.program
        if name in whole.obligations or name in whole.steps:
            raise UsageError(
                Message(
                    '"{name}" was not known by {day}',
                    name=name,
                    day=session.day(session.lens.known_at),
                ),
                Message("the question"),
                Message(
                    "look from a later day with --known-at; docs/language.md, `known "
                    "from`"
                ),
            )
        raise _unknown(program, name or text.strip())
    if text.strip() == name and fluent.params:
        return f"{name}({', '.join('_' for _ in fluent.params)})"
    return text


def _unknown(program: Program, name: str) -> UsageError:
    known = {
        **dict.fromkeys(program.events, "an event, not a state: ask what it brings"),
        **dict.fromkeys(program.measures, "a measure"),
        **dict.fromkeys(program.tallies, "a tally"),
        **dict.fromkeys(program.steps, "a planned step"),
        **dict.fromkeys(program.obligations, "an obligation"),
        **dict.fromkeys(program.fluents, "a state"),
    }
    what = f'nothing is called "{name[:60]}"'
    if name in known:
        what = f'"{name[:60]}" is {known[name]}'
    others = {one: kind for one, kind in known.items() if one not in program.events}
    meant = nearest(name, (one for one in others if one != name))
    mend = f'did you mean "{meant}" ({others[meant]})? ' if meant else ""
    return UsageError(
        what,
        Message("the question"),
        Message(
            "{mend}ask for a state, as in {example}, or name an obligation, a "
            "planned step or a measure; `vigens status CASE` shows them",
            mend=mend,
            example=_example(program),
        ),
    )


def _example(program: Program) -> str:
    fluent = next((f for f in program.fluents.values() if f.params), None)
    if fluent is None:
        return next(iter(program.fluents), "activation_condition")
    return f"{fluent.name}({', '.join('_' for _ in fluent.params)})"


def read_meant(
    session: Session, text: str
) -> tuple[tuple[str, ...], tuple[MatterView, ...]]:
    """Find what a question is about: states to unfold, matters to list.

    Raises:
        UsageError: It names nothing that is declared.
        InputError: It is an id of nothing that is claimed.
    """
    program = session.case.program
    name = text.strip()
    if name in program.measures:
        counts = read_counts(session, name).counts
        return (), tuple(read_matter(session, count.ref) for count in counts)
    if name in program.obligations:
        duty = read_duty(session, name)
        asked = dict.fromkeys(
            str(atom)
            for report in duty.instances
            for condition in (report.trigger_condition, report.while_condition)
            if condition is not None
            for atom in atoms_in(condition)
            if atom.is_ground
        )
        events = {
            trigger.event.name
            for trigger in duty.obligation.triggers
            if isinstance(trigger.event, Atom)
        }
        return tuple(asked), _occurrences(session, events)
    if name in program.steps:
        step = program.steps[name]
        parts = [p for p in (step.anchor, step.outcome) if isinstance(p, Atom)]
        return (), _occurrences(session, {atom.name for atom in parts})
    is_id = len(name) >= 6 and set(name.lower()) <= set("0123456789abcdef")
    if is_id and name not in program.fluents:
        return (), (read_matter(session, name),)
    return (as_atom(session, text),), ()


def _occurrences(session: Session, events: set[str]) -> tuple[MatterView, ...]:
    """List what is recorded of some events."""
    return tuple(
        read_matter(session, entry.id)
        for entry in session.assembled.view.entries
        if entry.kind == "occurrence" and entry.payload.get("event") in events
    )


def refuse_crowd(session: Session, questions: Sequence[str]) -> None:
    """Stop before a question with `_` unfolds more than anybody would read.

    Raises:
        UsageError: It stands for too many answers.
    """
    total = sum(len(session.atoms(text)) for text in questions)
    if total > MOST_UNFOLDED:
        raise UsageError(
            Message(
                "this question stands for {total} answers; {most_unfolded} are "
                "unfolded at most",
                total=total,
                most_unfolded=MOST_UNFOLDED,
            ),
            Message("the question"),
            Message("put a name in place of one _; `vigens status` sums them up"),
        )
