"""What a look would settle: a state that began and may have ended unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.engine.intervals import span_at
from vigens.engine.needs import Alternatives, Need
from vigens.engine.phrases import phrase

if TYPE_CHECKING:
    from vigens.engine.evaluate import Evaluation
    from vigens.rules import Atom


def look_again(evaluation: Evaluation, atom: Atom, instant: int) -> Alternatives:
    """Say that somebody has to look, where a state held and may hold to this day.

    Args:
        evaluation: What is known.
        atom: The state, ground.
        instant: UTC seconds.

    Returns:
        One alternative; none where it never surely held without a sure end since, or
        still surely holds.

    Source:
        Design, section 4.5.
    """
    bounds = evaluation.inertial(atom)
    open_ = span_at(bounds.possibly, instant)
    if open_ is None or span_at(bounds.surely, instant) is not None:
        return []
    if not any(open_[0] <= start < instant for start, _ in bounds.surely):
        return []
    said = "somebody would have to look, and see that it is still so: {text}"
    text = Message(said, text=phrase(evaluation.world.program, atom))
    return [frozenset({Need("look", text)})]
