"""What an entry changes in the answers, before and after, laid out for a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Joined, Message
from vigens.board.evidence import weight_words
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import N_
from vigens.desk.shifts import limit_words, state_of
from vigens.desk.writing import (
    targets_of,
)
from vigens.engine import phrase
from vigens.journal import MATTERS, entry_to_json, thaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vigens.board.contexts import Visit
    from vigens.desk import (
        Carried,
        Changes,
        Count,
        Session,
    )
    from vigens.desk.writing import (
        Since,
    )
    from vigens.engine import DutyReport
    from vigens.journal import Draft, Entry

_DIGITS = re.compile(r"\b[0-9a-f]{12}\b")

#: Changes of one sort that are told one by one.
MOST_TOLD = 40


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One answer that differs: a sign or words before, and after.

    Attributes:
        sort: State, cell of the matrix, obligation, step, count or evidence.
        text: What it is of.
        href: Where it is shown whole.
        signs: Before and after, where these are verdicts.
        before: In words.
        after: In words.
    """

    sort: str
    text: str
    href: str
    signs: tuple[Sign | None, Sign | None]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry that is or would be recorded, field by field."""

    kind: str
    title: str
    short: str
    href: str
    fields: tuple[tuple[str, str], ...]
    is_waiting: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What was recorded, or would be, and what it changes."""

    entries: tuple[ShownEntry, ...]
    changes: tuple[ShownChange, ...]
    n_more: int
    notes: tuple[str, ...]
    day: str
    reader: str
    is_answered: bool

    def facts(self) -> tuple[object, ...]:
        """Give what must be the same for two looks to be alike."""
        told = [  # ids of a look are passing ones
            _DIGITS.sub("", f"{one.sort} {one.text} {one.before} {one.after}")
            for one in self.changes
        ]
        said = [(one.kind, one.title, one.is_waiting) for one in self.entries]
        return told, said, self.n_more, self.is_answered


@dataclass(frozen=True, slots=True)
class ShownSince:
    """Who recorded what since one looked."""

    lines: tuple[tuple[str, str, str, str], ...]
    is_other: bool
    touches: bool


def show_since(visit: Visit, since: Since) -> ShownSince:
    """Lay out what others recorded meanwhile."""
    found = since.touching or since.entries
    rows = tuple(
        (e.recorded_by, e.kind, e.title, visit.link(f"/entry/{e.id}"))
        for e in found[-MOST_TOLD:]
    )
    return ShownSince(rows, since.is_other, bool(since.touching))


def show_effect(
    visit: Visit, carried: Carried, drafts: Sequence[Draft] = ()
) -> ShownEffect:
    """Lay out what a group of entries changes, through the eyes that it was told to."""
    changes = carried.changes
    waiting = {entry.id for entry in carried.waiting}
    entries = tuple(_entry(visit, carried, e, waiting) for e in carried.entries)
    notes = list(_notes(carried))
    if changes is None:
        return ShownEffect(entries, (), 0, tuple(notes), "", "", is_answered=False)
    targets = set(targets_of(drafts)) | {e.id for e in carried.entries}
    for entry in carried.entries:
        targets.update(entry.about)
    told = [*_states(visit, changes), *_duties(visit, changes)]
    told += [*_steps(changes), *_counts(visit, changes), *_tallies(changes)]
    told += _weights(visit, changes, sorted(targets))
    lens = changes.after.lens
    more = sum(each.number for each in changes.further)
    return ShownEffect(
        entries,
        tuple(told[: MOST_TOLD * 3]),
        more + max(0, len(told) - MOST_TOLD * 3),
        tuple(notes),
        changes.after.day(lens.as_of),
        lens.reader,
        is_answered=True,
    )


def _entry(
    visit: Visit, carried: Carried, entry: Entry, waiting: set[str]
) -> ShownEntry:
    is_hidden = False
    if carried.changes is not None:
        after = carried.changes.after
        is_hidden = not after.whole.clearance(after.lens).sees(entry.marks)
    return ShownEntry(
        entry.kind,
        entry.title,
        "" if carried.is_dry else entry.id[:12],
        "" if carried.is_dry else visit.link(f"/entry/{entry.id}"),
        tuple(_named_above(carried, entry)),
        entry.id in waiting,
        is_hidden,
    )


def _named_above(carried: Carried, entry: Entry) -> Iterator[tuple[str, str]]:
    """Give the fields of an entry; one of the same group is named by its kind."""
    kinds = {one.id[:12]: f"the {one.kind} above" for one in carried.entries}
    for name, words in entry_fields(entry):
        if name == "about":
            yield name, ", ".join(kinds.get(part, part) for part in words.split(", "))
        else:
            yield name, words


