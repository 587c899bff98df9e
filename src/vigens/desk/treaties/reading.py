"""The folder of treaties in tables, read whole; what is wrong in it is a finding."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vigens.base import Finding, InputError, Severity, Span
from vigens.chrono import parse_edtf
from vigens.desk.files import read_text
from vigens.desk.treaties.clauses import Clauses, Late, Notice, Rule

#: Largest file that is read, in bytes.
LARGEST = 200_000_000
TREATIES, ACTIONS = "treaties.json", "actions.csv"
_NEEDED = ("treaty_id", "party", "action", "date")
_KNOWN = {
    "id",
    "title",
    "adopted",
    "source",
    "source_as_of",
    "source_key",
    "entry_into_force",
    "party_entry_into_force",
    "withdrawal",
}


@dataclass(frozen=True, slots=True)
class Treaty:
    """One treaty as the tables have it.

    Attributes:
        id: As in the tables.
        title: As printed.
        adopted: EDTF or none.
        source: Where its acts were taken from.
        as_of: EDTF; the state of that source.
        rule: When it enters into force.
        late: When it binds later parties; none where nothing is said.
        notice: When a withdrawal takes effect; none where nothing is said.
        line: Where it stands in the file.
    """

    id: str
    title: str
    adopted: str | None
    source: str
    as_of: str | None
    rule: Rule
    late: Late | None
    notice: Notice | None
    line: int


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the acts."""

    row: int
    treaty: str
    party: str
    action: str
    date: str
    effective: str | None
    provenance: str


