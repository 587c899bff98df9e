"""Random conditions over every construct, for random programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from tests.properties.picking import pick
from tests.unit.engine.paper import (
    PARTY,
    VALUE,
    atom,
)
from vigens.rules import (
    Added,
    AllOf,
    Amount,
    AnyOf,
    Atom,
    Comparison,
    Condition,
    Constant,
    Count,
    Edge,
    Frequency,
    InState,
    Negation,
    Number,
    Occurs,
    Ordered,
    Persisted,
    Quantified,
    Same,
    Tallied,
    Term,
    Unstated,
    Variable,
)

#: What a random program may be made of.
FAMILIES = frozenset(
    {
        "amounts",
        "counts",
        "counts compared",
        "counts possible",
        "cycles",
        "duties",
        "edges",
        "ends of days",
        "frequency",
        "happens",
        "initially",
        "lasting",
        "numbers",
        "persisted",
        "powers",
        "provisions",
        "quantifiers",
        "same",
        "sums",
        "tallies",
        "values",
    }
)

NAMES = ("A", "B")
WORDS = ("u", "v")
X = Variable("x", "party")
OTHER = Variable("other", "party")
NUMBER = Variable("n", "number")
#: Fluents, each resting at one instant on earlier ones only.
ORDER = ("f", "g", "i", "j", "q")
PARAMS: dict[str, tuple[Variable, ...]] = {
    "f": (PARTY,),
    "g": (PARTY, VALUE),
    "i": (),
    "j": (PARTY,),
    "q": (),
    "b": (PARTY, NUMBER),
}
AMOUNTS = ("1", "2", "1.5")
STATES = (
    "triggered", "pending", "performed", "late", "overdue", "partly", "waived",
    "released", "lapsed", "excused", "suspended", "alleged", "found", "remedied",
)  # fmt: skip

_Kind = TypeVar("_Kind")


class Drawing:
    """Draws conditions; it remembers what they may be made of."""

    def __init__(
        self, draw: st.DrawFn, families: frozenset[str], *, certain: bool
    ) -> None:
        self.draw = draw
        self.families = families
        self.is_certain = certain
        self.made: set[str] = set()
        self.kinds: dict[str, str] = {}

    def one(self, options: Sequence[_Kind]) -> _Kind:
        return pick(self.draw, options)

    def rarely(self, family: str = "") -> bool:
        return (not family or family in self.families) and self.one(
            (False,) * 2 + (True,)
        )

    def first_of(self) -> str | None:
        """Draw whether a time runs on to the end of its civil day."""
        return "end of day" if self.rarely("ends of days") else None

    def party(self, bound: Sequence[Variable]) -> Term:
        known = [one for one in bound if one.sort == "party"]
        terms: list[Term] = [*known, *known, Constant("A"), Constant("B")]
        return self.one(terms)

    def value(self, bound: Sequence[Variable]) -> Term:
        known = [one for one in bound if one.sort == "value"]
        terms: list[Term] = [*known, Constant("u"), Constant("v")]
        return self.one(terms)

    def state(self, names: Sequence[str], bound: Sequence[Variable]) -> Condition:
        if not names:
            return Same(Constant("A"), Constant("A"))
        return self.said(self.one(names), bound)

    def said(self, name: str, bound: Sequence[Variable]) -> Atom:
        terms = [
            self.party(bound) if param.sort == "party" else self.value(bound)
            for param in PARAMS[name]
        ]
        return Atom(name, tuple(terms))

    def condition(
        self, names: Sequence[str], bound: Sequence[Variable], depth: int = 1
    ) -> Condition:
        kind = self.one(("atom", "atom", "not", "and", "or", "more", "more"))
        if kind == "atom" or (kind == "more" and depth < 0):
            return self.state(names, bound)
        if kind == "more":
            return self.more(names, bound)
        if depth < 0:
            return Negation(self.state(names, bound))
        if kind == "not":
            return Negation(self.condition(names, bound, depth - 1))
        parts = tuple(self.condition(names, bound, depth - 1) for _ in range(2))
        return AllOf(parts) if kind == "and" else AnyOf(parts)

    def more(self, names: Sequence[str], bound: Sequence[Variable]) -> Condition:
        kinds = {"quantifiers", "numbers", "frequency", "persisted", "same", "tallies"}
        kinds.add("amounts")
        if "o" in self.made:
            kinds.add("duties")
        open_kinds = sorted(kinds & self.families) + (
            [] if self.is_certain else ["unstated"]
        )
        kind = self.one(open_kinds or ["same"])
        inner = [one for one in bound if one.name != "x"] + [X]
        if kind == "quantifiers":
            return self.quantified(names, inner)
        if kind == "numbers":
            return self.compared(names, inner)
        if kind == "frequency":
            pattern = self.pattern(bound)
            return Frequency(
                self.one((1, 2, 2, 3)), pattern, self.one((1, 2, 4)), "second"
            )
        if kind == "amounts":
            return self.amount(bound)
        if kind == "persisted":
            body = self.condition(names, bound, -1)
            return Persisted(body, self.one((1, 2, 4)), "second")
        if kind == "tallies":
            tallied = Tallied("t", (self.party(bound),))
            return Comparison(tallied, self.one((">=", "<", "=")), self.one((1, 2, 4)))
        if kind == "duties":
            return InState(self.one(STATES), "o", (self.party(bound),))
        if kind == "unstated":
            return Unstated(self.one(("a", "b")))
        return Same(self.party(bound), Constant("A"))

    def amount(self, bound: Sequence[Variable]) -> Condition:
        """Compare the number that `b` has with a number, or with another one's."""
        own, other = Variable("own", "number"), Variable("other number", "number")
        known: list[Term] = [one for one in bound if one.sort == "number"]
        against: Term = self.one([*known, Constant("1"), Constant("2"), other])
        relation = self.one((">", ">=", "<", "<=", "="))
        found: Condition = Ordered(own, relation, against)
        if self.rarely("sums"):
            whole = self.added([Amount(own), 1], bound)
            found = Comparison(whole, relation, Amount(against))
        if against == other:
            second = Atom("b", (self.party(bound), other))
            found = Quantified(1, other, None, AllOf((second, found)))
        return Quantified(
            1, own, None, AllOf((Atom("b", (self.party(bound), own)), found))
        )

    def quantified(self, names: Sequence[str], inner: Sequence[Variable]) -> Condition:
        guard = self.condition(names, inner, -1) if self.rarely() else None
        body = self.condition(names, inner, -1)
        how = self.one(("each", "number", "share", "weight"))
        if how == "each":
            return Quantified(None, X, None, body, guard)
        if how == "number":
            least = self.one((1, 1, 2))
            return Quantified(least, X, None, body, guard, None, self.rarely())
        if how == "share":
            share = self.one(((1, 2), (2, 3), (1, 1)))
            return Quantified(1, X, None, body, guard, share, self.rarely())
        share_or_not = self.one((None, (11, 20)))
        least = self.one((1, 2))
        is_more = self.rarely()
        return Quantified(least, X, None, body, guard, share_or_not, is_more, "w")

    def count(self, names: Sequence[str], inner: Sequence[Variable]) -> Count:
        guard = self.condition(names, inner, -1) if self.rarely() else None
        weights = self.one((None, None, "w"))
        body = self.condition(names, inner, -1)
        if body == atom("f", X) and "counts compared" not in self.families:
            body = Negation(body)
        return Count(X, None, body, guard, weights)

    def compared(self, names: Sequence[str], inner: Sequence[Variable]) -> Condition:
        right = self.one((0, 1, 2))
        relation = self.one((">=", ">", "<=", "<", "="))
        left = self.count(names, inner)
        if self.rarely("sums"):
            whole = self.added([left, right, self.count(names, inner)], inner[:-1])
            sides: list[Number] = [left, right]
            return Comparison(whole, relation, self.one(sides))
        if self.rarely():
            return Comparison(left, relation, self.count(names, inner))
        return Comparison(left, relation, right)

    def added(self, numbers: Sequence[Number], bound: Sequence[Variable]) -> Added:
        """Add up and take away shares of numbers, one of them of a tally perhaps."""
        if "tallies" in self.families:
            numbers = [*numbers, Tallied("t", (self.party(bound),))]
        shares = ((1, 1), (1, 1), (1, 2), (-1, 1), (-2, 3))
        return Added(tuple((*self.one(shares), each) for each in numbers))

    def pattern(self, bound: Sequence[Variable] = (PARTY,)) -> Atom:
        own = [one for one in bound if one.sort == "party"] or [PARTY]
        parties: list[Term] = [own[0], own[0], own[0], OTHER, Constant("A")]
        party = self.one(parties)
        events = ["e", "e", "k", "s", "say"]
        if "provisions" in self.families:
            events += ["d", "z"]
        name = self.one(events)
        if name == "s":
            return atom("s")
        if name == "say":
            words: list[Term] = [VALUE, Constant("u")]
            return atom("say", party, self.one(words))
        return atom(name, party)

    def occurs(self, earlier: Sequence[str], bound: Sequence[Variable]) -> Occurs:
        if earlier and self.rarely("edges"):
            name = self.one(earlier)
            return Edge(self.said(name, [*bound, PARTY]), self.one((True, False)))
        return self.pattern(bound)
