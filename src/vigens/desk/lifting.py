"""What an entry comes to as events and states of the general law.

Offers, bodies, texts and meetings are recorded in the words of people; the rules know
them as events. This table is the only place where the one becomes the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigens.journal import Entry
    from vigens.rules import Program


@dataclass(frozen=True, slots=True)
class Lifted:
    """An event, or a state seen to hold or not (`holds`)."""

    name: str
    values: tuple[str, ...]
    holds: bool | None = None


def lift(entry: Entry, program: Program) -> Iterator[Lifted]:
    """List the events or states that a matter stands for; many stand for none."""
    found = _LIFTS.get(entry.kind)
    if found is not None:
        yield from found(entry, program)


def _occurrence(entry: Entry, _: Program) -> Iterator[Lifted]:
    values = tuple(str(value) for value in entry.payload.get("args", ()))
    yield Lifted(str(entry.payload["event"]), values)


def _observation(entry: Entry, _: Program) -> Iterator[Lifted]:
    values = tuple(str(value) for value in entry.payload.get("args", ()))
    yield Lifted(str(entry.payload["fluent"]), values, bool(entry.payload["holds"]))


def _offer(entry: Entry, _: Program) -> Iterator[Lifted]:
    party = str(entry.payload["party"])
    events = {"offer": "offer.announced", "refusal": "offer.refused"}
    event = events.get(str(entry.payload.get("stance")))
    if event is not None:  # what a party calls possible is no offer yet
        for domain in entry.payload.get("domains", ()):
            yield Lifted(event, (party, str(domain)))
    for gate in entry.payload.get("gates", ()):
        yield Lifted("gate.named", (party, str(gate)))


def _approval(entry: Entry, _: Program) -> Iterator[Lifted]:
    event = _RUNGS.get(str(entry.payload.get("level")))
    if event is not None:
        for domain in entry.payload.get("domains", ()):
            yield Lifted(event, (str(entry.payload["party"]), str(domain)))


def _institution(entry: Entry, _: Program) -> Iterator[Lifted]:
    events = {"decided": "body.decided", "existing": "body.set_up"}
    event = events.get(str(entry.payload.get("status")))
    if event is not None:
        yield Lifted(event, (str(entry.payload["body"]),))


def _text(entry: Entry, _: Program) -> Iterator[Lifted]:
    if entry.payload.get("status") == "published":
        yield Lifted("text.published", (str(entry.payload["instrument"]),))


def _meeting(entry: Entry, program: Program) -> Iterator[Lifted]:
    group = entry.payload.get("group")
    if group is None:
        return
    parties = set(program.values_of("party"))
    for seat in entry.payload.get("attendance", ()):
        if seat["actor"] in parties:
            yield Lifted("attends", (str(group), str(seat["actor"])))


#: Who approves an offer, and the act of the general law that this is.
_RUNGS = {
    "ministers": "offer.approved",
    "leaders": "offer.endorsed",
    "parliament": "offer.mandated",
}


def rung_of(level: str) -> str:
    """Name the act of the general law that an approval on a level is."""
    return _RUNGS[level]


_LIFTS: dict[str, Callable[[Entry, Program], Iterator[Lifted]]] = {
    "occurrence": _occurrence,
    "observation": _observation,
    "offer": _offer,
    "approval": _approval,
    "institution": _institution,
    "text": _text,
    "meeting": _meeting,
}
