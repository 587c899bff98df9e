"""Recording drafts with what they change in the answers, or only looking at that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import has_errors
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.answers import Session
from vigens.desk.case import open_store
from vigens.desk.comparing import Changes, compare
from vigens.desk.foureyes import list_waiting
from vigens.desk.log import find_entry
from vigens.desk.looking import Looking, make_lens
from vigens.desk.records import Records, unfiltered
from vigens.journal import ALL, trial_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vigens.desk.case import Case
    from vigens.journal import Draft, Entry
    from vigens.model import Lens


@dataclass(frozen=True, slots=True)
class Carried:
    """What was recorded, or would be.

    Attributes:
        entries: As recorded; of a dry run, as they would be, with passing ids.
        changes: What differs in the answers; none where the agreement files have
            errors, so that there is no answer.
        waiting: Those of the entries that wait for a second person.
        is_dry: Whether nothing was recorded.
    """

    entries: tuple[Entry, ...]
    changes: Changes | None
    waiting: tuple[Entry, ...]
    is_dry: bool


def carry_out(
    case: Case,
    clock: Callable[[], datetime],
    drafts: Sequence[Draft],
    *,
    as_of: str | None = None,
    is_dry: bool = False,
    looking: Looking | None = None,
) -> Carried:
    """Record a group of drafts and say what it changes, as known now.

    Args:
        case: As loaded.
        clock: For the journal, and for the present.
        drafts: The group, recorded all or none.
        as_of: EDTF, the day that is compared; by default the last that one looked at.
        is_dry: Only say what it would change.
        looking: Whose eyes see it, under which policy and readings; by default those
            of `all`, under the case's policy.

    Raises:
        VigensError: A draft is not fit, or the journal cannot be written; then
            nothing is recorded.
    """
    entries = record_group(case, clock, drafts, is_dry=is_dry)
    after = with_entries(case, entries)
    asked = looking or Looking(0, as_of=as_of, reader=ALL)
    asked = replace(asked, now=present(after, clock))
    return told(case, after, entries, asked, is_dry=is_dry)


def look_back(case: Case, looking: Looking, reference: str, number: int = 1) -> Carried:
    """Say what some entries changed when they were recorded, to one reader.

    Args:
        case: As loaded.
        looking: Whose eyes, under which policy and readings.
        reference: The first of the entries.
        number: How many of them, as the reader sees the log; others than those
            recorded in the same moment are left out.

    Raises:
        VigensError: The reader sees no such entry.
    """
    shown = case.seen(make_lens(case, looking)).shown
    first = find_entry(shown, reference, case.journal_path)
    at = shown.index(first)
    group = tuple(
        entry
        for entry in shown[at : at + number]
        if entry.recorded_at == first.recorded_at
    )
    entries = unfiltered(case.records)
    places = {entry.id: place for place, entry in enumerate(entries)}
    start, end = places[first.id], places[group[-1].id] + 1
    before, after = (
        replace(case, records=Records(entries[:until])) for until in (start, end)
    )
    moment = group[-1].recorded_instant
    if not before.readers(moment, None).knows(looking.reader):
        return Carried(group, None, (), is_dry=False)
    looking = replace(looking, now=moment, known_at=None, recorded_at=None)
    return told(before, after, group, looking, is_dry=False)


def told(
    before: Case,
    after: Case,
    entries: tuple[Entry, ...],
    looking: Looking,
    *,
    is_dry: bool,
) -> Carried:
    """Say what differs between a case before some entries and after."""
    if has_errors(after.compiled.findings):
        return Carried(entries, None, (), is_dry)
    lens = make_lens(after, looking)
    if looking.as_of is None:
        lens = replace(lens, as_of=_telling(Session(after, lens), entries))
    sides = Session(before, lens), Session(after, lens)
    new = {entry.id for entry in entries}
    waiting = list_waiting(sides[1].case, lens, sides[1].assembled.view)
    return Carried(
        entries,
        compare(*sides),
        tuple(entry for entry in waiting if entry.id in new),
        is_dry,
    )


def record_group(
    case: Case,
    clock: Callable[[], datetime],
    drafts: Sequence[Draft],
    *,
    is_dry: bool = False,
) -> tuple[Entry, ...]:
    """Record a group of drafts, all or none; of a dry run, what they would become.

    Raises:
        VigensError: A draft is not fit, or the journal cannot be written; then
            nothing is recorded.
    """
    if is_dry:
        return trial_entries(drafts, unfiltered(case.records), clock())
    with open_store(case.folder, clock, zone=case.settings.zone) as store:
        return store.append(drafts)


def present(case: Case, clock: Callable[[], datetime]) -> int:
    """Give the present, or when the last entry was recorded if that is later."""
    now = int(clock().timestamp())
    return max(now, case.latest_record(ALL, now) or now)


def _telling(session: Session, entries: Sequence[Entry]) -> int:
    """Choose the instant at which a change tells most: the last that is known of.

    Later than the last look everything drifts to NOT KNOWN, with a change or without.
    """
    lens = session.lens
    instants = [looked.end - 1 for looked in session.assembled.world.coverage]
    instants += [
        last
        for entry in entries
        if entry.happened is not None
        and (last := edtf_bounds(parse_edtf(entry.happened), lens.zone)[1]) is not None
    ]
    return min(lens.as_of, max(instants, default=lens.as_of))


def waiting_now(case: Case, clock: Callable[[], datetime]) -> tuple[Entry, ...]:
    """List what waits for a second person, for those who record."""
    lens = make_lens(case, Looking(present(case, clock), reader=ALL))
    session = Session(case, lens)
    return list_waiting(session.case, lens, session.assembled.view)


def with_entries(case: Case, entries: Sequence[Entry]) -> Case:
    """Give the case with some more entries at the end of its journal."""
    return replace(case, records=Records((*unfiltered(case.records), *entries)))


def own_case(case: Case, lens: Lens) -> Case:
    """Give a case as one reader knows it: drafts made of it name nothing else.

    Whether an entry can be corrected, what it is like and which groups there are is
    answered from what the reader may see; nothing hidden shows in a refusal.
    """
    return replace(case, records=Records(case.seen(lens).shown))


def named(case: Case, reference: str) -> Entry:
    """Find the entry that a person who records means.

    Raises:
        InputError: None or several are meant.
    """
    return find_entry(unfiltered(case.records), reference, case.journal_path)


def corrections_of(case: Case, entry: Entry) -> tuple[Entry, ...]:
    """List the entries that correct one, whether they count or not."""
    return tuple(
        other
        for other in unfiltered(case.records)
        if entry.id in (other.rectifies, other.supersedes)
    )
