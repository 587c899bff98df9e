"""From a journal seen through a lens to the world that the engine is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span
from vigens.chrono import day_start, edtf_bounds, parse_edtf
from vigens.desk.lifting import Lifted, lift
from vigens.engine import HIGH, LOW, World
from vigens.journal import MATTERS, View, visible
from vigens.model import (
    UNGRADED,
    Coverage,
    Grade,
    Happening,
    Lens,
    Sighting,
    WeighedClaim,
    Weighing,
    Weight,
    weigh,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vigens.desk.case import Case
    from vigens.journal import Entry
    from vigens.model import EvidencePolicy
    from vigens.rules import EventType, Program


@dataclass(frozen=True, slots=True)
class Assembled:
    """A world with the way back from it to entries.

    Attributes:
        world: For the engine.
        view: The entries that count through the lens.
        weighings: Matter to what its claims come to.
        grades: Claim to its grade.
        origins: Claim to its origin.
        coverage_note: What is said where a case has no coverage entry.
        findings: Entries that could not be used, with their place.
    """

    world: World
    view: View
    weighings: dict[str, Weighing]
    grades: dict[str, Grade]
    origins: dict[str, str]
    coverage_note: str
    findings: tuple[Finding, ...]


def assemble(case: Case, lens: Lens) -> Assembled:
    """Select, weigh and place in time everything that a lens shows.

    Args:
        case: With usable rules.
        lens: Whose `policy` the case knows.

    Returns:
        The world and the way back from it.
    """
    view = visible(
        case.entries,
        known_at=lens.known_at,
        recorded_at=lens.recorded_at,
        reader=lens.reader,
        zone=lens.zone,
    )
    policy = case.settings.policies[lens.policy]
    builder = _Builder(case.program, view, policy, lens.zone)
    builder.add_matters()
    happenings = builder.happenings
    for hypothesis in lens.hypotheses:
        event = case.program.events[hypothesis.event]
        first, last = builder.when(hypothesis.happened, is_act=event.is_act)
        happenings.setdefault(hypothesis.event, []).append(
            Happening(
                f"hypothesis {hypothesis}",
                hypothesis.event,
                hypothesis.values,
                first,
                last,
                Weight.SURE,
                is_hypothesis=True,
                when_text=hypothesis.happened,
            )
        )
    coverage, note = _coverage(view, lens, case.settings.begins)
    world = World(
        case.program,
        happenings,
        builder.sightings,
        coverage,
        case.settings.begins,
        lens.zone,
        dict(lens.readings),
        lens.assume_no_other_change,
    )
    return Assembled(
        world,
        view,
        builder.weighings,
        builder.grades,
        builder.origins,
        note,
        tuple(builder.findings),
    )


class _Builder:
    def __init__(
        self, program: Program, view: View, policy: EvidencePolicy, zone: str
    ) -> None:
        self.program = program
        self.view = view
        self.policy = policy
        self.zone = zone
        self.happenings: dict[str, list[Happening]] = {}
        self.sightings: dict[str, list[Sighting]] = {}
        self.weighings: dict[str, Weighing] = {}
        self.findings: list[Finding] = []
        self.grades = {e.id: _grade(view, e) for e in view.entries if e.kind == "claim"}
        self.origins = _origins(view)
        self._rivals = {one for group in view.rivals.values() for one in group}

    def add_matters(self) -> None:
        for entry in self.view.entries:
            if entry.kind not in MATTERS:
                continue
            for lifted in lift(entry, self.program):
                if self._fits(entry, lifted):
                    self._add(entry, lifted)
            if entry.id not in self.weighings:
                self.weighings[entry.id] = self.weigh(entry, "", ())

    def weigh(self, entry: Entry, event: str, values: tuple[str, ...]) -> Weighing:
        claims = [
            WeighedClaim(
                claim.id,
                not _denies(claim, entry.id),
                self.grades[claim.id],
                self.origins[claim.id],
                claim.payload.get("voice"),
            )
            for claim in self.view.about(entry.id)
            if claim.kind == "claim"
        ]
        confirmed = any(
            other.kind == "confirmation" and other.recorded_by != entry.recorded_by
            for other in self.view.about(entry.id)
        )
        found = weigh(
            claims,
            self.policy.floor_for(event),
            prefer=self.policy.prefer,
            issuers=self._issuers(values),
            is_confirmed=confirmed,
        )
        if entry.id in self._rivals and found.weight is Weight.SURE:
            reason = "two corrections of this entry disagree"
            return Weighing(Weight.POSSIBLE, reason, None, True, found.claims)
        return found

    def when(self, text: str | None, *, is_act: bool) -> tuple[int, int]:
        """Place a date in time: acts at the beginning of a day, others within it."""
        if text is None:
            return LOW + 1, HIGH - 1
        edtf = parse_edtf(text)
        first, last = edtf_bounds(edtf, self.zone)
        if is_act and edtf.last_day is not None and edtf.instant is None:
            last = day_start(edtf.last_day, self.zone)
        return (LOW + 1 if first is None else first, HIGH - 1 if last is None else last)

    def _add(self, entry: Entry, lifted: Lifted) -> None:
        weighing = self.weigh(entry, lifted.name, lifted.values)
        self.weighings[entry.id] = weighing
        fluent = lifted.holds is not None
        event = None if fluent else self.program.events[lifted.name]
        first, last = self.when(
            entry.happened, is_act=event is not None and event.is_act
        )
        if entry.happened is None:
            last = self._first_known(entry)
        if lifted.holds is not None:
            if weighing.weight is Weight.DENIED:
                return
            self.sightings.setdefault(lifted.name, []).append(
                Sighting(
                    entry.id,
                    lifted.name,
                    lifted.values,
                    first,
                    last,
                    lifted.holds,
                    weighing.weight,
                    "" if weighing.weight is Weight.SURE else weighing.reason,
                    entry.happened or "",
                )
            )
            return
        plain = weighing.weight is Weight.SURE and not weighing.is_disputed
        self.happenings.setdefault(lifted.name, []).append(
            Happening(
                entry.id,
                lifted.name,
                lifted.values,
                first,
                last,
                weighing.weight,
                "" if plain else weighing.reason,
                weighing.rule,
                weighing.is_disputed,
                False,
                entry.happened or "no date given",
            )
        )

    def _first_known(self, entry: Entry) -> int:
        known = [
            self.view.known_from[claim.id]
            for claim in self.view.about(entry.id)
            if claim.kind == "claim"
        ]
        return min(known, default=HIGH - 1)

    def _issuers(self, values: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for value in values:
            text = self.program.instruments.get(value)
            if text is not None:
                found.update(text.issuers)
            elif value in self.program.actors:
                found.add(value)
        return found

    def _fits(self, entry: Entry, lifted: Lifted) -> bool:
        declared: EventType | None
        if lifted.holds is not None:
            fluent = self.program.fluents.get(lifted.name)
            params = fluent.params if fluent else None
        else:
            declared = self.program.events.get(lifted.name)
            params = declared.params if declared else None
        kind = "fluent" if lifted.holds is not None else "event"
        if params is None:
            self._unused(entry, f'{kind} "{lifted.name}" is not declared', kind)
            return False
        if len(params) != len(lifted.values):
            said = f"takes {len(params)} arguments, not {len(lifted.values)}"
            self._unused(entry, f'"{lifted.name}" {said}', kind)
            return False
        for param, value in zip(params, lifted.values, strict=True):
            sort = self.program.sorts[param.sort]
            if not sort.is_open and value not in self.program.values_of(param.sort):
                self._unused(entry, f'unknown {param.sort} "{value}"', param.sort)
                return False
        return True

    def _unused(self, entry: Entry, message: str, noun: str) -> None:
        text = f"{entry.id[:12]} {entry.kind}: {entry.title[:80]}"
        span = Span("journal", 1, 1, 12, text)
        mend = f"declare the {noun} in an agreement file, or supersede the entry"
        self.findings.append(
            Finding("D001", Severity.WARNING, f"{message}; not used", (span,), mend)
        )


def _grade(view: View, claim: Entry) -> Grade:
    grade = UNGRADED
    for entry in view.about(claim.id):
        if entry.kind == "grade":
            grade = Grade(
                str(entry.payload["reliability"]), int(entry.payload["credibility"])
            )
    for entry in view.about(claim.id):
        if entry.kind == "review":
            if entry.payload.get("verdict") == "fabricated":
                return UNGRADED
            if entry.payload.get("verdict") == "contradicted":
                grade = Grade(grade.reliability, max(5, grade.credibility))
    return grade


def _origins(view: View) -> dict[str, str]:
    """Give each claim its origin: one address is one, and people join copies."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    claims = [entry for entry in view.entries if entry.kind == "claim"]
    for claim in claims:
        for source in claim.sources:
            parents[root(claim.id)] = root(f"address {source.address}")
    for entry in view.entries:
        if entry.kind == "same_origin" and entry.about:
            first, *others = entry.about
            for other in others:
                parents[root(other)] = root(first)
    return {claim.id: root(claim.id) for claim in claims}


