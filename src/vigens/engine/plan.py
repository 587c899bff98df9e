"""The tables of a program over a body of evidence, each worked out when it is needed.

A plan is lazy and keeps what it has: a question evaluates only what it rests on. What
moves in a circle through time goes through one event queue; all else is arrays.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from vigens.engine.axis import flat, instants_of, rows_of
from vigens.engine.batched import (
    EMPTY,
    Runs,
    canonical,
    everywhere,
    from_spans,
)
from vigens.engine.conditions import evaluate_condition, select
from vigens.engine.derived import derived_moves
from vigens.engine.edges import edges
from vigens.engine.intervals import HIGH, LOW
from vigens.engine.moves import Moves, join_moves
from vigens.engine.occurrences import COUNTED, mentions, number_values, recorded_moves
from vigens.engine.states import state_table
from vigens.engine.symbols import Packing, Symbols
from vigens.engine.tables import Table, hull
from vigens.rules import Atom, Constant, Quantified, Variable, depends_on, strata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigens.engine.axis import Ints
    from vigens.engine.world import World
    from vigens.rules import Condition, Count, Edge, Occurs, Program, Tallied
