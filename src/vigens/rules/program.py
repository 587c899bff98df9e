"""The declarations of a rule program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.rules.conditions import Atom, Condition, Variable


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one variant: the clause counts only under it."""

    variant: str
    name: str

    def __str__(self) -> str:
        return f"{self.variant}.{self.name}"


@dataclass(frozen=True, slots=True)
class Under:
    """Whose text says so."""

    instrument: str
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of values: closed (listed) or open (named as they come)."""

    name: str
    title: str
    values: tuple[str, ...]
    is_open: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A party, group or body."""

    name: str
    title: str
    sort: str
    type: str
    status: str | None = None
    aliases: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an instrument that can be endorsed by itself."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or a political text, and what it says of itself.

    Attributes:
        name: Name in rules.
        title: Title as published.
        kind: `treaty`, `declaration`, ...
        family: `treaty` or `political`, by kind.
        text_status: `published`, `draft`, `reported` or `not seen`.
        stated: Key to values, for `stated(...)`; a key in `unstated` is left open.
        unstated: Key to what is said about its absence.
        issuers: Actors whose word on their own acts goes first.
        components: Parts in the text's order.
        adopted: EDTF or `None`.
        links: Pairs (relation, instrument).
        place: Where it is declared.
        short: What to call it in a sentence; the title where none is given.
        known_from: EDTF; from when its text, or the report of it, was public.

    Source:
        Design, section 3; VCLT article 2(1)(a) for the family `treaty`.
    """

    name: str
    title: str
    kind: str
    family: str
    text_status: str
    stated: Mapping[str, tuple[str, ...]]
    unstated: Mapping[str, str]
    issuers: tuple[str, ...]
    components: tuple[Component, ...]
    adopted: str | None
    links: tuple[tuple[str, str], ...]
    place: str = ""
    short: str | None = None
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of act (whole civil days) or occurrence (a coarse date is a range)."""

    name: str
    params: tuple[Variable, ...]
    phrase: str
    is_act: bool
    applies_to: str | None
    is_secret: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A rule by which an event starts or stops a fluent.

    Attributes:
        event: The event with variables or constants.
        when: What must hold just before.
        perhaps: Why the event only may bring it about; `None` means that it does.
        reading: The variant reading under which the clause counts.
        place: Where it is written.
    """

    event: Atom
    when: Condition | None
    perhaps: str | None
    reading: Reading | None
    place: str


@dataclass(frozen=True, slots=True)
class Held:
    """A condition under which a fluent holds."""

    condition: Condition
    reading: Reading | None
    place: str


@dataclass(frozen=True, slots=True)
class Fluent:
    """A state that changes in time: inertial, or held while a condition holds."""

    name: str
    params: tuple[Variable, ...]
    phrase: str
    initiated: tuple[Change, ...]
    terminated: tuple[Change, ...]
    held: tuple[Held, ...]
    applies_to: str | None = None
    under: Under | None = None
    rule: str | None = None
    source: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes a duty due: a state, or each occurrence of an event."""

    condition: Condition | None
    event: Atom | None
    reading: Reading | None
    place: str


@dataclass(frozen=True, slots=True)
class Performance:
    """What fulfils a duty: a state, an event, or nothing that the text names."""

    condition: Condition | None
    event: Atom | None
    unstated: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty is due.

    Attributes:
        relation: `within` (not after) or `at` (not before).
        amount: How many units; `None` where the text does not say.
        unit: Unit of the amount.
        anchor: Event from which it runs; `None` means the trigger.
        unstated: What the text leaves open.
        reading: The variant reading under which the clause counts.
        place: Where it is written.
    """

    relation: str
    amount: int | None
    unit: str | None
    anchor: Atom | None
    unstated: str | None
    reading: Reading | None
    place: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """What somebody owes, when, to whom and by when."""

    name: str
    title: str
    params: tuple[Variable, ...]
    obligor: str | None
    obligor_role: str | None
    obligor_unstated: str | None
    obligee: str | None
    modality: str
    triggers: tuple[Trigger, ...]
    condition: Condition | None
    performance: Performance | None
    deadlines: tuple[Deadline, ...]
    under: Under | None
    source: str | None
    place: str
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A planned step, with its derived date and what would show it done."""

    name: str
    title: str
    is_about: bool
    amount: int | None
    unit: str | None
    anchor: Atom | None
    date: str | None
    unstated: str | None
    outcome: Atom | None
    under: Under | None
    source: str | None
    place: str
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a count counts; two measures are never compared or summed."""

    name: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One clause with several readings."""

    name: str
    title: str
    readings: tuple[tuple[str, str], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that the agreement files and the general law declare.

    Source:
        Design, sections 3 and 4.6.
    """

    digest: str
    sorts: Mapping[str, Sort] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    events: Mapping[str, EventType] = field(default_factory=dict)
    fluents: Mapping[str, Fluent] = field(default_factory=dict)
    obligations: Mapping[str, Obligation] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    variants: Mapping[str, Variant] = field(default_factory=dict)

    def values_of(self, sort: str) -> tuple[str, ...]:
        """List the declared values of a sort, in order of declaration."""
        if sort == "instrument":
            return tuple(self.instruments)
        if sort == "component":
            return tuple(
                dict.fromkeys(
                    part.name
                    for text in self.instruments.values()
                    for part in text.components
                )
            )
        named = tuple(a.name for a in self.actors.values() if a.sort == sort)
        return named or self.sorts[sort].values

    def title_of(self, value: str) -> str:
        """Give the words for a value: a party's name, a component's title."""
        if value in self.actors:
            return self.actors[value].title
        if value in self.instruments:
            return self.instruments[value].short or self.instruments[value].title
        for text in self.instruments.values():
            for part in text.components:
                if part.name == value:
                    return part.title
        return value
