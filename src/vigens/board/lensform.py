"""The lens as an address carries it, and as the form on every page asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from vigens.base import VigensError
from vigens.desk import Looking, make_lens
from vigens.journal import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.datastructures import QueryParams

    from vigens.desk import Case

#: Most hypotheses in one lens, and longest value of one field.
MOST_SUPPOSED = 20
LONGEST_VALUE = 400

#: Names of the lens in an address, in the order in which they are written.
NAMES = (
    "as_of",
    "known_at",
    "recorded_at",
    "reader",
    "policy",
    "reading",
    "suppose",
    "assume",
    "lang",
)

_LABELS = {
    "as_of": "as of",
    "known_at": "known at",
    "recorded_at": "recorded by",
    "reader": "reader",
    "policy": "policy",
    "reading": "reading",
    "suppose": "suppose",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A lens as it was asked for: raw text, empty where nothing was said.

    `lang` is no part of the lens: it travels with it, so that links keep it.
    """

    as_of: str = ""
    known_at: str = ""
    recorded_at: str = ""
    reader: str = ""
    policy: str = ""
    readings: tuple[str, ...] = ()
    suppose: tuple[str, ...] = ()
    assume: bool = False
    lang: str = ""

    def pairs(self) -> list[tuple[str, str]]:
        """List what an address must carry, in a fixed order."""
        found = [
            (name, value)
            for name in ("as_of", "known_at", "recorded_at", "reader", "policy")
            if (value := getattr(self, name))
        ]
        found += [("reading", reading) for reading in self.readings]
        found += [("suppose", text) for text in self.suppose]
        found += [("assume", "yes")] if self.assume else []
        return [*found, ("lang", self.lang)] if self.lang else found


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field of the lens, and how to mend it."""

    name: str
    label: str
    value: str
    what: str
    mend: str


def read_asked(params: QueryParams) -> Asked:
    """Take the lens out of an address; empty fields of the form say nothing."""

    def all_of(name: str) -> tuple[str, ...]:
        values = [text.strip() for text in params.getlist(name)]
        return tuple(dict.fromkeys(text for text in values if text))

    def last_of(name: str) -> str:
        return (all_of(name) or ("",))[-1]

    return Asked(
        last_of("as_of"),
        last_of("known_at"),
        last_of("recorded_at"),
        last_of("reader"),
        last_of("policy"),
        all_of("reading"),
        all_of("suppose"),
        last_of("assume") not in ("", "no", "0", "false"),
        last_of("lang")[:20],
    )


def make_looking(asked: Asked, now: int) -> Looking:
    """Say to the desk what was asked for."""
    return Looking(
        now,
        asked.as_of or None,
        asked.known_at or None,
        asked.recorded_at or None,
        asked.reader or PUBLIC,
        asked.policy or None,
        asked.readings,
        asked.suppose,
        asked.assume,
    )


def find_faults(case: Case, asked: Asked, now: int) -> tuple[FieldFault, ...]:
    """List everything that is wrong with a lens, field by field."""
    known_at = asked.known_at
    alone = Asked(known_at=known_at)
    if known_at and _fault(case, "known_at", known_at, alone, now) is not None:
        known_at = ""
    recorded_at = asked.recorded_at
    alone = Asked(recorded_at=recorded_at)
    if recorded_at and _fault(case, "recorded_at", recorded_at, alone, now) is not None:
        recorded_at = ""
    return tuple(
        fault
        for name, value, alone in _one_by_one(asked, known_at, recorded_at)
        if (fault := _fault(case, name, value, alone, now)) is not None
    )


def address(path: str, own: Iterable[tuple[str, str]], asked: Asked) -> str:
    """Write the address of a page under a lens; its own parameters come first."""
    pairs = [*((name, value) for name, value in own if value), *asked.pairs()]
    query = urlencode(pairs, quote_via=quote, safe="(),:/")
    return quote(path, safe="/") + (f"?{query}" if query else "")


def _one_by_one(
    asked: Asked, known_at: str, recorded_at: str
) -> list[tuple[str, str, Asked]]:
    """Take a lens apart; readings and events are those of the rules known by then."""
    found = [
        ("as_of", asked.as_of, Asked(as_of=asked.as_of)),
        ("known_at", asked.known_at, Asked(known_at=asked.known_at)),
        ("recorded_at", asked.recorded_at, Asked(recorded_at=asked.recorded_at)),
        (
            "reader",
            asked.reader,
            Asked(reader=asked.reader, known_at=known_at, recorded_at=recorded_at),
        ),
        ("policy", asked.policy, Asked(policy=asked.policy)),
        *(
            ("reading", one, Asked(readings=(one,), known_at=known_at))
            for one in asked.readings
        ),
        *(
            ("suppose", one, Asked(suppose=(one,), known_at=known_at))
            for one in asked.suppose
        ),
    ]
    return [each for each in found if each[1]]


def _fault(
    case: Case, name: str, value: str, alone: Asked, now: int
) -> FieldFault | None:
    label = _LABELS[name]
    if len(value) > LONGEST_VALUE:
        what = f"this is longer than {LONGEST_VALUE} characters"
        return FieldFault(name, label, value[:LONGEST_VALUE], what, "write less")
    try:
        make_lens(case, make_looking(alone, now))
    except VigensError as error:
        return FieldFault(name, label, value, error.what, error.mend)
    return None
