from __future__ import annotations

import pytest

from vigens.rules import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Constant,
    Negation,
    Quantified,
    Stated,
    Unstated,
    Variable,
    atoms_in,
    substitute,
    substitute_atom,
)

X = Variable("x", "party")
TEXT = Variable("text", "instrument")
FR = Constant("FR")
P, Q = Atom("p", (X,)), Atom("q", (X, FR))


def test_an_atom_is_written_as_people_write_it() -> None:
    assert str(Atom("calm")) == "calm"
    assert str(Q) == "q(x, FR)"
    assert str(Atom("hit", (Constant("Velyka Nova"),))) == 'hit("Velyka Nova")'
    assert str(Constant("body:MNF-U")) == "body:MNF-U"


def test_an_atom_is_ground_without_variables_only() -> None:
    assert Atom("calm").is_ground
    assert not Q.is_ground
    assert substitute_atom(Q, {"x": "DE"}).is_ground
    assert substitute_atom(Q, {"x": "DE"}).values == ("DE", "FR")


def test_atoms_come_in_order_of_writing() -> None:
    each = Quantified(None, X, None, Negation(P))
    condition = AllOf(
        (Q, AnyOf((each, Stated(FR, "binding", "legally"))), Unstated("?"))
    )
    assert [atom.name for atom in atoms_in(condition)] == ["q", "p"]


@pytest.mark.parametrize(
    ("condition", "filled"),
    [
        (P, Atom("p", (Constant("DE"),))),
        (Negation(P), Negation(Atom("p", (Constant("DE"),)))),
        (AllOf((P, P)), AllOf((Atom("p", (Constant("DE"),)),) * 2)),
        (AnyOf((P,)), AnyOf((Atom("p", (Constant("DE"),)),))),
        (Stated(TEXT, "kind", "x"), Stated(Constant("pact"), "kind", "x")),
        (Stated(FR, "kind", "x"), Stated(FR, "kind", "x")),
        (Unstated("who {x} is, {y}"), Unstated("who DE is, {y}")),
    ],
)
def test_variables_are_filled_by_name(condition: Condition, filled: Condition) -> None:
    assert substitute(condition, {"x": "DE", "text": "pact"}) == filled


def test_a_quantifier_hides_the_variable_of_its_own_name() -> None:
    some = Quantified(1, X, TEXT, AllOf((P, Atom("r", (TEXT,)))))
    filled = substitute(some, {"x": "DE", "text": "pact"})
    pact = Constant("pact")
    assert filled == Quantified(1, X, pact, AllOf((P, Atom("r", (pact,)))))
    assert substitute(Quantified(1, X, None, P), {"x": "DE"}) == Quantified(
        1, X, None, P
    )
