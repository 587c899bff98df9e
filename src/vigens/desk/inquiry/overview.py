"""A case without a first line of its own: how its texts and its own states stand."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.desk.comparing import MOST_LOOKED_AT
from vigens.desk.treaties import read_standing
from vigens.engine import Verdict, verdicts_of
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session
    from vigens.rules import Fluent, Instrument

#: What it comes to that a text stands, by its family.
_STANDS = {"treaty": "in_force", "political": "in_effect"}


@dataclass(frozen=True, slots=True)
class StandingText:
    """One text.

    Attributes:
        text: The instrument.
        verdict: Whether it is in force, or in effect; `None` where neither is asked.
        question: What was asked.
        since: Day on which a treaty surely entered into force, or empty.
        n_parties: How many parties a treaty has, surely and possibly.
    """

    text: Instrument
    verdict: Verdict | None
    question: str
    since: str
    n_parties: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class CountedState:
    """One state that the case's own pages declare, over all of its values.

    Attributes:
        fluent: As declared.
        question: Which asks for all of them.
        yes: How many hold.
        no: How many do not.
        unknown: Of how many it is not known.
    """

    fluent: Fluent
    question: str
    yes: int
    no: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to see.

    Attributes:
        texts: In the order of the agreement files.
        states: In the order of declaration; of the general law none.
    """

    texts: tuple[StandingText, ...]
    states: tuple[CountedState, ...]


def read_overview(session: Session) -> Overview:
    """Say how the texts and the own states of a case stand on the day of the lens."""
    return Overview(tuple(_texts(session)), tuple(_states(session)))


def last_look(session: Session) -> int | None:
    """Say how far anybody looked at anything, where that is not the day asked about.

    Returns:
        The last instant that any look reaches, UTC seconds; `None` where one reaches
        the day asked about, or nobody ever looked.
    """
    last = max((look.end for look in session.evaluation.world.coverage), default=None)
    return last - 1 if last is not None and last <= session.lens.as_of else None


def _texts(session: Session) -> Iterator[StandingText]:
    treaties = {each.instrument.name: each for each in read_standing(session)}
    for text in session.texts():
        name = _STANDS.get(text.family, "")
        if text.name in treaties:
            found = treaties[text.name]
            yield StandingText(
                text,
                found.in_force,
                f"{name}({text.name})",
                found.entry_into_force or "",
                found.n_parties,
            )
        elif name in session.case.program.fluents:
            atom = Atom(name, (Constant(text.name),))
            (verdict,) = verdicts_of(session.evaluation, [atom], session.lens.as_of)
            yield StandingText(text, verdict, str(atom), "", None)
        else:
            yield StandingText(text, None, "", "", None)


def _states(session: Session) -> Iterator[CountedState]:
    for name, fluent in session.case.program.fluents.items():
        if fluent.place.startswith("law/"):
            continue
        wild = Atom(name, tuple(Variable("_", "_") for _ in fluent.params))
        atoms = list(itertools.islice(session.expand(wild), MOST_LOOKED_AT))
        found = verdicts_of(session.evaluation, atoms, session.lens.as_of)
        asked = f"{name}({', '.join('_' for _ in fluent.params)})"
        yield CountedState(
            fluent,
            asked if fluent.params else name,
            found.count(Verdict.HOLDS),
            found.count(Verdict.FAILS),
            found.count(Verdict.OPEN),
        )
