"""How far long work is."""

from __future__ import annotations

from vigens.base import Tenths


def test_each_tenth_is_told_once_however_fine_the_steps() -> None:
    told: list[int] = []
    work = Tenths(1000, told.append)
    assert list(work.along(range(1000))) == list(range(1000))
    assert told == list(range(10, 101, 10))
    work.reach(2000)
    assert told[-1] == 100


def test_work_of_nothing_and_work_that_nobody_asks_about_do_no_harm() -> None:
    told: list[int] = []
    assert not list(Tenths(0, told.append).along([]))
    assert told == [100]
    Tenths(10, None).reach(10)
