"""Folders of treaties drawn at random, in the format of the tables.

Calendar arithmetic of its own tells what a delay comes to; nothing here knows the
language and the engine.
"""

from __future__ import annotations

import calendar
import csv
import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

STATES = (
    *(
        "France",
        "Côte d'Ivoire",
        "United Kingdom of Great Britain and Northern Ireland",
    ),
    *("Türkiye", "Viet Nam", "Republic of Korea", "Congo", "State of Palestine"),
    *("Freedonia", "Bolivia (Plurinational State of)", "Sao Tome and Principe"),
    *("Eswatini", "North Macedonia", "Holy See", "Niger", "Nigeria"),
)
BODIES = ("European Union", "Nordic Council Organization")
BINDING = (
    *("ratification", "accession", "acceptance", "approval", "consent to be bound"),
    *("definitive signature", "Ratification", "accession"),
)
BESIDE = (
    *("signature", "provisional application", "succession to signature"),
    *("Signature (ad referendum)", "objection", "declaration"),
)
#: One state under two names, each in its own tables.
RENAMED = {"Türkiye": "Turkey", "Eswatini": "Swaziland"}
FIRST, LAST, EARLIER = date(1990, 1, 1), date(2010, 12, 31), date(2004, 6, 30)
Row = dict[str, str]
Spec = dict[str, Any]


