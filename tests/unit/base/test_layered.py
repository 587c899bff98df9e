"""A layered mapping is the mapping that it stands for, and shares its base."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vigens.base import Layered

pairs = st.dictionaries(st.integers(0, 900), st.integers(), max_size=300)


@given(pairs, st.lists(pairs, max_size=8))
def test_it_is_the_mapping_that_was_copied_each_time(
    base: dict[int, int], more: list[dict[int, int]]
) -> None:
    plain, layered = dict(base), Layered(base)
    for each in more:
        before, known = layered, dict(plain)
        plain |= each
        layered = layered.grown(each)
        assert before == known, "what grew out of it changed nothing"
    assert layered == plain
    assert plain == layered
    assert list(layered) == list(plain)
    assert len(layered) == len(plain)
    assert [layered.get(key, "none") for key in range(9)] == [
        plain.get(key, "none") for key in range(9)
    ]
    assert all((key in layered) is (key in plain) for key in range(9))


def test_the_base_is_shared_until_much_lies_above() -> None:
    base = dict.fromkeys(range(100_000), 0)
    grown = Layered(base)
    for key in range(100_000, 100_400):
        grown = Layered(grown).grown({key: 1})
    assert grown.base is base
    laid = grown.grown(dict.fromkeys(range(-9_000, 0), 2))
    assert laid.base is not base
    assert laid.base == laid
    assert grown.base is base
