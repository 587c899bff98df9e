"""Lanes of a timeline: where each state surely and where it possibly held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError, nearest
from vigens.engine import HIGH, LOW, phrase, phrase_in_general
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.desk.answers import Session
    from vigens.engine import Bounds

#: Most lanes that one timeline shows; the rest is counted.
MOST_LANES = 40

#: A stretch of time: UTC seconds, the end excluded; `None` reaches past the picture.
Stretch = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Lane:
    """One state, or one state of an obligation.

    Attributes:
        label: In words, short.
        text: In words, whole.
        question: As one would ask; empty of an obligation's state.
        surely: Where it surely held, up to the day asked about.
        possibly: Where it possibly held.
    """

    label: str
    text: str
    question: str
    surely: tuple[Stretch, ...]
    possibly: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """A timeline.

    Attributes:
        title: What it is of.
        lanes: Those that hold at any time, surely ones first.
        n_more: How many more there are.
        n_never: How many never hold, not even possibly.
    """

    title: str
    lanes: tuple[Lane, ...]
    n_more: int
    n_never: int


def read_lanes(session: Session, question: str) -> Lanes:
    """Lay out the timeline of every state that a question stands for.

    Args:
        session: The case through its lens.
        question: `endorsed(paris, _, CZ)`, or the name of a state.

    Raises:
        UsageError: It names nothing that is declared, or stands for too many.
    """
    program = session.case.program
    name = question.strip()
    fluent = program.fluents.get(name)
    if fluent is not None:
        wild = Atom(name, tuple(Variable("_", "_") for _ in fluent.params))
        atoms: Sequence[Atom] = tuple(session.expand(wild))
        title = phrase_in_general(fluent) if not fluent.params else name
    else:
        if "(" not in name:
            raise _unknown(session, name)
        atoms = session.atoms(name)
        title = phrase(program, atoms[0]) if len(atoms) == 1 else name
    rows = [atom.values for atom in atoms]
    bounds = session.evaluation.bounds_of(atoms[0].name, rows) if atoms else []
    varying = _varying(rows)
    found = []
    for atom, each in zip(atoms, bounds, strict=True):
        surely, possibly = _clip(session, each.surely), _clip(session, each.possibly)
        if not possibly:
            continue
        words = [program.title_of(atom.values[place]) for place in reversed(varying)]
        text = phrase(program, atom)
        label = ", ".join(words) or text
        found.append(Lane(label, text, str(atom), surely, possibly))
    found.sort(key=lambda lane: not lane.surely)
    shown = tuple(found[:MOST_LANES])
    return Lanes(title, shown, len(found) - len(shown), len(atoms) - len(found))


def _unknown(session: Session, name: str) -> UsageError:
    program = session.case.program
    known = (*program.fluents, *program.obligations)
    meant = nearest(name, known)
    mend = f'did you mean "{meant}"? ' if meant else ""
    return UsageError(
        Message('no state and no obligation is called "{name}"', name=name[:60]),
        Message("the question"),
        Message(
            "{mend}ask for a state, as in endorsed(paris, _, CZ), or an obligation",
            mend=mend,
        ),
    )


def _varying(rows: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """Give the places at which the values of the rows differ."""
    columns = list(zip(*rows, strict=True))
    return tuple(i for i, column in enumerate(columns) if len(set(column)) > 1)


def _clip(session: Session, spans: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
    limit = session.lens.as_of + 1
    return tuple(
        (None if start <= LOW + 1 else start, None if end >= min(limit, HIGH) else end)
        for start, end in spans
        if start < limit
    )


def moment_words(session: Session, instant: int | None) -> str:
    """Say an instant; one second after a midnight is said by the midnight."""
    if instant is None:
        return ""
    said = session.date(instant)
    before = session.date(instant - 1)
    is_after = "T" in said and before and "T" not in before
    return f"after {before}" if is_after else said


def edges_of(bounds: Bounds) -> set[int]:
    """List the instants at which bounds change."""
    return {
        edge
        for spans in (bounds.surely, bounds.possibly)
        for span in spans
        for edge in span
        if LOW + 1 < edge < HIGH - 1
    }
