"""The small world of these tests."""

from __future__ import annotations

import pytest

from tests.unit.engine.smallworld import Small


@pytest.fixture(scope="session")
def small() -> Small:
    """Give a page of rules, compiled once."""
    return Small()
