"""What somebody owes: what makes it due, what fulfils it, and what else befalls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.rules.conditions import Condition, Occurs, Variable
    from vigens.rules.texts import Reading, Under


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes a duty due: a state, or each occurrence of an event.

    Attributes:
        condition: One instance for each span in which it holds, as long as that lasts.
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

    @property
    def ends_span(self) -> bool:
        """Whether it is over with a day, month, quarter or year."""
        return self.first_of is not None and self.first_of.startswith("end of")


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
