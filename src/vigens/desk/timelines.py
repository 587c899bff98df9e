"""Every maximal interval of every fluent that a pattern names."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine import HIGH, LOW
from vigens.rules import Atom, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.desk.answers import Session


@dataclass(frozen=True, slots=True)
class Interval:
    """One maximal interval.

    Attributes:
        fluent: Its name.
        arguments: Its values.
        bound: `surely` or `possibly`.
        start: UTC seconds; `None` where it has no beginning.
        end: UTC seconds, excluded; `None` where it reaches past the day asked about.
    """

    fluent: str
    arguments: tuple[str, ...]
    bound: str
    start: int | None
    end: int | None


def read_timeline(session: Session, pattern: str | None) -> Iterator[Interval]:
    """List every maximal interval up to the day asked about.

    Args:
        session: The case through its lens.
        pattern: `ceasefire(_)`, `endorsed(paris, _, CZ)`, a name, a name with `*`,
            or `None` for all.

    Raises:
        UsageError: The pattern names nothing.
    """
    limit = session.lens.as_of + 1
    for atom in _atoms(session, pattern):
        bounds = session.evaluation.bounds(atom)
        for bound, spans in (("surely", bounds.surely), ("possibly", bounds.possibly)):
            for start, end in spans:
                if start < limit:
                    yield Interval(
                        atom.name,
                        atom.values,
                        bound,
                        None if start <= LOW else start,
                        None if end >= min(limit, HIGH) else end,
                    )


def _atoms(session: Session, pattern: str | None) -> Iterator[Atom]:
    fluents = session.case.program.fluents
    if pattern is not None and "(" in pattern:
        yield from session.atoms(pattern)
        return
    names = fnmatch.filter(fluents, pattern or "*")
    if not names:
        yield from session.atoms(pattern or "")
        return
    for name in names:
        params = fluents[name].params
        wild = Atom(name, tuple(Variable("_", "_") for _ in params))
        yield from session.expand(wild)