def add_months(day: date, number: int) -> date:
    """Add months, to the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def after(day: date, delay: Spec) -> date:
    """Give the day so long after a day as a delay of the format says."""
    if delay["kind"] != "after_deposit":
        return add_months(day.replace(day=1), delay["n"])
    months = delay.get("add_months", 0) + 12 * delay.get("add_years", 0)
    days = delay.get("add_days", 0) + 7 * delay.get("add_weeks", 0)
    day = add_months(day, months) + timedelta(days)
    if delay.get("then") == "first_day_of_following_month":
        day = add_months(day.replace(day=1), 1)
    if delay.get("then") == "first_day_of_following_quarter":
        day = add_months(day.replace(day=1), 3 - (day.month - 1) % 3)
    if delay.get("then") == "first_day_of_following_year":
        day = date(day.year + 1, 1, 1)
    return day


def draw_delay(chance: random.Random) -> Spec:
    """Draw a delay in one of the words of the format."""
    if chance.random() < 0.2:
        number = chance.randint(1, 8)
        return {"kind": "first_day_of_nth_month_after_month_of_deposit", "n": number}
    units = ("add_days", "add_days", "add_months", "add_years", "add_weeks")
    unit = chance.choice(units)
    often = {"add_days": (0, 30, 60, 90, 180), "add_months": (1, 3, 6, 13)}
    found = {"kind": "after_deposit", unit: chance.choice(often.get(unit, (1, 2)))}
    if chance.random() < 0.35:
        span = chance.choice(("month", "month", "quarter", "year"))
        found["then"] = f"first_day_of_following_{span}"
    return found


@dataclass
class Drawn:
    """A folder's treaties and acts, before they are written."""

    treaties: list[Spec] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    weights: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Lay the folder out in the format."""
        folder.mkdir()
        (folder / "treaties.json").write_text(json.dumps(self.treaties), "utf-8")
        columns = ("treaty_id", "party", "action", "date", "effective", "provenance")
        with (folder / "actions.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(self.actions)
        rows = ["party,tons", *(f'"{name}",{w}' for name, w in self.weights.items())]
        (folder / "tonnage.csv").write_text("\n".join(rows) + "\n", "utf-8")
        return folder


def draw(seed: int, size: int, *, is_plain: bool = False) -> Drawn:
    """Draw a folder.

    Args:
        seed: Of the draw.
        size: How many treaties.
        is_plain: Whether nobody leaves, succeeds or comes back.
    """
    chance, found = random.Random(seed), Drawn()
    found.weights = {
        name: chance.choice(("0", "1", "2.5", "10", "40.25", "7"))
        for name in STATES
        if chance.random() < 0.8
    }
    for number in range(size):
        _draw_treaty(chance, found, f"t{number}", is_plain=is_plain)
    chance.shuffle(found.actions)
    return found


def _draw_rule(chance: random.Random) -> Spec:
    """Draw what a treaty needs to enter into force, and how long it waits."""
    kinds = ("count", "count_and_weight", "all_of_list", "both", "some", "amount")
    kind = chance.choice(("count", *kinds))
    rule: Spec = {"kind": kind, "delay": draw_delay(chance)}
    has_bodies = chance.random() < 0.2
    rule["who_counts"] = (
        "states and regional organisations"
        if has_bodies
        else "states only; an instrument of a regional organisation is not counted"
    )
    if kind in ("count", "count_and_weight", "both"):
        rule["instruments"] = chance.randint(1, 7)
    if kind == "count_and_weight":
        rule["weight_at_least_percent"] = chance.choice((10, 33.3, 50, 55, 66.67))
        rule["weights_file"] = "tonnage.csv"
    if kind in ("all_of_list", "both"):
        rule["list"] = chance.sample(STATES, chance.randint(1, 3))
    if kind == "both":
        rule["kind"] = "count_and_all_of_list"
    if kind == "some":
        rule["kind"] = "count_of_list"
        rule["list"] = chance.sample(STATES, chance.randint(2, 5))
        rule["at_least_of_list"] = chance.randint(1, len(rule["list"]))
        if chance.random() < 0.5:
            rule["instruments"] = chance.randint(1, 6)
    if kind == "amount":
        rule["kind"] = "weight"
        rule["weight_at_least"] = chance.choice((1, 10, 41, 60))
        rule["weights_file"] = "tonnage.csv"
    return rule


def _draw_treaty(
    chance: random.Random, found: Drawn, name: str, *, is_plain: bool
) -> None:
    rule = _draw_rule(chance)
    if chance.random() < 0.25:
        rule["not_before"] = str(FIRST + timedelta(chance.randint(0, 6000)))
    as_of = str(chance.choice((LAST, LAST, EARLIER)))
    earlier = [t["id"] for t in found.treaties if t["source_as_of"] == as_of]
    if earlier and chance.random() < 0.25:
        rule["requires_in_force"] = chance.sample(earlier, 1)
    treaty: Spec = {
        "id": name,
        "title": f"Treaty {name}",
        "adopted": str(FIRST),
        "source": "a table",
        "source_as_of": as_of,
        "entry_into_force": {"article": "9", "rule": rule},
    }
    if chance.random() < 0.9:
        anchor = chance.choice(("completing_instrument", "entry_into_force"))
        late = rule["delay"] if chance.random() < 0.5 else draw_delay(chance)
        treaty["party_entry_into_force"] = {"anchor": anchor, "delay": late}
    if chance.random() < 0.6:
        unit = chance.choice(("add_days", "add_months", "add_years"))
        number = {"add_days": 180, "add_months": 6, "add_years": 1}[unit]
        treaty["withdrawal"] = {"article": "20", unit: number}
    found.treaties.append(treaty)
    span = chance.choice((300, 2000, 6000))
    for party in chance.sample((*STATES, *BODIES), chance.randint(5, 18)):
        _draw_acts(chance, found, treaty, party, span, is_plain=is_plain)


def _draw_acts(
    chance: random.Random,
    found: Drawn,
    treaty: Spec,
    party: str,
    span: int,
    *,
    is_plain: bool,
) -> None:
    last = date.fromisoformat(treaty["source_as_of"])
    name = RENAMED.get(party, party) if last == EARLIER else party

    def row(action: str, day: date, effective: date | None = None) -> Row:
        return {
            "treaty_id": treaty["id"],
            "party": name,
            "action": action,
            "date": str(day),
            "effective": str(effective or ""),
            "provenance": "source",
        }

    def note(action: str, day: date, effective: date | None = None) -> None:
        if day <= last:
            found.actions.append(row(action, day, effective))

    day = over = FIRST + timedelta(chance.randint(0, span))
    if chance.random() < 0.6:
        note(chance.choice(BESIDE), day - timedelta(chance.randint(0, 99)))
    if chance.random() < 0.05 and not is_plain:
        early = day - timedelta(chance.randint(1, 99))
        note("withdrawal", early, over := early + timedelta(chance.choice((0, 400))))
    if chance.random() < 0.1:
        too_late = last + timedelta(chance.randint(1, 99))
        found.actions.append(row(chance.choice(BINDING), too_late))
    if chance.random() < 0.15:
        return  # signed, and no more
    first = "succession" if chance.random() < 0.1 and not is_plain else ""
    first = first or ("formal confirmation" if party in BODIES else "")
    note(first or chance.choice(BINDING), day)
    late = treaty.get("party_entry_into_force", {}).get("delay")
    while not is_plain and chance.random() < 0.35:
        notice = max(day, over) + timedelta(chance.randint(1, 1500))
        bound = after(day, late) if late else day  # the time of the last one is over
        effective = notice + timedelta(chance.choice((0, 90, 365, 400)))
        if chance.random() < 0.5 and "withdrawal" in treaty:
            note("withdrawal", notice)
            clause = {"kind": "after_deposit", **treaty["withdrawal"]}
            effective = after(notice, clause)
        else:
            note("withdrawal", notice, effective)
        if chance.random() < 0.2 and notice < effective:
            over = notice + timedelta(chance.randrange((effective - notice).days))
            note("revocation of withdrawal", over)
            continue
        if chance.random() < 0.5:
            return
        day = max(bound, notice + timedelta(chance.choice((0, 30, 365, 400, 900))))
        over = effective
        note(chance.choice(BINDING), day)


def coarsen(drawn: Drawn, seed: int) -> tuple[Drawn, Drawn, Drawn]:
    """Leave a fifth of the days out; beside it, all as early and as late as they may be."""
    chance = random.Random(seed)
    texts: list[tuple[str, str, str]] = []
    last = {treaty["id"]: treaty["source_as_of"] for treaty in drawn.treaties}
    for row in drawn.actions:
        as_of, text = last[row["treaty_id"]], row["date"]
        month, year = date.fromisoformat(text).replace(day=1), text[:4]
        ends = {
            text: (text, text),
            text[:7]: (str(month), str(add_months(month, 1) - timedelta(1))),
            year: (f"{year}-01-01", f"{year}-12-31"),
            "": (str(FIRST), as_of),
        }
        choice = text if chance.random() < 0.8 else chance.choice(list(ends))
        texts.append((choice, *ends[choice]))
    sides = []
    for side in range(3):
        rows = [
            {**row, "date": found[side]}
            for row, found in zip(drawn.actions, texts, strict=True)
        ]
        sides.append(Drawn(drawn.treaties, rows, drawn.weights))
    return sides[0], sides[1], sides[2]
