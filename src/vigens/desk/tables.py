"""Occurrences by the million: the rows of a case's bulk tables as columns.

A table is read once and never becomes entries. What each row is, `case.toml` says; how
it counts, a lens decides (`bulk.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from vigens.base import Finding, InputError, Severity, Span, counted, nearest
from vigens.desk.tablefile import Cells, read_cells, read_header
from vigens.desk.tablemap import columns_in
from vigens.desk.tableparts import TableCoverage, TableEvents, Tables
from vigens.desk.tabletimes import Clock, Fault, known_date
from vigens.desk.tablevalues import bad_words, composed, used, why_bad
from vigens.model import SURE, Coded, EventColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vigens.desk.tablemap import Chosen, EventMap, TableMap
    from vigens.rules import Program, Variable

#: Most findings of one kind in one column; the rest is counted.
MOST_SHOWN = 5


def read_tables(
    folder: Path, maps: Sequence[TableMap], program: Program, zone: str
) -> Tables:
    """Read every table of a case; what is wrong in them is a finding.

    Args:
        folder: The case folder.
        maps: As `case.toml` has them.
        program: For events and the values of closed sorts.
        zone: IANA zone of civil days.
    """
    if not maps:
        return Tables()
    events: list[TableEvents] = []
    findings: list[Finding] = []
    marks: list[tuple[str, ...]] = []
    for table in maps:
        reader = _Reader(folder, table, program, zone, findings)
        events.extend(reader.read())
        marks.extend([table.marks] * (len(findings) - len(marks)))
    coverage = tuple(
        TableCoverage(
            frozenset((*(e.event for e in t.events), *t.also_covers)),
            t.covers,
            t.cited,
            t.marks,
        )
        for t in maps
        if t.covers is not None
    )
    return Tables(tuple(events), coverage, tuple(findings), tuple(marks))


class _Reader:
    """Reads one table, and gathers findings."""

    def __init__(
        self,
        folder: Path,
        table: TableMap,
        program: Program,
        zone: str,
        findings: list[Finding],
    ) -> None:
        self.folder = folder
        self.table = table
        self.program = program
        self.zone = zone
        self.findings = findings
        self._composed: dict[str, tuple[Coded, list[str]]] = {}
        self._bad: dict[tuple[int, str], list[int]] = {}

    def read(self) -> list[TableEvents]:
        try:
            path = self._path()
            header = read_header(path, self.table.delimiter)
            maps = [m for m in self.table.events if self._fits(m, header)]
            self._declared(self.table.also_covers)
            if not maps:
                return []
            names = dict.fromkeys(name for m in maps for name in m.columns)
            numeric = {
                name
                for m in maps
                if m.timing.unit is not None
                for name in (m.timing.happened, m.timing.until)
                if name is not None
            }
            plain = {c for m in maps for c in _text_columns(m)}
            cells = read_cells(
                path,
                self.table.delimiter,
                names=list(names),
                numeric=[name for name in names if name in numeric - plain],
            )
        except InputError as error:
            self._wrong("B001", error.what, error.mend)
            return []
        for line in cells.crooked[:MOST_SHOWN]:
            self._row(
                "B005", line, "", "the row has more or fewer cells than the header"
            )
        self._more("B005", len(cells.crooked))
        clock = Clock(cells, self.zone)
        return [self._events(m, cells, clock) for m in maps]

    def _path(self) -> Path:
        try:
            path = (self.folder / self.table.file).resolve()
            inside = path.is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError(
                "this path cannot be used", self.table.file, "name a file of the case"
            ) from error
        if not inside:
            raise InputError(
                f'the table "{self.table.file[:80]}" lies outside the case folder',
                self.table.file,
                "move or copy it into the case",
            )
        return path

    def _declared(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.program.events:
                meant = nearest(name, self.program.events)
                mend = f'write "{meant}"' if meant else "declare it, or leave it out"
                self._wrong("B002", f'event "{name}" is not declared', mend)

    def _fits(self, found: EventMap, header: tuple[str, ...]) -> bool:
        """Say whether a mapping fits the program and the table."""
        n_before = len(self.findings)
        declared = self.program.events.get(found.event)
        if declared is None:
            meant = nearest(found.event, self.program.events)
            self._wrong(
                "B002",
                f'event "{found.event}" is not declared',
                f'write "{meant}"' if meant else "declare it in an agreement file",
                found.place,
            )
        elif len(declared.params) != len(found.values):
            self._wrong(
                "B002",
                f'"{found.event}" takes {counted(len(declared.params), "argument")}, and '
                f"`values` has {len(found.values)}",
                "name a column for each argument: "
                + ", ".join(param.name for param in declared.params),
                found.place,
            )
        for name in found.columns:
            if header.count(name) != 1:
                meant = nearest(name, header)
                said = "twice" if name in header else "not at all"
                self._wrong(
                    "B002",
                    f'the table has column "{name[:60]}" {said}',
                    f'write "{meant}"'
                    if meant
                    else f"it has {', '.join(header)[:200]}",
                    found.place,
                )
        return len(self.findings) == n_before

    def _events(self, found: EventMap, cells: Cells, clock: Clock) -> TableEvents:
        declared = self.program.events[found.event]
        rows = _chosen_rows(cells, found)
        if not len(rows):
            self._told("B007", Severity.NOTE, f'no row is "{found.event}"', found)
        faults: list[Fault] = []
        first, last, late = clock.place(found.timing, rows, is_act=declared.is_act)
        faults.extend(late)
        values = [
            self._argument(text, param, cells, rows, faults)
            for text, param in zip(found.values, declared.params, strict=True)
        ]
        by = None if found.by is None else self._author(found.by, cells, rows)
        known = self._known(found, clock, rows, faults)
        keep = self._report(faults, cells, rows)
        if keep is not None:
            is_exact = last is first
            rows, first = rows[keep], first[keep]
            last = first if is_exact else last[keep]
            values = [Coded(v.codes[keep], v.words) for v in values]
            by = None if by is None else Coded(by.codes[keep], by.words)
            known = _kept(known[0], keep), _kept(known[1], keep)
        columns = EventColumns(
            found.event,
            tuple(used(column) for column in values),
            first,
            last,
            SURE,
            self.table.cited,
            cells.lines[rows],
            by=by,
        )
        return TableEvents(
            columns, *known, found.grade, self._place(found.place), self.table.marks
        )

    def _argument(
        self,
        text: str,
        param: Variable,
        cells: Cells,
        rows: NDArray[np.intp],
        faults: list[Fault],
    ) -> Coded:
        """Give one argument of every row, and note what cannot be one."""
        if text not in self._composed:
            self._composed[text] = composed(text, cells)
        whole, names = self._composed[text]
        codes = whole.codes[rows] if names else np.zeros(len(rows), np.int32)
        key = (id(whole.words), param.sort)
        if key not in self._bad:
            self._bad[key] = bad_words(whole.words, param, self.program)
        bad = self._bad[key]
        if bad:
            places = np.flatnonzero(np.isin(codes, bad))
            if len(places):

                def say(place: int) -> tuple[str, str]:
                    word = whole.words[codes[place]]
                    return word, why_bad(word, param, self.program)

                faults.append(Fault("B004", ", ".join(names) or text, places, say))
        return Coded(codes, whole.words)

    def _author(self, text: str, cells: Cells, rows: NDArray[np.intp]) -> Coded:
        """Give who did it in every row."""
        whole, names = composed(text, cells)
        codes = whole.codes[rows] if names else np.zeros(len(rows), np.int32)
        return Coded(codes, whole.words)

    def _known(
        self, found: EventMap, clock: Clock, rows: NDArray[np.intp], faults: list[Fault]
    ) -> tuple[NDArray[np.int64] | int | None, NDArray[np.int64] | int | None]:
        if found.known_from is None:
            return None, None
        date = known_date(found.known_from, self.zone)
        if date is not None:
            return date, date
        return clock.known(found.known_from, rows, faults)

    def _report(
        self, faults: list[Fault], cells: Cells, rows: NDArray[np.intp]
    ) -> NDArray[np.bool_] | None:
        """Say what is wrong with rows, and give those that are left; `None` for all."""
        if not faults:
            return None
        keep = np.ones(len(rows), bool)
        for fault in faults:
            keep[fault.rows] = False
            # A row whose every cell is empty is a blank line, and nothing to mend.
            real = fault.rows[~_blank(cells, rows[fault.rows])]
            for place in real[:MOST_SHOWN]:
                cell, message = fault.say(int(place))
                line = int(cells.lines[rows[place]])
                said = f'column "{fault.column}": {message}; row not used'
                self._row(fault.code, line, cell, said)
            self._more(fault.code, len(real))
        return keep

    def _row(self, code: str, line: int, cell: str, message: str) -> None:
        shown = cell[:80]
        span = Span(self.table.file, line, 1, max(1, len(shown)), shown)
        mend = "mend the cell, or leave the row out with `where` or `unless`"
        if code == "B005":
            mend = "put a cell with a comma or a quotation mark between quotation marks"
        self.findings.append(Finding(code, Severity.WARNING, message, (span,), mend))

    def _more(self, code: str, n_found: int) -> None:
        if n_found > MOST_SHOWN:
            said = f"… and {n_found - MOST_SHOWN} more rows of {self.table.file}"
            self.findings.append(
                Finding(code, Severity.WARNING, said, (), "mend them in the same way")
            )

    def _wrong(self, code: str, message: str, mend: str, place: str = "") -> None:
        span = self._place(place)
        self.findings.append(Finding(code, Severity.ERROR, message, (span,), mend))

    def _told(
        self, code: str, severity: Severity, message: str, found: EventMap
    ) -> None:
        mend = "look at `where` and `unless`, or leave the event out"
        self.findings.append(
            Finding(code, severity, message, (self._place(found.place),), mend)
        )

    def _place(self, text: str = "") -> Span:
        return place_of(self.folder, self.table, text)


def place_of(folder: Path, table: TableMap, text: str = "") -> Span:
    """Point at a table in `case.toml`."""
    try:
        lines = (folder / "case.toml").read_text("utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    heads = [n for n, line in enumerate(lines, 1) if _HEAD.match(line)]
    line = heads[table.number - 1] if len(heads) >= table.number else 1
    shown = text.partition(", ")[2] or f'[[tables]] file = "{table.file}"'
    return Span("case.toml", line, 1, max(1, len(shown)), shown)


_HEAD = re.compile(r"\s*\[\[\s*tables\s*\]\]")


def _text_columns(found: EventMap) -> Iterable[str]:
    """List the columns that are read as text whatever else they are."""
    for value in (*found.values, *filter(None, [found.by])):
        yield from columns_in(value)
    yield from (column for column, _ in (*found.where, *found.unless))
    if found.known_from is not None:
        yield found.known_from


def _chosen_rows(cells: Cells, found: EventMap) -> NDArray[np.intp]:
    """Give the places of the rows that an event map means."""
    mask: NDArray[np.bool_] | None = None
    for choice, is_in in ((found.where, True), (found.unless, False)):
        for own in _masks(cells, choice):
            this = own if is_in else ~own
            mask = this if mask is None else mask & this
    return np.arange(cells.n_rows) if mask is None else np.flatnonzero(mask)


def _masks(cells: Cells, choice: Chosen) -> Iterable[NDArray[np.bool_]]:
    for column, meant in choice:
        coded = cells.coded[column]
        codes = [i for i, word in enumerate(coded.words) if word in meant]
        if len(codes) == 1:
            yield coded.codes == codes[0]
        else:
            yield np.isin(coded.codes, codes)


def _kept(
    known: NDArray[np.int64] | int | None, keep: NDArray[np.bool_]
) -> NDArray[np.int64] | int | None:
    return known[keep] if isinstance(known, np.ndarray) else known


def _blank(cells: Cells, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Say which rows are blank lines: every cell is empty, and nothing is to mend."""
    found = np.full(len(rows), not cells.numbers)
    for coded in cells.coded.values():
        empty = [place for place, word in enumerate(coded.words) if not word]
        found &= np.isin(coded.codes[rows], empty)
    return found
