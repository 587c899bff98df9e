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
        Term,
        Variable,
    )


#: Sorts that are the parties of one type: states and organisations of states.
ACTOR_TYPES = ("state", "organisation")


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
class Power:
    """Who may bring an event about, and by which decision.

    Attributes:
        holder: The actor whose act counts: a constant, or a parameter of the event.
        condition: What must hold just before, as a majority; `None` where nothing.
        unstated: What the text leaves open of how the holder decides.
        place: Where it is written.

    Source:
        Design, section 3.1, point 5.
    """

    holder: Term
    condition: Condition | None
    unstated: str | None
    place: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of act (whole civil days) or occurrence (a coarse date is a range).

    Attributes:
        name: Name in rules.
        params: Its arguments; one of the sort `number` carries a quantity.
        phrase: How answers say it.
        is_act: Whether it takes effect for whole civil days.
        applies_to: Family of texts that it is said of.
        is_secret: Whether silence never proves that it did not happen.
        place: Where it is declared.
        powers: Who may bring it about; without any, everybody's act counts.
    """

    name: str
    params: tuple[Variable, ...]
    phrase: str
    is_act: bool
    applies_to: str | None
    is_secret: bool = False
    place: str = ""
    powers: tuple[Power, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A rule by which an event starts or stops a fluent.

    Attributes:
        event: The event, or another state's beginning or end, with variables.
        when: What must hold just before.
        perhaps: Why the event only may bring it about; `None` means that it does.
        reading: The variant reading under which the clause counts.
        place: Where it is written.
        value: Of a fluent with values: the one that starts or stops. `None` where the
            fluent has none, and in a stop that stops whatever value there is.
    """

    event: Occurs
    when: Condition | None
    perhaps: str | None
    reading: Reading | None
    place: str
    value: Term | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A condition under which a fluent holds."""

    condition: Condition
    reading: Reading | None
    place: str


@dataclass(frozen=True, slots=True)
class Initially:
    """A fluent holds, or has a value, from the beginning of the case.

    Attributes:
        value: Of a fluent with values: the one that it has; else `None`.
        place: Where it is written.
    """

    value: Term | None
    place: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """A state, or one value of it, ends by itself after a time.

    Every start of the value at `t`, also one while it holds, sets a timer. At `t` plus
    the time the timer brings the end, unless the value was stopped strictly in between.
    Where it is renewable a further start up to and including the end cancels the
    earlier timer.

    Attributes:
        value: Of a fluent with values: the one that is limited; else `None`.
        amount: How long.
        unit: Unit of the amount.
        becomes: The value that follows; `None` where none does.
        is_renewable: Whether a further start begins the time anew.
        reading: The variant reading under which the clause counts.
        place: Where it is written.
    """

    value: str | None
    amount: int
    unit: str
    becomes: str | None
    is_renewable: bool
    reading: Reading | None
    place: str


@dataclass(frozen=True, slots=True)
class Fluent:
    """A state that changes in time: inertial, or held while a condition holds.

    Attributes:
        name: Name in rules.
        params: Its arguments. Of a fluent with values the last one is the value.
        phrase: How answers say it.
        initiated: What starts it.
        terminated: What stops it.
        held: Conditions under which it holds.
        applies_to: Family of texts that it is said of.
        under: Whose text says so.
        rule: The rule in words.
        source: Place in the text.
        place: Where it is declared.
        has_values: At most one value of the last argument holds at a time, and to start
            one stops every other; of two started at one instant none holds.
        initially: What holds from the beginning of the case.
        lasting: What ends by itself.
        known_from: EDTF; from when the rule was public.
    """

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
    has_values: bool = False
    initially: tuple[Initially, ...] = ()
    lasting: tuple[Lasting, ...] = ()
    known_from: str | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after something, as treaties write it.

    Attributes:
        amount: How many units; 0 means upon.
        unit: Unit of the amount.
        first_of: `None`; `month`: the first day of the month so reached ("the first day
            of the sixth month after the month in which"); `following month`: the first
            day of the month after it ("following the expiration of").
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
class Trigger:
    """What makes a duty due: a state, or each occurrence of an event.

    Attributes:
        condition: From each beginning of it on.
        event: Upon each occurrence; a role of the obligor is read just before it.
        reading: The variant reading under which the clause counts.
        place: Where it is written.
        when: What must hold just before the event.
    """

    condition: Condition | None
    event: Occurs | None
    reading: Reading | None
    place: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """What fulfils a duty: a state, an event, or nothing that the text names."""

    condition: Condition | None
    event: Occurs | None
    unstated: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What else befalls an instance of a duty.

    Attributes:
        kind: `waived`, `released`, `lapsed` (each ends what is not performed by then);
            `excused`, `suspended` (while the condition holds, or from the event on);
            `partly` (performed in part); `alleged`, `found` (a breach, by somebody or
            by a body with the power); `denied` (an allegation); `remedied`.
        event: From this occurrence on.
        condition: While this holds.
        reading: The variant reading under which the clause counts.
        place: Where it is written.

    Source:
        Design, section 3.1, point 4.
    """

    kind: str
    event: Occurs | None
    condition: Condition | None
    reading: Reading | None
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
        first_of: As in `Delay`.
    """

    relation: str
    amount: int | None
    unit: str | None
    anchor: Occurs | None
    unstated: str | None
    reading: Reading | None
    place: str
    first_of: str | None = None


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
    marks: tuple[Mark, ...] = ()


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
