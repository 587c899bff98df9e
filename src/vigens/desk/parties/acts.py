"""Acts of one party on one text, each with its date and how it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.engine import phrase
from vigens.model import Weight
from vigens.rules import Atom, Constant

if TYPE_CHECKING:
    from vigens.desk.answers import Session


@dataclass(frozen=True, slots=True)
class ActDone:
    """One act as it is recorded.

    Attributes:
        event: Its type.
        text: In words.
        component: On which part of the text, or empty.
        first: Earliest instant, UTC seconds.
        last: Latest instant, included.
        happened: As written, or empty.
        weight: How it counts.
        reason: Why it counts so.
        ref: Its entry, or the provision that brought it about.
        is_disputed: Whether claims on both sides count.
        is_hypothesis: Whether it is only supposed.
    """

    event: str
    text: str
    component: str
    first: int
    last: int
    happened: str
    weight: Weight
    reason: str
    ref: str
    is_disputed: bool
    is_hypothesis: bool


def read_acts(session: Session, party: str, instrument: str) -> tuple[ActDone, ...]:
    """List the acts of a party on a text up to the day asked about, by date."""
    program = session.case.program
    found = []
    for event in program.events.values():
        sorts = [param.sort for param in event.params]
        if "party" not in sorts or "instrument" not in sorts:
            continue
        places = [i for i, sort in enumerate(sorts) if sort == "party"]
        text_at = sorts.index("instrument")
        asked: list[str | None] = [None] * len(sorts)
        asked[text_at] = instrument
        asked[places[-1]] = party
        for done in session.evaluation.occurred(event.name, tuple(asked)):
            is_of = done.values[text_at] == instrument
            if not is_of or done.values[places[-1]] != party:
                continue
            if done.first > session.lens.as_of or done.ref.startswith("provision "):
                continue
            terms = tuple(Constant(value) for value in done.values)
            part = [
                value
                for sort, value in zip(sorts, done.values, strict=True)
                if sort == "component"
            ]
            found.append(
                ActDone(
                    event.name,
                    phrase(program, Atom(event.name, terms)),
                    part[0] if part else "",
                    done.first,
                    done.last,
                    done.when_text,
                    done.weight,
                    done.reason,
                    done.ref,
                    done.is_disputed,
                    done.is_hypothesis,
                )
            )
    return tuple(sorted(found, key=lambda act: (act.first, act.last, act.event)))
