"""Two wordings part where they part, and nothing between is left out silently."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vigens.desk.histories import WordLine, compare_words

LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30)


def test_what_is_alike_is_counted_not_shown() -> None:
    before = "\n".join(["one", *"abcdefghij", "two"])
    after = "\n".join(["one", *"abcdefghij", "three"])
    found = compare_words(before, after)
    assert WordLine("removed", "two") in found
    assert WordLine("added", "three") in found
    assert WordLine("skipped", "9") in found


@given(LINES, LINES)
def test_every_line_of_both_is_told_or_counted(one: list[str], two: list[str]) -> None:
    found = compare_words("\n".join(one), "\n".join(two))
    skipped = sum(int(line.text) for line in found if line.kind == "skipped")
    same = sum(line.kind == "same" for line in found)
    n_before = same + skipped + sum(line.kind == "removed" for line in found)
    n_after = same + skipped + sum(line.kind == "added" for line in found)
    assert n_before == len("\n".join(one).splitlines())
    assert n_after == len("\n".join(two).splitlines())


@given(LINES)
def test_a_wording_does_not_differ_from_itself(one: list[str]) -> None:
    text = "\n".join(one)
    kinds = {line.kind for line in compare_words(text, text)}
    assert kinds <= {"same", "skipped"}
