"""From a journal seen through a lens to the world that the engine is handed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vigens.base import Finding, Message, counted
from vigens.desk.audiences import compare_eyes
from vigens.desk.bulk import AHEAD, Bulk, see_tables
from vigens.desk.coverage import not_used, read_coverage
from vigens.desk.foureyes import read_second_look
from vigens.desk.gone import Gone, read_gone
from vigens.desk.imaged import Plain
from vigens.desk.lifting import Lifted, lift
from vigens.desk.placing import place_date
from vigens.desk.weighing import Weigher
from vigens.engine import HIGH, LOW, World
from vigens.journal import MATTERS, View
from vigens.model import CountSeen, Grade, Happening, Lens, Sighting, Weighing, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vigens.desk.case import Case
    from vigens.journal import Entry
    from vigens.model import Hypothesis
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
        coverage_note: What is said where the reader sees no coverage entry.
        findings: Entries that could not be used, with their place.
        gone: What redactions leave open.
    """

    world: World
    view: View
    weighings: Mapping[str, Weighing]
    grades: Mapping[str, Grade]
    origins: Mapping[str, str]
    coverage_note: str
    findings: tuple[Finding, ...]
    gone: Gone = field(default_factory=Gone)


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
    second = read_second_look(case, lens, view)
    gone = read_gone(view, lens.zone)
    weigher = Weigher(view, policy, second, gone)
    builder = Builder(case.program, view, weigher, lens.zone)
    builder.add_matters(second.displaced)
    happenings = builder.happenings
    builder.add_hypotheses(lens.hypotheses)
    bulk = see_tables(case.tables.seen(view.clearance), lens, policy)
    plain = case.plain(lens, builder.issuers)
    if plain is not None:
        bulk = _with_plain(bulk, plain)
        for name, more in plain.happenings.items():
            happenings.setdefault(name, []).extend(more)
    looked = read_coverage(
        view,
        lens,
        case.program,
        begins=case.settings.begins,
        bulk=bulk,
        second=second,
        gone=gone,
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
        for_others=looked.for_others,
        counts=builder.counts,
    )
    odd = (*builder.findings, *looked.findings, *second.findings)
    readers = case.readers(lens.known_at, lens.recorded_at)
    beside = None if plain is None else case.plain_eyes(lens, plain)
    eyes = compare_eyes(view, lens, readers, happenings, beside)
    return Assembled(
        world,
        view,
        builder.weighings,
        weigher.grades,
        weigher.origins,
        looked.note,
        (
            *_placed(odd, view),
            *(() if plain is None else _unfit(plain, builder)),
            *eyes,
            *bulk.findings,
        ),
        gone,
    )


def _with_plain(bulk: Bulk, plain: Plain) -> Bulk:
    """Lay the plain part of a journal beside what the tables say."""
    events = {name: list(found) for name, found in bulk.events.items()}
    for name, found in plain.events.items():
        events.setdefault(name, []).extend(found)
    known = [each for each in (bulk.last_known, plain.last_known) if each is not None]
    return replace(bulk, events=events, last_known=max(known, default=None))


def _unfit(plain: Plain, builder: Builder) -> Iterator[Finding]:
    """Report each plain matter that the rules cannot read, as any other."""
    for number, entry in plain.unfit:
        alone = Builder(builder.program, builder.view, builder.weigher, builder.zone)
        for lifted in lift(entry, builder.program):
            alone.fits(entry, lifted)
        for finding in alone.findings:
            spans = tuple(replace(span, line=number) for span in finding.spans)
            yield replace(finding, spans=spans)


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


#: What a count adds to its number where it says that there are so many or more.
_AT_LEAST = {"eq": 0, "at_least": 0, "more_than": 1}


def none_of_tables() -> Bulk:
    """Give what no table says."""
    return Bulk({}, [], None, ())


