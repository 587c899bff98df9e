"""What happened in one completion, and what can be asked of its course."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from vigens.base import InputError
from vigens.rules import Atom, Constant, Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vigens.engine.world import World
    from vigens.rules import Condition, Occurs, Program, Reading, Stated, Term

#: How the name of an occurrence begins that nobody recorded.
UNSEEN = "unseen"


class CircleError(InputError):
    """A state rests on itself with no time in between."""

    def __init__(self, what: str) -> None:
        """Name the state."""
        super().__init__(
            f"a circle without time through {what}",
            "the rule program",
            "let a rule read the state just before, with `when`",
        )


@dataclass(frozen=True, slots=True)
class Occurred:
    """One concrete occurrence.

    Attributes:
        event: Event type.
        values: Its arguments.
        instant: UTC seconds.
        ref: Empty for one that nobody recorded.
        by: Who did it; empty for somebody whom the rules do not name.
    """

    event: str
    values: tuple[str, ...]
    instant: int
    ref: str
    by: str | None = None


@dataclass(slots=True)
class Settled:
    """One way in which everything unknown may have been.

    Attributes:
        world: With every reading chosen.
        occurred: What happened, and when.
        anchors: States seen, as (fluent, values, instant, holds).
        counts: Anonymous counts, as (measure, instant, at least).
        choices: Every other unknown, by kind and name, as it was settled.
        may_choose: Whether an unknown that was not met before is settled as no.
    """

    world: World
    occurred: tuple[Occurred, ...]
    anchors: tuple[tuple[str, tuple[str, ...], int, bool], ...]
    counts: tuple[tuple[str, int, int], ...] = ()
    choices: dict[tuple[str, str], bool] = field(default_factory=dict)
    may_choose: bool = True

    def settle(self, kind: str, what: str) -> bool:
        """Say how an unknown was settled."""
        if (kind, what) not in self.choices:
            assert self.may_choose, f"not settled: {kind} {what}; name it as asked"
            self.choices[kind, what] = False
        return self.choices[kind, what]


class Story(Protocol):
    """The course of one completion, as its parts ask it of one another.

    Attributes:
        settled: What it is the course of.
        instants: The outset, then every instant at which anything may change.
    """

    settled: Settled
    instants: Sequence[int]

    def place_of(self, instant: int) -> int:
        """Give the place of the last of the instants that is not later."""

    def is_read(self, reading: Reading | None) -> bool:
        """Say whether a clause counts under the chosen readings."""

    def holds(self, condition: Condition, instant: int, now: int | None = None) -> bool:
        """Evaluate a ground condition; `now` is the place that `happens` reads."""

    def matches(
        self, occurs: Occurs, binding: Mapping[str, str], place: int
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """List what occurs at a place, as its name and the values of all variables."""

    def stops(self, name: str, place: int) -> bool:
        """Say whether anything stops a fluent at a place, for whatever arguments."""

    def values(self, sort: str) -> tuple[str, ...]:
        """List every value of a sort that is declared or ever named."""

    def named_by(self, sort: str, instant: int) -> tuple[str, ...]:
        """List the values of a sort that are declared or named by an instant."""


def open_key(condition: Stated) -> str:
    """Name what a text leaves open, as one of the unknowns of a completion.

    Source:
        Design, section 4.3, cause 4.
    """
    return f"{condition.instrument} {condition.key} {condition.value}"


def matched(
    program: Program, terms: Iterable[Term], values: Sequence[str]
) -> dict[str, str] | None:
    """Match terms against values; a variable of a sub-sort takes only what is in it."""
    found: dict[str, str] = {}
    for term, value in zip(terms, values, strict=True):
        if isinstance(term, Constant):
            if term.value != value:
                return None
        elif found.setdefault(term.name, value) != value or (
            program.root_of(term.sort) != term.sort
            and value not in program.values_of(term.sort)
        ):
            return None
    return found


def bindings(
    story: Story, variables: Iterable[Variable]
) -> Iterator[tuple[dict[str, str], str]]:
    """List every choice of values for variables, each with its name."""
    free = list({one.name: one for one in variables}.values())
    for values in itertools.product(*(story.values(one.sort) for one in free)):
        names = [one.name for one in free]
        yield dict(zip(names, values, strict=True)), ",".join(values)


def variables_of(atom: Atom) -> list[Variable]:
    """List the variables of an atom."""
    return [term for term in atom.terms if isinstance(term, Variable)]
