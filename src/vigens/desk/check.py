"""Checking what people wrote: agreement files, and the journal's use of their names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import Finding, InputError
from vigens.desk.assemble import assemble
from vigens.desk.case import (
    LARGEST_PAGE,
    find_journal,
    open_case,
    read_pages,
    read_settings,
    read_text,
)
from vigens.desk.looking import Looking, make_lens
from vigens.journal import ALL
from vigens.journal import fsck as check_whole
from vigens.lang import Compiled, Page, compile_pages
from vigens.law import law_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vigens.rules import Program


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check went through, and what it found."""

    n_pages: int
    n_entries: int
    counts: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]


def check_case(folder: str | Path, clock: Callable[[], datetime]) -> Checked:
    """Check a whole case.

    Args:
        folder: The case folder.
        clock: Up to when the journal is looked at.

    Raises:
        VigensError: The folder, its settings or its journal cannot be read.
    """
    case = open_case(folder, clock)
    found = [
        *case.compiled.findings,
        *case.journal_findings,
        *case.tables.findings,
    ]
    if case.compiled.is_usable:
        lens = make_lens(case, Looking(int(clock().timestamp()), reader=ALL))
        assembled = assemble(case, lens)
        found.extend(assembled.view.findings)
        found.extend(assembled.findings)
    return Checked(
        len(case.pages), len(case.entries), _counts(case.program), tuple(found)
    )


def check_files(paths: Sequence[str | Path]) -> Checked:
    """Check agreement files; one that lies in a case is read with its neighbours.

    Raises:
        InputError: A file cannot be read.
    """
    law = [Page(name, text) for name, text in law_pages()]
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
    compiled: list[tuple[Compiled, set[str]]] = []
    if loose:
        compiled.append((compile_pages([*law, *loose]), {page.name for page in loose}))
    for folder, names in beside.items():
        read_settings(folder)
        compiled.append((compile_pages([*law, *read_pages(folder)]), names))
    found = [
        finding
        for each, names in compiled
        for finding in each.findings
        if any(span.source in names for span in finding.spans)
    ]
    counts: dict[str, int] = {}
    for each, _ in compiled:
        for noun, number in _counts(each.program):
            counts[noun] = counts.get(noun, 0) + number
    return Checked(len(paths), 0, tuple(counts.items()), tuple(found))


def _home(path: Path) -> Path:
    try:
        return path.resolve().parent
    except (OSError, RuntimeError):  # links in a circle: reading the file says so
        return path.absolute().parent


def check_journal(folder: str | Path) -> tuple[Path, tuple[Finding, ...]]:
    """Derive every hash and link of a case's journal, or of a journal file, again.

    Raises:
        VigensError: There is none, or it cannot be read.
    """
    path = Path(folder)
    journal = find_journal(path) if path.is_dir() else path
    return journal, check_whole(journal)


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
