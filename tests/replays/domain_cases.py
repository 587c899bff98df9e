"""Random logs of the domains, and the cases that are made of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.replays.domains_by_hand import Interval, Key, Log
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.engine import interval_columns

HERE = Path(__file__).resolve().parent / "domains"

#: Domain to its events, each with what its arguments are drawn from, and how often.
EVENTS: dict[str, dict[str, tuple[tuple[str, ...], int]]] = {
    "market": {
        "registered": (("seller",), 1),
        "quoted": (("seller", "buyer", "good"), 12),
        "accepted": (("buyer", "seller", "good"), 14),
        "sent": (("seller", "buyer", "good"), 10),
        "paid": (("buyer", "seller", "good"), 5),
        "fined": (("seller",), 1),
    },
    "licence": {
        "licensed": (("seller",), 3),
        "stopped": (("seller", "number"), 14),
        "pardoned": (("seller",), 1),
        "attended": (("seller",), 3),
        "cleared": (("seller",), 1),
    },
    "truce": {
        "violation": (("sector",), 20),
        "shift": (("sector",), 4),
        "patrolled": (("seller", "sector"), 14),
        "appointed": (("seller",), 3),
    },
    "chair": {
        "elected": (("seller",), 5),
        "moved": (("seller", "motion"), 12),
        "ruled": (("seller", "motion"), 14),
    },
    "fishery": {
        "licensed": (("seller",), 5),
        "landed": (("seller", "number"), 16),
        "reported": (("seller",), 8),
        "storm.starts": ((), 1),
        "storm.ends": ((), 2),
        "voted": (("seller",), 8),
        "paid": (("seller",), 2),
        "transferred": (("seller", "seller"), 2),
    },
    "league": {
        "joined": (("seller",), 8),
        "left": (("seller",), 2),
        "pledged": (("seller", "seller"), 9),
        "called": (("seller",), 5),
        "aided": (("seller", "seller"), 10),
        "censured": (("seller", "seller"), 3),
        "voted": (("seller", "seller"), 10),
        "appointed": (("seller", "seller", "office"), 5),
        "excused": (("seller", "seller"), 1),
        "apologised": (("seller",), 2),
        "audited": (("seller",), 2),
    },
    "compact": {
        "ratified": (("seller",), 7),
        "gave.notice": (("seller",), 3),
        "took.back": (("seller",), 1),
        "paid": (("seller",), 10),
        "year.begins": ((), 4),
        "proposed": ((), 3),
        "accepted": (("seller",), 9),
        "protested": (("seller",), 1),
        "reported": (("seller",), 5),
        "visited": (("seller",), 6),
        "restored": (("seller", "seller"), 4),
    },
    "auction": {
        "admitted": (("seller",), 6),
        "hammer.given": (("seller",), 5),
        "opened": (("seller", "lot", "price"), 8),
        "bid": (("seller", "lot", "price"), 24),
        "struck": (("seller", "lot"), 5),
        "paid": (("seller", "lot", "price"), 10),
        "forfeit.paid": (("seller",), 2),
        "complained": (("seller",), 1),
        "pardoned": (("seller",), 2),
    },
    "loan": {
        "lent": (("seller",), 3),
        "opened": (("seller", "credit"), 2),
        "drawn": (("seller", "price"), 16),
        "funded": (("seller", "seller"), 14),
        "repaid": (("seller", "price"), 12),
        "guaranteed": (("seller", "seller"), 1),
        "supported": (("seller", "seller"), 12),
        "waived": (("seller", "seller"), 5),
    },
}
#: Domain to how many parties of each kind meet; else three.
MANY = {"league": 4, "compact": 5, "loan": 4}
#: Domain to the unit of its log; else seconds.
UNITS = {"compact": "day"}
#: Domain to the states that are compared.
STATES: dict[str, tuple[str, ...]] = {
    "market": ("quote", "contract", "undelivered", "unpaid", "suspended"),
    "licence": ("licence", "many_points", "often", "suspended", "truant"),
    "truce": (
        *("hot", "calm", "paused", "monitor", "neglected", "struck"),
        "observed",
    ),
    "chair": ("chair", "opened", "slow", "barred"),
    "fishery": (
        *("storm", "licence", "can_fish", "busy", "for_opening", "quorum", "season"),
        *("exhausted", "extra", "over", "late", "barred", "premium", "lead"),
    ),
    "league": (
        *("belongs", "against", "condemned", "expelled", "ally", "called_for", "busy"),
        *("faithless", "suspended", "holder", "strong", "veteran", "idle", "guarded"),
        *("let_off", "to_audit", "rivals", "majority"),
    ),
    "compact": (
        *("consent", "enough", "force", "empty", "force_once", "party_in", "noticed"),
        *("arrears", "can_vote", "accepting", "open_amendment", "objecting"),
        *("new_text", "presides", "presided", "barred", "late_report"),
    ),
    "auction": (
        *("admitted_to", "hammer", "open_lot", "floor", "best", "leads", "owes"),
        *("late", "shut_out", "barred", "noisy", "dishonest", "generous", "dear"),
    ),
    "loan": (
        *("default", "forgives", "supports", "accelerated_now", "guarantor"),
        *("owing", "stopped", "defaulting", "has_say", "missed", "unsettled"),
        *("forgiven", "wanted", "lost"),
    ),
}


def values(sort: str, many: int) -> tuple[str, ...]:
    """List what arguments of a sort are drawn from."""
    few = {
        "sector": ("north", "south", "east"),
        "number": ("1", "2", "3", "4", "6"),
        "credit": ("12", "20.5", "40"),
        "price": ("1", "2", "3.5", "4", "6", "8", "12"),
        "lot": tuple(f"lot{n}" for n in range(many)),
        "office": ("steward", "envoy"),
        "good": ("book", "song"),
        "motion": tuple(f"m{n}" for n in range(2 * many)),
        "buyer": tuple(f"buyer{n}" for n in range(many)),
    }
    return few.get(sort, tuple(f"party{n}" for n in range(many)))


def draw(
    domain: str, size: int, seed: int, many: int | None = None
) -> list[tuple[int, Key]]:
    """Draw a log with many ties: several things at one tick, limits that meet acts."""
    chance, many = random.Random(seed), many or MANY.get(domain, 3)
    steps = (0, 0, 1, 3, 9, 20) if domain in UNITS else (0, 0, 1, 1, 2)
    kinds, weights = zip(
        *((event, often) for event, (_, often) in EVENTS[domain].items()), strict=True
    )
    found: list[tuple[int, Key]] = []
    now = 0
    for _ in range(size):
        now += chance.choice(steps)
        event = chance.choices(kinds, weights)[0]
        sorts = EVENTS[domain][event][0]
        arguments = [chance.choice(values(sort, many)) for sort in sorts]
        found.append((now, (event, *arguments)))
    return found


def by_tick(log: list[tuple[int, Key]]) -> Log:
    """Lay a log out by ticks."""
    found: Log = {}
    for now, what in log:
        found.setdefault(now, []).append(what)
    return found


def write(
    folder: Path,
    domain: str,
    log: list[tuple[int, Key]],
    many: int | None = None,
    last_look: int | None = None,
) -> Path:
    """Lay a log out as a case; where there is a last look, midnight comes then."""
    many = many or MANY.get(domain, 3)
    covers, origin = "1970-01-01/..", "1970-01-01T00:00Z"
    if last_look is not None:
        covers = "1970-01-01/1970-01-01"
        origin = f"{datetime.fromtimestamp(86_400 - last_look, UTC):%Y-%m-%dT%H:%M:%SZ}"
    (folder / "agreements").mkdir(parents=True)
    parties = [*values("buyer", many), *values("seller", many)]
    named = "\n".join(f'party {name} "{name}"' for name in parties)
    page = (HERE / f"{domain}.md").read_text("utf-8")
    page += f"\n```vigens\nvigens 1\n{named}\n```\n"
    (folder / "agreements" / f"{domain}.md").write_text(page, "utf-8")
    rows = [f"{now}," + ",".join((*what, "", "", "")[:4]) for now, what in log]
    random.Random(len(log)).shuffle(rows)  # the order of the rows means nothing
    text = "\n".join(["time,event,arg1,arg2,arg3", *rows, ""])
    (folder / "events.csv").write_text(text, "utf-8")
    settings = (
        'begins = "1970-01-01"\n\n[[tables]]\nfile = "events.csv"\n'
        f'happened = "time"\nunit = "{UNITS.get(domain, "tick")}"\norigin = "{origin}"\n'
        f'grade = "A1"\ncovers = "{covers}"\n'
    )
    for event, (sorts, _) in EVENTS[domain].items():
        quoted = ", ".join(f'"arg{n}"' for n in range(1, len(sorts) + 1))
        settings += f'\n[tables.events."{event}"]\nwhere = {{ event = "{event}" }}\n'
        settings += f"values = [{quoted}]\n"
    (folder / "case.toml").write_text(settings, "utf-8")
    return folder


def look(folder: Path) -> Session:
    """Look back at a log from long after."""
    case = open_case(folder, lambda: datetime.fromtimestamp(0, UTC))
    looking = Looking(1_000_000_000, assume_no_other_change=True)
    return Session(case, make_lens(case, looking))


def intervals(
    session: Session, domain: str, end: int, *, is_surely: bool, origin: int = 0
) -> Iterator[Interval]:
    """Give every interval that the engine finds, up to a tick, from an origin on."""
    tick = 86_400 if domain in UNITS else 1
    for state in STATES[domain]:
        found = interval_columns(session.evaluation, state, is_surely=is_surely)
        for *args, start, stop in found.rows():
            begin = max(int(start) - origin, 0)
            until = min(int(stop) - origin, end * tick)
            if begin < until:
                assert begin % tick == until % tick == 0
                yield state, tuple(args), begin // tick, until // tick
