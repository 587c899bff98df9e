"""What a fluent rests on, and cycles among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.rules.conditions import atoms_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.rules.program import Fluent, Program


def depends_on(fluent: Fluent, *, through_time: bool) -> tuple[str, ...]:
    """List the names that a fluent's rules mention.

    Args:
        fluent: The fluent.
        through_time: Also what is read just before a change (`when`), not only what
            is read at the same instant (`holds while`).

    Source:
        Stratification of logic programs; design, section 4.6.
    """
    names = [atom.name for held in fluent.held for atom in atoms_in(held.condition)]
    if through_time:
        for change in (*fluent.initiated, *fluent.terminated):
            if change.when is not None:
                names.extend(atom.name for atom in atoms_in(change.when))
    return tuple(dict.fromkeys(names))


def find_cycles(program: Program, *, through_time: bool) -> Iterator[tuple[str, ...]]:
    """Find fluents that rest on themselves, each cycle once, as a path of names.

    Source:
        Design, section 4.6: a cycle without time is a finding with its path.
    """
    edges = {
        name: [
            target
            for target in depends_on(fluent, through_time=through_time)
            if target in program.fluents
        ]
        for name, fluent in program.fluents.items()
    }
    done: set[str] = set()
    seen: set[frozenset[str]] = set()
    for start in edges:
        for cycle in _walk(start, edges, done):
            if frozenset(cycle) not in seen:
                seen.add(frozenset(cycle))
                yield cycle


def _walk(
    start: str, edges: dict[str, list[str]], done: set[str]
) -> Iterable[tuple[str, ...]]:
    path: list[str] = [start]
    stack = [iter(edges[start])]
    while stack:
        target = next(stack[-1], None)
        if target is None:
            done.add(path.pop())
            stack.pop()
        elif target in path:
            yield (*path[path.index(target) :], target)
        elif target not in done:
            path.append(target)
            stack.append(iter(edges[target]))
