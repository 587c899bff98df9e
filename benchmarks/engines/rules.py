"""Vigens: the rules as an agreement file, the log as a bulk table of a case."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.engines.rows import Params, Row, read_params
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.engine import (
    Evaluation,
    IntervalColumns,
    interval_columns,
    number_speller,
    parts_of_rows,
    speller,
)
from vigens.model import Coded

#: What a state of the rules is called in the rows: fluent, subject, status.
STATES = (
    ("bound", "party", "ratified"),
    ("truce", "ceasefire", "holds"),
    ("pact_in_force", "instrument", "in_force"),
    ("restraint", "restraint", "active"),
)
#: States of the duty, and the status in the rows.
DUTIES = (
    ("pending", "pending"),
    ("performed", "fulfilled"),
    ("overdue", "violated"),
    ("late", "remedied"),
)
_HOUR = 3600


def run(folder: Path) -> list[Row]:
    """Read, evaluate and give the rows."""
    params = read_params(folder)
    return as_rows(evaluate(open_log(folder, params).evaluation, params))


def open_log(folder: Path, params: Params) -> Session:
    """Compile the rules, read the log, and look from the horizon."""
    case = open_case(folder, lambda: datetime.fromtimestamp(0, UTC))
    now = params.horizon * _HOUR
    session = Session(case, make_lens(case, Looking(now, assume_no_other_change=True)))
    assert session.evaluation.plan.order.groups  # compiled with the rules
    return session


def evaluate(
    evaluation: Evaluation, params: Params
) -> list[tuple[str, str, IntervalColumns]]:
    """Evaluate every state: arrays in, arrays out."""
    until = params.horizon * _HOUR
    found = [
        (subject, status, interval_columns(evaluation, name, until=until))
        for name, subject, status in STATES
    ]
    found += [
        (
            "respond",
            status,
            interval_columns(evaluation, "respond", state=state, until=until),
        )
        for state, status in DUTIES
    ]
    return found


def as_rows(found: list[tuple[str, str, IntervalColumns]]) -> list[Row]:
    """Build the rows as Python objects."""
    rows: list[Row] = []
    was_on = gc.isenabled()
    gc.disable()  # a million tuples make no circle
    hours = _hours(found)
    for subject, status, columns in found:
        values = columns.values
        party, ref = _parties(values[:1]), _refs(values[1:])
        for part in parts_of_rows(len(columns.starts)):
            rows += zip(
                itertools.repeat(subject),
                party(part),
                ref(part),
                itertools.repeat(status),
                hours(columns.starts[part] // _HOUR),
                hours(columns.ends[part] // _HOUR),
            )
    if was_on:
        gc.enable()
    return rows


def _parties(values: Sequence[Coded]) -> Callable[[slice], Iterable[int]]:
    """Give the parties of a part of the rows as numbers; -1 where there are none."""
    if not values:
        return lambda _: itertools.repeat(-1)
    say = speller([int(word[1:]) if word else -1 for word in values[0].words])
    return lambda part: say(values[0].codes[part])


def _refs(values: Sequence[Coded]) -> Callable[[slice], Iterable[str]]:
    """Give the refs of a part of the rows; an empty text where there are none."""
    if not values:
        return lambda _: itertools.repeat("")
    say = speller(values[0].words)
    return lambda part: say(values[0].codes[part])


def _hours(
    found: list[tuple[str, str, IntervalColumns]],
) -> Callable[[NDArray[np.int64]], list[int]]:
    """Say how hours become objects: each once, where they lie close together."""
    ends = [int(c.ends.max()) // _HOUR for _, _, c in found if len(c.ends)]
    n_rows = sum(len(columns.ends) for _, _, columns in found)
    last = max(ends, default=0)
    if last > n_rows:
        return number_speller()
    return speller(range(last + 1))
