"""Treaties drawn at random in the format of the tables, against a slow reckoning."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path

import pytest

from tests.replays.treaties_drawn import RENAMED, Drawn, coarsen, draw
from tests.replays.treaties_reckoned import Reckoning, Spans
from vigens.desk import Looking, Session, make_lens, open_case
from vigens.desk.treaties import Standing, convert_treaties, read_standing


def clock() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """A folder converted, and where each treaty stands on the day of its source."""

    standings: dict[str, Standing]
    printed: dict[str, str]
    noted: list[str]


def convert(drawn: Drawn, folder: Path) -> Found:
    """Convert a folder, and ask of each treaty on the day of its source."""
    done = convert_treaties(drawn.write(folder / "tables"), folder / "case", clock)
    case = open_case(folder / "case", clock)
    found: dict[str, Standing] = {}
    for as_of in {treaty["source_as_of"] for treaty in drawn.treaties}:
        names = [t["id"] for t in drawn.treaties if t["source_as_of"] == as_of]
        looking = Looking(now=int(clock().timestamp()), as_of=as_of)
        session = Session(case, make_lens(case, looking))
        found |= {each.instrument.name: each for each in read_standing(session, names)}
    with (folder / "case" / "parties.csv").open(encoding="utf-8") as file:
        printed = {row["party"]: row["printed"] for row in csv.DictReader(file)}
    renamed = {later: name for name, later in RENAMED.items()}
    printed = {party: renamed.get(name, name) for party, name in printed.items()}
    return Found(found, printed, [one.message for one in done.findings])


def day(found: str | None) -> date | None:
    return date.fromisoformat(found) if found else None


def differences(drawn: Drawn, found: Found) -> Iterator[object]:
    """List every date that the converted case and the reckoning have otherwise."""
    reckoned = Reckoning(drawn).found
    for treaty in drawn.treaties:
        name, last = treaty["id"], date.fromisoformat(treaty["source_as_of"])
        each, wanted = found.standings[name], reckoned[name]
        entry = wanted.entry if wanted.entry and wanted.entry <= last else None
        spans: dict[str, Spans] = {}
        for one in each.memberships:
            surely, possibly = day(one.since), day(one.since_possibly)
            party = found.printed[one.party]
            if surely != possibly and party not in wanted.successors:
                yield name, party, one
            if surely is not None:
                spans.setdefault(party, []).append((surely, day(one.until)))
        left: dict[str, list[date | None]] = {}
        for gone in each.withdrawals:
            left.setdefault(found.printed[gone.party], []).append(day(gone.effective))
        sides = (
            (day(each.completed), wanted.completed),
            (day(each.entry_into_force), entry),
            (day(each.entry_possibly), entry),
            (
                {party: sorted(s, key=itemgetter(0)) for party, s in spans.items()},
                wanted.spans,
            ),
            (left, wanted.left),
            (each.n_contracting, (wanted.contracting,) * 2),
        )
        for here, there in sides:
            if here != there:
                yield name, here, there


@pytest.mark.parametrize("seed", range(4))
def test_every_date_is_as_reckoned(seed: int, tmp_path: Path) -> None:
    drawn = draw(seed, 25)
    last = {treaty["id"]: treaty["source_as_of"] for treaty in drawn.treaties}
    too_late = [r for r in drawn.actions if r["date"] > last[r["treaty_id"]]]
    found = convert(drawn, tmp_path)
    assert list(differences(drawn, found)) == []
    assert too_late
    assert sum("it counts possibly" in said for said in found.noted) == len(too_late)


@pytest.mark.parametrize("seed", range(100, 103))
def test_coarse_dates_bound_the_dates_that_rest_on_them(
    seed: int, tmp_path: Path
) -> None:
    """Where nobody leaves, the earliest and latest days of acts give both ends."""
    drawn = draw(seed, 25, is_plain=True)
    coarse, earliest, latest = coarsen(drawn, seed)
    first, last = Reckoning(earliest).found, Reckoning(latest).found
    found = convert(coarse, tmp_path)
    n_open = 0
    for treaty in drawn.treaties:
        name, as_of = treaty["id"], date.fromisoformat(treaty["source_as_of"])
        each, ends = found.standings[name], (first[name].entry, last[name].entry)
        possibly, surely = (d if d and d <= as_of else None for d in ends)
        assert (name, day(each.entry_possibly)) == (name, possibly)
        assert (name, day(each.entry_into_force)) == (name, surely)
        assert (name, day(each.completed)) == (name, last[name].completed)
        n_open += possibly != surely
    assert n_open
