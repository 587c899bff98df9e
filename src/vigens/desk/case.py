"""A case: a folder with its settings, agreement files and journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vigens.base import (
    Finding,
    InputError,
)
from vigens.desk.editions import Rules, law
from vigens.desk.files import read_text
from vigens.desk.imaged import Plain, ranks, see_image
from vigens.desk.imagedeyes import PlainEyes
from vigens.desk.journals import JOURNAL, find_journal, has_journal
from vigens.desk.largejournal import read_columns
from vigens.desk.longlog import LongLog, list_image
from vigens.desk.records import Records
from vigens.desk.settings import Settings, read_settings
from vigens.desk.tableparts import Tables
from vigens.desk.tables import read_tables
from vigens.journal import EVERYTHING, MEMBERSHIP, Ledger, open_journal
from vigens.lang import Compiled, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from vigens.journal import Clearance, Entry, Readers, Store, View
    from vigens.model import Lens
    from vigens.rules import Program

#: Largest agreement file that is read, in bytes.
LARGEST_PAGE = 4_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """A case as loaded: settings, rules, the journal's records, and bulk tables.

    Attributes:
        folder: Where it lies.
        settings: What `case.toml` says.
        compiled: The rules of its pages and of the general law.
        pages: The agreement pages that the rules are read from.
        journal_path: Where its journal lies: a file, or an address of a server.
        records: The journal; `seen` gives what a reader may see of it.
        tables: Bulk tables, as these rules read them.
        rules: The rules in every edition; `compiled` and `pages` are of one of them.
    """

    folder: Path
    settings: Settings
    compiled: Compiled
    pages: tuple[Page, ...]
    journal_path: Path | str
    records: Records
    tables: Tables
    rules: Rules

    @property
    def program(self) -> Program:
        """Give the rule program."""
        return self.compiled.program

    @property
    def law(self) -> tuple[Page, ...]:
        """Give the pages of the general law."""
        return law()

    @property
    def delegations(self) -> frozenset[str]:
        """List who reads as a delegation: the parties and bodies of the agreements."""
        programs = [self.program]
        newest = self.rules.newest.compiled.program
        if newest is not self.program:
            programs.append(newest)
        return frozenset(
            actor.name
            for program in programs
            for actor in program.actors.values()
            if actor.sort != "group"
        )

    def readers(self, known_at: int, recorded_at: int | None) -> Readers:
        """Give the readers that the case knows at a time, by what was recorded by then.

        Args:
            known_at: UTC seconds, included.
            recorded_at: UTC seconds, included; `None` for all records.
        """
        return self.records.readers(
            self.delegations,
            known_at=known_at,
            recorded_at=recorded_at,
            zone=self.settings.zone,
            needs_second=MEMBERSHIP in self.settings.four_eyes.kinds,
        )

    def clearance(self, lens: Lens) -> Clearance:
        """Give what the reader of a lens may see.

        Raises:
            UsageError: There is no such reader.
        """
        return self.readers(lens.known_at, lens.recorded_at).clearance(lens.reader)

    def seen(self, lens: Lens, without: frozenset[str] = frozenset()) -> View:
        """Give what the reader of a lens may see of the journal, and nothing else.

        Args:
            lens: Whose eyes, and what was known and recorded by when.
            without: Ids that are passed over as if they did not count yet.

        Raises:
            UsageError: There is no such reader.
        """
        return self.records.view(
            self.clearance(lens),
            known_at=lens.known_at,
            recorded_at=lens.recorded_at,
            zone=lens.zone,
            without=without,
        )

    def plain(
        self, lens: Lens, issuers: Callable[[Sequence[str]], set[str]]
    ) -> Plain | None:
        """Weigh what the reader of a lens may see of the plain part of the journal.

        Args:
            lens: Whose eyes, and what was known and recorded by when.
            issuers: Gives those whose word on an act with some values goes first.

        Returns:
            Nothing where the journal was read entry by entry.

        Raises:
            UsageError: There is no such reader.
        """
        image = self.records.image
        if image is None:
            return None
        clearance = self.clearance(lens)
        plain = see_image(
            image,
            lens,
            self.settings.policies[lens.policy],
            program=self.program,
            clearance=clearance,
            issuers=issuers,
        )
        positions = sorted(plain.unfit_at)
        if positions:
            numbers = ranks(image, clearance)
            entries = zip(positions, self.records.at(positions), strict=True)
            plain.unfit += [(int(numbers[at - 1]), entry) for at, entry in entries]
        return plain

    def plain_eyes(self, lens: Lens, plain: Plain) -> PlainEyes | None:
        """Give the marks of the plain part of the journal, for who sees everything."""
        image = self.records.image
        if image is None or not self.clearance(lens).is_whole:
            return None
        return PlainEyes(image, lens, plain, self.records.at)

    @property
    def odd(self) -> tuple[Finding, ...]:
        """Say what is odd in the journal's file; never to a reader."""
        return self.records.findings(EVERYTHING)

    @property
    def n_entries(self) -> int:
        """Count the entries of the journal; never for a reader."""
        return self.records.n_all

    @property
    def is_by_columns(self) -> bool:
        """Say whether the journal was read as columns, for answers alone."""
        return self.records.image is not None

    def long_log(self, lens: Lens, kind: str | None) -> LongLog | None:
        """List what a lens shows of a journal that was read as columns.

        Returns:
            Nothing where it was read entry by entry, or must be.

        Raises:
            UsageError: There is no such reader.
        """
        image = self.records.image
        if image is None:
            return None
        return list_image(
            image,
            self.seen(lens),
            lens,
            clearance=self.clearance(lens),
            kind=kind,
            load=self.records.at,
        )

    def latest_record(self, reader: str, now: int) -> int | None:
        """Give when the last entry that a reader may see was recorded, UTC seconds.

        Args:
            reader: Whose eyes; of one that the case does not know nothing is said.
            now: What was known by then decides what the reader may see.
        """
        readers = self.readers(now, None)
        if not readers.knows(reader):
            return None
        return self.records.latest(readers.clearance(reader))

    def since(self, before: Case, lens: Lens) -> tuple[Entry, ...] | None:
        """Give what came since an earlier state, as far as the reader of a lens sees it.

        Returns:
            Nothing where the earlier one is not the beginning of this one, or where the
            journal was read as columns.

        Raises:
            UsageError: There is no such reader.
        """
        if self.records.image is not None:
            return None
        return self.records.since(before.records, self.clearance(lens))

    def head(self, reader: str, now: int) -> str:
        """Name the state of all that a reader may see: the record and the rules.

        Args:
            reader: Whose eyes; one that the case does not know sees no entry.
            now: What was known by then decides what the reader may see.
        """
        texts = (repr(self.settings), *(page.text for page in self.rules.every))
        rules = hashlib.sha256("\0".join(texts).encode("utf-8", "replace"))
        readers = self.readers(now, None)
        if not readers.knows(reader):
            return rules.hexdigest()[:12]
        record = self.records.head(readers.clearance(reader))
        return f"{record}-{rules.hexdigest()[:12]}"

    def journal_findings(self, lens: Lens) -> tuple[Finding, ...]:
        """Say what is odd in the journal's file, as far as the reader may know it.

        Raises:
            UsageError: There is no such reader.
        """
        return self.records.findings(self.clearance(lens))

    def known_at(self, instant: int) -> Case:
        """Give the case with the edition of its rules that was known by an instant.

        Args:
            instant: UTC seconds, included.
        """
        read = self.rules.at(instant)
        if read.pages == self.pages:
            return self
        tables = _tables(self.folder, self.settings, read.compiled)
        return replace(self, compiled=read.compiled, pages=read.pages, tables=tables)


