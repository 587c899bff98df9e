from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled
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
)

Codes = Callable[..., list[str]]
Read = Callable[..., Compiled]

HEAD = (
    "party FR",
    "party DE",
    "instrument i",
    "  kind declaration",
    "  components c",
)
A, B, C = Atom("a"), Atom("b"), Atom("c")
FLUENTS = ("fluent a", "fluent b", "fluent c")
STARTS = "  initiated by hostilities.resume"


@pytest.fixture
def condition(read: Read) -> Callable[[str], Condition]:
    """Read one condition in which a, b and c are fluents."""

    def condition(text: str) -> Condition:
        fluents = [line for name in FLUENTS for line in (name, STARTS)]
        compiled = read(*HEAD, *fluents, "fluent x", f"  holds while {text}")
        assert compiled.findings == ()
        return compiled.program.fluents["x"].held[0].condition

    return condition


PARTY = Variable("party", "party")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", AnyOf((A, AllOf((B, C))))),
        ("(a or b) and c", AllOf((AnyOf((A, B)), C))),
        ("not a and b", AllOf((Negation(A), B))),
        ("not (a and b)", Negation(AllOf((A, B)))),
        ("not not a", Negation(Negation(A))),
        ("a and b and c", AllOf((A, B, C))),
        ("((a))", A),
        ('unstated "who"', Unstated("who")),
        ('unstated "who" or a', AnyOf((Unstated("who"), A))),
        ("stated(i, binding, legally)", Stated(Constant("i"), "binding", "legally")),
        (
            "some party: deployed(party) and a",
            Quantified(1, PARTY, None, AllOf((Atom("deployed", (PARTY,)), A))),
        ),
        (
            "(each party: deployed(party)) and a",
            AllOf((Quantified(None, PARTY, None, Atom("deployed", (PARTY,))), A)),
        ),
        (
            "at least 2 of party: deployed(party)",
            Quantified(2, PARTY, None, Atom("deployed", (PARTY,))),
        ),
        (
            "some component of i: endorsed(i, component, FR)",
            Quantified(
                1,
                Variable("component", "component"),
                Constant("i"),
                Atom(
                    "endorsed",
                    (
                        Constant("i"),
                        Variable("component", "component"),
                        Constant("FR"),
                    ),
                ),
            ),
        ),
    ],
)
def test_a_condition_binds_as_stated(
    condition: Callable[[str], Condition], text: str, tree: Condition
) -> None:
    assert condition(text) == tree


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "P003"),
        ("and", "N002"),
        ("requested(FR) and", "P003"),
        ("not", "P003"),
        ("(requested(FR)", "P003"),
        ("requested(FR))", "P003"),
        ("requested(FR", "P003"),
        ("requested(", "P003"),
        ("requested(,)", "P003"),
        ("requested(FR,)", "P003"),
        ("requested(FR DE)", "P003"),
        ("requested(FR:)", "P003"),
        ("requested()", "T001"),
        ("requested", "T001"),
        ("requested(FR, DE)", "T001"),
        ("requested(party)", "N006"),
        ("requested(i)", "T002"),
        ('"requested"', "P003"),
        ("5", "P003"),
        ("unstated", "P003"),
        ("unstated who", "P003"),
        ("some", "P003"),
        ("some party", "P003"),
        ("some party requested(party)", "P003"),
        ("some town: requested(FR)", "N005"),
        ("some component of j: requested(FR)", "N004"),
        ("some component of FR: requested(FR)", "T002"),
        ("some component of: requested(FR)", "P003"),
        ("at least party: requested(party)", "P003"),
        ("at least 2 party: requested(party)", "P003"),
        ("at least 1234567 of party: requested(party)", "P003"),
        (f"at least {'9' * 5000} of party: requested(party)", "P003"),
        ("stated(i, binding)", "P003"),
        ("stated(i, binding, legally", "P003"),
        ('stated(i, binding, "legally")', "P003"),
        ("stated(j, binding, legally)", "N004"),
        ("stated(i, colour, legally)", "N004"),
        ("in reading x.y", "N002"),
        ("requested(FR) in reading x.y", "N007"),
    ],
)
def test_a_condition_that_cannot_be_read_is_told(
    codes: Codes, text: str, code: str
) -> None:
    assert code in codes(*HEAD, "fluent x", f"  holds while {text}")


@pytest.mark.parametrize(
    ("depth", "is_read"), [(40, True), (41, False), (50_000, False)]
)
@pytest.mark.parametrize("opening", ["(", "not ", "some party: ", "not ("])
def test_nesting_has_a_bottom(
    codes: Codes, opening: str, depth: int, *, is_read: bool
) -> None:
    depth = (depth + 1) // 2 if opening == "not (" else depth
    closing = ")" * (depth * opening.count("("))
    text = f"{opening * depth}ceasefire(general){closing}"
    assert (codes("fluent x", f"  holds while {text}") == []) is is_read


def test_a_name_of_a_sort_binds_in_events_only(read: Read) -> None:
    compiled = read("fluent x", "  initiated by deploys(party) when requested(party)")
    assert compiled.findings == ()
    (change,) = compiled.program.fluents["x"].initiated
    assert change.event == Atom("deploys", (PARTY,))
    assert change.when == Atom("requested", (PARTY,))
