"""The seeded workload: a log of events, and the same rules as a Vigens case."""

from __future__ import annotations

import csv
import json
import math
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.engines.rows import Params

#: Hour, event, party or nothing, ref or nothing.
Event = tuple[int, str, int | str, str]

RESPOND_HOURS = 72
_HERE = Path(__file__).parent


@dataclass
class _Log:
    """A log as it grows."""

    n_parties: int
    seed: int
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.quorum = math.ceil(2 * self.n_parties / 3)
        self.bound: list[int] = []
        self.outside: list[int] = []
        self.changed: dict[int, int] = {}
        self.is_truce = True
        self.n_breaches = 0
        self.owed_changes = 0.0

    def open(self) -> int:
        """Let most parties join, and the truce begin; give the hour."""
        for party in range(self.n_parties):
            hour = 1 + self.random.randint(0, 240)
            if self.random.random() < 0.9:
                self.events.append((hour, "join", party, ""))
                self.bound.append(party)
                self.changed[party] = hour
        self.outside = sorted(set(range(self.n_parties)) - set(self.bound))
        self.events.append((242, "truce_start", "", ""))
        return 243

    def swing(self, hour: int) -> None:
        """Let parties join or leave: membership swings slowly around the quorum."""
        n = self.n_parties
        turn = math.sin(2 * math.pi * self.n_breaches / 60)
        goal = min(n - 0.5, self.quorum + n * (0.05 + 0.08 * turn))
        self.owed_changes += max(0.5, n * 0.02)
        while self.owed_changes >= 1:
            self.owed_changes -= 1
            joins = self.random.random() < 0.5 + 8 * (goal - len(self.bound)) / n
            here, there = (
                (self.outside, self.bound) if joins else (self.bound, self.outside)
            )
            if not here:
                continue
            place = self.random.randrange(len(here))
            party = here[place]
            if self.changed.get(party) == hour:
                continue
            self.changed[party] = hour
            here[place] = here[-1]
            here.pop()
            there.append(party)
            self.events.append((hour, "join" if joins else "leave", party, ""))

    def breach(self, hour: int) -> None:
        """Let a breach happen, and those bound respond in time, late or never."""
        ref = f"b{self.n_breaches}"
        self.n_breaches += 1
        self.events.append((hour, "breach", "", ref))
        for party in self.bound:
            chance = self.random.random()
            if chance < 0.8:
                taken = self.random.randint(1, RESPOND_HOURS - 1)
            elif chance < 0.9:
                taken = self.random.randint(RESPOND_HOURS + 1, 200)
            else:
                continue
            self.events.append((hour + taken, "respond", party, ref))


def generate(n_parties: int, n_events: int, seed: int) -> tuple[list[Event], Params]:
    """Make a log of at least so many events; the same for the same seed."""
    log = _Log(n_parties, seed)
    hour = log.open()
    while len(log.events) < n_events:
        hour += 1 + int(log.random.expovariate(1 / 24))
        log.swing(hour)
        if log.random.random() < (0.02 if log.is_truce else 0.2):
            log.is_truce = not log.is_truce
            name = "truce_start" if log.is_truce else "truce_end"
            log.events.append((hour, name, "", ""))
        hour += 1
        log.breach(hour)
    log.events.sort(key=lambda event: (event[0], event[1], str(event[2]), event[3]))
    horizon = log.events[-1][0] + 100
    return log.events, Params(n_parties, log.quorum, horizon, RESPOND_HOURS)


def write_case(folder: Path, n_parties: int, n_events: int, seed: int = 1) -> int:
    """Write the log, its parameters and the Vigens case; give the number of events."""
    events, params = generate(n_parties, n_events, seed)
    agreements = folder / "agreements"
    agreements.mkdir(parents=True, exist_ok=True)
    with (folder / "events.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("time", "event", "party", "ref"))
        writer.writerows(events)
    (folder / "case.toml").write_bytes((_HERE / "case.toml").read_bytes())
    (agreements / "pact.md").write_bytes((_HERE / "pact.md").read_bytes())
    parties = "\n".join(f'party p{n} "Party {n}"' for n in range(n_parties))
    (agreements / "parties.md").write_text(
        f"# The parties\n\n```vigens\nvigens 1\n{parties}\n```\n", "utf-8"
    )
    (folder / "params.json").write_text(json.dumps(asdict(params)), "utf-8")
    return len(events)
