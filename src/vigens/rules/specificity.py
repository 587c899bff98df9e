"""How specific a promise is: which of its places the text fills, and which it leaves.

Who, what, how much, by when, on what condition, checked by whom. A place is *stated*,
*unstated* (the text leaves it open, in words that the rules repeat) or *empty* (the rules
name nothing there). It is a reading of the rules, not a judgement: a promise may be vague
with good reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vigens.rules.conditions import (
    Atom,
    Comparison,
    Constant,
    Frequency,
    InState,
    Linked,
    Ordered,
    Quantified,
    Same,
    Stated,
    Unstated,
    atoms_in,
    events_in,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.rules.conditions import Condition, Occurs
    from vigens.rules.duties import Deadline, Obligation
    from vigens.rules.fluents import Power
    from vigens.rules.program import Program

#: The places of a promise, in the order of the question.
SLOTS = (
    "who",
    "what",
    "how much",
    "by when",
    "on what condition",
    "checked by whom",
)


class Fill(StrEnum):
    """What stands in a place of a promise."""

    STATED = "stated"
    UNSTATED = "unstated"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a promise: what stands in it, and the words."""

    name: str
    fill: Fill
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Specificity:
    """How specific one obligation is: its places in the order of `SLOTS`."""

    obligation: str
    title: str
    modality: str
    place: str
    slots: tuple[Slot, ...]

    @property
    def n_stated(self) -> int:
        """Count the places that the text fills."""
        return sum(slot.fill is Fill.STATED for slot in self.slots)


def read_specificity(program: Program, obligation: Obligation) -> Specificity:
    """Say of each place of a promise what stands in it.

    Args:
        program: In which the obligation stands.
        obligation: One of its obligations.

    Source:
        Design, section 3.1, point 9.
    """
    slots = (
        _who(program, obligation),
        _what(obligation),
        _how_much(program, obligation),
        _by_when(obligation.deadlines),
        _on_condition(obligation),
        _checked(program, obligation),
    )
    return Specificity(
        obligation.name,
        obligation.title,
        obligation.modality,
        obligation.place,
        slots,
    )


def _slot(name: str, stated: Iterable[str], unstated: Iterable[str] = ()) -> Slot:
    """Fill a place: what is stated goes before what is left open."""
    for fill, words in ((Fill.STATED, stated), (Fill.UNSTATED, unstated)):
        found = tuple(dict.fromkeys(words))
        if found:
            return Slot(name, fill, found)
    return Slot(name, Fill.EMPTY, ())


def _who(program: Program, obligation: Obligation) -> Slot:
    stated = []
    if obligation.obligor is not None:
        stated.append(program.title_of(obligation.obligor))
    if obligation.obligor_role is not None:
        stated.append(f"each {obligation.obligor_role}")
    return _slot("who", stated, _some(obligation.obligor_unstated))


def _what(obligation: Obligation) -> Slot:
    done = obligation.performance
    if done is None:
        return _slot("what", ())
    stated = [*_named(done.condition), *_occurring(done.event)]
    return _slot("what", stated, (*_some(done.unstated), *_left_open(done.condition)))


def _how_much(program: Program, obligation: Obligation) -> Slot:
    done = obligation.performance
    if done is None:
        return _slot("how much", ())
    stated = [
        *(_amounts(program, done.condition) if done.condition is not None else ()),
        *(_of_atom(program, done.event) if isinstance(done.event, Atom) else ()),
    ]
    return _slot("how much", stated)


def _by_when(deadlines: Iterable[Deadline]) -> Slot:
    stated = [_limit(each) for each in deadlines if each.amount is not None]
    unstated = [each.unstated for each in deadlines if each.unstated is not None]
    return _slot("by when", stated, unstated)


def _limit(deadline: Deadline) -> str:
    amount, unit = deadline.amount, deadline.unit
    words = f"{deadline.relation} {amount} {unit}{'s' * (amount != 1)}"
    if deadline.first_of is not None:
        where = deadline.first_of.replace("end of", "end of the")
        words += (
            f", at the {where}" if deadline.ends_span else f", first of the {where}"
        )
    if deadline.anchor is not None:
        words += f" after {deadline.anchor}"
    return words


