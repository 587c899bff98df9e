"""The kinds of entries and what each must carry, as tables.

A name that ends in ``?`` may be absent or null. Fields beyond the table are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from vigens.chrono import EdtfError, parse_edtf

#: The kinds of map that are common; to ask for any `Mapping` takes far longer.
_MAPS = (dict, MappingProxyType)


#: What a field should be that is not there.
GIVEN = "given, and not null"


class Fault(NamedTuple):
    """One thing wrong in an entry: the field, and what it should be."""

    field: str
    wanted: str


Check = Callable[[str, Any], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entry of one kind carries.

    Attributes:
        fields: Check of the payload.
        names: Of the fields that the check knows, as the table writes them.
        about: Kinds it may point at; empty where any will do.
        about_at_least: How many entries it must point at.
        needs_happened: Whether `happened` must be given.
    """

    fields: Check
    names: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
    about_at_least: int = 0
    needs_happened: bool = False


def _simple(
    words: str,
    fits: Callable[[Any], bool],
    at: str,
    value: Any,
) -> Iterator[Fault]:
    if not fits(value):
        yield Fault(at, words)


def _one_of(*codes: str) -> Check:
    return partial(_simple, "one of " + ", ".join(codes), lambda value: value in codes)


def _fits_of(check: Check) -> Callable[[Any], bool] | None:
    """Give the question that a check asks, to be asked without its words."""
    if isinstance(check, _Whole):
        return check.fits
    is_simple = isinstance(check, partial) and check.func is _simple
    return check.args[1] if is_simple else None  # type: ignore[attr-defined] # partial


@dataclass(frozen=True, slots=True)
class _Whole:
    """A check of a list or an object: one question first, then word for word."""

    fits: Callable[[Any], bool]
    faults: Check

    def __call__(self, at: str, value: Any) -> Iterator[Fault]:
        return iter(()) if self.fits(value) else self.faults(at, value)


def _list(item: Check, at_least: int = 0) -> Check:
    item_fits = _fits_of(item)

    def fits(values: Any) -> bool:
        if not isinstance(values, tuple | list) or len(values) < at_least:
            return False
        return item_fits is not None and all(map(item_fits, values))

    def check(at: str, values: Any) -> Iterator[Fault]:
        if not isinstance(values, tuple | list):
            yield Fault(at, "a list")
            return
        if len(values) < at_least:
            yield Fault(at, f"a list of at least {at_least}")
        for number, value in enumerate(values):
            yield from item(f"{at}[{number}]", value)

    return _Whole(fits, check)


def _record(fields: Mapping[str, Check]) -> Check:
    rows = [
        (written.rstrip("?"), written.endswith("?"), field_check, _fits_of(field_check))
        for written, field_check in fields.items()
    ]

    def fits(value: Any) -> bool:
        if type(value) not in _MAPS and not isinstance(value, Mapping):
            return False
        for name, is_optional, _, field_fits in rows:
            found = value.get(name)
            if found is None:
                if not is_optional:
                    return False
            elif field_fits is None or not field_fits(found):
                return False
        return True

    def check(at: str, value: Any) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(at, "an object")
            return
        for name, is_optional, field_check, _ in rows:
            found = value.get(name)
            if found is not None:
                yield from field_check(f"{at}.{name}", found)
            elif not is_optional:
                yield Fault(f"{at}.{name}", GIVEN)

    return _Whole(fits, check)


def _is_edtf(value: Any) -> bool:
    return isinstance(value, str) and not edtf_fault(value)


def edtf_fault(text: str) -> str | None:
    """Say what is wrong with a date, or nothing."""
    try:
        parse_edtf(text)
    except EdtfError as error:
        return error.what
    return None


def is_reader_name(text: str) -> bool:
    """Say whether a text may name a reader, and so be a mark."""
    return bool(text) and all(sign.isalnum() or sign in "_-.:" for sign in text)


