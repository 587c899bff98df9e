"""Taking a table over: every row or none, once however often it is done."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import Finding, Severity, Span
from vigens.desk.carrying import record_group
from vigens.desk.case import open_case
from vigens.desk.records import unfiltered
from vigens.desk.rows.earlier import Earlier, read_earlier
from vigens.desk.rows.making import Made, Making
from vigens.desk.rows.mapping import Mapping, read_mapping
from vigens.desk.rows.reading import TableRow, read_rows
from vigens.journal import Draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.journal import Entry

#: So many rows are listed by one batch entry; a longer table has several.
ROWS_A_BATCH = 10_000
#: After so many rows a word on how far it is.
ROWS_A_WORD = 10_000
#: Most findings that are told one by one.
MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class TableImported:
    """What importing a table brought, or would bring.

    Attributes:
        n_rows: Rows read.
        n_taken: Rows that became entries.
        n_present: Rows taken by an earlier import.
        n_bad: Rows with a fault.
        n_idle: Rows that the mapping makes nothing of.
        kinds: Entries made, by kind.
        findings: What is wrong, at most `MOST_TOLD` of them.
        n_untold: Findings beyond these.
        batches: The entries that list the rows.
        is_dry: Whether nothing was recorded, as wished.
        is_refused: Whether nothing was recorded because of a bad row.
    """

    n_rows: int
    n_taken: int
    n_present: int
    n_bad: int
    n_idle: int
    kinds: dict[str, int]
    findings: tuple[Finding, ...]
    n_untold: int
    batches: tuple[Entry, ...]
    is_dry: bool
    is_refused: bool


@dataclass(slots=True)
class _Taken:
    """The state of one run."""

    made: Made = field(default_factory=Made)
    rows: list[dict[str, Any]] = field(default_factory=list)
    pointed: list[list[str]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def import_table(
    folder: str | Path,
    table: str | Path,
    columns: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    is_dry: bool = False,
    skips_bad: bool = False,
    progress: Callable[[int], None] | None = None,
) -> TableImported:
    """Take the rows of a table over as a mapping says.

    Args:
        folder: The case.
        table: Delimited text with a row of names.
        columns: The mapping file.
        clock: For the journal.
        by: Who imports.
        is_dry: Go through everything and record nothing.
        skips_bad: Leave rows with a fault out and list them in the batch; otherwise
            one bad row and nothing is recorded.
        progress: Called with the number of rows now and then.

    Raises:
        VigensError: Table or mapping cannot be read, or the journal not be written;
            then nothing is recorded.
    """
    mapping = read_mapping(columns)
    case = open_case(folder, clock)
    place = Path(table)
    making = Making(
        mapping,
        case.program if case.compiled.is_usable else None,
        place.name,
        by,
        case.settings.marks,
        int(clock().timestamp()) + 86400,
        case.settings.zone,
    )
    earlier = read_earlier(unfiltered(case.records), mapping.name)
    taken = _Taken(Made(once=dict(earlier.once)))
    for number, row in enumerate(read_rows(place, mapping), 1):
        _take(row, making, earlier, taken)
        if progress is not None and number % ROWS_A_WORD == 0:
            progress(number)
    is_refused = bool(taken.counts["bad"]) and not skips_bad
    batches: tuple[Entry, ...] = ()
    if taken.made.drafts or (skips_bad and taken.skipped and taken.rows):
        group = [*taken.made.drafts, *_batches(place, mapping, earlier, taken, by)]
        if not is_refused:
            entries = record_group(case, clock, group, is_dry=is_dry)
            batches = tuple(entry for entry in entries if entry.kind == "batch")
    kinds = Counter(draft.kind for draft in taken.made.drafts)
    return TableImported(
        taken.counts.total(),
        taken.counts["taken"],
        taken.counts["present"],
        taken.counts["bad"],
        taken.counts["idle"],
        dict(kinds),
        tuple(taken.findings[:MOST_TOLD]),
        max(0, len(taken.findings) - MOST_TOLD),
        () if is_dry else batches,
        is_dry,
        is_refused,
    )


def _take(row: TableRow, making: Making, earlier: Earlier, taken: _Taken) -> None:
    findings = [row.fault] if row.fault else []
    if not findings:
        if row.digest in earlier.digests:
            taken.counts["present"] += 1
            return
        first = taken.seen.setdefault(row.digest, row.line)
        if first != row.line:
            taken.counts["present"] += 1
            taken.findings.append(_twice(making.table, row, first))
            return
    key = None
    pointed: list[str] = []
    if not findings:
        key = _key(row, making.mapping)
        findings = _changed(making.table, row, key, earlier, taken)
    if not findings:
        pointed, findings = making.make(row, taken.made)
    if findings:
        taken.counts["bad"] += 1
        taken.findings += findings
        why = f"{findings[0].code}: {findings[0].message}"
        taken.skipped.append({"line": row.line, "why": why})
        return
    if not pointed:
        taken.counts["idle"] += 1
        return
    taken.counts["taken"] += 1
    listed: dict[str, Any] = {"line": row.line, "digest": row.digest}
    if key is not None:
        listed["key"] = key
        earlier.keys[key] = (row.digest, "")
    taken.rows.append(listed)
    taken.pointed.append(pointed)


def _key(row: TableRow, mapping: Mapping) -> str | None:
    if mapping.key is None:
        return None
    found = mapping.key.read(row.cells, mapping.maps)
    return None if found is None else str(found)


def _changed(
    table: str, row: TableRow, key: str | None, earlier: Earlier, taken: _Taken
) -> list[Finding]:
    """Find a row whose key is known with other words."""
    if key is None or key not in earlier.keys:
        return []
    _, entry = earlier.keys[key]
    if not entry:
        line = next(each["line"] for each in taken.rows if each.get("key") == key)
        what = f'the key "{key[:60]}" stands in line {line} already, with other words'
        mend = "give each row a key of its own"
    else:
        what = f'the row "{key[:60]}" was imported before with other words'
        mend = f"`vigens supersede CASE {entry[:12]}` records what is new in it"
    span = Span(table, row.line, 1, max(1, len(key)), key)
    return [Finding("I007", Severity.ERROR, what, (span,), mend)]


def _twice(table: str, row: TableRow, first: int) -> Finding:
    shown = ", ".join(row.cells.values())[:120]
    return Finding(
        "I006",
        Severity.WARNING,
        f"this row says the same as line {first}; it is taken once",
        (Span(table, row.line, 1, max(1, len(shown)), shown),),
        "take it out of the table, or map a column in which the two differ",
    )


def _batches(
    path: Path, mapping: Mapping, earlier: Earlier, taken: _Taken, by: str
) -> list[Draft]:
    """Draft the entries that list the rows, each row with its entries."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    marks = _shared_marks(taken.made.drafts)
    new_once = {
        ref: key for key, ref in taken.made.once.items() if key not in earlier.once
    }
    n_parts = max(1, -(-len(taken.rows) // ROWS_A_BATCH))
    drafts = []
    for part in range(n_parts):
        chosen = slice(part * ROWS_A_BATCH, (part + 1) * ROWS_A_BATCH)
        places: dict[str, int] = {}
        rows = []
        for listed, pointed in zip(
            taken.rows[chosen], taken.pointed[chosen], strict=True
        ):
            at = [places.setdefault(ref, len(places)) for ref in pointed]
            rows.append({**listed, "entries": at})
        once = [
            {"handle": key[0], "text": key[1], "entry": at}
            for ref, at in places.items()
            if (key := new_once.get(ref)) is not None
        ]
        payload = {
            "title": f"import of {path.name}",
            "count": len(places),
            "table": {
                "name": mapping.name,
                "file": path.name,
                "sha256": digest,
                "mapping": mapping.digest,
                "rows": rows,
                "once": once,
                "skipped": taken.skipped if part == 0 else [],
            },
        }
        drafts.append(Draft("batch", payload, by, marks=marks, about=tuple(places)))
    return drafts


def _shared_marks(drafts: list[Draft]) -> tuple[str, ...]:
    """Give the marks that all entries bear: a list is for no wider eyes."""
    shared = set(drafts[0].marks) if drafts else set[str]()
    for draft in drafts:
        shared &= set(draft.marks)
    return tuple(sorted(shared))
