"""Vigens: the rules as an agreement file, the log as a bulk table of a case."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterable
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
    spell,
    spell_numbers,
)

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
    spelled = _hours(found)
    for subject, status, columns in found:
        parties: Iterable[int] = itertools.repeat(-1)
        refs: Iterable[str] = itertools.repeat("")
        if columns.values:
            words = columns.values[0].words
            numbers = [int(word[1:]) if word else -1 for word in words]
            parties = spell(columns.values[0], numbers)
        if len(columns.values) > 1:
            refs = spell(columns.values[1])
        rows += zip(
            itertools.repeat(subject),
            parties,
            refs,
            itertools.repeat(status),
            spelled(columns.starts // _HOUR),
            spelled(columns.ends // _HOUR),
        )
    if was_on:
        gc.enable()
    return rows


def _hours(
    found: list[tuple[str, str, IntervalColumns]],
) -> Callable[[NDArray[np.int64]], list[int]]:
    """Say how hours become objects: each once, where they lie close together."""
    ends = [int(c.ends.max()) // _HOUR for _, _, c in found if len(c.ends)]
    n_rows = sum(len(columns.ends) for _, _, columns in found)
    if max(ends, default=0) > n_rows:
        return spell_numbers
    hours = np.arange(max(ends, default=0) + 1).astype(object)

    def taken(numbers: NDArray[np.int64]) -> list[int]:
        shown: list[int] = hours.take(numbers).tolist()
        return shown

    return taken
