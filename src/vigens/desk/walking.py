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
    """Give a why as it is asked at a later instant, since which nothing has changed.

    What it rests on keeps the instant at which that was looked into.
    """
    return node if node.at in (None, instant) else replace(node, at=instant)
