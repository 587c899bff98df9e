"""A program as it was known at a time: duties that nobody had seen are not in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.chrono import end_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules.program import Obligation, Program, Step


def as_known(program: Program, known_at: int, zone: str) -> Program:
    """Leave out the duties, steps and variants that became known only later.

    What stands `under` a text is known from that text's day, unless it says its own.
    The texts themselves stay, so that one can ask about a text before its day; states
    keep their rules, since they answer from evidence, which has clocks of its own.

    Args:
        program: As the files declare it.
        known_at: UTC seconds, included.
        zone: IANA zone of civil days.

    Returns:
        The same program where nothing is left out.

    Source:
        Design, section 3.3: `known_at` selects what is known of a text.
    """

    def seen(part: Obligation | Step) -> bool:
        text = program.instruments.get(part.under.instrument) if part.under else None
        date = part.known_from or (text.known_from if text else None)
        return is_known(date, known_at, zone)

    duties = {n: o for n, o in program.obligations.items() if seen(o)}
    steps = {n: s for n, s in program.steps.items() if seen(s)}
    found = replace(program, obligations=duties, steps=steps)
    gone = set(_variants_in(program)) - set(_variants_in(found))
    kept = {n: v for n, v in program.variants.items() if n not in gone}
    return replace(found, variants=kept)


def is_known(known_from: str | None, known_at: int, zone: str) -> bool:
    """Say whether what is known from a date was known by an instant.

    Source:
        Design, section 4.2: a source dated to the month is visible at its end.
    """
    return known_from is None or end_of(known_from, zone) <= known_at


def _variants_in(program: Program) -> Iterator[str]:
    for fluent in program.fluents.values():
        for change in (*fluent.initiated, *fluent.terminated):
            if change.reading is not None:
                yield change.reading.variant
        for held in fluent.held:
            if held.reading is not None:
                yield held.reading.variant
    for duty in program.obligations.values():
        for trigger in duty.triggers:
            if trigger.reading is not None:
                yield trigger.reading.variant
        for deadline in duty.deadlines:
            if deadline.reading is not None:
                yield deadline.reading.variant
