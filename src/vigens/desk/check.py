"""Checking what people wrote: agreement files, and the journal's use of their names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import Finding, InputError, VigensError
from vigens.desk.assembling import assemble
from vigens.desk.case import LARGEST_PAGE, open_case, read_pages
from vigens.desk.editions import Rules, gather_findings
from vigens.desk.files import read_text
from vigens.desk.journals import journal_of
from vigens.desk.looking import Looking, make_lens
from vigens.desk.queuefile import DOCUMENTS, FILE_NAME
from vigens.desk.redacting import redaction_remains
from vigens.desk.settings import read_settings
from vigens.journal import ALL, is_address, open_journal
from vigens.journal import fsck as check_whole
from vigens.lang import Page
from vigens.rules import Specificity, read_specificity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vigens.desk.case import Case
    from vigens.rules import Program


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check went through, and what it found."""

    n_pages: int
    n_entries: int
    counts: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    specificity: tuple[Specificity, ...] = ()


def check_case(folder: str | Path, clock: Callable[[], datetime]) -> Checked:
    """Check a whole case.

    Args:
        folder: The case folder.
        clock: Up to when the journal is looked at.

    Raises:
        VigensError: The folder, its settings or its journal cannot be read.
    """
    case = open_case(folder, clock, columns_for=ALL)
    now = int(clock().timestamp())
    editions = case.rules.editions
    written: list[tuple[Finding, ...]] = []
    recorded: list[tuple[Finding, ...]] = []
    for edition in editions:
        moment = now if edition.until is None else edition.until - 1
        known = case.known_at(max(moment, edition.since or moment))
        written.append((*known.compiled.findings, *known.tables.findings))
        recorded.append(_of_journal(known, max(moment, edition.since or moment)))
    found = [
        *gather_findings(editions, written),
        *case.odd,
        *gather_findings(editions, recorded, last_stands_for_all=True),
    ]
    n_pages = len(case.rules.every)
    counts = _counts(case.program)
    promises = _specificity(case.rules)
    return Checked(n_pages, case.n_entries, counts, tuple(found), promises)


def _specificity(rules: Rules) -> tuple[Specificity, ...]:
    """Read how specific the obligations of the pages are, without those of the law."""
    read = rules.newest
    own = {page.name for page in read.pages}
    program = read.compiled.program
    return tuple(
        read_specificity(program, obligation)
        for obligation in program.obligations.values()
        if obligation.place.rpartition(":")[0] in own
    )


def _of_journal(case: Case, moment: int) -> tuple[Finding, ...]:
    """List what entries make of the names of one edition."""
    if not case.compiled.is_usable:
        return ()
    assembled = assemble(case, make_lens(case, Looking(moment, reader=ALL)))
    return (*assembled.view.findings, *assembled.findings)


def check_files(paths: Sequence[str | Path]) -> Checked:
    """Check agreement files; one that lies in a case is read with its neighbours.

    Raises:
        InputError: A file cannot be read.
    """
    loose: list[Page] = []
    beside: dict[Path, set[str]] = {}
    for given in paths:
        path = Path(given)
        folder = _home(path)
        if folder.name == "agreements" and (folder.parent / "case.toml").is_file():
            read_text(path, LARGEST_PAGE)
            if path.suffix != ".md":
                raise InputError(
                    "this is no agreement file", str(path), "name it with .md"
                )
            beside.setdefault(folder.parent, set()).add(f"agreements/{path.name}")
        else:
            loose.append(Page(str(path), read_text(path, LARGEST_PAGE)))
    checked: list[tuple[Rules, set[str]]] = []
    if loose:
        checked.append((Rules(loose, "UTC"), {page.name for page in loose}))
    for folder, names in beside.items():
        settings = read_settings(folder)
        checked.append((Rules(read_pages(folder), settings.zone), names))
    found = [
        finding
        for rules, names in checked
        for finding in rules.gather()
        if any(span.source in names for span in finding.spans)
    ]
    counts: dict[str, int] = {}
    for rules, _ in checked:
        for noun, number in _counts(rules.newest.compiled.program):
            counts[noun] = counts.get(noun, 0) + number
    promises = tuple(
        promise
        for rules, names in checked
        for promise in _specificity(rules)
        if promise.place.rpartition(":")[0] in names
    )
    return Checked(len(paths), 0, tuple(counts.items()), tuple(found), promises)


def _home(path: Path) -> Path:
    try:
        return path.resolve().parent
    except (OSError, RuntimeError):  # links in a circle: reading the file says so
        return path.absolute().parent


def check_journal(
    named: str | Path, *, progress: Callable[[int], None] | None = None
) -> tuple[Path | str, tuple[Finding, ...]]:
    """Derive every hash and link of a journal again: a case's, a file, on a server.

    Args:
        named: The case folder, a journal file, or an address.
        progress: Told how many entries of a large journal were read.

    Raises:
        VigensError: There is none, or it cannot be read.
    """
    journal = journal_of(named)
    found = check_whole(journal, progress=progress)
    folder = Path(named) if not is_address(named) else None
    if folder is not None and folder.is_dir():
        found += _copies_left(folder, journal)
    return journal, found


def _copies_left(folder: Path, journal: Path | str) -> tuple[Finding, ...]:
    """Find copies that a redaction wants destroyed; a damaged journal is told already."""
    backups = [] if is_address(journal) else [f"{Path(journal).name}.backups"]
    names = (DOCUMENTS, FILE_NAME, *backups)
    if not (is_address(journal) or any((folder / name).exists() for name in names)):
        return ()
    try:
        with open_journal(journal, _no_clock) as store:
            return tuple(redaction_remains(folder, store, _no_clock))
    except VigensError:
        return ()


def _no_clock() -> datetime:
    raise AssertionError("nothing is recorded while a journal is checked")


def _counts(program: Program) -> tuple[tuple[str, int], ...]:
    return (
        ("instruments", len(program.instruments)),
        ("events", len(program.events)),
        ("states", len(program.fluents)),
        ("obligations", len(program.obligations)),
        ("steps", len(program.steps)),
        ("measures", len(program.measures)),
        ("variants", len(program.variants)),
    )
