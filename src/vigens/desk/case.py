"""A case: a folder with its settings, agreement files and journal."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vigens.base import (
    Finding,
    InputError,
    Severity,
    has_errors,
    nearest,
    render_finding,
)
from vigens.chrono import day_start, parse_edtf, zone_of
from vigens.desk.editions import Rules, law
from vigens.desk.keys import maybe, only, subtable, word
from vigens.desk.tablemap import TableMap, parse_tables
from vigens.desk.tables import Tables, read_tables
from vigens.journal import open_journal
from vigens.lang import Compiled, Page
from vigens.model import ISSUER_FIRST, EvidencePolicy, Floor, parse_grade

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vigens.journal import Entry, Store
    from vigens.rules import Program

#: The journal of a case as text; one with bulk tables may do without.
JOURNAL = "journal.jsonl"

#: Largest agreement file that is read, in bytes.
LARGEST_PAGE = 4_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says.

    Attributes:
        title: Of the case.
        zone: IANA zone of its civil days.
        begins: Nothing unrecorded happened before this instant, UTC seconds.
        headline: The fluent that the first line of a status answers.
        matrix_instrument: Instrument of the matrix of components, if there is one.
        matrix_group: Group whose members are its rows.
        policy: Name of the policy that counts by default.
        policies: Every evidence policy by name.
        tables: Bulk tables whose rows are events.
    """

    title: str
    zone: str
    begins: int
    headline: str | None
    matrix_instrument: str | None
    matrix_group: str | None
    policy: str
    policies: dict[str, EvidencePolicy] = field(default_factory=dict)
    tables: tuple[TableMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case as loaded: settings, rules with findings, and the log's entries.

    Attributes:
        folder: Where it lies.
        settings: What `case.toml` says.
        compiled: The rules of its pages and of the general law.
        pages: The agreement pages that the rules are read from.
        journal_path: Where its journal lies.
        entries: The whole log.
        journal_findings: What is wrong in it.
        rules: The rules in every edition; `compiled` and `pages` are of one of them.
        tables: Its bulk tables.
    """

    folder: Path
    settings: Settings
    compiled: Compiled
    pages: tuple[Page, ...]
    journal_path: Path
    entries: tuple[Entry, ...]
    journal_findings: tuple[Finding, ...]
    rules: Rules
    tables: Tables = field(default_factory=Tables)

    @property
    def program(self) -> Program:
        """Give the rule program."""
        return self.compiled.program

    @property
    def law(self) -> tuple[Page, ...]:
        """Give the pages of the general law."""
        return law()

    def known_at(self, instant: int) -> Case:
        """Give the case with the edition of its rules that was known by an instant.

        Args:
            instant: UTC seconds, included.
        """
        read = self.rules.at(instant)
        if read.pages == self.pages:
            return self
        return replace(self, compiled=read.compiled, pages=read.pages)

    def declares(self, name: str) -> bool:
        """Say whether any edition declares an event, state, text or group of a name."""
        return any(
            name in table
            for read in self.rules.read()
            for program in [read.compiled.program]
            for table in (
                program.events,
                program.fluents,
                program.instruments,
                program.actors,
            )
        )


def open_case(folder: str | Path, clock: Callable[[], datetime]) -> Case:
    """Load a case.

    Args:
        folder: The case folder.
        clock: For the journal; asked only when something is recorded.

    Returns:
        The case, whatever its agreement files' findings are.

    Raises:
        VigensError: The folder, its settings or its journal cannot be read.
    """
    path = Path(folder)
    settings = read_settings(path)
    rules = Rules(read_pages(path), settings.zone)
    newest = rules.newest
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    journal_path = path / JOURNAL
    if not settings.tables or _has_journal(path):
        journal_path = find_journal(path)
        with open_journal(journal_path, clock, zone=settings.zone) as store:
            entries, findings = tuple(store.entries()), tuple(store.findings)
    tables = Tables()
    if newest.compiled.is_usable:
        program = newest.compiled.program
        tables = read_tables(path, settings.tables, program, settings.zone)
    return Case(
        path,
        settings,
        newest.compiled,
        newest.pages,
        journal_path,
        entries,
        findings,
        rules,
        tables,
    )


def open_store(
    folder: str | Path, clock: Callable[[], datetime], *, zone: str = "UTC"
) -> Store:
    """Open the journal of a case for recording.

    Raises:
        VigensError: There is none, or it cannot be read.
    """
    return open_journal(find_journal(Path(folder)), clock, zone=zone)


def require_usable(case: Case) -> None:
    """Refuse to answer from wrong agreement files or tables, or floors for nothing.

    Raises:
        InputError: With every error finding, or with the floor.
    """
    if has_errors(case.compiled.findings):
        shown = "\n".join(render_finding(f) for f in case.compiled.findings)
        raise InputError(
            "the agreement files have errors, so no answer is given\n" + shown,
            str(case.folder / "agreements"),
            "mend them; `vigens check` lists them again",
        )
    if has_errors(case.tables.findings):
        shown = "\n".join(
            render_finding(f)
            for f in case.tables.findings
            if f.severity is Severity.ERROR
        )
        raise InputError(
            "a bulk table cannot be used, so no answer is given\n" + shown,
            str(case.folder / "case.toml"),
            "mend it; `vigens check` lists the findings again",
        )
    known = {**case.program.events, **case.program.fluents}
    for policy in case.settings.policies.values():
        for name in policy.by_event:
            if name not in known and not case.declares(name):
                meant = nearest(name, known)
                raise InputError(
                    f'policy "{policy.name}" has floors for "{name}", which is no '
                    "event or fluent, so they would guard nothing",
                    str(case.folder / "case.toml"),
                    f'write "{meant}"' if meant else "name one that is declared",
                )


def _has_journal(folder: Path) -> bool:
    return any((folder / name).exists() for name in ("journal.db", JOURNAL))


def find_journal(folder: Path) -> Path:
    """Give the path of a case's journal: a database, or else the text.

    Raises:
        InputError: There is neither, or there are both.
    """
    found = [
        folder / name
        for name in ("journal.db", "journal.jsonl")
        if (folder / name).exists()
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            "this case has two journals",
            f"{found[0]} and {found[1]}",
            "keep one; `vigens import` and `vigens export` turn one into the other",
        )
    raise InputError(
        "this case has no journal",
        str(folder),
        "add an empty file journal.jsonl to begin one, or import into journal.db",
    )


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


def read_text(path: Path, largest: int) -> str:
    """Read a UTF-8 text of bounded size.

    Raises:
        InputError: A folder, missing, too large, binary, or not UTF-8.
    """
    try:
        if path.is_dir():
            raise InputError("this is a folder, not a file", str(path), "name a file")
        if path.stat().st_size > largest:
            raise InputError(
                f"this file is larger than {largest // 1_000_000} MB",
                str(path),
                "split it, or check that it is the file you meant",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", str(path), "check its name"
        ) from error
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or "cannot be opened"
        raise InputError(
            f"this file cannot be read ({words})", str(path)[:200], "check its path"
        ) from error
    if b"\0" in data:
        raise InputError("this is a binary file, not a text", str(path), "name a text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"this file is not UTF-8 (byte {error.start}, line {line})",
            str(path),
            "save it again as UTF-8",
        ) from error


def read_settings(folder: Path) -> Settings:
    """Read `case.toml`.

    Raises:
        InputError: Missing, unreadable, or a setting is of the wrong kind.
    """
    if not folder.is_dir():
        what = "a file, not a folder" if folder.exists() else "not there"
        raise InputError(
            f"a case is a folder, and this is {what}",
            str(folder),
            "name the folder that holds case.toml, such as examples/paris",
        )
    path = folder / "case.toml"
    if not path.exists():
        raise InputError(
            "this folder is no case: it has no case.toml",
            str(folder),
            "name the folder that holds case.toml, such as examples/paris",
        )
    try:
        table = tomllib.loads(read_text(path, 1_000_000))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"the settings cannot be read: {error}", str(path), "mend that line"
        ) from error
    return _settings(table, str(path))


_KEYS = (
    "title",
    "zone",
    "begins",
    "headline",
    "matrix",
    "policy",
    "policies",
    "tables",
)
_FLOOR = ("consideration", "standard", "origins", "confirmed")


def _settings(table: dict[str, Any], where: str) -> Settings:
    only(table, _KEYS, where)
    zone = word(table, "zone", where, "UTC")
    zone_of(zone)
    begins = parse_edtf(str(table.get("begins", "1900-01-01")))
    if begins.first_day is None:
        raise InputError("`begins` needs a day", where, 'write begins = "2025-02-17"')
    policies = {
        name: _policy(name, part, f"{where}, policies.{name}")
        for name, part in subtable(table, "policies", where).items()
    }
    if not policies:
        policies["standard"] = _policy("standard", {}, where)
    default = word(table, "policy", where, next(iter(policies)))
    if default not in policies:
        raise InputError(
            f'there is no policy "{default}"',
            where,
            f"declared are {', '.join(policies)}",
        )
    matrix = subtable(table, "matrix", where)
    only(matrix, ("instrument", "group"), f"{where}, matrix")
    return Settings(
        word(table, "title", where, "Untitled case"),
        zone,
        day_start(begins.first_day, zone),
        maybe(table, "headline", where),
        maybe(matrix, "instrument", f"{where}, matrix"),
        maybe(matrix, "group", f"{where}, matrix"),
        default,
        policies,
        parse_tables(table.get("tables", []), where),
    )


def _policy(name: str, part: object, where: str) -> EvidencePolicy:
    if not isinstance(part, dict):
        raise InputError("a policy is a table", where, f"write [policies.{name}]")
    only(part, ("title", *_FLOOR, "prefer", "events"), where)
    floor = _floor(part, where, None)
    events = {
        event: _floor_of(own, f"{where}.events.{event}", floor)
        for event, own in subtable(part, "events", where).items()
    }
    prefer = part.get("prefer", [])
    if not isinstance(prefer, list) or any(rule != ISSUER_FIRST for rule in prefer):
        raise InputError(
            "`prefer` is a list of rules that settle a conflict",
            where,
            f'write prefer = ["{ISSUER_FIRST}"], the one rule there is, or leave it out',
        )
    title = word(part, "title", where, name)
    return EvidencePolicy(name, title, floor, events, tuple(prefer))


def _floor_of(own: object, where: str, base: Floor) -> Floor:
    if not isinstance(own, dict):
        raise InputError("what counts for an event is a table", where, "write keys")
    only(own, _FLOOR, where)
    return _floor(own, where, base)


def _floor(part: dict[str, Any], where: str, base: Floor | None) -> Floor:
    base = base or Floor(parse_grade("D4"), parse_grade("C3"))
    origins = part.get("origins", base.origins)
    confirmed = part.get("confirmed", base.confirmed)
    is_number = isinstance(origins, int) and not isinstance(origins, bool)
    if not is_number or origins < 1 or not isinstance(confirmed, bool):
        raise InputError(
            "`origins` is a number from 1 and `confirmed` is true or false",
            where,
            "write origins = 2 and confirmed = true",
        )
    return Floor(
        parse_grade(str(part.get("consideration", base.consideration))),
        parse_grade(str(part.get("standard", base.standard))),
        origins,
        confirmed,
    )
