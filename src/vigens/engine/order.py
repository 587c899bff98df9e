"""In which order the nodes of a program are worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules import rests_on, strata, tangled

if TYPE_CHECKING:
    from collections.abc import Container

    from vigens.rules import Program


class Order:
    """The strata of a program, and what each of them rests on.

    Attributes:
        groups: Nodes that rest on one another, each group after all that it rests on.
    """

    def __init__(self, program: Program) -> None:
        """Find the strata."""
        self._rests = rests_on(program, through_time=True)
        self._lasting = {f.name for f in program.fluents.values() if f.lasting}
        self.groups = strata(program, self._rests)
        self._tangled = tangled(program, self.groups)
        self._place = {
            node: at for at, group in enumerate(self.groups) for node in group
        }

    def place(self, node: str) -> int | None:
        """Give the place of a node's group; `None` for what is only recorded."""
        return self._place.get(node)

    def is_circle(self, at: int) -> bool:
        """Say whether a group moves in a circle through time, or by a timer.

        Source:
            Design, section 4.6.
        """
        group = self.groups[at]
        node = group[0]
        return len(group) > 1 or node in self._rests[node] or node in self._lasting

    def circle(self, at: int) -> tuple[tuple[str, ...], bool]:
        """Give a group, and whether its names rest on one another at one instant.

        Source:
            `vigens.rules.tangled`.
        """
        return self.groups[at], at in self._tangled

    def needed(self, node: str, done: Container[int]) -> list[int]:
        """List the groups that a node rests on, its own last, each after its own needs.

        Args:
            node: Any; one that is only recorded needs nothing.
            done: Groups that need not be worked out again.

        Source:
            Design, section 4.6; there is no recursion, however long the chain.
        """
        found: set[int] = set()
        waiting = [node] if node in self._place else []
        while waiting:
            at = self._place[waiting.pop()]
            if at not in done and at not in found:
                found.add(at)
                waiting += [t for n in self.groups[at] for t in self._rests[n]]
        return sorted(found)
