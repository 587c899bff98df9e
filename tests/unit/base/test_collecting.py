"""The search for circular garbage is put off, and taken up again whatever happens."""

import gc

import pytest

from vigens.base.collecting import without_collection


def test_taken_up_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="torn page"), without_collection():
        assert not gc.isenabled()
        raise ValueError("torn page")
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