def _denies(claim: Entry, matter: str) -> bool:
    denied = claim.payload.get("denies") or ()
    return matter in denied or (claim.payload.get("polarity") == "neg" and not denied)


def _coverage(view: View, lens: Lens, begins: int) -> tuple[list[Coverage], str]:
    limit = lens.known_at + 1
    found = list(_stated_coverage(view, lens.zone, limit))
    if any(entry.kind == "coverage" for entry in view.entries):
        return found, ""
    last = max(view.known_from.values(), default=begins) + 1
    note = (
        "this case says nothing of coverage: it is taken as covered to its last record"
    )
    return [Coverage(frozenset(), begins, min(last, limit), note)], note


def _stated_coverage(view: View, zone: str, limit: int) -> Iterator[Coverage]:
    for entry in view.entries:
        if entry.kind != "coverage" or entry.happened is None:
            continue
        first, last = edtf_bounds(parse_edtf(entry.happened), zone)
        start = LOW if first is None else first
        end = min(limit, HIGH if last is None else last + 1)
        events = [str(name) for name in entry.payload.get("events", ())]
        if start < end:
            names = frozenset() if "*" in events else frozenset(events)
            keys = frozenset(str(key) for key in entry.payload.get("keys", ()))
            note = str(entry.payload.get("note", ""))
            yield Coverage(names, start, end, note, keys)
