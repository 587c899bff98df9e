"""A world that grows: what some further entries touch is weighed again, and no more.

A journal is written to all the time, and each page is asked for again after. What comes
mostly is plain: something that happened or was seen, a claim, a grade, a look. Then all
that was worked out of other matters stays as it is. Wherever that is not so simple
nothing is regrown, and everything is worked out from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from vigens.base import Layered
from vigens.desk.assembling import Assembled, Builder, none_of_tables
from vigens.desk.audiences import EYES, compare_eyes
from vigens.desk.coverage import Looked, read_coverage
from vigens.desk.foureyes import ALONE, SecondLook, alone
from vigens.desk.lifting import lift
from vigens.desk.relooked import relooked
from vigens.desk.weighing import Known, Weigher
from vigens.engine import Changed, Evaluation
from vigens.journal import MATTERS, corrected, format_recorded, grow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from vigens.base import Finding
    from vigens.desk.case import Case
    from vigens.journal import Entry, View
    from vigens.model import CountSeen, Lens, Sighting

Seen = TypeVar("Seen", "Sighting", "CountSeen")

#: Most matters that are weighed again one by one.
MOST_TOUCHED = 200


@dataclass(frozen=True, slots=True)
class Before:
    """What a session worked out.

    Attributes:
        whole: The case as loaded.
        case: With the rules known through the lens.
        lens: Through which it was seen.
        assembled: The evidence, weighed and placed in time.
        evaluation: The engine, with what it has worked out.
    """

    whole: Case
    case: Case
    lens: Lens
    assembled: Assembled
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Regrown:
    """What a session starts from that took over what another had worked out.

    Attributes:
        assembled: The evidence, grown.
        evaluation: The engine, with what is not touched.
        changed: What of the evidence is otherwise, or rests on other claims than
            before; nothing where anything may have changed.
    """

    assembled: Assembled
    evaluation: Evaluation
    changed: Changed | None


def regrow(before: Before, case: Case, lens: Lens) -> Regrown | None:
    """Take over what a session worked out, for a case with some more entries.

    Args:
        before: Of the same case, earlier.
        case: With the rules that are known through the lens.
        lens: Differs from that before in nothing but time.

    Returns:
        Nothing where it has to be worked out from the beginning.
    """
    shown = _shown(before, case, lens)
    more = None if shown is None else _counting(before, lens, shown)
    if shown is None or more is None:
        return None
    view = grow(
        before.assembled.view,
        more,
        known_before=before.lens.known_at,
        known_at=lens.known_at,
        zone=lens.zone,
        shown=None if lens.recorded_at is None else shown,
    )
    mended = tuple((corrected(before.assembled.view, more) or {}).values())
    if view is None or not _is_apart(before, mended):
        return None
    touched = _touched(view, (*more, *mended))
    weigher = _weigher(before, case, lens, view, more, mended)
    if weigher is None or touched is None:
        return None
    builder = Builder(case.program, view, weigher, lens.zone)
    builder.add_entries(touched)
    if builder.findings:
        return None
    return _built(before, case, lens, builder, mended)


def _counting(
    before: Before, lens: Lens, shown: tuple[Entry, ...]
) -> tuple[Entry, ...] | None:
    """Give the entries that came to count: of a look at the past, as time goes on."""
    if lens.recorded_at is None:
        return shown
    known, view = before.lens, before.assembled.view
    first, last = known.recorded_at or 0, lens.recorded_at
    if last < first or known.known_at < first:
        return None
    begin, end = (
        format_recorded(datetime.fromtimestamp(at + 1, UTC)) for at in (first, last)
    )
    every = (*view.shown, *shown)
    more = tuple(one for one in every if begin <= one.recorded_at < end)
    if more and view.entries and more[0].id in view.positions:
        last_counted = view.positions[view.entries[-1].id]
        if view.positions[more[0].id] <= last_counted:
            return None
    return more


def _shown(before: Before, case: Case, lens: Lens) -> tuple[Entry, ...] | None:
    """Give the entries that came, as far as the reader sees them."""
    known, rule = before.lens, case.settings.four_eyes
    alike = replace(lens, as_of=known.as_of, known_at=known.known_at)
    if lens.recorded_at is not None and known.recorded_at is not None:
        alike = replace(alike, recorded_at=known.recorded_at)
    is_simple = (
        alike == known
        and not lens.hypotheses
        and not (case.settings.tables or rule.kinds or rule.events)
        and case.settings == before.case.settings
        and case.program == before.case.program
        and not before.assembled.gone.words
    )
    if not is_simple:
        return None
    if case.clearance(lens) != before.assembled.view.clearance:
        return None
    return case.since(before.whole, lens)


def _is_apart(before: Before, mended: Iterable[Entry]) -> bool:
    """Say whether what is replaced joins no origins, and nothing was found odd in it."""
    view, origins = before.assembled.view, before.assembled.origins
    odd = {span.text[:12] for one in before.assembled.findings for span in one.spans}
    for old in mended:
        if old.id[:12] in odd:
            return False
        if old.kind == "claim":
            own = {f"address {source.address}" for source in old.sources} or {old.id}
            is_joined = any(one.kind == "same_origin" for one in view.about(old.id))
            if is_joined or own != {origins[old.id]}:
                return False
    return True


def _touched(view: View, more: Sequence[Entry]) -> tuple[Entry, ...] | None:
    """List the matters that came, or about which something came, in order of the log."""
    found: dict[str, Entry] = {}
    waiting, seen = list(more), set[str]()
    while waiting:
        entry = waiting.pop()
        if entry.id in seen:
            continue
        seen.add(entry.id)
        if len(seen) > MOST_TOUCHED:
            return None
        if entry.kind in MATTERS and view.current(entry.id) == (entry,):
            found[entry.id] = entry
        waiting += [one for target in entry.about for one in view.current(target)]
    return tuple(sorted(found.values(), key=lambda one: view.positions[one.id]))


def _weigher(
    before: Before,
    case: Case,
    lens: Lens,
    view: View,
    more: Sequence[Entry],
    mended: Sequence[Entry],
) -> Weigher | None:
    """Give a weigher that knows all grades and origins, of which a few are new."""
    named = (t for entry in (*more, *mended) for t in entry.about)
    touched = (*more, *(one for target in named for one in view.current(target)))
    claims = {claim.id: claim for claim in touched if claim.kind == "claim"}
    fresh = {entry.id for entry in more}
    gone = {entry.id for entry in mended}
    origins = Layered(before.assembled.origins).less(gone)
    grades = Layered(before.assembled.grades).less(gone)
    for claim in claims.values():
        if claim.id in fresh:
            origin = _origin(claim, origins, before.assembled.view)
            if origin is None:
                return None
            origins = origins.grown({claim.id: origin})
    policy = case.settings.policies[lens.policy]
    known = Known(tuple(claims.values()), grades, origins)
    return Weigher(view, policy, SecondLook(), before.assembled.gone, known=known)


def _origin(claim: Entry, origins: Mapping[str, str], view: View) -> str | None:
    """Give the origin of a claim that came; nothing where it may join two of them."""
    addresses = {source.address for source in claim.sources}
    if len(addresses) > 1:
        return None
    for address in addresses:
        for other in view.of_kind("claim"):
            if other.id in origins and any(
                source.address == address for source in other.sources
            ):
                return origins[other.id]
        return f"address {address}"
    return claim.id


def _built(
    before: Before, case: Case, lens: Lens, builder: Builder, mended: Sequence[Entry]
) -> Regrown | None:
    """Lay what was weighed again beside what was not, without what was replaced."""
    known = before.assembled.world
    gone = {entry.id for entry in mended}
    refs = gone | builder.weighings.keys()
    named = [one.name for entry in mended for one in lift(entry, case.program)]
    old = [
        one
        for name in dict.fromkeys((*builder.happenings, *named))
        for one in known.happenings.get(name, ())
        if one.ref in refs
    ]
    new = [one for found in builder.happenings.values() for one in found]
    looked = read_coverage(
        builder.view,
        lens,
        case.program,
        begins=case.settings.begins,
        bulk=none_of_tables(),
        second=SecondLook(),
        gone=before.assembled.gone,
    )
    if looked.findings:
        return None
    evaluation = before.evaluation
    if lens.as_of != before.lens.as_of:
        evaluation = evaluation.afresh()
    came = [one for one in new if one not in old]
    went = [one for one in old if one not in new]
    if came or went:
        evaluation = evaluation.with_happenings(came, went)
    otherwise = _otherwise(before, builder, looked, refs)
    if otherwise:
        evaluation = Evaluation(replace(evaluation.world, **otherwise))
    assembled = replace(
        before.assembled,
        world=evaluation.world,
        view=builder.view,
        weighings=Layered(before.assembled.weighings)
        .less(gone)
        .grown(builder.weighings),
        grades=builder.weigher.grades,
        origins=builder.weigher.origins,
        coverage_note=looked.note,
        findings=_findings(before, case, lens, builder.view, evaluation),
    )
    if looked.note != before.assembled.coverage_note:
        return Regrown(assembled, evaluation, None)
    changed = Changed(
        (*old, *new),
        relooked(known, evaluation.world, lens.as_of),
        _seen(refs, known.sightings, builder.sightings),
        any(one.ref in refs for each in known.counts.values() for one in each)
        or bool(builder.counts),
    )
    return Regrown(assembled, evaluation, changed)


def _seen(
    refs: AbstractSet[str], *sides: Mapping[str, Sequence[Sighting]]
) -> dict[str, frozenset[tuple[str, ...]]]:
    """List for which values states were observed otherwise, or by other claims."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for side in sides:
        for name, each in side.items():
            values = {one.values for one in each if one.ref in refs}
            if values:
                found.setdefault(name, set()).update(values)
    return {name: frozenset(values) for name, values in found.items()}