@dataclass(slots=True)
class Folder:
    """What a folder of treaties holds.

    Attributes:
        path: The folder.
        treaties: In order of the file, ids only once.
        actions: Rows that can be used, in order of the file.
        weights: File name to printed name and amount as written.
        findings: What could not be read.
        lines: File name to its lines, to be shown with findings.
        weight_titles: File of weights to what its column says that they are.
    """

    path: Path
    treaties: list[Treaty] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    weights: dict[str, dict[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    weight_titles: dict[str, str] = field(default_factory=dict)

    def note(
        self,
        code: str,
        message: str,
        mend: str,
        *,
        file: str = TREATIES,
        line: int = 1,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Note a finding with its file and line."""
        lines = self.lines.get(file, ())
        text = lines[line - 1].strip()[:80] if 0 < line <= len(lines) else ""
        span = Span(file, line, 1, max(1, len(text)), text)
        self.findings.append(Finding(code, severity, message, (span,), mend))


def read_folder(path: str | Path) -> Folder:
    """Read a folder of treaties in tables.

    Raises:
        InputError: A file is missing, is no JSON or CSV, or lacks a column.
    """
    folder = Folder(Path(path))
    if not folder.path.is_dir():
        raise InputError(
            "this is no folder of treaties",
            str(folder.path),
            f"name the folder that holds {TREATIES} and {ACTIONS}",
        )
    _read_treaties(folder)
    _read_actions(folder)
    for treaty in folder.treaties:
        name = treaty.rule.weights
        if name is not None and name not in folder.weights:
            folder.weights[name] = _read_weights(folder, name, treaty)
    return folder


def _read_treaties(folder: Folder) -> None:
    place = folder.path / TREATIES
    text = read_text(place, LARGEST)
    folder.lines[TREATIES] = text.splitlines()
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is no JSON: {error.msg}",
            f"{place}:{error.lineno}:{error.colno}",
            "mend it at that place",
        ) from error
    except RecursionError as error:
        raise InputError(
            "this JSON is nested too deep", str(place), "write a list of treaties"
        ) from error
    if isinstance(found, dict):
        found = found.get("treaties", list(found.values()))
    if not isinstance(found, list):
        raise InputError("this is no list of treaties", str(place), "write [{…}, …]")
    lines = _lines(text)
    seen: set[str] = set()
    for number, part in enumerate(found, start=1):
        if not isinstance(part, dict) or not str(part.get("id") or "").strip():
            folder.note(
                "V101", f"treaty {number} has no id; not used", "give it an `id`"
            )
            continue
        name = str(part["id"])
        line = next(lines.get(name, iter(())), 1)
        if name in seen:
            said = f'the id "{name[:60]}" stands twice; the second is not used'
            folder.note("V101", said, "give each treaty an id of its own", line=line)
            continue
        seen.add(name)
        folder.treaties.append(_treaty(folder, name, part, line))
    if not folder.treaties:
        raise InputError("there is no treaty in this file", str(place), "add one")


def _lines(text: str) -> dict[str, Iterator[int]]:
    """Find the lines on which ids stand."""
    found: dict[str, list[int]] = {}
    for line, words in enumerate(text.splitlines(), start=1):
        match = re.search(r'"id"\s*:\s*"((?:[^"\\]|\\.)*)"', words)
        if match:
            found.setdefault(match[1], []).append(line)
    return {name: iter(where) for name, where in found.items()}


def _treaty(folder: Folder, name: str, part: Mapping[str, Any], line: int) -> Treaty:
    clauses = Clauses()
    rule = clauses.rule(part.get("entry_into_force"))
    late = clauses.late(part.get("party_entry_into_force"), rule)
    notice = clauses.notice(part.get("withdrawal"))
    adopted = _day(part.get("adopted"))
    as_of = _day(part.get("source_as_of"))
    if as_of is None:
        clauses.doubts.append("`source_as_of` is no date: nobody can say until when")
    clauses.doubts += [f'key "{k[:40]}" is not known' for k in part if k not in _KNOWN]
    mend = "write it in the words of the format, or mend the page of the treaty"
    for doubt in clauses.doubts:
        folder.note("V102", f"{name}: {doubt}", mend, line=line)
    for taken in clauses.assumed:
        said = f"{name}: {taken}"
        folder.note("V102", said, mend, line=line, severity=Severity.NOTE)
    title = " ".join(str(part.get("title") or name).split())
    source = " ".join(str(part.get("source") or "the source tables").split())
    return Treaty(name, title, adopted, source, as_of, rule, late, notice, line)


def _day(value: object) -> str | None:
    try:
        parse_edtf(str(value))
    except InputError:
        return None
    return str(value)


def _rows(folder: Folder, name: str) -> Iterator[tuple[int, list[str]]]:
    """Read a CSV file row by row; the header is row 1.

    Raises:
        InputError: It cannot be read, or is no CSV.
    """
    place = folder.path / name
    text = read_text(place, LARGEST)
    folder.lines[name] = text.splitlines()
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(
            f"this is no CSV ({error})",
            f"{place}:{reader.line_num}",
            "mend that line: is a quotation mark left open?",
        ) from error


def _read_actions(folder: Folder) -> None:
    known = {treaty.id: treaty for treaty in folder.treaties}
    header: list[str] | None = None
    for line, cells in _rows(folder, ACTIONS):
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            _require(folder, header)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        said = _why_crooked(cells, header)
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        said = said or _why_unused(row, known)
        if said:
            folder.note(
                "V103",
                f"{said}; row not used",
                "mend the row, or leave it out",
                file=ACTIONS,
                line=line,
            )
            continue
        when = row["date"] or _some_day(known[row["treaty_id"]]) or ""
        if not row["date"]:
            folder.note(
                "V103",
                f"the row has no date; taken as some day of {when}",
                "give its date where it is known",
                file=ACTIONS,
                line=line,
                severity=Severity.NOTE,
            )
        folder.actions.append(
            Action(
                line,
                row["treaty_id"],
                " ".join(row["party"].split()),
                row["action"],
                when,
                row.get("effective") or None,
                row.get("provenance", ""),
            )
        )


def _require(folder: Folder, header: list[str]) -> None:
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(
            f"the table of acts lacks {', '.join(missing)}",
            f"{folder.path / ACTIONS}:1",
            f"its header needs {', '.join(_NEEDED)}",
        )


def _why_crooked(cells: list[str], header: list[str]) -> str:
    if len(cells) == len(header):
        return ""
    return f"{len(cells)} cells where the header has {len(header)}"


def _some_day(treaty: Treaty) -> str | None:
    """Give the days between which an act of no date lies, where both are known."""
    if treaty.adopted is None or treaty.as_of is None:
        return None
    if "/" in treaty.adopted + treaty.as_of:
        return None
    return f"{treaty.adopted}/{treaty.as_of}"


def _why_unused(row: Mapping[str, str], known: Mapping[str, Treaty]) -> str:
    if row["treaty_id"] not in known:
        return f'no treaty has the id "{row["treaty_id"][:60]}"'
    if not row["party"]:
        return "no party"
    for column in ("date", "effective"):
        text = row.get(column, "")
        if text and _day(text) is None:
            return f'`{column}` is no date: "{text[:40]}"'
    if not row["date"] and _day(_some_day(known[row["treaty_id"]])) is None:
        return "no date, and the treaty does not say between which days it lies"
    return ""


def _read_weights(folder: Folder, name: str, treaty: Treaty) -> dict[str, str]:
    """Read a table of weights: a name, and the first cell after it that is a number."""
    found: dict[str, str] = {}
    inside = (folder.path / name).resolve().is_relative_to(folder.path.resolve())
    if not inside or not (folder.path / name).is_file():
        said = f'{treaty.id}: the file of weights "{name[:80]}" is not in the folder'
        folder.note(
            "V104", said, "add it; until then the share is open", line=treaty.line
        )
        return found
    for number, (line, cells) in enumerate(_rows(folder, name)):
        amounts = [c for c in map(_amount, cells[1:]) if c is not None]
        party = " ".join(cells[0].split()) if cells else ""
        if not party and not amounts:
            continue
        if not party or not amounts or party in found:
            if not number and len(cells) > 1:
                folder.weight_titles[name] = " ".join(
                    cells[1].replace("_", " ").split()
                )
            if number:
                said = f'no weight can be read for "{party[:60]}"; row not used'
                folder.note(
                    "V104", said, "write a name and a number", file=name, line=line
                )
            continue
        found[party] = amounts[0]
    return found


def _amount(cell: str) -> str | None:
    text = cell.strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    return text if re.fullmatch(r"\d{1,15}(\.\d{1,6})?", text, re.ASCII) else None


def days_of(text: str) -> date | None:
    """Give the day of an EDTF date that is one day."""
    return parse_edtf(text).first_day if len(text) == 10 else None
