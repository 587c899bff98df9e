"""Identifiers for treaties and parties: valid, readable, stable, each only once."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any

_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9_]|[.:-](?=[A-Za-z0-9_]))*")
_GAPS = re.compile(r"[^A-Za-z0-9]+")
_SPACES = re.compile(r"\s+")
#: Longest identifier that is made out of a printed name.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the rules name it.

    Attributes:
        id: Its name in rules.
        title: As most lately printed.
        is_organisation: Whether it is no state.
        printed: Every way in which the sources print it.
        ended: EDTF, when it ceased to exist, from general knowledge.
    """

    id: str
    title: str
    is_organisation: bool
    printed: tuple[str, ...]
    ended: str | None = None


@dataclass(slots=True)
class Names:
    """Parties by the names that sources print.

    Attributes:
        parties: By identifier.
        by_printed: Identifier by printed name.
        apart: Printed names that look like one state, and stand side by side in one
            treaty's table, so that they were kept apart.
    """

    parties: dict[str, Party] = field(default_factory=dict)
    by_printed: dict[str, str] = field(default_factory=dict)
    apart: list[tuple[str, str]] = field(default_factory=list)


def fold(name: str) -> str:
    """Write a name without case, accents, marks and a leading or trailing "the"."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = plain.casefold().replace("&", "and").replace("st.", "saint")
    words = _SPACES.sub(" ", re.sub(r"[^\w\s(),'-]", " ", plain)).strip()
    return words.removeprefix("the ").removesuffix(" (the)").removesuffix(", the")


def identifier(text: str, taken: Collection[str], *, small: bool = True) -> str:
    """Make a valid identifier out of a text; one that is valid stays as it is.

    Args:
        text: A printed name, or an id of the source.
        taken: Identifiers, case folded, that are in use or reserved.
        small: Whether a text that is no identifier is written in small letters.
    """
    if _NAME.fullmatch(text) and len(text) <= LONGEST and not small:
        name = text
    else:
        plain = unicodedata.normalize("NFKD", text)
        gap = "_" if small else "-"
        name = _GAPS.sub(gap, plain.encode("ascii", "ignore").decode()).strip(gap)
        name = (name.lower() if small else name)[:LONGEST].strip(gap)
    if not name:
        name = f"x{sha256(text.encode()).hexdigest()[:8]}"
    if not name[0].isalpha():
        name = f"t-{name}" if not small else f"x_{name}"
    found, n = name, 2
    while found.casefold() in taken:
        found, n = f"{name}_{n}", n + 1
    return found


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("states.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Give identifiers by folded name; what stands in our own list goes first."""
    from babel import Locale

    found: dict[str, str] = {}
    data = _data()
    for table in (data["names"], data["organisations"]["names"]):
        for code, names in table.items():
            found.update({fold(name): code for name in names})
    for code, row in data["ended"].items():
        found.update({fold(name): code for name in row["names"]})
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_STATES:
            found.setdefault(fold(str(name)), code)
    return found


_NO_STATES = ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "EA", "IC", "AC", "CP", "DG")


def is_organisation(name: str) -> bool:
    """Say whether a party's name shows that it is an organisation."""
    known = _known().get(fold(name))
    if known is not None:
        return known.startswith("org:")
    words = set(re.findall(r"[a-z]+", fold(name)))
    return bool(words & set(_data()["organisations"]["words"]))


def name_parties(
    tables: Iterable[Iterable[str]],
    lone: Iterable[str] = (),
    organisations: Collection[str] = (),
) -> Names:
    """Give every party an identifier.

    A name that is known stands for the same state in every table, however it is
    printed. Two names that stand side by side in one treaty's table are two rows of its
    source, and are kept apart.

    Args:
        tables: The printed names of each treaty's table; later tables are newer.
        lone: Names from elsewhere, as in lists and weights.
        organisations: Printed names that an act of theirs shows to be organisations.
    """
    names = Names()
    printed: dict[str, list[str]] = {}
    split: set[str] = set()
    for table in tables:
        here: dict[str, str] = {}
        for name in table:
            code = _known().get(fold(name))
            key = name if code is None or name in split else code
            if key in here and here[key] != name:
                names.apart.append((here[key], name))
                split.add(name)
                key = name
            here[key] = name
            _note(printed, key, name)
    for name in lone:
        code = _known().get(fold(name))
        key = name if code is None or name in split else code
        if name not in printed.setdefault(key, []):
            printed[key].insert(0, name)
    for name in split:  # a name that was kept apart once is so everywhere
        code = _known().get(fold(name))
        if code in printed and name in printed[code]:
            printed[code].remove(name)
            if not printed[code]:
                del printed[code]
    _finish(names, printed, organisations)
    return names


def _note(printed: dict[str, list[str]], key: str, name: str) -> None:
    found = printed.setdefault(key, [])
    if name in found:
        found.remove(name)
    found.append(name)


def _finish(
    names: Names, printed: Mapping[str, list[str]], organisations: Collection[str]
) -> None:
    known = set(_known().values())
    ended = _data()["ended"]
    taken = {code.casefold() for code in printed if code in known}
    for key, found in printed.items():
        is_state = key in known and not key.startswith("org:")
        is_body = any(
            is_organisation(n) or (n in organisations and not is_state) for n in found
        )
        if key in known:
            name = key
        else:
            name = identifier(key, taken)
            if is_body:
                name = identifier(f"org:{name}", taken, small=False)
            taken.add(name.casefold())
        until = ended.get(name, {}).get("on")
        party = Party(name, found[-1], is_body, tuple(found), until)
        names.parties[name] = party
        names.by_printed.update(dict.fromkeys(found, name))
