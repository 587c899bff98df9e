"""The typed rule program: the one thing that `lang` and `engine` both know.

Pure data. It knows no text positions beyond a printable place, no evidence and no
clock; it says what would follow from what, never what is the case.

Example:
    >>> from vigens.rules import Atom, Constant
    >>> str(Atom("ceasefire", (Constant("general"),)))
    'ceasefire(general)'
"""

from vigens.rules.conditions import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Constant,
    Negation,
    Quantified,
    Stated,
    Term,
    Unstated,
    Variable,
    atoms_in,
    substitute,
    substitute_atom,
)
from vigens.rules.dependencies import depends_on, find_cycles
from vigens.rules.program import (
    Actor,
    Change,
    Component,
    Deadline,
    EventType,
    Fluent,
    Held,
    Instrument,
    Measure,
    Obligation,
    Performance,
    Program,
    Reading,
    Sort,
    Step,
    Trigger,
    Under,
    Variant,
)
from vigens.rules.versions import as_known, is_known

__all__ = [
    "Actor",
    "AllOf",
    "AnyOf",
    "Atom",
    "Change",
    "Component",
    "Condition",
    "Constant",
    "Deadline",
    "EventType",
    "Fluent",
    "Held",
    "Instrument",
    "Measure",
    "Negation",
    "Obligation",
    "Performance",
    "Program",
    "Quantified",
    "Reading",
    "Sort",
    "Stated",
    "Step",
    "Term",
    "Trigger",
    "Under",
    "Unstated",
    "Variable",
    "Variant",
    "as_known",
    "atoms_in",
    "depends_on",
    "find_cycles",
    "is_known",
    "substitute",
    "substitute_atom",
]
