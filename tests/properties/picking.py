"""One of several values, drawn without making a strategy for each draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

_Kind = TypeVar("_Kind")


@cache
def places(n: int) -> st.SearchStrategy[int]:
    """Give the strategy of one place among so many."""
    return st.sampled_from(range(n))


def pick(draw: st.DrawFn, options: Sequence[_Kind]) -> _Kind:
    """Draw one of several values, as `draw(sampled_from(options))` does.

    A world is drawn in some hundred steps, and a strategy made anew for each of them is
    looked through by Hypothesis before its first draw; that took as long as the drawing.
    """
    return options[draw(places(len(options)))]
