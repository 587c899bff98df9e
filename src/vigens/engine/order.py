"""In which order the nodes of a program are worked out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from vigens.engine.reads import Read, read_by
from vigens.rules import rests_on_both_ways, strata, tangled

if TYPE_CHECKING:
    from collections.abc import Container

    from vigens.rules import Program


class Order:
    """The strata of a program, and what each of them rests on.

    Attributes:
        program: The rules.
        rests: What `vigens.rules.rests_on` says of them through time.
    """

    def __init__(self, program: Program) -> None:
        """Find what rests on what."""
        self.program = program
        self._read: dict[str, Read] = {}
        self._instant, self.rests = rests_on_both_ways(program)
        self._lasting = {f.name for f in program.fluents.values() if f.lasting}

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """List nodes that rest on one another, each group after all that it rests on."""
        return strata(self.program, (self._instant, self.rests))

    @cached_property
    def _tangled(self) -> frozenset[int]:
        return tangled(self.program, self.groups)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {node: at for at, group in enumerate(self.groups) for node in group}

    def read(self, node: str) -> Read:
        """Give the events that a node reads, and the sorts that it counts."""
        if node not in self._read:
            self._read[node] = read_by(self.program, node)
        return self._read[node]

    @cached_property
    def compared(self) -> frozenset[str]:
        """List the open sorts of which rules compare values with one another.

        Source:
            Design, section 4.3: tight wherever each unknown occurs once.
        """
        sorts = {sort for node in self.rests for sort in self.read(node).compared}
        return frozenset(s for s in sorts if self.program.sorts[s].is_open)

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
        return len(group) > 1 or node in self.rests[node] or node in self._lasting

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
                waiting += [t for n in self.groups[at] for t in self.rests[n]]
        return sorted(found)