TEXT = partial(
    _simple, "text that is not empty", lambda v: isinstance(v, str) and v.strip() != ""
)
WORDS = partial(_simple, "text", lambda v: isinstance(v, str))
NUMBER = partial(_simple, "a whole number", lambda v: type(v) is int)
NATURAL = partial(
    _simple, "a whole number, 0 or more", lambda v: type(v) is int and v >= 0
)
FLAG = partial(_simple, "true or false", lambda v: type(v) is bool)
EDTF = partial(_simple, "a date in EDTF, such as 2026-01-06", _is_edtf)
HASH = partial(
    _simple,
    "a SHA-256 of 64 hex digits",
    lambda v: isinstance(v, str) and len(v) == 64 and set(v) <= set("0123456789abcdef"),
)
CREDIBILITY = partial(
    _simple, "a whole number from 1 to 6", lambda v: type(v) is int and 1 <= v <= 6
)
ARGUMENTS = _list(
    partial(_simple, "text or a whole number", lambda v: type(v) in (str, int))
)
IDS = _list(TEXT)
ANYTHING = partial(_simple, "anything", lambda _: True)
READER = partial(
    _simple,
    "the name of a reader: letters, digits and _ - . :",
    lambda v: isinstance(v, str) and is_reader_name(v),
)
COMPARISON = _one_of("eq", "more_than", "less_than", "about", "up_to", "at_least")
DOMAINS = _list(
    _one_of(
        "land", "sea", "air", "logistics", "training", "monitoring", "command", "funds"
    )
)
ATTENDANCE = _record(
    {"actor": TEXT, "how": _one_of("in_person", "online", "unknown"), "level?": TEXT}
)
QUANTITY = _record({"number?": NUMBER, "unit?": TEXT, "comparison?": COMPARISON})

_MATTERS: dict[str, dict[str, Check]] = {
    "occurrence": {"event": TEXT, "args": ARGUMENTS, "title": TEXT},
    "observation": {"fluent": TEXT, "args": ARGUMENTS, "holds": FLAG, "title": TEXT},
    "count": {
        "measure": TEXT,
        "number": NUMBER,
        "comparison": COMPARISON,
        "unit?": TEXT,
        "title": TEXT,
        "speaker?": TEXT,
    },
    "meeting": {
        "title": TEXT,
        "place?": TEXT,
        "format": _one_of("in_person", "online", "hybrid", "unknown"),
        "attendance": _list(ATTENDANCE),
    },
    "offer": {
        "party": TEXT,
        "title": TEXT,
        "stance": _one_of("offer", "possible", "refusal"),
        "domains": DOMAINS,
        "quantity?": QUANTITY,
        "conditions": _list(TEXT),
        "gates": _list(TEXT),
    },
    "position": {"party": TEXT, "point": TEXT, "title": TEXT},
    "step": {"step": TEXT, "title": TEXT, "status": _one_of("planned", "scheduled")},
    "institution": {
        "body": TEXT,
        "status": _one_of("decided", "existing", "prospective", "planned"),
        "title": TEXT,
    },
    "text": {
        "instrument": TEXT,
        "version?": TEXT,
        "status": _one_of("published", "draft", "reported", "not seen"),
        "title": TEXT,
    },
    "funding": {
        "by": IDS,
        "number?": NUMBER,
        "unit?": TEXT,
        "comparison?": COMPARISON,
        "stage?": _one_of("pledged", "committed", "paid"),
        "title": TEXT,
    },
    "statement": {"by": IDS, "title": TEXT},
    "approval": {
        "level": _one_of("ministers", "leaders", "parliament"),
        "party": TEXT,
        "domains": DOMAINS,
        "by?": TEXT,
        "title": TEXT,
    },
    "rule": {"instrument": TEXT, "title": TEXT},
}

#: Kinds of what is claimed; they count by the claims that point at them.
MATTERS = frozenset(_MATTERS)

