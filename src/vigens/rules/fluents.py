"""What happens and what is so: events with their powers, states with their rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.rules.conditions import Condition, Occurs, Term, Variable
    from vigens.rules.texts import Reading, Under


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

    @property
    def own(self) -> tuple[Variable, ...]:
        """Give the arguments but for the value, which a rule names only by `value`.

        Source:
            Event calculus with values: a fluent has its value at an instant.
        """
        return self.params[:-1] if self.has_values else self.params
