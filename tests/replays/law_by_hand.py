"""A treaty, its amendment, reservations and territories, day by day, as the law says.

Random acts, one a day, and what is so on each day by the words of the conventions;
nothing here knows the language or the engine.
"""

from __future__ import annotations

import calendar
import random
from datetime import date, timedelta

PARTIES = ("A", "B", "C", "D")
FIRST = date(1970, 1, 1)
#: An act: the day, its name, its arguments.
Act = tuple[int, str, tuple[str, ...]]
Said = tuple[str, tuple[str, ...]]
WAIT, NEEDED = 30, 2

#: Acts of one party, and how often they are drawn.
_OWN = {
    "ratifies": 6, "denounces": 2, "applies.provisionally": 3,
    "ends.provisional.application": 1, "declares.not.to.join": 1,
    "suspends.for": 1, "resumes.for": 1,
}  # fmt: skip
_TOWARDS = {
    "notified.of.reservation": 5, "objects": 4, "objects.to.relations": 3,
    "accepts.reservation": 2, "withdraws.objection": 2,
}  # fmt: skip
_TERRITORY = {"extends.to.territory": 2, "excludes.territory": 2}
_REST = {
    "accepts": 4, "treaty.amended": 1, "joins.unamended": 1, "reserves": 5,
    "withdraws.reservation": 1, "territory.comes.under": 3, "only.where.extended": 1,
    "terminates": 1,
}  # fmt: skip


def draw(seed: int, size: int, span: int) -> list[Act]:
    """Draw acts, each on a day of its own."""
    chance = random.Random(seed)
    often = _OWN | _TOWARDS | _TERRITORY | _REST
    found: list[Act] = []
    for day in sorted(chance.sample(range(1, span), size)):
        (name,) = chance.choices(list(often), list(often.values()))
        party = chance.choice(PARTIES)
        holder, place = chance.choice(PARTIES), chance.choice(("isle", "cape"))
        if name in _TOWARDS and holder == party:
            continue
        if name == "terminates" and day < 3 * span // 4:
            continue
        values = {
            **dict.fromkeys(_OWN, ("pact", party)),
            **dict.fromkeys(_TOWARDS, ("pact", party, f"r{holder}")),
            **dict.fromkeys(_TERRITORY, ("pact", party, place)),
            "accepts": ("change", party),
            "treaty.amended": ("pact", "change"),
            "joins.unamended": ("pact", party),
            "reserves": ("pact", party, f"r{party}"),
            "withdraws.reservation": ("pact", party, f"r{party}"),
            "territory.comes.under": (place, party),
            "only.where.extended": ("pact",),
            "terminates": ("pact",),
        }
        found.append((day, name, values[name]))
    return found


def year_after(day: int) -> int:
    """Give the day after the last of twelve months from a day on."""
    since = FIRST + timedelta(day)
    last = calendar.monthrange(since.year + 1, since.month)[1]
    then = date(since.year + 1, since.month, min(since.day, last))
    return (then - FIRST).days + 1


