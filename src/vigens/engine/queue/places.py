"""Where what is no state and no event stands in the order of a circle.

Windows, durations and what else happens at an instant are worked out by pieces of their
own, each before whatever reads it at the instant, or after everything if only what was
so just before is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.engine.queue.members import (
    DUTY,
    LATE,
    TALLY,
    asked_at_once,
    asked_before,
    pieces_in,
)
from vigens.rules import Happens, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.engine.queue.members import Members
    from vigens.rules import Condition

#: How what a condition needs is named among the nodes.
PIECE = "piece:"


@dataclass(slots=True)
class Pieces:
    """Conditions of a circle that need a piece of a queue of their own.

    Attributes:
        names: Condition, and whether it is read just before, to the name of a node.
        last: Nodes that are worked out when all else is.
    """

    names: dict[tuple[Condition, bool], str] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)
    _before: dict[str, list[str]] = field(default_factory=dict)

    def add(self, node: str, condition: Condition, *, is_before: bool) -> None:
        """Give a condition a place, unless it has one already."""
        if (condition, is_before) not in self.names:
            self._name(node, (condition, is_before), is_last=is_before)

    def add_inner(self, node: str, condition: Condition, *, is_last: bool) -> None:
        """Give a place to a condition that is read by another one at the instant."""
        if (condition, False) not in self.names:
            self._name(node, (condition, False), is_last=is_last)

    def _name(self, node: str, asked: tuple[Condition, bool], *, is_last: bool) -> None:
        name = f"{PIECE}{len(self.names)}"
        self.names[asked] = name
        if is_last and not isinstance(asked[0], Happens):
            self.last.append(name)
        else:
            self._before.setdefault(node, []).append(name)

    def before(self, node: str) -> Sequence[str]:
        """List what must be worked out before a node."""
        return self._before.get(node, ())


def pieces_of(members: Members) -> Pieces:
    """Find the conditions that need a piece of their own.

    What lies inside another one is read at the very instant, whatever that one is.
    """
    found = Pieces()
    for is_before, asked in (
        (False, asked_at_once(members)),
        (True, asked_before(members)),
    ):
        for node, whole in asked:
            for condition in pieces_in(members, whole):
                for part in parts_of(condition):
                    for inner in pieces_in(members, part):
                        found.add_inner(node, inner, is_last=is_before)
                found.add(node, condition, is_before=is_before)
    return found


def is_piece(node: str) -> bool:
    """Say whether a node is worked out by a piece of its own kind."""
    return node.startswith((DUTY, LATE, TALLY, PIECE))
