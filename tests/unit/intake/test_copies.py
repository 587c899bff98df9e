from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from vigens.intake import COPY_SHARE, read_document, shared, sketch_of

WORDS = [f"word{n}" for n in range(3000)]


def article(seed: int, n_words: int) -> str:
    draw = random.Random(seed)
    words = [draw.choice(WORDS) for _ in range(n_words)]
    lines = [" ".join(words[n : n + 20]) + "." for n in range(0, n_words, 20)]
    return "\n".join(line.capitalize() for line in lines)


def share_of(one: str, other: str) -> float:
    first, second = (read_document(t.encode(), "a.txt") for t in (one, other))
    return shared(sketch_of(first), sketch_of(second))


def test_a_copy_with_other_marks_and_menus_is_one() -> None:
    text = "The parties signed “an agreement” on water in Geneva on Monday, they said."
    page = f"<html><body><nav>Home News</nav><p>{text.upper()}</p></body></html>"
    plain = text.replace("“", '"').replace("”", '"')
    assert share_of(plain, page) == 1.0


def test_half_a_report_inside_a_longer_one_is_a_copy() -> None:
    long = article(1, 900)
    assert share_of(long, long[: len(long) // 2] + "\n" + article(2, 200)) > COPY_SHARE


def test_two_reports_of_one_thing_in_other_words_are_none() -> None:
    assert share_of(article(1, 900), article(2, 900)) < 0.05


def test_what_is_too_short_to_tell_is_no_copy() -> None:
    assert share_of("They met in Oslo.", "They met in Oslo.") == 0.0


@given(st.integers(0, 10), st.integers(1, 40))
def test_the_estimate_is_near_the_true_share(seed: int, tenth: int) -> None:
    one = article(seed, 2000)
    lines = one.split("\n")
    kept = lines[: max(1, len(lines) * tenth // 40)]
    other = "\n".join(kept) + "\n" + article(seed + 100, 2000 - 20 * len(kept))
    true = _share(one, other)
    assert abs(share_of(one, other) - true) < 0.15


def _share(one: str, other: str) -> float:
    sets = []
    for text in (one, other):
        words = text.lower().replace(".", "").split()
        sets.append({tuple(words[n : n + 5]) for n in range(len(words) - 4)})
    return len(sets[0] & sets[1]) / min(map(len, sets))
