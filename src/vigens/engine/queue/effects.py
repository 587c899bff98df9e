"""What one driver of a circle does to its members."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigens.engine.queue.gates import Gate

    #: A gate and the row of its frame.
    Test = tuple[Gate, int]

START, STOP, BRING = range(3)


@dataclass(slots=True, eq=False)
class Effect:
    """What one driver, for one choice of values, does to members.

    Attributes:
        place: Where among the nodes it is looked at.
        kind: `START`, `STOP` or `BRING`.
        rows: Which rows it moves.
        tests: What must hold just before.
        asks: The same, as plain functions and rows of their frames.
        is_doubtful: Whether it only may have an effect.
        is_timed: Whether a start by it sets timers.
        lands: Where what is brought comes about.
        comes: When.
        unless: What must not hold just before that.
        word: The kind, as its rule calls it.
        part: Which clause of a duty it is about.
        amount: What it adds; -1 where it names nobody in particular, or no number.
    """

    place: int
    kind: int
    rows: tuple[int, ...]
    tests: tuple[Test, ...]
    is_doubtful: bool
    is_timed: bool
    lands: int = -1
    comes: Callable[[int], int] | None = None
    unless: Test | None = None
    word: str = ""
    part: int = 0
    amount: int = 1
    asks: list[tuple[Callable[[int, int], int], int]] = field(init=False)

    def __post_init__(self) -> None:
        """Take the functions out of the tests."""
        self.asks = [(gate.code, at) for gate, at in self.tests]
