"""Walking over a why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.engine import Node


def first_evidence(node: Node) -> Node:
    """Go down to the first evidence; what had to hold before it is further below."""
    while node.children and node.kind in ("fluent", "condition"):
        node = node.children[0]
    return node


def walk(node: Node) -> Iterator[Node]:
    """Walk over a why, root first."""
    yield node
    for child in node.children:
        yield from walk(child)


def asked_at(node: Node, instant: int) -> Node:
    """Give a why as it is asked at another instant, between which nothing changed."""
    if node.at is None or node.at == instant:
        return node
    return _asked(node, node.at, instant)


def _asked(node: Node, before: int, instant: int) -> Node:
    children = tuple(_asked(child, before, instant) for child in node.children)
    is_same = all(
        one is other for one, other in zip(children, node.children, strict=True)
    )
    if is_same and node.at != before:
        return node
    at = instant if node.at == before else node.at
    return replace(node, children=node.children if is_same else children, at=at)
