"""Making drafts of a row, each fault with its row and column."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vigens.base import Finding, InputError, Severity, Span, counted, nearest
from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.desk.rows.values import CellError
from vigens.journal import Draft, Source, payload_faults
from vigens.model import parse_grade

if TYPE_CHECKING:
    from vigens.desk.rows.mapping import EntryMap, Mapping
    from vigens.desk.rows.reading import TableRow
    from vigens.desk.rows.values import Value
    from vigens.rules import Program


@dataclass(slots=True)
class Made:
    """What rows became so far.

    Attributes:
        drafts: In order; each has a handle.
        shared: Handle and text of `once`, or a draft's own words, to what is pointed at.
        once: Of `shared`, those that a later import shares too.
    """

    drafts: list[Draft] = field(default_factory=list)
    shared: dict[tuple[str, str], str] = field(default_factory=dict)
    once: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Making:
    """What making drafts needs besides the row.

    Attributes:
        mapping: As read.
        program: For the names that rows use; `None` where the rules have errors.
        table: Name of the table, for findings.
        by: Who imports.
        marks: Where the mapping says nothing.
        now: UTC seconds; nothing is known from later.
        zone: IANA name of the case.
    """

    mapping: Mapping
    program: Program | None
    table: str
    by: str
    marks: tuple[str, ...]
    now: int
    zone: str

    def make(self, row: TableRow, made: Made) -> tuple[list[str], list[Finding]]:
        """Make the drafts of a row and put them behind those made before.

        Returns:
            What the row's entries are pointed at by, and what is wrong with the row;
            where anything is, no draft of it was kept.
        """
        local: dict[str, str] = {}
        drafts: list[Draft] = []
        shared: dict[tuple[str, str], str] = {}
        once: dict[tuple[str, str], str] = {}
        findings: list[Finding] = []
        for entry in self.mapping.entries:
            if not entry.takes(row.cells):
                continue
            if entry.about and not any(handle in local for handle in entry.about):
                continue  # what it would be about was not made of this row
            try:
                key, draft = self._draft(entry, row, local)
            except CellError as error:
                findings.append(self._finding(row, error, entry))
                continue
            known = made.once.get(key) or once.get(key)
            known = known or made.shared.get(key) or shared.get(key)
            if known is None:
                known = f"@{row.line}.{entry.handle}"
                drafts.append(draft)
                (shared if entry.once is None else once)[key] = known
            local[entry.handle] = known
        if findings:
            return [], findings
        made.drafts += drafts
        made.shared.update(shared)
        made.once.update(once)
        return list(local.values()), []

    def _draft(
        self, entry: EntryMap, row: TableRow, local: dict[str, str]
    ) -> tuple[tuple[str, str], Draft]:
        maps = self.mapping.maps
        payload = {
            name: found
            for name, value in entry.payload.items()
            if (found := value.read(row.cells, maps)) is not None
        }
        dates = {
            name: self._date(name, value, row) for name, value in entry.fields.items()
        }
        if entry.kind == "grade":
            payload |= self._grade(str(payload.pop("grade", "")), entry)
        about = tuple(local[handle] for handle in entry.about if handle in local)
        if payload.get("denies"):
            payload["denies"] = [local.get(str(x), str(x)) for x in payload["denies"]]
        draft = Draft(
            entry.kind,
            payload,
            self.by,
            happened=dates.get("happened"),
            known_from=dates.get("known_from"),
            sources=self._sources(entry, row),
            marks=self._marks(entry),
            about=about,
            handle=f"{row.line}.{entry.handle}",
        )
        self._check(entry, draft)
        return self._key(entry, draft, row), draft

    def _key(self, entry: EntryMap, draft: Draft, row: TableRow) -> tuple[str, str]:
        """Say by what a later row would mean the same entry."""
        if entry.once is not None:
            text = entry.once.read(row.cells, self.mapping.maps)
            if text is not None:
                return entry.handle, str(text)
        said = [
            draft.kind,
            draft.payload,
            draft.happened,
            draft.known_from,
            [(s.address, s.title, s.type, s.published) for s in draft.sources],
            draft.marks,
            draft.about,
        ]
        return "", json.dumps(said, sort_keys=True, ensure_ascii=False)

    def _marks(self, entry: EntryMap) -> tuple[str, ...]:
        if entry.marks is not None:
            return entry.marks
        return self.marks if self.mapping.marks is None else self.mapping.marks

    def _date(self, name: str, value: Value, row: TableRow) -> str | None:
        text = value.read(row.cells, self.mapping.maps)
        if text is None:
            return None
        column = value.columns[0] if value.columns else name
        try:
            first, last = edtf_bounds(parse_edtf(str(text)), self.zone)
        except EdtfError as error:
            raise CellError("I001", column, error.what, error.mend) from error
        if name == "known_from" and (last is None or (first or 0) > self.now):
            raise CellError(
                "I001",
                column,
                f'"{text}" is no day on which one could know by now',
                "a day of publication is neither open nor ahead",
            )
        return str(text)

    def _grade(self, text: str, entry: EntryMap) -> dict[str, Any]:
        column = next(iter(entry.payload["grade"].columns), "grade")
        try:
            found = parse_grade(text)
        except InputError as error:
            raise CellError("I001", column, error.what, "write one as in B2") from error
        return {"reliability": found.reliability, "credibility": found.credibility}

    def _sources(self, entry: EntryMap, row: TableRow) -> tuple[Source, ...]:
        if not entry.source:
            return ()
        read = {
            name: value.read(row.cells, self.mapping.maps)
            for name, value in entry.source.items()
        }
        if read["address"] is None:
            return ()
        if "published" in read:
            read["published"] = self._date("published", entry.source["published"], row)
        return (Source(**{name: value for name, value in read.items() if value}),)

    def _check(self, entry: EntryMap, draft: Draft) -> None:
        """Find what keeps a draft from being recorded, or from being used."""
        payload = dict(draft.payload)
        payload.pop("denies", None)  # handles yet; they are ids once recorded
        for fault in payload_faults(draft.kind, payload):
            name = fault.field.removeprefix("payload.").partition("[")[0]
            value = entry.payload.get(name.partition(".")[0])
            column = next(iter(value.columns), name) if value else name
            raise CellError(
                "I004",
                column,
                f"the {draft.kind} lacks what it needs: {name} is not {fault.wanted}",
                "fill the cell, or give a `default` in the mapping",
            )
        if self.program is not None:
            self._check_names(entry, draft, self.program)

    def _check_names(self, entry: EntryMap, draft: Draft, program: Program) -> None:
        payload = draft.payload
        if draft.kind == "occurrence":
            event = program.events.get(str(payload["event"]))
            self._check_declared(entry, "event", payload, event, program)
        elif draft.kind == "observation":
            fluent = program.fluents.get(str(payload["fluent"]))
            self._check_declared(entry, "fluent", payload, fluent, program)
        elif draft.kind == "count" and payload["measure"] not in program.measures:
            self._refuse(entry, "measure", str(payload["measure"]), program.measures)

    def _check_declared(
        self,
        entry: EntryMap,
        field_: str,
        payload: Any,
        declared: Any,
        program: Program,
    ) -> None:
        name = str(payload[field_])
        if declared is None:
            known = program.events if field_ == "event" else program.fluents
            self._refuse(entry, field_, name, known)
        if len(declared.params) != len(payload["args"]):
            raise CellError(
                "I005",
                next(iter(entry.payload["args"].columns), "args"),
                f'"{name}" takes {counted(len(declared.params), "argument")}, '
                f"not {len(payload['args'])}",
                "give each of them in `args`; an empty cell gives none",
            )
        for param, value in zip(declared.params, payload["args"], strict=True):
            sort = program.sorts[param.sort]
            values = program.values_of(param.sort)
            if not sort.is_open and value not in values:
                self._refuse(entry, "args", str(value), values, param.sort)

    def _refuse(
        self, entry: EntryMap, field_: str, name: str, known: Any, noun: str = ""
    ) -> None:
        columns = entry.payload[field_].columns
        meant = nearest(name, known)
        raise CellError(
            "I005",
            next(iter(columns), field_),
            f'the agreements declare no {noun or field_} "{name[:60]}"',
            f'did you mean "{meant}"?'
            if meant
            else "declare it, or map the cell to a name that is declared",
        )

    def _finding(self, row: TableRow, error: CellError, entry: EntryMap) -> Finding:
        cell = row.cells.get(error.column, "")
        shown = f"{error.column}: {cell[:80]}"
        span = Span(self.table, row.line, 1, max(1, len(shown)), shown)
        what = f"{error.what} ({entry.handle}, column {error.column})"
        return Finding(error.code, Severity.ERROR, what, (span,), error.mend)
