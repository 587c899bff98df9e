"""The declarations of a rule program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.rules.conditions import (
        Atom,
        Condition,
        Count,
        Occurs,
        Variable,
    )
    from vigens.rules.duties import Obligation
    from vigens.rules.fluents import EventType, Fluent
    from vigens.rules.texts import Instrument, Reading, Under, Variant


#: Sorts that are the parties of one type: states and organisations of states.
ACTOR_TYPES = ("state", "organisation")


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
class Delay:
    """How long after something, as treaties write it.

    Attributes:
        amount: How many units; 0 means upon.
        unit: Unit of the amount.
        first_of: `None`; `month`: the first day of the month so reached ("the first day
            of the sixth month after the month in which"); `following month`: the first
            day of the month after it ("following the expiration of"); `end of month`:
            when that month is over; likewise of `quarter` and `year`; `end of day`.
    """

    amount: int
    unit: str
    first_of: str | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """A text brings an event about: upon another one, or once a condition holds.

    Attributes:
        name: Name in rules.
        title: How answers say it.
        brings: The event; its variables are bound by `upon` or by `once`.
        upon: Each occurrence of it brings the event about.
        once: Each beginning of this condition does.
        when: What must hold just before that.
        unless: What must not hold just before the event comes about.
        delay: How long after; `None` means at once.
        not_before: EDTF; the event does not come about earlier.
        perhaps: Why it only may come about; `None` means that it does.
        under: Whose text says so.
        reading: The variant reading under which it counts.
        source: Place in the text.
        place: Where it is declared.
        known_from: EDTF; from when the rule was public.

    Source:
        VCLT article 24; design, section 3.1, point 1.
    """

    name: str
    title: str
    brings: Atom
    upon: Occurs | None
    once: Condition | None
    when: Condition | None = None
    unless: Condition | None = None
    delay: Delay | None = None
    not_before: str | None = None
    perhaps: str | None = None
    under: Under | None = None
    reading: Reading | None = None
    source: str | None = None
    place: str = ""
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Occurrences of an event that are counted, or a quantity of them added up.

    Attributes:
        name: Name in rules.
        params: Its arguments.
        title: How answers say it.
        event: What is counted, with variables.
        when: What must hold just before an occurrence for it to count.
        sums: The parameter of sort `number` that is added up; `None` counts.
        since: Event from which it counts, its instant included; `None` means always.
        within: How long from `since` it counts, the end excluded.
        until: Event at which it stops counting, its instant excluded.
        until_delay: How long after `until` it stops.
        under: Whose text says so.
        source: Place in the text.
        place: Where it is declared.

    Source:
        Design, section 3.1, point 6.
    """

    name: str
    params: tuple[Variable, ...]
    title: str
    event: Atom
    when: Condition | None = None
    sums: str | None = None
    since: Occurs | None = None
    within: Delay | None = None
    until: Occurs | None = None
    until_delay: Delay | None = None
    under: Under | None = None
    source: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """A declared number for each value of a sort, as shares of emissions or votes.

    Attributes:
        name: Name in rules.
        title: How answers say it.
        sort: Whose values have a number.
        amounts: Value to its number, as whole multiples of `unit`.
        scale: How many multiples make one; 100 where two decimals are written.
        place: Where it is declared.
    """

    name: str
    title: str
    sort: str
    amounts: Mapping[str, int]
    scale: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A planned step, with its derived date and what would show it done."""

    name: str
    title: str
    is_about: bool
    amount: int | None
    unit: str | None
    anchor: Occurs | None
    date: str | None
    unstated: str | None
    outcome: Atom | None
    under: Under | None
    source: str | None
    place: str
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a count counts; two measures are never compared or summed.

    Attributes:
        name: Name in rules.
        title: How answers say it.
        place: Where it is declared.
        counts: What it is a count of, where the rules have a word for it: an anonymous
            count is then a lower bound, by maximum with the named ones, never by sum.
    """

    name: str
    title: str
    place: str
    counts: Count | None = None


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
    provisions: Mapping[str, Provision] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    weights: Mapping[str, Weights] = field(default_factory=dict)

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
        if sort in ACTOR_TYPES:
            return tuple(a.name for a in self.actors.values() if a.type == sort)
        named = tuple(a.name for a in self.actors.values() if a.sort == sort)
        return named or self.sorts[sort].values

    def root_of(self, sort: str) -> str:
        """Give the sort that another one is part of: `party` for `state`."""
        return "party" if sort in ACTOR_TYPES else sort

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
