"""Random small programs over every construct."""

from __future__ import annotations

from tests.properties.drawing import (
    NUMBER,
    ORDER,
    PARAMS,
    WORDS,
    Drawing,
    X,
)
from tests.unit.engine.paper import (
    PARTY,
    VALUE,
    atom,
    event,
    fluent,
    program,
)
from vigens.engine.oracle.conditions import free_variables
from vigens.rules import (
    AllOf,
    Change,
    Condition,
    Constant,
    Count,
    Deadline,
    Delay,
    Edge,
    EventType,
    Fluent,
    Frequency,
    Happens,
    Initially,
    Lasting,
    Mark,
    Measure,
    Negation,
    Obligation,
    Occurs,
    Ordered,
    Performance,
    Power,
    Program,
    Provision,
    Reading,
    Tally,
    Term,
    Trigger,
    Variable,
    Variant,
    Weights,
    substitute,
)


class Maker(Drawing):
    """Draws one program."""

    def change(self, name: str, place: str, *, starts: bool) -> Change:
        earlier = tuple(n for n in ORDER[: ORDER.index(name)] if n in self.kinds)
        bound = [one for one in PARAMS[name] if one.sort == "party"]
        occurs = self.occurs(earlier, bound)
        terms = (occurs.atom if isinstance(occurs, Edge) else occurs).terms
        known = {one.name: one for one in bound}
        known |= {one.name: one for one in terms if isinstance(one, Variable)}
        when = None
        readable = ORDER if "cycles" in self.families else earlier
        readable = tuple(one for one in readable if one in self.kinds)
        if readable and self.rarely():
            when = self.condition(readable, list(known.values()), 0)
        if self.rarely("happens"):
            happens = Happens(self.pattern(list(known.values())))
            both: list[Condition] = [happens, Negation(happens)]
            also = self.one(both)
            when = also if when is None else AllOf((when, also))
        value: Term | None = None
        if name == "g":
            value = self.value(list(known.values()))
            value = None if not starts and self.rarely() else value
        perhaps = None if self.is_certain or not self.rarely() else "it may"
        reading = self.one((None, None, None, Reading("r", "a"), Reading("r", "b")))
        return Change(occurs, when, perhaps, reading, place, value)

    def lasting(self, name: str) -> tuple[Lasting, ...]:
        if not self.rarely("lasting"):
            return ()
        value = self.one(WORDS) if name == "g" else None
        becomes = self.one((None, *(w for w in WORDS if w != value))) if value else None
        amount, renewable = self.one((1, 2, 3)), self.one((True, False))
        return (Lasting(value, amount, "second", becomes, renewable, None, ""),)

    def fluent(self, name: str) -> Fluent:
        if self.kinds[name] == "held":
            earlier = [n for n in ORDER[: ORDER.index(name)] if n in self.kinds]
            bound = [one for one in PARAMS[name] if one.sort == "party"]
            held = [self.condition(earlier, bound) for _ in range(self.one((1, 1, 2)))]
            return fluent(name, *PARAMS[name], held=held)
        starts = [
            self.change(name, f"{name}:s{at}", starts=True)
            for at in range(self.one((1, 1, 2)))
        ]
        ends = [
            self.change(name, f"{name}:e{at}", starts=False)
            for at in range(self.one((0, 1, 1)))
        ]
        initially: tuple[Initially, ...] = ()
        if self.rarely("initially"):
            value = Constant(self.one(WORDS)) if name == "g" else None
            initially = (Initially(value, ""),)
        return fluent(
            name,
            *PARAMS[name],
            starts=starts,
            ends=ends,
            has_values=name == "g",
            initially=initially,
            lasting=self.lasting(name),
        )

    def amounts(self) -> Fluent:
        """Give a party the last number that hit it, or the largest."""
        when: Condition | None = None
        if self.rarely():
            when = Ordered(NUMBER, ">=", Constant("1.5"))
        if self.rarely("cycles"):
            when = Negation(self.amount([PARTY, NUMBER]))
        starts = [Change(atom("hit", PARTY, NUMBER), when, None, None, "b:s", NUMBER)]
        ends = [Change(atom("e", PARTY), None, None, None, "b:e", None)]
        return fluent("b", *PARAMS["b"], starts=starts, ends=ends, has_values=True)

    def provision(self, name: str, brings: str) -> Provision:
        is_late = brings == "d"
        may_cycle = is_late and "cycles" in self.families
        states = tuple(n for n in ORDER if n in self.kinds) if may_cycle else ()
        upon: Occurs | None = self.one(
            [atom("e", PARTY), atom("k", PARTY), atom("say", PARTY, VALUE)]
        )
        once = None
        if states and self.rarely("edges"):
            upon = Edge(self.said(self.one(states), [PARTY]), self.one((True, False)))
        elif states and self.rarely():
            upon, once = None, self.condition(states, [PARTY], 0)
        when = self.condition(states, [PARTY], 0) if states and self.rarely() else None
        unless = (
            self.condition(states, [PARTY], 0) if states and self.rarely() else None
        )
        delay = None
        if is_late:
            delay = Delay(self.one((1, 2, 3)), "second", self.first_of())
        not_before = "1970-01-01T00:00:03Z" if is_late and self.rarely() else None
        perhaps = None if self.is_certain or not self.rarely() else "it may"
        is_bound = PARTY in variables(upon, once)
        party = PARTY if is_bound else Constant("A")
        if not is_bound:  # what a rule is about is bound by what it rests on
            named = {PARTY.name: "A"}
            when = None if when is None else substitute(when, named)
            unless = None if unless is None else substitute(unless, named)
        return Provision(
            name, name, atom(brings, party), upon, once, when, unless, delay,
            not_before, perhaps,
        )  # fmt: skip

    def duty(self) -> Obligation:
        obligor = Variable("obligor", "party")
        on_event = self.one(
            (atom("e", obligor), atom("s"), atom("say", obligor, VALUE))
        )
        trigger = Trigger(None, on_event, None, "")
        if self.rarely():
            trigger = Trigger(atom("f", obligor), None, None, "")
        elif self.rarely():
            when = self.condition(("f",), [obligor], 0)
            trigger = Trigger(None, on_event, None, "", when)
        performance = Performance(None, atom("k", obligor), None, "")
        if self.rarely():
            performance = Performance(Negation(atom("f", obligor)), None, None, "")
        limits = [self.limit(obligor) for _ in range(self.one((0, 1, 1, 2)))]
        kinds = ("waived", "released", "lapsed", "excused", "suspended", "partly",
                 "alleged", "found", "denied", "remedied")  # fmt: skip
        marks = [
            self.mark(self.one(kinds), obligor) for _ in range(self.one((0, 1, 2, 3)))
        ]
        role = "f" if self.rarely() else None
        held = self.condition(("f",), [obligor], 0) if self.rarely() else None
        return Obligation(
            "o", "o", (obligor,), None if role else "A", role, None, None, "shall", (trigger,),
            held, performance, tuple(limits), None, None, "", None, tuple(marks),
        )  # fmt: skip

    def limit(self, obligor: Variable) -> Deadline:
        relation = self.one(("within", "within", "at"))
        anchor = self.one((None, None, atom("s"), atom("k", obligor)))
        return Deadline(
            relation, self.one((0, 1, 2, 3)), "second", anchor, None, None, "",
            self.first_of(),
        )  # fmt: skip

    def mark(self, kind: str, obligor: Variable) -> Mark:
        if self.rarely():
            return Mark(kind, None, atom("f", obligor), None, "")
        happens = self.one((atom("s"), atom("say", obligor, VALUE), atom("k", obligor)))
        return Mark(kind, happens, None, None, "")

    def tally(self) -> Tally:
        since = self.one((None, None, atom("e", PARTY), atom("s")))
        until = self.one((None, None, atom("k", PARTY)))
        delay = self.one((None, Delay(1, "second", self.first_of())))
        within = self.one((None, Delay(2, "second", self.first_of())))
        within = within if since else None
        when = self.condition(("f",), [PARTY], 0) if self.rarely() else None
        return Tally(
            "t", (PARTY,), "t", atom("hit", PARTY, NUMBER), when,
            self.one((None, "n")), since, within, until, delay if until else None,
        )  # fmt: skip

    def events(self) -> list[EventType]:
        powers: tuple[Power, ...] = ()
        if self.rarely("powers"):
            holders: list[Term] = [PARTY, Constant("A")]
            holder = self.one(holders)
            needed: Condition | None = None
            if self.rarely():
                lately = Frequency(1, atom("e", PARTY), 3, "second")
                either: list[Condition] = [lately, Negation(lately)]
                needed = self.one(either)
                if self.rarely("cycles"):
                    needed = self.condition(("f",), [PARTY], 0)
            powers = (Power(holder, needed, None, ""),)
            if self.rarely():
                powers = (*powers, Power(PARTY, None, None, ""))
        return [
            event("e", PARTY),
            event("k", PARTY, powers=powers),
            event("s"),
            event("say", PARTY, VALUE),
            event("hit", PARTY, NUMBER),
            event("d", PARTY),
            event("z", PARTY),
        ]

    def program(self) -> Program:
        self.kinds = {"f": "inertial", "i": "inertial", "j": "held", "q": "held"}
        self.kinds["j"] = self.one(("held", "inertial"))
        if "values" in self.families:
            self.kinds["g"] = "values"
        more: dict[str, dict[str, object]] = {
            "weights": {"w": Weights("w", "", "party", {"A": 3, "B": 2, "C": 1}, 2)},
            "variants": {"r": Variant("r", "", (("a", ""), ("b", "")), "")},
        }
        if "duties" in self.families:
            more["obligations"] = {"o": self.duty()}
            self.made.add("o")
        if "tallies" in self.families:
            more["tallies"] = {"t": self.tally()}
        if "provisions" in self.families:
            more["provisions"] = {
                "p": self.provision("p", "d"),
                "p0": self.provision("p0", "z"),
            }
        if "counts" in self.families and self.rarely():
            count = Count(X, None, atom("f", X))
            more["measures"] = {"m": Measure("m", "", "", count)}
        rules = [self.fluent(name) for name in ORDER if name in self.kinds]
        if "amounts" in self.families:
            rules.append(self.amounts())
        return program(self.events(), rules, **more)


def variables(upon: Occurs | None, once: Condition | None) -> list[Term]:
    """List the terms of what a provision rests on."""
    if upon is None:
        assert once is not None
        return list(free_variables(once))
    return list((upon.atom if isinstance(upon, Edge) else upon).terms)
