"""Who, which text, what happened, who says so, and through whose eyes one looks.

Frozen values without input or output. The package knows no store, no rule and no
clock; it says how evidence is graded and weighed, and what an answer depends on.

Example:
    >>> from vigens.model import parse_grade
    >>> parse_grade("B2").meets(parse_grade("C3"))
    True
"""

from vigens.model.codes import Term, read_codes
from vigens.model.columns import (
    ASIDE,
    DENIED,
    POSSIBLE,
    SURE,
    Coded,
    EventColumns,
)
from vigens.model.evidence import (
    ClaimWeight,
    CountSeen,
    Coverage,
    Happening,
    Sighting,
    Weight,
)
from vigens.model.grading import UNGRADED, Grade, parse_grade
from vigens.model.lens import Hypothesis, Lens, describe_lens, lens_words
from vigens.model.policy import (
    ISSUER_FIRST,
    EvidencePolicy,
    Floor,
    WeighedClaim,
    Weighing,
    weigh,
)
from vigens.model.quantities import quantity_words, read_quantity

__all__ = [
    "ASIDE",
    "DENIED",
    "ISSUER_FIRST",
    "POSSIBLE",
    "SURE",
    "UNGRADED",
    "ClaimWeight",
    "Coded",
    "CountSeen",
    "Coverage",
    "EventColumns",
    "EvidencePolicy",
    "Floor",
    "Grade",
    "Happening",
    "Hypothesis",
    "Lens",
    "Sighting",
    "Term",
    "WeighedClaim",
    "Weighing",
    "Weight",
    "describe_lens",
    "lens_words",
    "parse_grade",
    "quantity_words",
    "read_codes",
    "read_quantity",
    "weigh",
]