def open_case(
    folder: str | Path,
    clock: Callable[[], datetime],
    *,
    columns_for: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Case:
    """Load a case.

    Args:
        folder: The case folder.
        clock: For the journal; asked only when something is recorded.
        columns_for: The one reader for whom a large journal may be read as columns,
            where no plain occurrence, claim or grade is wanted as an entry; `None`
            reads every entry.
        progress: Told how many entries were read, now and then, where columns are made.

    Returns:
        The case, whatever its agreement files' findings are.

    Raises:
        VigensError: The folder, its settings or its journal cannot be read.
    """
    path = Path(folder)
    settings = read_settings(path)
    rules = Rules(read_pages(path), settings.zone)
    newest = rules.newest
    records = Records()
    journal_path: Path | str = path / JOURNAL
    if not settings.tables or has_journal(path):
        journal_path = find_journal(path)
        with open_journal(journal_path, clock, zone=settings.zone) as store:
            found = None
            if columns_for is not None:
                found = read_columns(
                    store,
                    journal_path,
                    path,
                    settings,
                    clock,
                    reader=columns_for,
                    progress=progress,
                )
            records = found or Records(store.entries(), store.findings)
    return Case(
        path,
        settings,
        newest.compiled,
        newest.pages,
        journal_path,
        records,
        _tables(path, settings, newest.compiled),
        rules,
    )


def reopen_case(case: Case, clock: Callable[[], datetime]) -> Case | None:
    """Load a case again that was loaded before, reading only what came since.

    Args:
        case: As it was.
        clock: For the journal.

    Returns:
        The case; nothing where more than entries at the end of its database changed.

    Raises:
        VigensError: The folder, its settings or its journal cannot be read.
    """
    settings = read_settings(case.folder)
    is_alike = settings == case.settings and case.records.image is None
    if not is_alike or settings.tables or not case.records.size:
        return None
    if read_pages(case.folder) != case.rules.every:
        return None
    if find_journal(case.folder) != case.journal_path:
        return None
    with open_journal(case.journal_path, clock, zone=settings.zone) as store:
        known = case.records.size
        if not isinstance(store, Ledger) or store.size() < known:
            return None
        (last,) = store.some([known])
        if not case.records.ends_with(last.id, len(store.redacted())):
            return None
        more = store.some(range(known + 1, store.size() + 1))
    return replace(case, records=case.records.grown(more)) if more else case


def _tables(folder: Path, settings: Settings, compiled: Compiled) -> Tables:
    """Read the bulk tables, where the rules can tell what their rows are."""
    if not compiled.is_usable:
        return Tables()
    return read_tables(folder, settings.tables, compiled.program, settings.zone)


def open_store(
    folder: str | Path, clock: Callable[[], datetime], *, zone: str = "UTC"
) -> Store:
    """Open the journal of a case for recording.

    Raises:
        VigensError: There is none, or it cannot be read.
    """
    return open_journal(find_journal(Path(folder)), clock, zone=zone)


def read_pages(folder: Path) -> tuple[Page, ...]:
    """Read the agreement files of a case, every edition, in order of name.

    Raises:
        InputError: There is no such folder, or a file in it is no UTF-8 text.
    """
    place = folder / "agreements"
    if not place.is_dir():
        raise InputError(
            "this case has no folder of agreement files",
            str(place),
            "make a folder `agreements` with one Markdown file for each agreement",
        )
    return tuple(
        Page(f"agreements/{path.name}", read_text(path, LARGEST_PAGE))
        for path in sorted(place.glob("*.md"))
    )
