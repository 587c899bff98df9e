"""Recording drafts with what they change in the answers, or only looking at that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import has_errors
from vigens.chrono import edtf_bounds, parse_edtf
from vigens.desk.answers import Session
from vigens.desk.case import open_store
from vigens.desk.compare import Changes, compare
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
) -> Carried:
    """Record a group of drafts and say what it changes, as known now and seen by all.

    Args:
        case: As loaded.
        clock: For the journal, and for the present.
        drafts: The group, recorded all or none.
        as_of: EDTF, the day that is compared; by default the last that one looked at.
        is_dry: Only say what it would change.

    Raises:
        VigensError: A draft is not fit, or the journal cannot be written; then
            nothing is recorded.
    """
    entries = record_group(case, clock, drafts, is_dry=is_dry)
    after = with_entries(case, entries)
    if has_errors(case.compiled.findings):
        return Carried(entries, None, (), is_dry)
    looking = Looking(_present(after, clock), as_of=as_of, reader=ALL)
    lens = make_lens(after, looking)
    if as_of is None:
        lens = replace(lens, as_of=_telling(Session(after, lens), entries))
    sides = Session(case, lens), Session(after, lens)
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


def _present(case: Case, clock: Callable[[], datetime]) -> int:
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
    lens = make_lens(case, Looking(_present(case, clock), reader=ALL))
    session = Session(case, lens)
    return list_waiting(session.case, lens, session.assembled.view)


def with_entries(case: Case, entries: Sequence[Entry]) -> Case:
    """Give the case with some more entries at the end of its journal."""
    return replace(case, records=Records((*unfiltered(case.records), *entries)))


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
