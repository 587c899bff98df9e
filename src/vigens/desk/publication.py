"""What `case.toml` says of the case as something published, and of what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vigens.base import InputError, Message
from vigens.desk.keys import only, subtable, word

#: What is said of a case whose settings state no licence.
NO_LICENCE = Message(
    "no licence is stated: ask whoever keeps this case before you reuse it"
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A case as something published.

    Attributes:
        publisher: Who keeps it.
        address: Under which its board is found, for citing; without a last `/`.
        licence: Of its data, in words.
        licence_address: Where the licence is written.
        contact: Where a correction is sent.
    """

    publisher: str = ""
    address: str = ""
    licence: str = NO_LICENCE
    licence_address: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class NeedSetting:
    """What a case takes as the need for one capability.

    Attributes:
        domain: `land`, `sea` and so on, as offers name them; empty for any.
        unit: As the counts and offers write it.
        measure: Whose counts are claims of that need.
    """

    domain: str
    unit: str
    measure: str


@dataclass(frozen=True, slots=True)
class OfferSettings:
    """What stands beside offers: needs, and counts of offers without names.

    Attributes:
        needs: Each a measure that says how much is needed.
        counted: Measures that count who offers without naming them.
    """

    needs: tuple[NeedSetting, ...] = ()
    counted: tuple[str, ...] = ()


def read_publication(table: dict[str, Any], where: str) -> Publication:
    """Read `[publication]`.

    Raises:
        InputError: It says what nothing reads, or an address is no web address.
    """
    part = subtable(table, "publication", where)
    where = f"{where}, publication"
    only(part, ("publisher", "address", "licence", "licence_address", "contact"), where)
    for name in ("address", "licence_address"):
        value = word(part, name, where, "")
        if value and not value.startswith(("https://", "http://")):
            raise InputError(
                Message("`{name}` is no web address", name=name),
                where,
                Message('write {name} = "https://…"', name=name),
            )
    return Publication(
        word(part, "publisher", where, ""),
        word(part, "address", where, "").rstrip("/"),
        word(part, "licence", where, NO_LICENCE),
        word(part, "licence_address", where, ""),
        word(part, "contact", where, ""),
    )


def read_offer_settings(table: dict[str, Any], where: str) -> OfferSettings:
    """Read `[offers]`.

    Raises:
        InputError: It says what nothing reads, or a need lacks its measure.
    """
    part = subtable(table, "offers", where)
    where = f"{where}, offers"
    only(part, ("needs", "counted"), where)
    needs = part.get("needs", [])
    counted = part.get("counted", [])
    if not isinstance(needs, list) or not all(isinstance(one, dict) for one in needs):
        raise InputError(
            Message("`needs` is a list of tables"),
            where,
            Message(
                'write needs = [{ domain = "land", unit = "troops", measure = "NAME" }]'
            ),
        )
    if not isinstance(counted, list) or not all(isinstance(x, str) for x in counted):
        raise InputError(
            Message("`counted` is a list of measures"),
            where,
            Message('write counted = ["NAME"]'),
        )
    return OfferSettings(tuple(_need(one, where) for one in needs), tuple(counted))


def _need(part: dict[str, Any], where: str) -> NeedSetting:
    where = f"{where}.needs"
    only(part, ("domain", "unit", "measure"), where)
    found = NeedSetting(
        word(part, "domain", where, ""),
        word(part, "unit", where, ""),
        word(part, "measure", where, ""),
    )
    if not found.measure or not found.unit:
        raise InputError(
            Message("a need has a unit and a measure"),
            where,
            Message('write { domain = "land", unit = "troops", measure = "NAME" }'),
        )
    return found