class Builder:
    """Turns entries into occurrences and observations, each weighed."""

    def __init__(
        self, program: Program, view: View, weigher: Weigher, zone: str
    ) -> None:
        self.program = program
        self.view = view
        self.weigher = weigher
        self.zone = zone
        self.happenings: dict[str, list[Happening]] = {}
        self.sightings: dict[str, list[Sighting]] = {}
        self.weighings: dict[str, Weighing] = {}
        self.counts: dict[str, list[CountSeen]] = {}
        self.findings: list[Finding] = []

    def add_matters(self, displaced: Iterable[Entry] = ()) -> None:
        """Add every matter that counts, and some that wait."""
        self.add_entries((*self.view.entries, *displaced))

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Add the matters among some entries, in order."""
        for entry in entries:
            if entry.kind not in MATTERS:
                continue
            for lifted in lift(entry, self.program):
                if self.fits(entry, lifted):
                    self._add(entry, lifted)
            if entry.id not in self.weighings:
                self.weighings[entry.id] = self.weigher.weigh(entry, "")
            if entry.kind == "count":
                self._add_count(entry, self.weighings[entry.id])

    def add_hypotheses(self, hypotheses: Iterable[Hypothesis]) -> None:
        """Add what a lens supposes."""
        for hypothesis in hypotheses:
            event = self.program.events[hypothesis.event]
            first, last = self.when(hypothesis.happened, is_act=event.is_act)
            self.happenings.setdefault(hypothesis.event, []).append(
                Happening(
                    f"hypothesis {hypothesis}",
                    hypothesis.event,
                    hypothesis.values,
                    first,
                    HIGH - 1 if last is None else last,
                    Weight.SURE,
                    is_hypothesis=True,
                    when_text=hypothesis.happened,
                )
            )

    def when(self, text: str | None, *, is_act: bool) -> tuple[int, int | None]:
        """Place a date in time: acts at the beginning of a day, others within it.

        The end of an open date is `None`.
        """
        if text is None:
            return LOW + 1, None
        first, last = place_date(text, self.zone, is_act=is_act)
        return LOW + 1 if first is None else first, last

    def _add(self, entry: Entry, lifted: Lifted) -> None:
        issuers = self.issuers(lifted.values)
        weighing = self.weigher.weigh(entry, lifted.name, issuers)
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
                entry.happened or Message("no date given"),
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

    def _add_count(self, entry: Entry, weighing: Weighing) -> None:
        """Add so many without names; what has no lower bound says nothing of them."""
        more = _AT_LEAST.get(str(entry.payload.get("comparison") or "eq"))
        number = int(entry.payload.get("number") or 0)
        if more is None or weighing.weight not in (Weight.SURE, Weight.POSSIBLE):
            return
        first, last = self.when(entry.happened, is_act=False)
        if last is None:
            last = max(first, self._first_known(weighing))
        weight, measure = weighing.weight, str(entry.payload.get("measure") or "")
        if weighing.is_disputed or first > self._last_known(weighing):
            weight = Weight.POSSIBLE
        self.counts.setdefault(measure, []).append(
            CountSeen(
                entry.id,
                measure,
                number + more,
                first,
                last,
                weight,
                entry.happened or "",
            )
        )

    def _first_known(self, weighing: Weighing) -> int:
        """Say since when it is known, by the claims that count for the outcome."""
        return min(self._known(weighing), default=HIGH - 1)

    def _last_known(self, weighing: Weighing) -> int:
        """Say when the last of these claims was made."""
        return max(self._known(weighing), default=HIGH - 1)

    def _known(self, weighing: Weighing) -> list[int]:
        affirms = weighing.weight is not Weight.DENIED
        return [
            self.weigher.known_from(claim.ref)
            for claim in weighing.claims
            if claim.counts and claim.affirms is affirms
        ]

    def issuers(self, values: Iterable[str]) -> set[str]:
        """Give those whose word on an act with these values goes first."""
        found: set[str] = set()
        for value in values:
            text = self.program.instruments.get(value)
            if text is not None:
                found.update(text.issuers)
            elif value in self.program.actors:
                found.add(value)
        return found

    def fits(self, entry: Entry, lifted: Lifted) -> bool:
        """Say whether the rules can read an event or state; report it if not."""
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
            said = f"takes {counted(len(params), 'argument')}, not {len(lifted.values)}"
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
