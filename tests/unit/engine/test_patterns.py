from __future__ import annotations

from tests.unit.engine.smallworld import Small
from vigens.engine import HIGH, complement, difference, phrase, union
from vigens.engine.intervals import at_least, covers, intersect
from vigens.engine.patterns import is_closed, match_values
from vigens.rules import (
    AllOf,
    Atom,
    Constant,
    Negation,
    Quantified,
    Unstated,
    Variable,
)

X = Variable("x", "party")


def test_one_variable_never_takes_two_values() -> None:
    pattern = Atom("meets", (X, X))
    assert match_values(pattern, ("FR", "DE")) is None
    assert match_values(pattern, ("FR", "FR")) == {"x": "FR"}
    assert match_values(pattern, ("FR",)) is None
    assert match_values(Atom("meets", (Constant("FR"), X)), ("DE", "FR")) is None


def test_only_variables_of_quantifiers_may_be_left() -> None:
    loose = Atom("open", (X,))
    assert not is_closed(loose)
    assert not is_closed(Negation(loose))
    assert not is_closed(AllOf((Atom("open"), loose)))
    assert is_closed(Quantified(1, X, None, loose))
    assert is_closed(Quantified(1, X, None, Quantified(None, X, None, loose)))
    assert is_closed(Unstated("who"))


def test_intervals_that_are_empty_or_out_of_reach_vanish() -> None:
    assert union([(5, 5), (3, 1)]) == ()
    assert complement([(0, 1), (90, 95)], 10, 20) == ((10, 20),)
    assert complement([(0, 30)], 10, 20) == ()
    assert difference([(0, 10)], [(3, 4)]) == ((0, 3), (4, 10))
    assert intersect([(5, 3)], [(0, 9)]) == ()
    assert covers([(0, 5)], 7, 7)
    assert not covers([(0, 5)], 4, 6)
    assert at_least(0, [])[0][1] == HIGH
    assert at_least(2, [((0, 5), (7, 9)), ((3, 8),)]) == ((3, 5), (7, 8))
    assert at_least(1, [((0, 5),), ((5, 9),)]) == ((0, 9),)


def test_an_atom_that_is_not_declared_is_shown_as_written(small: Small) -> None:
    assert phrase(small.program, Atom("strange", (Constant("FR"),))) == "strange(FR)"
    shown = phrase(small.program, Atom("open_gate", (Variable("g", "gatekeeper"),)))
    assert shown == "the gate of some gatekeeper is open"