def _otherwise(
    before: Before, builder: Builder, looked: Looked, refs: AbstractSet[str]
) -> dict[str, Any]:
    """Give what of a world, besides its occurrences, is otherwise than before."""
    world, found = before.assembled.world, dict[str, Any]()
    is_same = (
        looked.coverage == list(world.coverage)
        and looked.for_others == tuple(world.for_others)
        and looked.note == before.assembled.coverage_note
    )
    if not is_same:
        found |= {"coverage": looked.coverage, "for_others": looked.for_others}
    sightings = _laid(world.sightings, builder.sightings, refs, builder.view)
    if sightings is not None:
        found["sightings"] = sightings
    counts = _laid(world.counts, builder.counts, refs, builder.view)
    if counts is not None:
        found["counts"] = counts
    return found


def _laid(
    known: Mapping[str, Sequence[Seen]],
    new: Mapping[str, Sequence[Seen]],
    refs: AbstractSet[str],
    view: View,
) -> dict[str, list[Seen]] | None:
    """Lay what was weighed again among what was not, in the order of the log.

    Returns:
        Nothing where it comes to the same.
    """
    is_touched = any(one.ref in refs for each in known.values() for one in each)
    if not new and not is_touched:
        return None
    found = {
        name: [one for one in each if one.ref not in refs]
        for name, each in known.items()
    }
    for name, each in new.items():
        found.setdefault(name, []).extend(each)
    positions = view.positions
    for each in found.values():
        each.sort(key=lambda one: positions[one.ref])
    found = {name: each for name, each in found.items() if each}
    return None if found == known else found


def _findings(
    before: Before, case: Case, lens: Lens, view: View, evaluation: Evaluation
) -> tuple[Finding, ...]:
    """Give the findings: those before, of confirmations, and what all eyes tell."""
    told = {*EYES, ALONE}
    kept = [one for one in before.assembled.findings if one.code not in told]
    kept += alone(view)
    if not view.clearance.is_whole:
        return tuple(kept)
    readers = case.readers(lens.known_at, lens.recorded_at)
    return (*kept, *compare_eyes(view, lens, readers, evaluation.world.happenings))
