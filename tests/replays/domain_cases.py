"""Random logs of the four domains, and the cases that are made of them."""

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
}
#: Domain to the states that are compared.
STATES: dict[str, tuple[str, ...]] = {
    "market": ("quote", "contract", "undelivered", "unpaid", "suspended"),
    "licence": ("licence", "many_points", "often", "suspended", "truant"),
    "truce": (
        *("hot", "calm", "paused", "monitor", "neglected", "struck"),
        "observed",
    ),
    "chair": ("chair", "opened", "slow", "barred"),
}
#: Domain to what only its rules bring about.
BROUGHT = {"licence": ("offence",), "truce": ("reported",)}


def values(sort: str, many: int) -> tuple[str, ...]:
    """List what arguments of a sort are drawn from."""
    few = {
        "sector": ("north", "south", "east"),
        "number": ("1", "2", "3", "4", "6"),
        "good": ("book", "song"),
        "motion": tuple(f"m{n}" for n in range(2 * many)),
        "buyer": tuple(f"buyer{n}" for n in range(many)),
    }
    return few.get(sort, tuple(f"party{n}" for n in range(many)))


def draw(domain: str, size: int, seed: int, many: int = 3) -> list[tuple[int, Key]]:
    """Draw a log with many ties: several things at one tick, limits that meet acts."""
    chance = random.Random(seed)
    kinds, weights = zip(
        *((event, often) for event, (_, often) in EVENTS[domain].items()), strict=True
    )
    found: list[tuple[int, Key]] = []
    now = 0
    for _ in range(size):
        now += chance.choice((0, 0, 1, 1, 2))
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
    many: int = 3,
    last_look: int | None = None,
) -> Path:
    """Lay a log out as a case; where there is a last look, midnight comes then."""
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
    rows = ["time,event,arg1,arg2,arg3"]
    rows += [f"{now}," + ",".join((*what, "", "", "")[:4]) for now, what in log]
    (folder / "events.csv").write_text("\n".join(rows) + "\n", "utf-8")
    settings = (
        'begins = "1970-01-01"\n\n[[tables]]\nfile = "events.csv"\n'
        f'happened = "time"\nunit = "tick"\norigin = "{origin}"\n'
        f'grade = "A1"\ncovers = "{covers}"\n'
        f"also_covers = {list(BROUGHT.get(domain, ()))}\n"
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
    looking = Looking(100_000_000, assume_no_other_change=True)
    return Session(case, make_lens(case, looking))


def intervals(
    session: Session, domain: str, end: int, *, is_surely: bool, origin: int = 0
) -> Iterator[Interval]:
    """Give every interval that the engine finds, up to a tick, from an origin on."""
    for state in STATES[domain]:
        found = interval_columns(session.evaluation, state, is_surely=is_surely)
        for *args, start, stop in found.rows():
            begin, until = max(int(start) - origin, 0), min(int(stop) - origin, end)
            if begin < until:
                yield state, tuple(args), begin, until
