"""What would have to happen for an answer to be YES."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError
from vigens.engine import Missing, Verdict, what_is_missing

if TYPE_CHECKING:
    from vigens.desk.answer import Answer
    from vigens.desk.answers import Session

#: Most atoms that one question about what is missing may stand for.
MOST_QUESTIONS = 60


@dataclass(frozen=True, slots=True)
class MissingFor:
    """An answer and what is missing for it to be YES."""

    answer: Answer
    missing: Missing
    sentence: str


def read_missing(session: Session, question: str) -> tuple[MissingFor, ...]:
    """Say what would make each answer to a question YES.

    Raises:
        UsageError: It names nothing that is declared, or stands for too many.
    """
    atoms = session.atoms(question)
    if len(atoms) > MOST_QUESTIONS:
        raise UsageError(
            f"this question stands for {len(atoms)} answers",
            "the question",
            "put a name in place of one _",
        )
    found = []
    for atom in atoms:
        missing = what_is_missing(session.evaluation, atom, session.lens.as_of)
        answer = session.answer(atom)
        found.append(MissingFor(answer, missing, _sentence(answer, missing)))
    return tuple(found)


def _sentence(answer: Answer, missing: Missing) -> str:
    alternatives = missing.alternatives
    if answer.verdict is Verdict.HOLDS or () in alternatives:
        return Message("nothing is missing: it holds")
    if not alternatives:
        if missing.is_exhaustive:
            return Message("no rule of this case can bring it about")
        return Message("nothing was found that would bring it about; not exhaustive")
    if len(alternatives) == 1:
        start = "exactly" if missing.is_exhaustive else "found"
        words = f"{start}: " + "; and ".join(need.text for need in alternatives[0])
    else:
        words = f"any one of {len(alternatives)} ways"
    return words if missing.is_exhaustive else f"{words} (not exhaustive)"