def entry_fields(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give what an entry says, field by field, in words."""
    form = entry_to_json(entry)
    for name, value in thaw(entry.payload).items():
        if value not in (None, "", [], {}) and name != "title":
            yield name.replace("_", " "), plain(value)
    for name in ("happened", "known_from"):
        if form.get(name):
            yield name.replace("_", " "), str(form[name])
    for source in entry.sources:
        words = [source.title or "", source.address, source.published or ""]
        yield "source", ", ".join(word for word in words if word)
        if source.passage is not None:
            yield "passage", source.passage.quote
    for name, target in (
        ("rectifies", entry.rectifies),
        ("supersedes", entry.supersedes),
    ):
        if target:
            yield name, target[:12]
    if entry.about:
        yield "about", ", ".join(target[:12] for target in entry.about)
    yield "seen by", ", ".join(entry.marks) or "who sees everything"
    yield "signed", entry.recorded_by


def plain(value: object) -> str:
    """Say a value of a payload in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{k} {plain(v)}" for k, v in value.items() if v is not None)
    return str(value)


def _notes(carried: Carried) -> Iterator[str]:
    kinds = {entry.kind for entry in carried.entries}
    if carried.changes is None:
        yield N_("The agreement files have errors, so no answer is given.")
    if "claim" in kinds and "grade" not in kinds:
        yield N_("No effect until graded: a claim counts once somebody has graded it.")
    for entry in carried.entries:
        if entry.kind == "occurrence" and entry.happened is None:
            yield N_("It has no date, so when it was is NOT KNOWN.")
        if entry.kind == "statement":
            yield N_("No rule reads a statement, so no state changes by it.")


def _states(visit: Visit, changes: Changes) -> Iterator[ShownChange]:
    instrument = changes.after.case.settings.matrix_instrument
    program = changes.after.case.program
    for state in changes.states[: MOST_TOLD * 2]:
        values = state.atom.values
        is_cell = state.atom.name == "endorsed" and values[:1] == (instrument,)
        yield ShownChange(
            N_("matrix") if is_cell else N_("state"),
            phrase(program, state.atom),
            visit.link("/why", q=str(state.atom)),
            (sign_of(state.before.verdict), sign_of(state.after.verdict)),
            state.before.sentence,
            state.after.sentence,
        )
    for more in changes.further:
        said = "{number} more states of {name}"
        words = Message(said, number=more.number, name=more.fluent)
        yield ShownChange(N_("state"), words, "", (None, None), more.before, more.after)


def _duties(visit: Visit, changes: Changes) -> Iterator[ShownChange]:
    for changed in changes.duties[:MOST_TOLD]:
        duty = changed.duty.obligation
        either = changed.after or changed.before
        assert either is not None
        about = ", ".join(value for _, value in either.binding)
        who = changes.after.case.program.title_of(either.obligor or "")
        words = ": ".join(part for part in (duty.title, who, about) if part)
        yield ShownChange(
            N_("obligation"),
            words,
            visit.link(f"/obligation/{duty.name}"),
            (None, None),
            _duty_words(changes.before, changed.before),
            _duty_words(changes.after, changed.after),
        )


def _duty_words(session: Session, report: DutyReport | None) -> str:
    if report is None:
        return Message("no such instance")
    return Joined("; ", (state_of(report), *limit_words(session, report.deadlines)))


def _steps(changes: Changes) -> Iterator[ShownChange]:
    for step in changes.steps[:MOST_TOLD]:
        either = step.after or step.before
        assert either is not None
        unknown = Message("not known")
        before = step.before.sentence if step.before else unknown
        after = step.after.sentence if step.after else unknown
        yield ShownChange(
            N_("planned step"), either.step.title, "", (None, None), before, after
        )


def _counts(visit: Visit, changes: Changes) -> Iterator[ShownChange]:
    for changed in changes.counts[:MOST_TOLD]:
        yield ShownChange(
            N_("count"),
            changed.title,
            visit.link(f"/counts/{changed.measure}"),
            (None, None),
            _count_words(changed.before),
            _count_words(changed.after),
        )


def _tallies(changes: Changes) -> Iterator[ShownChange]:
    for changed in changes.tallies[:MOST_TOLD]:
        title, terms = changed.tally.title, ", ".join(changed.values)
        words = f"{title} ({terms})" if terms else title
        old, new = (side or N_("none") for side in (changed.before, changed.after))
        yield ShownChange(N_("tally"), words, "", (None, None), old, new)


def _count_words(counts: Iterable[Count]) -> str:
    said = [
        f"{count.comparison.replace('_', ' ').replace('eq', '')} {count.number} "
        f"{count.unit} ({weight_words(count.weight)})".strip()
        for count in counts
    ]
    if len(said) > 3:
        return f"{len(said)} counts, the last: {said[-1]}"
    return "; ".join(said) or "no count"


def _weights(
    visit: Visit, changes: Changes, targets: Iterable[str]
) -> Iterator[ShownChange]:
    """Say how what is claimed counts, where that differs."""
    sides = changes.before, changes.after
    found: dict[str, Entry] = {}
    for target in targets:
        for side in sides:
            for matter in _matters(side, target):
                found[matter.id] = matter
    for name, matter in found.items():
        words = [_weight(side, name) for side in sides]
        if words[0] != words[1]:
            yield ShownChange(
                N_("evidence"),
                f"{matter.kind}: {matter.title}",
                ""
                if name not in sides[0].assembled.weighings
                else visit.link(f"/entry/{name}"),
                (None, None),
                *words,
            )


def _matters(session: Session, name: str) -> Iterator[Entry]:
    """Give the matters that an entry is about, through what it is about."""
    waiting, seen = [name], set[str]()
    while waiting:
        for entry in session.assembled.view.current(waiting.pop()):
            if entry.kind in MATTERS:
                yield entry
            elif entry.id not in seen:
                seen.add(entry.id)
                waiting += entry.about


def _weight(session: Session, name: str) -> str:
    weighing = session.assembled.weighings.get(name)
    if weighing is None:
        return Message("nobody has weighed it")
    words = weight_words(weighing.weight)
    if weighing.reason.startswith(words):
        return weighing.reason
    return Joined(": ", (words, weighing.reason))
