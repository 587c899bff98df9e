"""The RTEC logs as cases: agreement file, tables, and the expected intervals."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from vigens.desk import Looking, Session, make_lens, open_case

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("VIGENS_SHARED") or HERE.parents[2] / "shared")
RTEC = SHARED / "rtec"

#: A row of the expected tables: fluent, arguments, value, start, end.
Expected = tuple[str, str, str, int, int]

_HEAD = """\
title = "A log in ticks"
begins = "1970-01-01"

[[tables]]
file = "events.csv"
happened = "time"
unit = "tick"
grade = "A1"
covers = "1970-01-01/.."
"""

_EVENTS = {
    "toy": {
        "win_lottery": ["arg1"],
        "lose_wallet": ["arg1"],
        "go_to": ["arg1", "arg2"],
    },
    "voting": {
        "propose": ["arg1", "arg2"],
        "second": ["arg1", "arg2"],
        "vote": ["arg1", "arg2", "arg3"],
        "close_ballot": ["arg1", "arg2"],
        "declare": ["arg1", "arg2", "arg3"],
    },
}

_ROSTER = """
[[tables]]
file = "roster.csv"
happened = "time"
unit = "tick"
grade = "A1"
covers = "1970-01-01/.."

[tables.events."chair.named"]
where = { role = "chair" }
values = ["agent"]

[tables.events."voter.named"]
where = { role = "voter" }
values = ["agent"]
"""


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a CSV file, packed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return list(csv.DictReader(io.StringIO(text)))


def read_expected(path: Path) -> set[Expected]:
    """Read what must come out."""
    return {
        (r["fluent"], r["args"], r["value"], int(r["start"]), int(r["end"]))
        for r in read_csv(path)
    }


def write_case(folder: Path, name: str, log: Path) -> Path:
    """Lay out a log with its rules as a case."""
    (folder / "agreements").mkdir(parents=True)
    rules = (HERE / "rtec" / f"{name}.md").read_bytes()
    (folder / "agreements" / f"{name}.md").write_bytes(rules)
    data = log.read_bytes()
    unpacked = gzip.decompress(data) if log.suffix == ".gz" else data
    (folder / "events.csv").write_bytes(unpacked)
    settings = _HEAD
    for event, values in _EVENTS[name].items():
        quoted = ", ".join(f'"{column}"' for column in values)
        settings += f'\n[tables.events.{event}]\nwhere = {{ event = "{event}" }}\n'
        settings += f"values = [{quoted}]\n"
    if name == "voting":
        agents = {row["arg1"] for row in read_csv(log)}
        (folder / "roster.csv").write_text(_roster(agents), "utf-8")
        settings += _ROSTER
    (folder / "case.toml").write_text(settings, "utf-8")
    return folder


def _roster(agents: set[str]) -> str:
    lines = ["time,agent,role"]
    for agent in sorted(agents, key=int):
        if int(agent) % 10 == 0:
            lines.append(f"0,{agent},chair")
        if int(agent) % 11 != 0:
            lines.append(f"0,{agent},voter")
    return "\n".join(lines) + "\n"


def look(folder: Path) -> Session:
    """Open a log and look back at it from long after."""
    case = open_case(folder, lambda: datetime.fromtimestamp(0, UTC))
    looking = Looking(1_000_000, assume_no_other_change=True)
    return Session(case, make_lens(case, looking))


def shifted(rows: Iterator[tuple[str, ...]], horizon: int) -> Iterator[tuple[str, ...]]:
    """Let each change show one tick later, as these logs have it.

    What holds from the outset begins at 1, and what is open ends one after the horizon.
    """
    for *values, start, end in rows:
        begin = max(int(start), 0) + 1
        stop = min(int(end), horizon) + 1
        if begin < stop:
            yield (*values, str(begin), str(stop))
