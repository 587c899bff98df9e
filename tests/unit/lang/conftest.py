from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled, Page, compile_pages
from vigens.law import law_pages

LAW = tuple(Page(name, text) for name, text in law_pages())

Read = Callable[..., Compiled]


@pytest.fixture
def law() -> tuple[Page, ...]:
    return LAW


@pytest.fixture
def read() -> Read:
    """Compile the lines of one rule block together with the general law."""

    def compiled(*lines: str) -> Compiled:
        text = "\n".join(("```vigens", "vigens 1", *lines, "```", ""))
        return compile_pages([*LAW, Page("a.md", text)])

    return compiled


@pytest.fixture
def codes(read: Read) -> Callable[..., list[str]]:
    """Give the codes of what is wrong with the lines of one block."""

    def found(*lines: str) -> list[str]:
        return [finding.code for finding in read(*lines).findings]

    return found
