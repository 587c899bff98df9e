"""Bundles out of a case and into one."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import Finding, InputError, has_errors
from vigens.desk.case import open_case
from vigens.desk.files import write_whole
from vigens.desk.journals import NEW_JOURNAL, find_journal, has_journal, journal_of
from vigens.desk.queuefile import DOCUMENTS
from vigens.desk.settings import read_settings
from vigens.desk.transfer import refuse_existing
from vigens.desk.vouching import sign_states
from vigens.journal import (
    EVERYTHING,
    LARGEST_DOCUMENT,
    PUBLIC_ONLY,
    BundleDocument,
    Here,
    NoLogError,
    bundle_lines,
    check_proof,
    format_recorded,
    governing,
    is_bundle,
    is_unsafe_name,
    logs_for,
    open_journal,
    plan_merge,
    read_trusted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from vigens.base import Tell
    from vigens.journal import Checked, Clearance, Entry, Merge, SignedHead, Store


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle as written.

    Attributes:
        file: Where.
        heads: What was signed, one for each log.
        n_documents: How many documents went along.
        n_bytes: Its size.
    """

    file: Path
    heads: tuple[SignedHead, ...]
    n_documents: int
    n_bytes: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What taking a bundle in brought, or would bring.

    Attributes:
        journal: Where it went.
        checked: What the bundle itself showed.
        n_new: Entries that were new here.
        n_present: Entries that were here already.
        n_documents: Documents that were new here.
        n_heads: Heads of the other journal that were not seen before.
        batches: Ids of the entries that list what is new.
        findings: Where the two sides do not fit, and what is wrong with the bundle.
        is_refused: Whether nothing was or would be taken in.
        is_dry: Whether nothing was to be recorded.
        n_governing: How many of the new entries decide who sees what here.
    """

    journal: Path | str
    checked: Checked
    n_new: int = 0
    n_present: int = 0
    n_documents: int = 0
    n_heads: int = 0
    batches: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    is_refused: bool = False
    is_dry: bool = False
    n_governing: int = 0


def export_bundle(
    place: str | Path,
    clock: Callable[[], datetime],
    file: str | Path,
    *,
    audience: str,
    with_documents: bool = True,
    is_forced: bool = False,
    progress: Tell | None = None,
) -> Bundled:
    """Write what a reader may see, with proofs, for those who are not here.

    Args:
        place: Case folder; or a journal file, for `public` and `all` alone.
        clock: For the moment of signing.
        file: Where to.
        audience: Whose eyes it is for.
        with_documents: Send the documents along that the entries tell of.
        is_forced: Write over a file that exists.
        progress: Told how many hundredths of the entries are written.

    Raises:
        VigensError: No such reader, nothing that it may see, no logs or no key, or
            the file cannot be written.
    """
    target = Path(file)
    refuse_existing(target, is_forced=is_forced)
    clearance = _clearance(place, audience, clock)
    path = journal_of(place)
    made = format_recorded(clock())
    with open_journal(path, clock) as store:
        logs = logs_for(store, clearance.marks)
        if not logs:
            raise InputError(
                f'there is nothing in this journal that "{audience[:60]}" may see',
                str(path),
                "name another audience, or record something that bears its mark",
            )
        ring, states = sign_states(store, place, logs, clock)
        documents = _Counted()
        if with_documents:
            documents.of = _documents(Path(place), store, clearance)
        n_bytes = write_whole(
            target,
            bundle_lines(
                store,
                states,
                reader=audience,
                made=made,
                handed_over=ring.handed_over,
                documents=documents,
                progress=progress,
            ),
        )
    heads = tuple(state.head for state in states)
    return Bundled(target, heads, documents.n, n_bytes)


def import_bundle(
    folder: str | Path,
    file: str | Path,
    clock: Callable[[], datetime],
    *,
    by: str,
    trust: str | Path | None = None,
    despite_fork: bool = False,
    is_dry: bool = False,
    progress: Tell | None = None,
) -> Merged:
    """Take in what a bundle brings that is new, and report what does not fit.

    Args:
        folder: The case; one without a journal gets a database.
        file: The bundle.
        clock: For the entries that list what was brought.
        by: Who imports.
        trust: A file of trusted keys; others are then refused.
        despite_fork: Take it in although its log was rewritten since it was seen.
        is_dry: Go through everything and record nothing.
        progress: Told how many hundredths of the bundle are read.

    Raises:
        VigensError: The bundle cannot be read, or the journal cannot be written; then
            nothing is recorded.
    """
    place = Path(folder)
    settings = read_settings(place)
    trusted = None if trust is None else read_trusted(Path(trust))
    checked = check_proof(Path(file), trusted=trusted, progress=progress)
    is_there = has_journal(place)
    path = find_journal(place) if is_there else place / NEW_JOURNAL
    if not checked.is_sound:
        found = tuple(checked.findings)
        return Merged(path, checked, findings=found, is_refused=True, is_dry=is_dry)
    here = Here((), zone=settings.zone)
    if is_there:
        with open_journal(path, clock, zone=settings.zone) as store:
            here = _here(store, tuple(checked.heads), settings.zone)
    merge = plan_merge(checked, here)
    fresh = [each for each in checked.documents if not _kept(place, each).exists()]
    is_refused = merge.is_unfit or (merge.is_fork and not despite_fork)
    batches: tuple[str, ...] = ()
    if not is_dry and not is_refused:
        batches = _record(path, merge, clock, by, Path(file).name, settings.zone)
        for each in fresh:
            _keep(place, each)
    return Merged(
        path,
        checked,
        len(merge.new),
        merge.n_present,
        len(fresh),
        len(merge.heads),
        batches,
        merge.findings,
        is_refused=is_refused,
        is_dry=is_dry,
        n_governing=len(governing(merge.new)),
    )


def is_bundle_file(file: str | Path) -> bool:
    """Say whether a file is a bundle rather than a journal."""
    return is_bundle(Path(file))


def has_conflicts(merged: Merged) -> bool:
    """Say whether a merge ends in an error: it was refused."""
    return merged.is_refused or has_errors(merged.checked.findings)


def _clearance(
    place: str | Path, audience: str, clock: Callable[[], datetime]
) -> Clearance:
    if audience == EVERYTHING.reader:
        return EVERYTHING
    if audience == PUBLIC_ONLY.reader:
        return PUBLIC_ONLY
    if not Path(place).is_dir():
        raise InputError(
            f'a journal file alone does not say who "{audience[:60]}" is',
            str(place),
            "name the case folder; of a file, `public` and `all` can be bundled",
        )
    case = open_case(place, clock)
    return case.readers(int(clock().timestamp()), None).clearance(audience)


def _here(store: Store, logs: tuple[str, ...], zone: str) -> Here:
    leaves: dict[str, list[bytes]] = {}
    with suppress(NoLogError):  # a text has none, so no fork of its own can be seen
        leaves = {log: store.leaves(log) for log in logs if log in store.logs()}
    return Here(store.entries(), store.redacted(), leaves, zone)


def _record(
    path: Path | str,
    merge: Merge,
    clock: Callable[[], datetime],
    by: str,
    name: str,
    zone: str,
) -> tuple[str, ...]:
    with open_journal(path, clock, create=isinstance(path, Path), zone=zone) as store:
        done = store.adopt(
            merge.new, f"bundle {name}", recorded_by=by, missing=merge.missing
        )
        if merge.heads:
            store.append(merge.witnesses(by))
    return (done.batch.id,) if done.batch else ()


class _Counted:
    """Documents that are read one at a time, and counted as they go."""

    def __init__(self) -> None:
        self.of: Iterator[BundleDocument] = iter(())
        self.n = 0

    def __iter__(self) -> Iterator[BundleDocument]:
        for document in self.of:
            self.n += 1
            yield document


def _documents(
    folder: Path, store: Store, clearance: Clearance
) -> Iterator[BundleDocument]:
    """Give the documents that the case keeps and entries of the bundle tell of."""
    no_more = store.redacted()
    sent: set[tuple[str, str]] = set()
    for _, entry in store.stream():
        seen = entry.kind == "document" and clearance.sees(entry.marks)
        if not seen or entry.id in no_more:
            continue
        found = _document(folder, entry)
        if found is not None and (found.sha256, found.name) not in sent:
            sent.add((found.sha256, found.name))
            yield found


def _document(folder: Path, entry: Entry) -> BundleDocument | None:
    name, sha256 = str(entry.payload["name"]), str(entry.payload["sha256"])
    if is_unsafe_name(name):
        return None
    document = BundleDocument(name, sha256, b"")
    path = _kept(folder, document)
    if not path.is_file() or path.stat().st_size > LARGEST_DOCUMENT:
        return None
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        return None
    return BundleDocument(name, sha256, content)


def _kept(folder: Path, document: BundleDocument) -> Path:
    return folder / DOCUMENTS / f"{document.sha256[:12]}-{document.name}"


def _keep(folder: Path, document: BundleDocument) -> None:
    path = _kept(folder, document)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, [document.content])
