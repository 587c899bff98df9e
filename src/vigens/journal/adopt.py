"""Taking over another journal's entries: what is new, and that it is sound."""

from __future__ import annotations

from collections.abc import Iterable

from vigens.journal.canonical import entry_id
from vigens.journal.entry import Draft, Entry
from vigens.journal.errors import EntryError
from vigens.journal.holdings import Holdings, WithMore
from vigens.journal.prepare import Clock, prepare, stamp
from vigens.journal.shape import shape_faults
from vigens.journal.store import Adoption


def take_over(
    entries: Iterable[Entry],
    batch_title: str,
    recorded_by: str,
    *,
    clock: Clock,
    held: Holdings,
    where: str,
    missing: frozenset[str] = frozenset(),
) -> Adoption:
    """Make ready what an import brings: the new entries and the batch that lists them.

    Nothing is written; the caller writes `added` and then `batch`, in one commit.

    Args:
        entries: In the order of the journal they come from.
        batch_title: Title of the batch.
        recorded_by: Who imports.
        clock: Asked once, if anything is new.
        held: What is here already.
        where: Names this journal in messages.
        missing: Ids that links may point at although they are nowhere; the batch
            lists those that are.

    Raises:
        EntryError: As `news` raises it.
        ClockError: The clock went back more than five minutes.
    """
    entries = tuple(entries)
    added, n_present = news(entries, held, missing)
    missing |= {entry.id for entry in entries if entry.is_stub}
    if not added:
        return Adoption((), n_present, None)
    moment = stamp(clock, held.last_recorded, where)
    lacking = lacks(added, held) if missing else ()
    draft = batch_draft(added, batch_title, recorded_by, lacking)
    later = WithMore(held, {entry.id: entry for entry in added})
    (batch,) = prepare((draft,), moment, later)
    return Adoption(added, n_present, batch)


def news(
    entries: Iterable[Entry],
    held: Holdings,
    missing: frozenset[str] = frozenset(),
) -> tuple[tuple[Entry, ...], int]:
    """Tell the new entries from those present, and check each.

    Args:
        entries: In the order of the journal they come from.
        held: What is here already.
        missing: Ids that links may point at although they are nowhere.

    Returns:
        The new entries in order, and how many were present.

    Raises:
        EntryError: An id does not fit its entry, a payload or date is out of shape,
            or a link leads nowhere.
    """
    found: dict[str, Entry] = {}
    n_present = 0
    entries = tuple(entries)
    missing |= {entry.id for entry in entries if entry.is_stub}
    for number, entry in enumerate(entries, 1):
        if entry.is_stub:
            continue  # nothing of it is left that could be taken over
        check_id(entry, f"imported entry {number}")
        if entry.id in held or entry.id in found:
            n_present += 1
        else:
            found[entry.id] = entry
    for entry in found.values():
        check_shape(entry)
        for field, target in links(entry):
            if target in missing:
                continue
            if target not in found and target not in held:
                raise leads_nowhere(entry.id, entry.kind, field, target)
    return tuple(found.values()), n_present


def check_shape(entry: Entry) -> None:
    """See that an entry has the shape of its kind.

    Raises:
        EntryError: Its payload or a date is out of shape.
    """
    faults = shape_faults(entry)
    if faults:
        raise EntryError(
            faults[0].words,
            f"imported entry {entry.id[:12]} ({entry.kind})",
            "mend it where it comes from; nothing was written",
        )


def leads_nowhere(identifier: str, kind: str, field: str, target: str) -> EntryError:
    """Say that a link of an imported entry leads to nothing."""
    return EntryError(
        f'"{field}" points at {target[:12]}, which is neither here nor '
        "among what is imported",
        f"imported entry {identifier[:12]} ({kind})",
        "import the journal that holds it first; nothing was written",
    )


def lacks(added: tuple[Entry, ...], held: Holdings) -> tuple[str, ...]:
    """List, in order, the ids that new entries point at and that are nowhere."""
    brought = {entry.id for entry in added}
    targets = {target for entry in added for _, target in links(entry)}
    return tuple(sorted(t for t in targets - brought if t not in held))


def batch_draft(
    added: tuple[Entry, ...],
    title: str,
    recorded_by: str,
    lacking: tuple[str, ...] = (),
) -> Draft:
    """Draft the entry that lists what an import brought.

    It bears the marks that all of these share, so that who sees it sees each of them:
    neither their number nor an id tells anybody of what is kept from him.
    """
    shared = frozenset.intersection(*(frozenset(entry.marks) for entry in added))
    return Draft(
        kind="batch",
        payload={
            "title": title,
            "count": len(added),
            **({"missing": lacking} if lacking else {}),
        },
        recorded_by=recorded_by,
        about=tuple(entry.id for entry in added),
        marks=tuple(sorted(shared)),
    )


def check_id(entry: Entry, where: str) -> None:
    """Derive an entry's id again; of a redacted one it can no longer be derived.

    Raises:
        EntryError: It is not the id that the entry bears.
    """
    if entry.is_stub:
        return
    derived = entry_id(entry)
    if derived != entry.id:
        newer = f" (it is of format {entry.format})" if entry.format != 1 else ""
        raise EntryError(
            f"the content does not fit its hash: it bears {entry.id[:12]}, "
            f"its content gives {derived[:12]}{newer}",
            where,
            "it was changed after recording: restore it from another copy",
        )


def links(entry: Entry) -> tuple[tuple[str, str], ...]:
    """List the ids that an entry points at, with the field of each."""
    found = [("about", target) for target in entry.about]
    if entry.rectifies is not None:
        found.append(("rectifies", entry.rectifies))
    if entry.supersedes is not None:
        found.append(("supersedes", entry.supersedes))
    return tuple(found)
