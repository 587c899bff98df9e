"""Knots, circles and orders in a directed graph; nothing here recurses."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Graph = "Mapping[str, Sequence[str]]"


def components(graph: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Find the strongly connected components.

    Args:
        graph: Node to its targets, all of them nodes.

    Returns:
        Components, each after all that it has an edge to; inside one the nodes in the
        graph's order.

    Source:
        Tarjan, Depth-first search and linear graph algorithms (1972), with a stack of
        its own in place of recursion.
    """
    rank = {node: number for number, node in enumerate(graph)}
    found: list[tuple[str, ...]] = []
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: list[str] = []
    is_open: set[str] = set()
    for root in graph:
        work = [] if root in index else [(root, iter(graph[root]))]
        if work:
            _enter(root, index, low, open_nodes, is_open)
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    knot = _close(node, open_nodes, is_open)
                    found.append(tuple(sorted(knot, key=rank.__getitem__)))
            elif target not in index:
                _enter(target, index, low, open_nodes, is_open)
                work.append((target, iter(graph[target])))
            elif target in is_open:
                low[node] = min(low[node], index[target])
    return found


def _enter(
    node: str,
    index: dict[str, int],
    low: dict[str, int],
    open_nodes: list[str],
    is_open: set[str],
) -> None:
    index[node] = low[node] = len(index)
    open_nodes.append(node)
    is_open.add(node)


def _close(node: str, open_nodes: list[str], is_open: set[str]) -> Iterator[str]:
    while True:
        top = open_nodes.pop()
        is_open.discard(top)
        yield top
        if top == node:
            return


def shortest_circle(
    knot: Sequence[str], graph: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Find a shortest way from the first node of a component back to itself.

    Returns:
        The path with the first node also last; empty where there is no way back.

    Source:
        Breadth-first search.
    """
    first, inside = knot[0], set(knot)
    came_from: dict[str, str] = {}
    queue = deque([first])
    while queue:
        node = queue.popleft()
        for target in graph[node]:
            if target == first:
                path = [first, node]
                while path[-1] != first:
                    path.append(came_from[path[-1]])
                return tuple(reversed(path)) if node != first else (first, first)
            if target in inside and target not in came_from:
                came_from[target] = node
                queue.append(target)
    return ()


def ordered(knot: Sequence[str], graph: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Order nodes so that each comes after its targets among them.

    Nodes on a circle of the graph come where their circle was met first.

    Source:
        Topological order; a component of a graph is met after its targets.
    """
    inside = set(knot)
    part = {node: [t for t in graph[node] if t in inside] for node in knot}
    return tuple(node for each in components(part) for node in each)
