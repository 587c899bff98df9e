"""From a register of ceasefires and one of deadly events to a case of two tables.

Nothing is decided on the way: a row of the registers becomes a row of the case's tables,
and the rules that count stand in an agreement file, where they can be read and changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from vigens.base import Finding, InputError, Severity, Span
from vigens.chrono import parse_edtf
from vigens.desk.files import read_bytes, write_whole

#: Largest register that is read, in bytes.
LARGEST_REGISTER = 500_000_000
#: Most findings of one kind; the rest is counted.
MOST_SHOWN = 5

_CEASEFIRES = ("ceasefire_id", "dyad_id", "declared", "effective", "ended")
_EVENTS = (
    *("event_id", "date_start", "date_end", "date_precision", "dyad_id"),
    *("side_a", "side_b", "deaths_best", "report_dates"),
)
#: How many signs of a date each precision leaves.
_SIGNS = {"day": 10, "month": 7, "year": 4}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class ConvertedCeasefires:
    """What a folder of registers became.

    Attributes:
        case: The folder of the case.
        n_ceasefires: How many ceasefires between two sides.
        n_events: How many rows of deadly events, one for each two sides that it counts
            for.
        findings: Rows that were left out, and what is to be looked at.
        is_dry: Whether nothing was written.
    """

    case: Path
    n_ceasefires: int
    n_events: int
    findings: tuple[Finding, ...]
    is_dry: bool


def convert_ceasefires(
    folder: str | Path, case: str | Path, *, is_dry: bool = False
) -> ConvertedCeasefires:
    """Turn registers of ceasefires and of deadly events into a case.

    An event counts for its own two sides, and for those that a table says it counts for
    (`dyads.csv`, or `expected_counts.csv`: columns `dyad_id` and `event_dyad_ids`), as a
    joint force does for each of its members.

    Args:
        folder: Holds ceasefires.csv and events.csv.
        case: The folder to write; it must not exist, or be empty.
        is_dry: Go through everything, write nothing.

    Raises:
        InputError: A register is missing, lacks a column, or the case is there already.
        OutsideError: The disk does not let it be written.
    """
    place, source = Path(case), Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise InputError(
            "the case is there already", str(place), "name a folder that is not there"
        )
    findings = _Findings()
    halts = list(
        _halts(read_register(source / "ceasefires.csv", _CEASEFIRES), findings)
    )
    register = read_register(source / "events.csv", _EVENTS)
    counted = _counted_dyads(source)
    _tell_same_sides(register, counted, findings)
    events = list(_events(register, counted, findings))
    if not is_dry:
        _write(place, halts, events)
    n_halts = len({(row["halt"], row["dyad"]) for row in halts})
    return ConvertedCeasefires(
        place, n_halts, len(events), tuple(findings.every()), is_dry
    )


def read_register(path: Path, columns: Sequence[str]) -> list[Row]:
    """Read the rows of a CSV file that has these columns.

    Raises:
        InputError: It cannot be read, or a column is missing.
    """
    data = read_bytes(path, LARGEST_REGISTER)
    if len(data) > LARGEST_REGISTER:
        raise InputError("this register is too large", str(path), "split it by years")
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        rows = list(reader)
    except UnicodeDecodeError as error:
        raise InputError(
            f"this file is not UTF-8 (byte {error.start})",
            str(path),
            "save it as UTF-8",
        ) from error
    except csv.Error as error:
        raise InputError(
            f"this is no CSV table ({error})", str(path), "save it again as CSV"
        ) from error
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            f"columns are missing: {', '.join(missing)}",
            str(path),
            "look whether it is the right file",
        )
    return [{key: row.get(key) or "" for key in row if key} for row in rows]


class _Findings:
    """What was left out, a few of each kind shown."""

    def __init__(self) -> None:
        self._found: dict[str, list[Finding]] = {}

    def add(self, file: str, line: int, cell: str, message: str, mend: str) -> None:
        span = Span(file, line, 1, max(1, len(cell[:80])), cell[:80])
        found = Finding("B008", Severity.WARNING, message, (span,), mend)
        self._found.setdefault(message, []).append(found)

    def every(self) -> Iterator[Finding]:
        for message, found in self._found.items():
            yield from found[:MOST_SHOWN]
            if len(found) > MOST_SHOWN:
                said = f"… and {len(found) - MOST_SHOWN} more: {message}"
                yield Finding("B008", Severity.WARNING, said, (), found[0].mend)


def _halts(rows: Iterable[Row], findings: _Findings) -> Iterator[Row]:
    """Give each ceasefire between two sides once; its rows are one for each actor."""
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows, start=2):
        dates = {
            "declared": _date(row, "declared"),
            "effective": _date(row, "effective"),
            "ended": _date(row, "ended"),
        }
        bad = [name for name, date in dates.items() if date is None]
        for name in bad:
            findings.add(
                "ceasefires.csv",
                line,
                row[name],
                f"{name}: no date of a day, month or year; the row is left out",
                "mend the date or its precision",
            )
        if not row["ceasefire_id"] or not row["dyad_id"]:
            findings.add(
                "ceasefires.csv",
                line,
                row["ceasefire_id"],
                "no number of the ceasefire or of its sides; the row is left out",
                "mend the row",
            )
            continue
        found = {
            "halt": row["ceasefire_id"],
            "dyad": row["dyad_id"],
            **{name: date or "" for name, date in dates.items()},
        }
        if not bad and tuple(found.values()) not in seen:
            seen.add(tuple(found.values()))
            yield found


def _date(row: Row, name: str) -> str | None:
    """Cut a date to its precision; empty where there is none, `None` where it is bad."""
    text, precision = row[name].strip(), row.get(f"{name}_precision", "").strip()
    if not text or "never" in (text, precision):
        return ""
    if precision not in ("", *_SIGNS):
        return None
    text = _day(text)
    doubt = text[-1] if text[-1] in "?~%" else ""
    text = text.rstrip("?~%")[: _SIGNS.get(precision, 10)] + doubt
    try:
        parse_edtf(text)
    except InputError:
        return None
    return text


def _day(text: str) -> str:
    """Leave an hour out that says nothing: 2014-01-22 00:00:00.000."""
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    return day if not hour.strip("0:.Z") else text.strip()


def _counted_dyads(folder: Path) -> dict[str, list[str]]:
    """Read for which two sides an event of a dyad counts besides its own."""
    for name in ("dyads.csv", "expected_counts.csv"):
        if (folder / name).exists():
            rows = read_register(folder / name, ("dyad_id", "event_dyad_ids"))
            found: dict[str, dict[str, None]] = {}
            for row in rows:
                for own in filter(None, row["event_dyad_ids"].split(";")):
                    found.setdefault(own.strip(), {})[row["dyad_id"]] = None
            return {own: list(others) for own, others in found.items()}
    return {}


def _tell_same_sides(
    rows: Iterable[Row], counted: dict[str, list[str]], findings: _Findings
) -> None:
    """Say where two numbers have the same sides and nothing joins them."""
    sides: dict[tuple[str, str], str] = {}
    told: set[str] = set()
    for line, row in enumerate(rows, start=2):
        key, dyad = (row["side_a"], row["side_b"]), row["dyad_id"]
        first = sides.setdefault(key, dyad)
        own, others = {dyad, *counted.get(dyad, ())}, {first, *counted.get(first, ())}
        if not own & others and dyad not in told:
            told.add(dyad)
            findings.add(
                "events.csv",
                line,
                dyad,
                f"the sides {dyad} and {first} have the same names and are counted apart",
                "to count them together, add dyads.csv with dyad_id,event_dyad_ids",
            )


def _events(
    rows: Iterable[Row], counted: dict[str, list[str]], findings: _Findings
) -> Iterator[Row]:
    for line, row in enumerate(rows, start=2):
        own = row["dyad_id"]
        if not row["event_id"] or not own:
            findings.add(
                "events.csv",
                line,
                row["event_id"],
                "no number of the event or of its sides; the row is left out",
                "mend the row",
            )
            continue
        for dyad in dict.fromkeys((own, *counted.get(own, ()))):
            yield {
                "event": row["event_id"],
                "dyad": dyad,
                "first_day": _day(row["date_start"]),
                "last_day": _day(row["date_end"]),
                "is_exact": "yes" if _is_exact(row) else "no",
                "deaths": row["deaths_best"],
                "reported": _reported(row),
            }


def _is_exact(row: Row) -> bool:
    is_day = row["date_precision"] in ("1", "1.0") and not row["date_start"].strip(
        "0123456789-: T.Z"
    )
    return is_day and row["date_start"] == row["date_end"]


def _reported(row: Row) -> str:
    """Give the days of reports; one from before the event is no report of it."""
    days = [day.strip() for day in row["report_dates"].split(";")]
    return ";".join(day for day in days if day and day >= row["date_start"])


def _write(place: Path, halts: Sequence[Row], events: Sequence[Row]) -> None:
    (place / "agreements").mkdir(parents=True, exist_ok=True)
    package = resources.files("vigens.desk")
    rules = (package / "ceasefires.md").read_bytes()
    settings = (package / "ceasefires.toml").read_text("utf-8")
    write_whole(place / "agreements" / "ceasefires.md", [rules])
    write_whole(place / "ceasefires.csv", [_as_csv(halts, _HALT)])
    write_whole(place / "events.csv", [_as_csv(events, _EVENT)])
    write_whole(
        place / "case.toml",
        [settings.replace("COVERS", _span(events)).encode()],
    )


_HALT = ("halt", "dyad", "declared", "effective", "ended")
_EVENT = ("event", "dyad", "first_day", "last_day", "is_exact", "deaths", "reported")


def _as_csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _span(events: Sequence[Row]) -> str:
    """Give the years that the register of events spans: there one has looked."""
    years = sorted(day for row in events if (day := row["first_day"][:4]).isdigit())
    return f"{years[0]}-01-01/{years[-1]}-12-31" if years else "1989-01-01/1989-12-31"
