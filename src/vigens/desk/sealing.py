"""Sealing an offer, opening it, and releasing totals of sealed ones."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.desk.case import open_case, open_store
from vigens.desk.files import outside, read_bytes
from vigens.desk.marking import marks_for
from vigens.desk.settings import read_settings
from vigens.desk.vouching import make_receipt
from vigens.journal import (
    LARGEST_OPENING,
    MINIMUM,
    OPENED,
    SEALED,
    TOTAL,
    Draft,
    NoLogError,
    Release,
    SealError,
    opening_bytes,
    opening_from_bytes,
    read_offer,
    seal,
    thaw,
    total_of,
    trial_entries,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from vigens.journal import Entry, Opening, Store

#: Where openings and receipts of a case lie, unless somebody says otherwise.
FOLDER = "sealed"


@dataclass(frozen=True, slots=True)
class SealedOffer:
    """An offer as sealed.

    Attributes:
        entry: What was recorded: the commitment alone.
        opening: File that opens it; its owner keeps it.
        receipt: File that proves it was recorded; none for a text journal.
    """

    entry: Entry
    opening: Path
    receipt: Path | None


@dataclass(frozen=True, slots=True)
class OpenedOffer:
    """An offer as opened: the sealed entry, and the one that opens it."""

    sealed: Entry
    entry: Entry


@dataclass(frozen=True, slots=True)
class ReleasedTotal:
    """A total as released."""

    entry: Entry
    number: int
    n_offers: int


def seal_offer(
    folder: str | Path,
    file: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    marks: Sequence[str] = (),
    replaces: str | None = None,
) -> SealedOffer:
    """Record a commitment to an offer, and keep what opens it beside the journal.

    Args:
        folder: The owner's case.
        file: The offer, a JSON object.
        clock: For the journal.
        by: Who seals.
        marks: Who may see that something was sealed; by default the offer's party.
        replaces: An earlier sealed offer that this one renews.

    Raises:
        SealError: The file holds no offer.
        UsageError: A mark names no reader.
        VigensError: The journal or the folder cannot be written; then nothing is
            recorded.
    """
    offer = read_offer(read_bytes(file, LARGEST_OPENING), str(file))
    opening = seal(offer, str(file))
    place = Path(folder)
    seen_by = _marks(place, clock, marks or (opening.party,))
    path = place / FOLDER / f"{opening.commitment[:12]}.opening"
    with _store(place, clock) as store:
        earlier = None if replaces is None else _sealed(store.get(replaces))
        draft = Draft(
            SEALED,
            {"commitment": opening.commitment},
            by,
            marks=seen_by,
            supersedes=earlier.id if earlier else None,
        )
        _write_private(path, opening_bytes(opening))
        try:
            (entry,) = store.append([draft])
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return SealedOffer(entry, path, _keep_receipt(place, clock, entry, path))


def make_opening(offer: Mapping[str, Any]) -> tuple[str, bytes]:
    """Make what opens an offer that is not sealed yet; nothing is recorded.

    Args:
        offer: Fields as an entry of kind `offer` has them.

    Returns:
        A name for its file, and the file.

    Raises:
        SealError: It is no offer.
    """
    opening = seal(offer, "the offer")
    return f"{opening.commitment[:12]}.opening", opening_bytes(opening)


def seal_held(
    folder: str | Path,
    file: str | Path | bytes,
    clock: Callable[[], datetime],
    *,
    by: str,
    marks: Sequence[str] = (),
    replaces: str | None = None,
) -> Entry:
    """Record a commitment to an offer whose opening its owner holds already.

    Args:
        folder: The case.
        file: The opening; nothing of it is kept here.
        clock: For the journal.
        by: Who seals.
        marks: Who may see that something was sealed; by default the offer's party.
        replaces: An earlier sealed offer that this one renews.

    Raises:
        SealError: It opens nothing, or what it renews is no seal.
        InputError: It is sealed already.
        VigensError: The journal cannot be written; then nothing is recorded.
    """
    opening, place = _read_opening(file), Path(folder)
    seen_by = _marks(place, clock, marks or (opening.party,))
    with _store(place, clock) as store:
        for entry in store.entries():
            if entry.payload.get("commitment") == opening.commitment:
                raise InputError(
                    f"this offer is sealed already, by {entry.id[:12]}",
                    f"entry {entry.id[:12]}",
                    "nothing is left to do",
                )
        earlier = None if replaces is None else _sealed(store.get(replaces))
        draft = Draft(
            SEALED,
            {"commitment": opening.commitment},
            by,
            marks=seen_by,
            supersedes=earlier.id if earlier else None,
        )
        (sealed,) = store.append([draft])
    return sealed


def open_offer(
    folder: str | Path,
    file: str | Path | bytes,
    clock: Callable[[], datetime],
    *,
    by: str,
    marks: Sequence[str] = (),
) -> OpenedOffer:
    """Record what opens a sealed offer, so that anybody can see it was this one.

    Args:
        folder: A case whose journal holds the commitment.
        file: The opening, or its bytes.
        clock: For the journal.
        by: Who opens.
        marks: Who may see the offer; by default those who see that it was sealed.

    Raises:
        SealError: The file opens nothing, or was changed.
        InputError: Nothing of the kind was sealed here, or it is open already.
    """
    opening = _read_opening(file)
    seen_by = _marks(Path(folder), clock, marks)
    with _store(Path(folder), clock) as store:
        sealed = _find(store.entries(), opening, _where(file))
        draft = Draft(
            OPENED,
            {"nonce": opening.nonce.hex(), "offer": thaw(opening.offer)},
            by,
            marks=seen_by or sealed.marks,
            about=(sealed.id,),
        )
        for entry in store.entries():
            if entry.kind == OPENED and sealed.id in entry.about:
                raise InputError(
                    f"this offer is open already, by {entry.id[:12]}",
                    f"entry {sealed.id[:12]}",
                    "nothing is left to do",
                )
        (opened,) = store.append([draft])
    return OpenedOffer(sealed, opened)


def release_total(
    folder: str | Path,
    files: Iterable[str | Path | bytes],
    clock: Callable[[], datetime],
    *,
    unit: str,
    by: str,
    marks: Sequence[str] = ("public",),
    minimum: int = MINIMUM,
    is_dry: bool = False,
) -> ReleasedTotal:
    """Add up sealed offers without giving a single one away.

    Args:
        folder: A case whose journal holds the commitments and every earlier total.
        files: Openings, as their owners handed them over.
        clock: For the journal.
        unit: What is added up.
        by: Who releases.
        marks: Who may see the total.
        minimum: Smallest group; five or more.
        is_dry: Only say what it would come to.

    Raises:
        SealError: It would give an offer away, or an opening was changed.
        InputError: One was not sealed here, or was replaced by a newer one.
    """
    openings = [_read_opening(file) for file in files]
    seen_by = _marks(Path(folder), clock, marks)
    with _store(Path(folder), clock) as store:
        entries = store.entries()
        replaced = {entry.supersedes for entry in entries if entry.supersedes}
        sealed = [_find(entries, each, each.party) for each in openings]
        for entry in sealed:
            if entry.id in replaced:
                raise InputError(
                    "this sealed offer was replaced by a newer one",
                    f"entry {entry.id[:12]}",
                    "take the opening of the newer one",
                )
        number = total_of(openings, unit, past_releases(entries), minimum)
        draft = Draft(
            TOTAL,
            {"unit": unit, "number": number, "minimum": max(minimum, MINIMUM)},
            by,
            marks=seen_by,
            about=tuple(sorted(entry.id for entry in sealed)),
        )
        if is_dry:
            (released,) = trial_entries([draft], entries, clock())
        else:
            (released,) = store.append([draft])
    return ReleasedTotal(released, number, len(openings))


def past_releases(entries: Iterable[Entry]) -> tuple[Release, ...]:
    """Give every total that was released, also those that were taken back since."""
    known = {
        entry.id: str(entry.payload.get("commitment"))
        for entry in entries
        if entry.kind == SEALED
    }
    return tuple(
        Release(
            str(entry.payload.get("unit")),
            frozenset(known.get(target, target) for target in entry.about),
        )
        for entry in entries
        if entry.kind == TOTAL
    )


def _store(folder: Path, clock: Callable[[], datetime]) -> Store:
    return open_store(folder, clock, zone=read_settings(folder).zone)


def _marks(
    folder: Path, clock: Callable[[], datetime], marks: Sequence[str]
) -> tuple[str, ...]:
    """See that marks name readers; who may see is nothing that is guessed here."""
    if not marks:
        return ()
    return marks_for(open_case(folder, clock), int(clock().timestamp()), marks)


def _read_opening(file: str | Path | bytes) -> Opening:
    data = file if isinstance(file, bytes) else read_bytes(file, LARGEST_OPENING)
    return opening_from_bytes(data, _where(file))


def _where(file: str | Path | bytes) -> str:
    return "the opening" if isinstance(file, bytes) else str(file)


def _find(entries: Sequence[Entry], opening: Opening, where: str) -> Entry:
    for entry in entries:
        is_sealed = entry.kind == SEALED
        if is_sealed and entry.payload.get("commitment") == opening.commitment:
            return entry
    raise InputError(
        "nothing was sealed in this journal that this opens",
        where,
        "name the case in whose journal it was sealed, or import the receipt's bundle",
    )


def _sealed(entry: Entry) -> Entry:
    if entry.kind != SEALED:
        raise SealError(
            f"this is a {entry.kind}, not a sealed offer",
            f"entry {entry.id[:12]}",
            "name the entry that `vigens seal` recorded",
        )
    return entry


def _keep_receipt(
    folder: Path, clock: Callable[[], datetime], entry: Entry, beside: Path
) -> Path | None:
    try:
        _, line = make_receipt(folder, clock, entry.id, None)
    except NoLogError:
        return None
    path = beside.with_suffix(".receipt")
    _write_private(path, line)
    return path


def _write_private(path: Path, data: bytes) -> None:
    """Write a file that was not there, for its owner's eyes alone."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise outside(error, path) from error
