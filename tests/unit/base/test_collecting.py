"""The search for circular garbage is put off, and taken up again whatever happens."""

from __future__ import annotations

import gc

import pytest

from vigens.base import without_collection


@without_collection()
def torn() -> None:
    raise ValueError(f"torn page, collecting: {gc.isenabled()}")


def test_taken_up_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="torn page, collecting: False"):
        torn()
    assert gc.isenabled()


def test_left_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_one_inside_another_does_not_end_the_outer() -> None:
    with without_collection():
        with without_collection():
            pass
        assert not gc.isenabled()
