"""From a rule program and weighed evidence to verdicts over time, with the why.

The engine knows no store, no claim and no clock: it is handed a `World` and answers
about any instant. What it does not know it says, with a cause.

Example:
    >>> from vigens.engine import intersect, union
    >>> intersect(union([(0, 5)], [(5, 9)]), [(3, 7)])
    ((3, 7),)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import lazily
from vigens.engine.explain import explain
from vigens.engine.inertia import inertia

if TYPE_CHECKING:
    from vigens.engine.bounds import Bounds
    from vigens.engine.columns import (
        IntervalColumns,
        number_speller,
        parts_of_rows,
        speller,
    )
    from vigens.engine.deadlines import DutyDeadline
    from vigens.engine.duties import DutyReport, review_obligation
    from vigens.engine.evaluate import Evaluation
    from vigens.engine.inertia import Move
    from vigens.engine.intervals import (
        HIGH,
        LOW,
        complement,
        difference,
        intersect,
        union,
    )
    from vigens.engine.late import events_under
    from vigens.engine.many import verdicts_of
    from vigens.engine.missing import what_is_missing
    from vigens.engine.needs import Missing, Need
    from vigens.engine.nodes import Cause, Node, text_caveat
    from vigens.engine.phrases import phrase, phrase_in_general, term_words
    from vigens.engine.reads import read_by
    from vigens.engine.rows import interval_columns, tally_bounds
    from vigens.engine.steadiness import is_steady
    from vigens.engine.steps import StepReport, review_step
    from vigens.engine.tally_rows import TallyRow, review_tally
    from vigens.engine.touching import Changed, Touched
    from vigens.engine.verdicts import Verdict, verdict_at
    from vigens.engine.words import STATE_WORDS
    from vigens.engine.world import World

__all__ = [
    "HIGH",
    "LOW",
    "STATE_WORDS",
    "Bounds",
    "Cause",
    "Changed",
    "DutyDeadline",
    "DutyReport",
    "Evaluation",
    "IntervalColumns",
    "Missing",
    "Move",
    "Need",
    "Node",
    "StepReport",
    "TallyRow",
    "Touched",
    "Verdict",
    "World",
    "complement",
    "difference",
    "events_under",
    "explain",
    "inertia",
    "intersect",
    "interval_columns",
    "is_steady",
    "number_speller",
    "parts_of_rows",
    "phrase",
    "phrase_in_general",
    "read_by",
    "review_obligation",
    "review_step",
    "review_tally",
    "speller",
    "tally_bounds",
    "term_words",
    "text_caveat",
    "union",
    "verdict_at",
    "verdicts_of",
    "what_is_missing",
]

__getattr__ = lazily(__name__)