class Days:
    """What is so, carried from day to day."""

    def __init__(self) -> None:
        self.so: set[Said] = set()
        self.held_by: dict[str, str] = {}
        self.enters: dict[int, list[str]] = {}
        self.over: dict[int, list[tuple[str, str]]] = {}

    def go(self, day: int, acts: list[tuple[str, tuple[str, ...]]]) -> None:
        """Go on by a day: all acts read what was so before it."""
        before = set(self.so)
        self.so |= {("over", pair) for pair in self.over.pop(day, ())}
        for text in self.enters.pop(day, ()):
            if ("ended", (text,)) not in before:
                self.so.add(("in_force", (text,)))
        for name, values in acts:
            self._act(day, name, values, before)
        for text in ("pact", "change"):
            number = sum(("consented", (text, one)) in self.so for one in PARTIES)
            was = sum(("consented", (text, one)) in before for one in PARTIES)
            if number >= NEEDED > was:
                self.enters.setdefault(day + WAIT, []).append(text)

    def _act(
        self, day: int, name: str, values: tuple[str, ...], before: set[Said]
    ) -> None:
        so, text, party = self.so, values[0], values[-1]
        begins, ends = {
            "suspends.for": ("suspended", ""),
            "resumes.for": ("", "suspended"),
            "applies.provisionally": ("declared", ""),
            "ends.provisional.application": ("", "declared"),
            "declares.not.to.join": ("", "declared"),
            "treaty.amended": ("amended", ""),
            "only.where.extended": ("only_extended", ""),
        }.get(name, ("", ""))
        if begins:
            so.add((begins, values))
        so.discard((ends, values))
        self._membership(name, text, party, before)
        if name == "terminates":
            so.add(("ended", (text,)))
            so.discard(("in_force", (text,)))
        if name == "territory.comes.under":
            self.held_by[text] = party
        if name in ("extends.to.territory", "excludes.territory"):
            is_out = name.startswith("excludes")
            so.discard(("extended" if is_out else "excluded", values[1:]))
            so.add(("excluded" if is_out else "extended", values[1:]))
        if len(values) == 3 and values[2].startswith("r"):
            self._reservation(day, name, (values[1], values[2]), before)

    def _membership(self, name: str, text: str, party: str, before: set[Said]) -> None:
        so, is_amended = self.so, ("amended", ("pact", "change")) in before
        if name in ("ratifies", "accepts"):
            so.add(("consented", (text, party)))
            if text == "pact" and is_amended:
                so.discard(("left", (party,)))
                if ("in_force", ("change",)) in before:
                    so.add(("joined_after", (party,)))
        if name in ("denounces", "joins.unamended") and is_amended:
            so.discard(("joined_after", (party,)))
        if name == "denounces":
            so.discard(("consented", (text, party)))
            if text == "pact" and is_amended:
                so.add(("left", (party,)))

    def _reservation(
        self, day: int, name: str, pair: tuple[str, str], before: set[Said]
    ) -> None:
        so = self.so
        if name == "notified.of.reservation":
            self.over.setdefault(year_after(day), []).append(pair)
        if name == "reserves":
            so.add(("reserved", pair))
        if name == "withdraws.reservation":
            so.discard(("reserved", pair))
        if name in ("objects", "objects.to.relations"):
            so.discard(("accepted", pair))
            is_bound = ("consented", ("pact", pair[0])) in before
            if not (is_bound and ("over", pair) in so):
                so.add(("objected", pair))
                if name == "objects.to.relations":
                    so.add(("opposed", pair))
        if name in ("accepts.reservation", "withdraws.objection"):
            so.difference_update({("objected", pair), ("opposed", pair)})
        if name == "accepts.reservation":
            so.add(("accepted", pair))

    def is_party(self, text: str, party: str) -> bool:
        return {("in_force", (text,)), ("consented", (text, party))} <= self.so

    def operates(self, party: str) -> bool:
        is_suspended = ("suspended", ("pact", party)) in self.so
        return self.is_party("pact", party) and not is_suspended

    def asked(self) -> set[Said]:
        """Give what is so of all that is asked, in the words of the law."""
        found: set[Said] = {
            ("in_force", (t,)) for t in ("pact", "change") if self._in_force(t)
        }
        for party in PARTIES:
            found |= self._of(party)
            for other in PARTIES:
                if other != party:
                    found |= self._towards(party, other)
        return found

    def _in_force(self, text: str) -> bool:
        return ("in_force", (text,)) in self.so

    def _of(self, party: str) -> set[Said]:
        so, found = self.so, set[Said]()
        is_party = self.is_party("pact", party)
        if is_party:
            found.add(("party_to", ("pact", party)))
        if self.operates(party):
            found.add(("operates_for", ("pact", party)))
        if ("declared", ("pact", party)) in so and not is_party:
            found.add(("applied_provisionally", ("pact", party)))
        joined = ("joined_after", (party,)) in so and self._in_force("change")
        has_left = ("left", (party,)) in so
        if (self.is_party("change", party) and not has_left) or joined:
            found.add(("bound_as_amended", ("change", party)))
        for place in ("isle", "cape"):
            is_whole = ("only_extended", ("pact",)) not in so
            is_whole = is_whole and ("excluded", (party, place)) not in so
            reaches = is_whole or ("extended", (party, place)) in so
            if reaches and is_party and self.held_by.get(place) == party:
                found.add(("binds_in_territory", ("pact", party, place)))
        return found

    def _towards(self, party: str, other: str) -> set[Said]:
        """Say what the reservation of a party comes to towards another one."""
        so, found = self.so, set[Said]()
        name = f"r{party}"
        pair, key = (other, name), ("pact", other, name)
        is_silent = ("over", pair) in so and ("consented", ("pact", other)) in so
        is_silent = is_silent and ("objected", pair) not in so
        is_taken = ("accepted", pair) in so or is_silent
        is_reserved = ("reserved", (party, name)) in so
        stands = is_reserved and self.is_party("pact", party) and self.operates(other)
        if is_taken:
            found.add(("taken_as_accepted", key))
            if is_reserved:
                found.add(("reservation_established", ("pact", party, name)))
            if stands:
                found.add(("reservation_modifies", key))
        is_opposed = ("opposed", pair) in so
        if ("objected", pair) in so and stands and not is_opposed:
            found.add(("reservation_excludes", key))
        if is_opposed and is_reserved:
            found.add(("not_between", ("pact", party, other)))
            found.add(("not_between", ("pact", other, party)))
        return found
