"""A program as it was known at a time: rules that nobody had seen are not in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vigens.chrono import end_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.rules.duties import Deadline, Mark, Obligation, Trigger
    from vigens.rules.fluents import Change, Fluent, Held, Lasting
    from vigens.rules.program import Program, Provision, Step
    from vigens.rules.texts import Reading

    _Clause = Provision | Change | Held | Lasting | Trigger | Deadline | Mark


def as_known(program: Program, known_at: int, zone: str) -> Program:
    """Leave out the duties, provisions, steps and variants that became known later.

    What stands `under` a text is known from that text's day, unless it says its own.
    The texts themselves stay, so that one can ask about a text before its day. States
    keep their rules, since they answer from evidence, which has clocks of its own; only
    one that itself says from when its rule is known has none before.

    Args:
        program: As the files declare it.
        known_at: UTC seconds, included.
        zone: IANA zone of civil days.

    Returns:
        The same program where nothing is left out.

    Source:
        Design, section 3.3: `known_at` selects what is known of a text.
    """

    def seen(part: Obligation | Step | Provision) -> bool:
        text = program.instruments.get(part.under.instrument) if part.under else None
        date = part.known_from or (text.known_from if text else None)
        return is_known(date, known_at, zone)

    def state(fluent: Fluent) -> Fluent:
        return (
            fluent if is_known(fluent.known_from, known_at, zone) else _without(fluent)
        )

    found = replace(
        program,
        obligations={n: o for n, o in program.obligations.items() if seen(o)},
        steps={n: s for n, s in program.steps.items() if seen(s)},
        provisions={n: p for n, p in program.provisions.items() if seen(p)},
        fluents={n: state(f) for n, f in program.fluents.items()},
    )
    gone = set(_variants_in(program)) - set(_variants_in(found))
    kept = {n: v for n, v in program.variants.items() if n not in gone}
    return replace(found, variants=kept)


def _without(fluent: Fluent) -> Fluent:
    return replace(
        fluent, initiated=(), terminated=(), held=(), initially=(), lasting=()
    )


def is_known(known_from: str | None, known_at: int, zone: str) -> bool:
    """Say whether what is known from a date was known by an instant.

    Source:
        Design, section 4.2: a source dated to the month is visible at its end.
    """
    return known_from is None or end_of(known_from, zone) <= known_at


def _variants_in(program: Program) -> Iterator[str]:
    for reading in _readings_in(program):
        if reading is not None:
            yield reading.variant


def _readings_in(program: Program) -> Iterator[Reading | None]:
    clauses: list[_Clause] = [*program.provisions.values()]
    for fluent in program.fluents.values():
        clauses += [*fluent.initiated, *fluent.terminated]
        clauses += [*fluent.held, *fluent.lasting]
    for duty in program.obligations.values():
        clauses += [*duty.triggers, *duty.deadlines, *duty.marks]
    for clause in clauses:
        yield clause.reading