_CLAIM: dict[str, Check] = {
    "row?": TEXT,
    "polarity": _one_of("pos", "neg", "mixed"),
    "statement": TEXT,
    "voice?": TEXT,
    "modality?": TEXT,
    "kind?": TEXT,
    "condition?": TEXT,
    "quantity?": ANYTHING,
    "unit?": TEXT,
    "actors": IDS,
    "instrument?": TEXT,
    "contradiction_key?": TEXT,
    "denies?": _list(HASH),
}
_GRADE: dict[str, Check] = {
    "reliability": _one_of("A", "B", "C", "D", "E", "F"),
    "credibility": CREDIBILITY,
    "rule?": TEXT,
}
_DOCUMENT: dict[str, Check] = {
    "sha256": HASH,
    "name": TEXT,
    "length": NATURAL,
    "media_type": TEXT,
    "language?": TEXT,
    "title?": WORDS,
    "published?": EDTF,
}
_ACTOR: dict[str, Check] = {
    "actor": TEXT,
    "name": TEXT,
    "type": _one_of("state", "organisation", "body"),
    "note?": WORDS,
}
_COVERAGE: dict[str, Check] = {
    "events": _list(TEXT, at_least=1),
    "audience": TEXT,
    "note?": WORDS,
}
_WITNESS: dict[str, Check] = {
    "log": TEXT,
    "origin": HASH,
    "size": NATURAL,
    "root": HASH,
    "moment": TEXT,
    "public": HASH,
    "signature": TEXT,
}
_RELEASE_GROUP: dict[str, Check] = {"group": READER, "title": TEXT}
_MEMBERSHIP: dict[str, Check] = {
    "group": READER,
    "member": READER,
    "is_member": FLAG,
    "note?": WORDS,
}
_OPENED: dict[str, Check] = {"nonce": HASH, "offer": _record(_MATTERS["offer"])}
_TOTAL: dict[str, Check] = {"unit": TEXT, "number": NATURAL, "minimum": NATURAL}
_CLAIMS = frozenset({"claim"})
_CONFIRMED = MATTERS | {
    *("claim", "grade", "review", "same_origin", "coverage", "redaction"),
    *("release_group", "membership"),
}
_STUB: dict[str, Check] = {
    "kind": TEXT,
    "recorded_at": TEXT,
    "marks": IDS,
    "about": _list(HASH),
    "rectifies?": HASH,
    "supersedes?": HASH,
    "denies?": _list(HASH),
}
_REDACTION: dict[str, Check] = {
    "reason": TEXT,
    "stub": _record(_STUB),
    "leaves_open?": IDS,
    "documents?": _list(HASH),
    "suggestion?": TEXT,
}
_SEALED = frozenset({"sealed_offer"})


def _kind(fields: dict[str, Check], **rest: Any) -> Kind:
    return Kind(_record(fields), tuple(fields), **rest)


#: Every kind that this version knows.
KINDS: Mapping[str, Kind] = {
    **{name: _kind(fields) for name, fields in _MATTERS.items()},
    "approval": _kind(
        _MATTERS["approval"], about=frozenset({"offer"}), about_at_least=1
    ),
    "claim": _kind(_CLAIM, about=MATTERS),
    "grade": _kind(_GRADE, about=_CLAIMS, about_at_least=1),
    "review": _kind(
        {"verdict": TEXT, "reason?": WORDS}, about=_CLAIMS, about_at_least=1
    ),
    "same_origin": _kind({"reason?": WORDS}, about=_CLAIMS, about_at_least=2),
    "confirmation": _kind({"by": TEXT}, about=_CONFIRMED, about_at_least=1),
    "coverage": _kind(_COVERAGE, needs_happened=True),
    "release_group": _kind(_RELEASE_GROUP),
    "membership": _kind(_MEMBERSHIP),
    "actor": _kind(_ACTOR),
    "document": _kind(_DOCUMENT),
    "redaction": _kind(_REDACTION, about_at_least=1),
    "note": _kind({"text": TEXT}),
    "sealed_offer": _kind({"commitment": HASH}),
    "opened_offer": _kind(_OPENED, about=_SEALED, about_at_least=1),
    "released_total": _kind(_TOTAL, about=_SEALED, about_at_least=2),
    "witness": _kind(_WITNESS),
    "batch": _kind({"title": TEXT, "count": NATURAL}),
}


def payload_faults(kind: str, payload: Mapping[str, Any]) -> tuple[Fault, ...]:
    """List what a payload lacks or has in the wrong shape; unknown kinds pass.

    Args:
        kind: Entry kind.
        payload: Its fields.
    """
    known = KINDS.get(kind)
    return tuple(known.fields("payload", payload)) if known else ()
