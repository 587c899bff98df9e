"""What is kept, and for how long: by number and by weight."""

from __future__ import annotations

from vigens.board.shelves import Shelf


def test_a_shelf_lets_go_of_what_was_unused_longest() -> None:
    shelf: Shelf[int] = Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", 2)
    assert shelf.get("a") == 1
    shelf.put("c", 3)
    assert (shelf.get("b"), shelf.get("a"), len(shelf)) == (None, 1, 2)
    shelf.clear()
    assert (len(shelf), shelf.weight) == (0, 0)


def test_a_shelf_never_weighs_more_than_it_may() -> None:
    shelf: Shelf[bytes] = Shelf(100, len)
    for number in range(50):
        shelf.put(number, b"x" * (number % 30))
        assert shelf.weight <= 100
    assert shelf.get(49) is not None
    shelf.put("heavy", b"x" * 101)
    assert shelf.get("heavy") is None


def test_what_is_put_again_weighs_once() -> None:
    shelf: Shelf[bytes] = Shelf(100, len)
    for _ in range(9):
        shelf.put("page", b"x" * 60)
    assert (shelf.weight, len(shelf)) == (60, 1)
