"""From a journal seen through a lens to the world that the engine is handed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Finding
from vigens.desk.bulk import AHEAD, see_tables
from vigens.desk.coverage import not_used, read_coverage
from vigens.desk.lifting import Lifted, lift
from vigens.desk.placing import place_date
from vigens.engine import HIGH, LOW, World
from vigens.journal import MATTERS, View
from vigens.model import (
    UNGRADED,
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
    from collections.abc import Iterable

    from vigens.desk.case import Case
    from vigens.journal import Entry
    from vigens.model import EvidencePolicy
    from vigens.rules import EventType, Fluent, Program


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
    view = case.seen(lens)
    policy = case.settings.policies[lens.policy]
    builder = _Builder(case.program, view, policy, lens.zone)
    builder.add_matters()
    happenings = builder.happenings
    for hypothesis in lens.hypotheses:
        event = case.program.events[hypothesis.event]
        first, last = builder.when(hypothesis.happened, is_act=event.is_act)
        last = HIGH - 1 if last is None else last
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
    bulk = see_tables(case.tables.seen(view.clearance), lens, policy)
    looked = read_coverage(
        view, lens, case.program, begins=case.settings.begins, bulk=bulk
    )
    world = World(
        case.program,
        happenings,
        builder.sightings,
        looked.coverage,
        case.settings.begins,
        lens.zone,
        dict(lens.readings),
        lens.assume_no_other_change,
        bulk.events,
    )
    return Assembled(
        world,
        view,
        builder.weighings,
        builder.grades,
        builder.origins,
        looked.note,
        (*_placed((*builder.findings, *looked.findings), view), *bulk.findings),
    )


def _placed(findings: tuple[Finding, ...], view: View) -> tuple[Finding, ...]:
    """Point each finding at its entry's number among those that the reader may see."""
    if not findings:
        return ()
    numbers = {name[:12]: number for name, number in view.positions.items()}
    return tuple(
        replace(
            finding,
            spans=tuple(
                replace(span, line=numbers.get(span.text[:12], span.line))
                for span in finding.spans
            ),
        )
        for finding in findings
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
        about = self.view.about(entry.id)
        claims = [self._weighed(e, entry.id) for e in about if e.kind == "claim"]
        weigh_all = partial(
            weigh,
            floor=self.policy.floor_for(event),
            prefer=self.policy.prefer,
            issuers=self._issuers(values),
            is_confirmed=any(_is_second(other, entry) for other in about),
        )
        found = weigh_all(claims)
        agreed = [claim for claim in claims if claim.ref not in self._rivals]
        is_own = entry.id in self._rivals
        is_claims = weigh_all(agreed).weight is not found.weight
        if (is_own or is_claims) and found.weight in (Weight.SURE, Weight.DENIED):
            is_sure = found.weight is Weight.SURE
            what = "this entry" if is_own else "a claim about it"
            reason = f"two corrections of {what} disagree"
            weight = Weight.POSSIBLE if is_sure else Weight.ASIDE
            return Weighing(weight, reason, None, True, found.claims)
        return found

    def when(self, text: str | None, *, is_act: bool) -> tuple[int, int | None]:
        """Place a date in time: acts at the beginning of a day, others within it.

        The end of an open date is `None`.
        """
        if text is None:
            return LOW + 1, None
        first, last = place_date(text, self.zone, is_act=is_act)
        return LOW + 1 if first is None else first, last

    def _weighed(self, claim: Entry, matter: str) -> WeighedClaim:
        return WeighedClaim(
            claim.id,
            not _denies(self.view, claim, matter),
            self.grades[claim.id],
            self.origins[claim.id],
            claim.payload.get("voice"),
            any(
                other.kind == "review" and other.payload.get("verdict") == "fabricated"
                for other in self.view.about(claim.id)
            ),
        )

    def _add(self, entry: Entry, lifted: Lifted) -> None:
        weighing = self.weigh(entry, lifted.name, lifted.values)
        self.weighings[entry.id] = weighing
        if lifted.holds is not None:
            self._add_sighting(entry, lifted, weighing)
            return
        is_denied = weighing.weight is Weight.DENIED
        # A denial of an act on a day is about the whole day.
        is_act = self.program.events[lifted.name].is_act and not is_denied
        first, last = self.when(entry.happened, is_act=is_act)
        if last is None:
            last = max(first, self._first_known(weighing))
        if weighing.weight is Weight.SURE and first > self._last_known(weighing):
            weighing = replace(weighing, weight=Weight.POSSIBLE, reason=AHEAD)
            self.weighings[entry.id] = weighing
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

    def _add_sighting(self, entry: Entry, lifted: Lifted, weighing: Weighing) -> None:
        """Add a state as seen; what is denied was seen to be otherwise."""
        first, last = self.when(entry.happened, is_act=False)
        if last is None:
            last = max(first, self._first_known(weighing))
        is_denied = weighing.weight is Weight.DENIED
        seen = Sighting(
            entry.id,
            lifted.name,
            lifted.values,
            first,
            last,
            bool(lifted.holds) is not is_denied,
            Weight.SURE if is_denied else weighing.weight,
            "" if weighing.weight is Weight.SURE else weighing.reason,
            entry.happened or "",
        )
        group = self.sightings.setdefault(lifted.name, [])
        group.append(seen)
        if weighing.weight is Weight.POSSIBLE and weighing.is_disputed:
            group.append(replace(seen, holds=not seen.holds))

    def _first_known(self, weighing: Weighing) -> int:
        """Say since when it is known, by the claims that count for the outcome."""
        return min(self._known(weighing), default=HIGH - 1)

    def _last_known(self, weighing: Weighing) -> int:
        """Say when the last of these claims was made."""
        return max(self._known(weighing), default=HIGH - 1)

    def _known(self, weighing: Weighing) -> list[int]:
        affirms = weighing.weight is not Weight.DENIED
        return [
            self.view.known_from[claim.ref]
            for claim in weighing.claims
            if claim.counts and claim.affirms is affirms
        ]

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
        fluent: Fluent | None = None
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
        if fluent is not None and fluent.held and not fluent.initiated:
            said = f'"{lifted.name}" follows from a condition, an observation adds none'
            self._unused(entry, said, "state that it rests on")
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
        self.findings.append(not_used(entry, message, noun))


def _grade(view: View, claim: Entry) -> Grade:
    grade = UNGRADED
    graded = [entry for entry in view.about(claim.id) if entry.kind == "grade"]
    rivals = {one for group in view.rivals.values() for one in group}
    for entry in graded:
        grade = Grade(
            str(entry.payload["reliability"]), int(entry.payload["credibility"])
        )
    if any(entry.id in rivals for entry in graded):
        grade = _worst(graded)
    for entry in view.about(claim.id):
        if entry.kind == "review":
            if entry.payload.get("verdict") == "fabricated":
                return UNGRADED
            if entry.payload.get("verdict") == "contradicted":
                grade = Grade(grade.reliability, max(5, grade.credibility))
    return grade


def _worst(graded: Iterable[Entry]) -> Grade:
    """Take the worst of each part: two corrections of a grade disagree."""
    parts = [entry.payload for entry in graded]
    return Grade(
        max(str(part["reliability"]) for part in parts),
        max(int(part["credibility"]) for part in parts),
    )


def _is_second(confirmation: Entry, matter: Entry) -> bool:
    """Say whether another person than the one who recorded a matter confirms it."""
    if confirmation.kind != "confirmation":
        return False
    who = {confirmation.recorded_by, str(confirmation.payload.get("by") or "")}
    return matter.recorded_by not in who


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


def _denies(view: View, claim: Entry, matter: str) -> bool:
    """Say whether a claim denies a matter, or the matter that this one corrects."""
    denied = claim.payload.get("denies") or ()
    if not denied:
        return bool(claim.payload.get("polarity") == "neg")
    return any(matter in (one, *view.replaced.get(one, ())) for one in denied)
