"""The settings of a case: what `case.toml` says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vigens.base import InputError, Message, nearest
from vigens.chrono import day_start, parse_edtf, zone_of
from vigens.desk.files import read_text
from vigens.desk.keys import maybe, only, read_marks, subtable, word
from vigens.desk.publication import (
    OfferSettings,
    Publication,
    read_offer_settings,
    read_publication,
)
from vigens.desk.tablemap import TableMap, parse_tables
from vigens.journal import MATTERS, MEMBERSHIP, PUBLIC, is_address
from vigens.model import ISSUER_FIRST, EvidencePolicy, Floor, parse_grade


@dataclass(frozen=True, slots=True)
class FourEyes:
    """What counts only possibly until a second person has confirmed it.

    Attributes:
        kinds: Entry kinds.
        events: Events and states that a matter stands for.
    """

    kinds: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model as `case.toml` names it; all empty where it names none.

    Attributes:
        endpoint: Its address up to `/v1`.
        name: What the endpoint calls it.
        key_variable: Environment variable that holds the key; the key itself never
            stands in a file of a case.
    """

    endpoint: str = ""
    name: str = ""
    key_variable: str = ""


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
        four_eyes: What waits for a second person.
        marks: What is recorded bears these marks, where nothing else is said.
        model: A language model that may propose passages; none unless it is named.
        journal: Address of the journal, where it lies on a server.
        publication: Who publishes the case, where, under which licence.
        offers: What stands beside offers: needs, counts without names.
        language: In which the case is written, as HTML names languages.
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
    four_eyes: FourEyes = FourEyes()
    marks: tuple[str, ...] = (PUBLIC,)
    model: ModelSettings = ModelSettings()
    journal: str | None = None
    publication: Publication = field(default_factory=Publication)
    offers: OfferSettings = field(default_factory=OfferSettings)
    language: str = "en"


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
    return _settings(_table(path), str(path))


def read_address(folder: Path) -> str | None:
    """Give the address of a case's journal, where it lies on a server.

    Raises:
        InputError: `case.toml` cannot be read, or what it says is no address.
    """
    path = folder / "case.toml"
    return _address(_table(path), str(path)) if path.exists() else None


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path, 1_000_000))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"the settings cannot be read: {error}", str(path), "mend that line"
        ) from error


def _address(table: dict[str, Any], where: str) -> str | None:
    address = maybe(table, "journal", where)
    if address is not None and not is_address(address):
        raise InputError(
            "`journal` is no address of a server",
            where,
            'write journal = "postgresql://USER@HOST/DATABASE"; a file in the folder '
            "needs no setting",
        )
    return address


_KEYS = (
    "title",
    "zone",
    "begins",
    "headline",
    "matrix",
    "policy",
    "policies",
    "tables",
    "four_eyes",
    "marks",
    "model",
    "journal",
    "publication",
    "offers",
    "language",
)
#: Kinds whose entries bear on an answer; to guard another would guard nothing.
_GUARDED = frozenset(
    {
        *MATTERS,
        *("claim", "grade", "review", "same_origin", "coverage"),
        MEMBERSHIP,  # bears on who is answered with what
    }
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
        _four_eyes(subtable(table, "four_eyes", where), f"{where}, four_eyes"),
        read_marks(table, where, (PUBLIC,)),
        _model(subtable(table, "model", where), f"{where}, model"),
        _address(table, where),
        read_publication(table, where),
        read_offer_settings(table, where),
        _language(table, where),
    )


def _language(table: dict[str, Any], where: str) -> str:
    language = word(table, "language", where, "en")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise InputError(
            Message('"{language}" names no language', language=language[:40]),
            where,
            Message('write language = "en", or another code as HTML names it'),
        )
    return language


def _model(part: dict[str, Any], where: str) -> ModelSettings:
    only(part, ("endpoint", "name", "key_variable"), where)
    return ModelSettings(
        word(part, "endpoint", where, ""),
        word(part, "name", where, ""),
        word(part, "key_variable", where, ""),
    )


def _four_eyes(part: dict[str, Any], where: str) -> FourEyes:
    only(part, ("kinds", "events"), where)
    kinds = _names(part, "kinds", where)
    for kind in kinds:
        if kind not in _GUARDED:
            near = nearest(kind, _GUARDED)
            raise InputError(
                f'"{kind[:40]}" is no kind that bears on an answer, so four eyes would '
                "guard nothing",
                f"{where}.kinds",
                f'write "{near}"' if near else f"use {', '.join(sorted(_GUARDED))}",
            )
    return FourEyes(kinds, _names(part, "events", where))


def _names(part: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = part.get(key, [])
    if not isinstance(found, list) or not all(isinstance(x, str) for x in found):
        raise InputError(
            f"`{key}` is a list of names", where, f'write {key} = ["occurrence"]'
        )
    return tuple(found)


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
