"""Proposed claims against claims read off by hand.

A proposal matches a claim of the same document and kind if they share at least half
of the shorter passage; one proposal matches one claim, best overlap first. A claim
that is not `core` is worth finding but never missed, and finding it is never wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
SLOTS = ("modality", "polarity", "date", "place")


@dataclass(slots=True)
class Tally:
    """What was found, wrongly proposed, missed."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Give the share of proposals that were right."""
        proposed = self.found + self.wrong
        return self.found / proposed if proposed else 0.0

    @property
    def recall(self) -> float:
        """Give the share of core claims that were found."""
        wanted = self.found + self.missed
        return self.found / wanted if wanted else 0.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.found += other.found
        self.wrong += other.wrong
        self.missed += other.missed


def pair(claims: Sequence[Row], proposals: Sequence[Row]) -> dict[int, int]:
    """Pair claims with proposals of one document and kind, by index."""
    candidates = []
    for i, claim in enumerate(claims):
        for j, proposal in enumerate(proposals):
            shared = min(claim["end"], proposal["end"]) - max(
                claim["start"], proposal["start"]
            )
            shorter = min(
                claim["end"] - claim["start"], proposal["end"] - proposal["start"]
            )
            if shared > 0 and 2 * shared >= shorter:
                candidates.append((shared / max(1, shorter), shared, i, j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(candidates, reverse=True):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def score(gold: Iterable[Row], rows: Iterable[Row]) -> dict[str, Tally]:
    """Tally proposals by kind, and under "all" together."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    claims, proposals = _by_place(gold), _by_place(rows)
    for key in claims.keys() | proposals.keys():
        wanted, made = claims.get(key, []), proposals.get(key, [])
        pairs = pair(wanted, made)
        one = Tally(
            found=sum(bool(wanted[i]["core"]) for i in pairs),
            wrong=len(made) - len(pairs),
            missed=sum(
                bool(claim["core"]) for i, claim in enumerate(wanted) if i not in pairs
            ),
        )
        tallies[key[1]].add(one)
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    return {**dict(sorted(tallies.items())), "all": total}


def slots(gold: Iterable[Row], rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Count, for matched core claims, how often a slot is right where one is given.

    Actors are counted one by one: how many of those who are wanted are named,
    themselves or by whoever acts for them.
    """
    right: dict[str, list[int]] = {name: [0, 0] for name in (*SLOTS, "actors")}
    claims, proposals = _by_place(gold), _by_place(rows)
    for key, wanted in claims.items():
        made = proposals.get(key, [])
        for i, j in pair(wanted, made).items():
            for name in SLOTS:
                if wanted[i]["core"] and wanted[i].get(name):
                    right[name][1] += 1
                    right[name][0] += wanted[i][name] == made[j].get(name)
            if wanted[i]["core"] and wanted[i].get("ids"):
                named = made[j].get("actors", ())
                who = {a.get(key) for a in named for key in ("id", "of")}
                right["actors"][1] += len(wanted[i]["ids"])
                right["actors"][0] += len(who.intersection(wanted[i]["ids"]))
    return {name: (a, b) for name, (a, b) in right.items()}


def _by_place(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["doc"], row["kind"]].append(row)
    return found
