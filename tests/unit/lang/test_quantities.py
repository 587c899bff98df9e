from __future__ import annotations

from collections.abc import Callable

import pytest

from vigens.lang import Compiled
from vigens.rules import (
    Atom,
    Comparison,
    Condition,
    Constant,
    Count,
    Frequency,
    InState,
    Linked,
    Negation,
    Persisted,
    Quantified,
    Same,
    Tallied,
    Variable,
)

Read = Callable[..., Compiled]

HEAD = (
    "party FR",
    "group g",
    "instrument i",
    "  kind declaration",
    "weights w of party",
    "  of FR 2.50",
    "event shot(party, dead: number)",
    "tally shots(party)",
    "  counts shot(party, dead)",
    "values stage",
    "  of one, two",
    "fluent at(party): stage",
    "  becomes one upon requests(party)",
    "obligation o",
    "  obligor FR",
    "  trigger on requests(party)",
    "  within unstated",
)
PARTY, OTHER = Variable("party", "party"), Variable("other", "party")
STATE = Variable("state", "state")
FR, G = Constant("FR"), Constant("g")
DEPLOYED = Atom("deployed", (PARTY,))
MEMBER = Atom("member", (G, PARTY))
CALM = Atom("ceasefire", (Constant("general"),))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "at least 2/3 of party in member(g): deployed(party)",
            Quantified(0, PARTY, None, DEPLOYED, MEMBER, (2, 3)),
        ),
        (
            "each party in member(g, party): deployed(party)",
            Quantified(None, PARTY, None, DEPLOYED, MEMBER),
        ),
        (
            "some party in (not member(g, party)): deployed(party)",
            Quantified(1, PARTY, None, DEPLOYED, Negation(MEMBER)),
        ),
        (
            "at least 55% of w of party: deployed(party)",
            Quantified(0, PARTY, None, DEPLOYED, None, (11, 20), weights="w"),
        ),
        (
            "more than half of party: deployed(party)",
            Quantified(0, PARTY, None, DEPLOYED, None, (1, 2), is_more=True),
        ),
        (
            "more than 3 of party: deployed(party)",
            Quantified(3, PARTY, None, DEPLOYED, is_more=True),
        ),
        (
            "at least 12.5% of party: deployed(party)",
            Quantified(0, PARTY, None, DEPLOYED, None, (1, 8)),
        ),
        (
            "at least 2 of state: deployed(state)",
            Quantified(2, STATE, None, Atom("deployed", (STATE,))),
        ),
        (
            "some party: (some party as other: party is not other)",
            Quantified(
                1,
                PARTY,
                None,
                Quantified(1, OTHER, None, Negation(Same(PARTY, OTHER))),
            ),
        ),
        (
            "(number of party in member(g): deployed(party)) >= 3",
            Comparison(Count(PARTY, None, DEPLOYED, MEMBER), ">=", 3),
        ),
        (
            "2 < number of w of party: deployed(party)",
            Comparison(2, "<", Count(PARTY, None, DEPLOYED, weights="w")),
        ),
        ("shots(FR) = 0", Comparison(Tallied("shots", (FR,)), "=", 0)),
        (
            "at least 3 times shot(FR, dead) within 24 hours",
            Frequency(3, Atom("shot", (FR, Variable("dead", "number"))), 24, "hour"),
        ),
        ("ceasefire(general) for 30 days", Persisted(CALM, 30, "day")),
        ("not ceasefire(general) for 1 hour", Negation(Persisted(CALM, 1, "hour"))),
        ("at(FR) is one", Atom("at", (FR, Constant("one")))),
        ("at(FR) is not two", Negation(Atom("at", (FR, Constant("two"))))),
        ("overdue o(FR, FR)", InState("overdue", "o", (FR, FR))),
        (
            "i prevails over i",
            Linked(Constant("i"), "prevails over", Constant("i")),
        ),
        ("i draft of i", Linked(Constant("i"), "draft of", Constant("i"))),
    ],
)
def test_how_many_comes_to_one_tree(read: Read, text: str, tree: Condition) -> None:
    compiled = read(*HEAD, "fluent x", f"  holds while {text}")
    assert compiled.findings == ()
    assert compiled.program.fluents["x"].held[0].condition == tree


def test_words_of_states_may_be_names_of_states(read: Read) -> None:
    compiled = read(
        "fluent suspended",
        "  initiated by hostilities.resume",
        "fluent x",
        "  holds while suspended and not suspended for 3 days or suspended",
    )
    assert compiled.findings == ()
