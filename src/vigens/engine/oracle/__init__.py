"""The slow twin: every completion of the unknowns, evaluated in two values.

For small worlds and short stretches of time only. It is written from the definitions,
plain and without haste, and shares no code with the evaluation; tests hold the two
against each other. A *completion* fixes the instant of each dated occurrence, whether
each possible one happened, who did it, what happened unseen where nobody looked, every
reading, every `perhaps` and everything unstated.

Example:
    >>> from vigens.engine.oracle import Occurred
    >>> Occurred("ceasefire.begins", ("general",), 0, "entry 1").values
    ('general',)
"""

from vigens.engine.oracle.course import Course
from vigens.engine.oracle.duties import Instance, instances, words_of
from vigens.engine.oracle.enumeration import Completion, completions, how_many
from vigens.engine.oracle.story import CircleError, Occurred, open_key

__all__ = [
    "CircleError",
    "Completion",
    "Course",
    "Instance",
    "Occurred",
    "completions",
    "how_many",
    "instances",
    "open_key",
    "words_of",
]