def _on_condition(obligation: Obligation) -> Slot:
    conditions = [each.condition for each in obligation.triggers]
    conditions.append(obligation.condition)
    stated = [word for each in conditions for word in _named(each)]
    stated += [word for each in obligation.triggers for word in _occurring(each.event)]
    unstated = [word for each in conditions for word in _left_open(each)]
    return _slot("on what condition", stated, unstated)


def _checked(program: Program, obligation: Obligation) -> Slot:
    """Name who finds a breach, or whose act alone shows the performance."""
    found: list[str] = []
    for mark in obligation.marks:
        if mark.kind == "found":
            powers = _powers(program, mark.event)
            found += [_holder(program, power) for power in powers]
            if not powers:
                found += [*_named(mark.condition), *_occurring(mark.event)]
    done = obligation.performance
    for power in _powers(program, done.event if done is not None else None):
        holder = _holder(program, power)
        own = program.title_of(obligation.obligor or "")
        if isinstance(power.holder, Constant) and holder != own:
            found.append(holder)
    return _slot("checked by whom", found)


def _powers(program: Program, occurs: Occurs | None) -> tuple[Power, ...]:
    if not isinstance(occurs, Atom) or occurs.name not in program.events:
        return ()
    return program.events[occurs.name].powers


def _holder(program: Program, power: Power) -> str:
    if isinstance(power.holder, Constant):
        return program.title_of(power.holder.value)
    return str(power.holder)


def _some(words: str | None) -> tuple[str, ...]:
    return () if words is None else (words,)


def _occurring(occurs: Occurs | None) -> tuple[str, ...]:
    return () if occurs is None else (str(occurs),)


def _walk(condition: Condition | None) -> Iterator[Condition]:
    """Go through a condition and all that is inside it."""
    if condition is None:
        return
    yield condition
    for part in parts_of(condition):
        yield from _walk(part)


def _named(condition: Condition | None) -> Iterator[str]:
    """Name the states, events and duties that a condition asks for."""
    if condition is None:
        return
    yield from (str(atom) for atom in (*atoms_in(condition), *events_in(condition)))
    for part in _walk(condition):
        match part:
            case InState(state, duty, _):
                yield f"{state} {duty}"
            case Comparison():
                yield "a number that is compared"
            case Stated(instrument, key, value):
                yield f"stated({instrument}, {key}, {value})"
            case Linked(left, relation, right):
                yield f"{left} {relation} {right}"
            case Same(left, right):
                yield f"{left} is {right}"
            case Ordered(left, relation, right):
                yield f"{left} {relation} {right}"


def _left_open(condition: Condition | None) -> Iterator[str]:
    return (part.what for part in _walk(condition) if isinstance(part, Unstated))


def _amounts(program: Program, condition: Condition) -> Iterator[str]:
    """Say how much a condition asks for: a number, a share, how often."""
    for part in _walk(condition):
        match part:
            case Quantified(share=(above, below), variable=variable):
                yield f"{above}/{below} of {variable.sort}"
            case Quantified(at_least=int(number), variable=variable) if number > 1:
                yield f"{number} of {variable.sort}"
            case Frequency(at_least=number, event=event):
                yield f"{number} times {event.name}"
                yield from _of_atom(program, event)
            case Comparison() | Ordered():
                yield "a number that is compared"
            case Atom():
                yield from _of_atom(program, part)


def _of_atom(program: Program, atom: Atom) -> Iterator[str]:
    """Give the numbers that an event or state names."""
    declared = program.events.get(atom.name) or program.fluents.get(atom.name)
    if declared is None:
        return
    for param, term in zip(declared.params, atom.terms, strict=False):
        if param.sort == "number" and isinstance(term, Constant):
            yield f"{param.name} {term.value}"
