"""Obligations by state, and one obligation with its rule as it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import Joined, Message, nearest
from vigens.board.contexts import Page
from vigens.board.evidence import ShownPlace, show_place
from vigens.board.links import page_place
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import _, code_words
from vigens.board.views.agreements import page_named, setting
from vigens.board.views.overview import last_looked
from vigens.board.views.problems import absent, choose_on
from vigens.desk import read_duty
from vigens.desk.shifts import anchor_words
from vigens.lang.weave import declaration_lines, section_around, weave
from vigens.rules import Atom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from vigens.board.contexts import Visit
    from vigens.board.onlookers import Onlooker
    from vigens.desk import Duty
    from vigens.engine import DutyDeadline, DutyReport
    from vigens.rules import Condition, Program

#: States in the order in which a reader should meet them.
_ORDER = ("overdue", "due", "triggered", "performed", "its condition", "not triggered")


@dataclass(frozen=True, slots=True)
class ShownDeadline:
    """One deadline under one reading, in words."""

    words: str
    reading: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """An obligation in one state, for those who owe it so."""

    name: str
    title: str
    href: str
    obligors: tuple[str, ...]
    about: tuple[str, ...]
    modality: str
    deadlines: tuple[ShownDeadline, ...]
    reading: str
    caveat: str
    under: str


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """The obligations that may be in one set of states."""

    states: tuple[str, ...]
    is_quiet: bool
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class Obligations:
    """The page of all obligations."""

    groups: tuple[DutyGroup, ...]
    n_obligations: int


@dataclass(frozen=True, slots=True)
class ShownInstance:
    """One instance of an obligation."""

    obligor: str
    role: Sign | None
    about: tuple[str, ...]
    states: tuple[str, ...]
    trigger: Sign | None
    trigger_href: str
    condition: Sign | None
    condition_href: str
    deadlines: tuple[ShownDeadline, ...]
    reading: str


@dataclass(frozen=True, slots=True)
class ShownVariant:
    """A clause with several readings, and what each reading says."""

    title: str
    readings: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Obligation:
    """The page of one obligation."""

    title: str
    facts: tuple[tuple[str, str], ...]
    caveat: str
    place: ShownPlace | None
    instances: tuple[ShownInstance, ...]
    variants: tuple[ShownVariant, ...]
    text: Markup
    source: str


def show_obligations(visit: Visit) -> Page:
    """Show every obligation, grouped by the states that it may be in."""
    session = visit.session
    names = tuple(session.case.program.obligations)
    duties = [read_duty(session, name) for name in names]
    context = Obligations(group_duties(visit, duties), len(names))
    looked = last_looked(visit)
    return Page("obligations.html", "Obligations", context, looked=looked)


def show_obligation(visit: Visit) -> Page:
    """Show one obligation: its words, its instances, its deadlines."""
    name = visit.names["name"]
    program = visit.session.case.program
    if name not in program.obligations:
        meant = nearest(name, program.obligations)
        what = Message('there is no obligation "{name}"', name=name[:60])
        return absent(
            what, Message("the address"), choose_on(Message("Obligations"), meant)
        )
    duty = read_duty(visit.session, name)
    obligation = duty.obligation
    context = Obligation(
        obligation.title,
        tuple(_facts(program, duty)),
        duty.caveat or "",
        show_place(visit, obligation.place),
        tuple(show_instance(visit, found) for found in duty.instances),
        tuple(
            ShownVariant(
                variant.title,
                tuple(
                    (
                        reading,
                        words,
                        visit.link(visit.path, reading=_one(variant.name, reading)),
                    )
                    for reading, words in variant.readings
                ),
            )
            for variant in duty.variants
        ),
        _text(visit, obligation.place),
        obligation.source or "",
    )
    return Page("obligation.html", obligation.title, context)


def group_duties(visit: Visit, duties: Iterable[Duty]) -> tuple[DutyGroup, ...]:
    """Group instances by the set of states that each may be in."""
    groups: dict[tuple[str, ...], dict[object, list[DutyReport]]] = {}
    by_name = {duty.obligation.name: duty for duty in duties}
    for duty in by_name.values():
        for found in duty.instances:
            key = (found.obligation, found.binding, found.deadlines, found.reading)
            groups.setdefault(found.states, {}).setdefault(key, []).append(found)
    return tuple(
        DutyGroup(
            states,
            states == ("not triggered",),
            tuple(
                _row(visit, by_name[same[0].obligation], same)
                for same in groups[states].values()
            ),
        )
        for states in sorted(groups, key=_urgency)
    )


def _urgency(states: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    ranks = [
        rank
        for state in states
        for rank, word in enumerate(_ORDER)
        if state.startswith(word)
    ]
    sure = len(states) > 1 and "not triggered" in states
    return int(sure) * 10 + min(ranks, default=9), len(states), states


def _row(visit: Visit, duty: Duty, same: list[DutyReport]) -> DutyRow:
    program = visit.case.program
    obligation = duty.obligation
    first = same[0]
    names = tuple(program.title_of(found.obligor) for found in same if found.obligor)
    return DutyRow(
        obligation.name,
        obligation.title,
        visit.link(f"/obligation/{obligation.name}"),
        names or (_nobody(duty),),
        tuple(_bound(pair) for pair in first.binding),
        "" if obligation.modality == "unstated" else obligation.modality,
        tuple(_deadline(visit, deadline) for deadline in first.deadlines),
        _reading_words(program, first.reading),
        duty.caveat or "",
        program.title_of(obligation.under.instrument) if obligation.under else "",
    )


def _nobody(duty: Duty) -> str:
    left = duty.obligation.obligor_unstated
    if left:
        return Message("unstated: {what}", what=left)
    return Message("nobody is known to have the role")


def _deadline(visit: Onlooker, found: DutyDeadline) -> ShownDeadline:
    session = visit.session
    reading = _reading_words(visit.case.program, found.reading)
    anchor = anchor_words(visit.case.program, found.anchor)
    if found.earliest is None or found.latest is None:
        said = "not after: NOT KNOWN, {why}"
        if found.relation == "at":
            said = "not before: NOT KNOWN, {why}"
        words = Message(said, why=found.open_because)
        return ShownDeadline(words, reading, anchor)
    first, last = session.date(found.earliest), session.date(found.latest)
    if found.relation == "at":
        words = Message("not before {day}", day=first)
        other = last
    else:
        words = Message("not after {day}", day=last)
        other = first
    if first != last:
        words = Message("{limit} (or {day})", limit=words, day=other)
    return ShownDeadline(words, reading, anchor)


def _reading_words(program: Program, reading: str) -> str:
    variant, _, name = reading.partition(".")
    declared = program.variants.get(variant)
    return dict(declared.readings).get(name, reading) if declared else reading


def show_instance(visit: Onlooker, found: DutyReport) -> ShownInstance:
    """Lay one instance of an obligation out."""
    program = visit.case.program
    return ShownInstance(
        program.title_of(found.obligor) if found.obligor else "",
        sign_of(found.obligor_verdict) if found.obligor else None,
        tuple(_bound(pair) for pair in found.binding),
        found.states,
        sign_of(found.trigger),
        _why(visit, found.trigger_condition),
        sign_of(found.condition),
        _why(visit, found.while_condition),
        tuple(_deadline(visit, deadline) for deadline in found.deadlines),
        _reading_words(program, found.reading),
    )


def _bound(pair: tuple[str, str]) -> Joined:
    """Say what an instance is about: a word of the rules and its value."""
    return Joined(" ", (Message(pair[0]), pair[1]))


def _why(visit: Onlooker, condition: Condition | None) -> str:
    is_atom = isinstance(condition, Atom)
    return visit.link("/why", q=str(condition)) if is_atom else ""


def _facts(program: Program, duty: Duty) -> Iterable[tuple[str, str]]:
    obligation = duty.obligation
    if obligation.under is not None:
        text = program.title_of(obligation.under.instrument)
        part = obligation.under.component
        yield _("under"), text + (f": {program.title_of(part)}" if part else "")
    yield _("modality"), code_words(obligation.modality)
    if obligation.obligor_role:
        yield (
            _("owed by"),
            Message("each {sort}", sort=Message(obligation.obligor_role)),
        )
    elif obligation.obligor:
        yield _("owed by"), program.title_of(obligation.obligor)
    else:
        nobody = obligation.obligor_unstated or Message("nobody is named")
        yield _("owed by"), Message("unstated: {what}", what=nobody)
    if obligation.obligee:
        yield _("owed to"), program.title_of(obligation.obligee)
    if obligation.performance and obligation.performance.unstated:
        left = obligation.performance.unstated
        yield _("performance"), Message("unstated: {what}", what=left)


def _one(variant: str, reading: str) -> str:
    return f"{variant}.{reading}"


def _text(visit: Visit, place: str) -> Markup:
    from markupsafe import Markup

    found = page_place(place)
    page = page_named(visit.case, found[0]) if found else None
    if found is None or page is None:
        return Markup()
    first, section = section_around(page.text, found[1])
    return weave(
        section,
        replace(
            setting(visit, page.name),
            first_line=first,
            marked=declaration_lines(page.text, found[1]),
        ),
    )
