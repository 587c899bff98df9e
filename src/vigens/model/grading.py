"""Admiralty grades: reliability of the source and credibility of what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vigens.base import InputError, Message


@dataclass(frozen=True, slots=True, order=True)
class Grade:
    """Reliability A to F and credibility 1 to 6, set apart and never averaged.

    Attributes:
        reliability: `A` (completely reliable) to `E`, `F` cannot be judged.
        credibility: 1 (confirmed) to 5 (contradicted), 6 cannot be judged.

    Source:
        Admiralty (NATO) grading of sources and information.
    """

    reliability: str
    credibility: int

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"

    def meets(self, floor: Grade) -> bool:
        """Say whether both parts are at least as good as a floor's."""
        return (
            self.reliability <= floor.reliability
            and self.credibility <= floor.credibility
        )


#: What every claim starts from: nothing can be judged yet.
UNGRADED = Grade("F", 6)


def parse_grade(text: str) -> Grade:
    """Read a grade such as `B2`.

    Raises:
        InputError: It is no grade.

    Source:
        Admiralty (NATO) grading of sources and information.
    """
    if not re.fullmatch(r"[A-Fa-f][1-6]", text):
        raise InputError(
            Message('"{text}" is no grade', text=text[:20]),
            Message("an Admiralty grade"),
            Message(
                "write a letter A to F for the source and a digit 1 to 6 for what "
                "it says, as in B2 (F6: cannot be judged)"
            ),
        )
    return Grade(text[0].upper(), int(text[1]))
