"""The clauses of a treaty in tables, read leniently: what they say, and what is open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from vigens.base import InputError
from vigens.chrono import parse_edtf

#: Largest number that a clause may have.
MOST = 999_999

_RULE_KEYS = {
    "kind",
    "instruments",
    "weight_at_least_percent",
    "weight_at_least",
    "weights_file",
    "at_least_of_list",
    "not_before",
    "requires_in_force",
    "who_counts",
    "delay",
}
#: The words of a kind of rule, and what each stands for.
_PARTS = {
    "count": "count",
    "number": "count",
    "weight": "weight",
    "share": "weight",
    "list": "list",
    "named": "list",
}
_FILLING = {
    "and",
    "all",
    "of",
    "from",
    "among",
    "states",
    "parties",
    "with",
    "plus",
    "the",
    "a",
}
_FIRST_DAYS = {
    f"first_day_of_{words}_{span}": f"following {span}"
    for words in ("following", "next", "the_following", "the_next")
    for span in ("month", "quarter", "year")
} | {
    f"end_of_{the}{span}": f"following {span}"
    for the in ("", "the_")
    for span in ("month", "year")
}
#: Kinds of a delay that may name no time: it comes with the instrument.
_AT_ONCE = re.compile(
    r"after_deposit|(.*_)?(upon|on|immediate(ly)?|at_once)(_.*)?|none"
)
_UNITS = {"days": "days", "weeks": "weeks", "months": "months", "years": "years"}


@dataclass(frozen=True, slots=True)
class Wait:
    """How long after something.

    Attributes:
        amount: How many units; 0 means at once.
        unit: `days`, `weeks`, `months` or `years`.
        first_of: `None`; `following month`, and so of a quarter or year; or `month`,
            the first day of the month that is so many months after.
        unread: What of it is not understood; the time is then open.
    """

    amount: int = 0
    unit: str = "days"
    first_of: str | None = None
    unread: str | None = None

    @property
    def is_none(self) -> bool:
        """Say whether it comes at once."""
        return not (self.amount or self.first_of or self.unread)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a treaty enters into force.

    Attributes:
        article: Of the treaty.
        count: How many instruments.
        share: Share of a weight, as parts of parts.
        weights: File that holds the weights.
        amount: A weight that must be there, as written.
        listed: Those that must all be there, as printed.
        of_listed: How many of them, where not all.
        has_organisations: Whether instruments of organisations count.
        wait: From the completing instrument on.
        not_before: EDTF.
        requires: Ids of treaties that must be in force.
        unread: What of it is not understood, in words; entry into force is then open.
    """

    article: str
    count: int | None = None
    share: tuple[int, int] | None = None
    weights: str | None = None
    amount: str | None = None
    listed: tuple[str, ...] = ()
    of_listed: int | None = None
    has_organisations: bool = False
    wait: Wait = Wait()
    not_before: str | None = None
    requires: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Late:
    """When the treaty binds those who come late."""

    after_entry: bool
    wait: Wait


@dataclass(frozen=True, slots=True)
class Notice:
    """When a withdrawal takes effect."""

    article: str
    wait: Wait
    unless: str | None


class Clauses:
    """Reads the clauses of one treaty.

    Attributes:
        doubts: What it does not understand.
        assumed: What is not said, and what it is taken as.
    """

    def __init__(self) -> None:
        self.doubts: list[str] = []
        self.assumed: list[str] = []

    def rule(self, part: object) -> Rule:
        """Read `entry_into_force`."""
        if not isinstance(part, Mapping) or not isinstance(part.get("rule"), Mapping):
            self.doubts.append("it has no rule for its entry into force")
            return Rule("", unread=("when it enters into force",))
        given: Mapping[str, Any] = part["rule"]
        unread: list[str] = []
        listed = self._listed(given, unread)
        count = self._count(given, unread)
        share, amount = self._share(given, unread), self._amount(given, unread)
        kind = str(given.get("kind", ""))
        of_listed = self._whole(given, "at_least_of_list", unread)
        if of_listed is None and re.search(
            r"(?<!all_)(of|from|among)_(list|named)", kind
        ):
            of_listed, count = count, None
        has = {
            "count": count is not None or of_listed is not None,
            "weight": share is not None or amount is not None,
            "list": bool(listed),
        }
        lacks = _lacks(kind, has)
        if lacks is None:
            unread.append(f"what the rule of kind {kind} asks for")
        elif lacks and not unread:
            unread.append(f"the {lacks} that a rule of kind {kind} asks for")
        for key in given:
            if key in _RULE_KEYS or isinstance(given[key], list):
                continue
            if isinstance(given[key], str):
                self.doubts.append(f'key "{str(key)[:40]}" of the rule is not known')
            else:  # it may ask for more
                unread.append(f"{str(key)[:40]}: {str(given[key])[:40]}")
        if not any(has.values()) and not unread:
            unread.append("which instruments it needs")
        if has["weight"] and not _words(given.get("weights_file")):
            self.doubts.append("it asks for a weight and names no `weights_file`")
        earliest = self._date(given.get("not_before"), "not_before", unread)
        wait = self.wait(given.get("delay"), "delay")
        if wait.unread:
            unread.append(wait.unread)
        self.doubts.extend(f"not understood: {words}" for words in unread)
        return Rule(
            _words(part.get("article")),
            count,
            share,
            _words(given.get("weights_file")) or None,
            amount,
            listed,
            of_listed,
            self._organisations(given.get("who_counts")),
            wait,
            earliest,
            tuple(map(str, _list(given.get("requires_in_force")))),
            tuple(unread),
        )

    def late(self, part: object, rule: Rule) -> Late | None:
        """Read `party_entry_into_force`."""
        if part is None:
            return None
        if not isinstance(part, Mapping):
            self.doubts.append("`party_entry_into_force` is no object")
            return None
        anchor = str(part.get("anchor", ""))
        if anchor not in ("completing_instrument", "entry_into_force"):
            self.doubts.append(
                f'anchor "{anchor[:40]}" is not known; taken as completing_instrument'
            )
        wait = rule.wait
        if "delay" in part:
            wait = self.wait(part["delay"], "the delay of late comers")
        else:
            self.assumed.append(
                "late comers have no delay of their own; taken as first"
            )
        if wait.unread and wait.unread not in rule.unread:
            self.doubts.append(f"not understood: {wait.unread}")
        return Late(anchor == "entry_into_force", wait)

    def notice(self, part: object) -> Notice | None:
        """Read `withdrawal`."""
        if part is None:
            return None
        if not isinstance(part, Mapping):
            self.doubts.append("`withdrawal` is no object")
            return None
        given = part.get("delay", part)
        wait = self.wait(given, "the notice of withdrawal", also=("article", "unless"))
        if wait.unread:
            self.doubts.append(f"not understood: {wait.unread}")
        unless = _words(part.get("unless")) or None
        return Notice(_words(part.get("article")), wait, unless)

    def wait(self, part: object, what: str, also: tuple[str, ...] = ()) -> Wait:
        """Read a delay."""
        if part is None:
            return Wait()
        if not isinstance(part, Mapping):
            return Wait(unread=f"{what}: {str(part)[:60]}")
        kind = str(part.get("kind", "after_deposit"))
        if "nth_month" in kind:
            number = part.get("n", part.get("nth", part.get("months")))
            if _is_whole(number) and int(str(number)):
                return Wait(int(str(number)), "months", "month")
            return Wait(unread=f"{what}: which month")
        steps = [
            (int(str(part[f"add_{unit}"])), unit)
            for unit in _UNITS
            if _is_whole(part.get(f"add_{unit}"))
        ]
        given = [key for key in map("add_{}".format, _UNITS) if key in part]
        for key in given:
            if part[key] is not None and not _is_whole(part[key]):
                return Wait(unread=f"{what}: {key} {str(part[key])[:40]}")
        if not given and part.get("then") is None and not _AT_ONCE.fullmatch(kind):
            return Wait(unread=f"{what}: how long after, {kind[:40]}")
        known = {"kind", "then", *also, *(f"add_{unit}" for unit in _UNITS)}
        odd = sorted(set(map(str, part)) - known)
        first_of = part.get("then")
        if first_of is not None and first_of not in _FIRST_DAYS:
            odd.append(f"then {first_of}")
        if odd:
            return Wait(unread=f"{what}: {', '.join(odd)[:80]}")
        rest = [step for step in steps if step[0]]
        if {unit for _, unit in rest} == {"years", "months"}:
            months = sum(n * (12 if unit == "years" else 1) for n, unit in rest)
            rest = [(months, "months")]
        if len(rest) > 1:
            return Wait(unread=f"{what}: two units of time, {rest}")
        amount, unit = rest[0] if rest else (0, "days")
        return Wait(amount, unit, _FIRST_DAYS.get(str(first_of)))

    def _count(self, given: Mapping[str, Any], unread: list[str]) -> int | None:
        return self._whole(given, "instruments", unread)

    def _whole(
        self, given: Mapping[str, Any], key: str, unread: list[str]
    ) -> int | None:
        number = given.get(key)
        if number is None:
            return None
        if not _is_whole(number) or int(str(number)) < 1:
            unread.append(f"how many {key}: {str(number)[:40]}")
            return None
        return int(str(number))

    def _amount(self, given: Mapping[str, Any], unread: list[str]) -> str | None:
        """Read a weight that is no share: a whole number of the units of the file."""
        number = given.get("weight_at_least")
        if number is None:
            return None
        text = str(number)
        if not re.fullmatch(r"[1-9]\d{0,11}", text, re.ASCII):
            unread.append(f"which weight: {text[:40]}")
            return None
        return text

    def _share(
        self, given: Mapping[str, Any], unread: list[str]
    ) -> tuple[int, int] | None:
        number = given.get("weight_at_least_percent")
        if number is None:
            return None
        try:
            percent = Decimal(str(number))
        except InvalidOperation:
            percent = Decimal(-1)
        if not percent.is_finite() or not 0 < percent <= 100:
            unread.append(f"which share of the weight: {str(number)[:40]}")
            return None
        parts, whole = (percent / 100).as_integer_ratio()
        return parts, whole

    def _listed(self, given: Mapping[str, Any], unread: list[str]) -> tuple[str, ...]:
        """Read every list of names, whatever it is called."""
        names: dict[str, None] = {}
        for key, value in given.items():
            if key == "requires_in_force" or not isinstance(value, list):
                continue
            for part in value:
                name = part
                if isinstance(part, Mapping):  # {"party": "France"}
                    name = next((v for v in part.values() if isinstance(v, str)), None)
                if isinstance(name, str) and name.strip():
                    names[_words(name)] = None
                else:
                    unread.append(f"a name in the list {key}: {str(name)[:40]}")
        if str(given.get("kind", "")) == "all_of_list" and not names:
            unread.append("which states must all be there")
        return tuple(names)

    def _organisations(self, said: object) -> bool:
        """Say whether organisations count; states only where nothing is said."""
        words = " ".join(re.findall(r"[a-z]+", str(said or "").lower()))
        if not words:
            self.assumed.append("it does not say who counts; taken as states only")
            return False
        if re.search(r"states only|only states|not count|excluded|excluding", words):
            return False
        if re.search(r"organi[sz]ation|any instrument|all instruments|anyone", words):
            return True
        if re.fullmatch(r"(all |any |each |every )?(part(y|ies)|instruments?)", words):
            return True
        if not re.fullmatch(r"(all |any |member )?states?( parties)?", words):
            self.doubts.append(
                f'who counts is not understood: "{str(said)[:60]}"; taken as states only'
            )
        return False

    @staticmethod
    def _date(given: object, key: str, unread: list[str]) -> str | None:
        if given is None:
            return None
        try:
            parse_edtf(str(given))
        except InputError:
            unread.append(f'{key}: "{str(given)[:40]}" is no date')
            return None
        return str(given)


def _lacks(kind: str, has: Mapping[str, bool]) -> str | None:
    """Say what of a kind of rule is not there; `None` where the kind is not known."""
    words = [word for word in re.split(r"[^a-z]+", kind.lower()) if word]
    if not set(words) <= {*_PARTS, *_FILLING}:
        return None
    named = [_PARTS[word] for word in words if word in _PARTS]
    return ", ".join(part for part in dict.fromkeys(named) if not has[part])


def _is_whole(value: object) -> bool:
    text = str(value)
    is_number = isinstance(value, int | str) and not isinstance(value, bool)
    return is_number and text.isascii() and text.isdigit() and int(text) <= MOST


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: object) -> str:
    """Give a text on one line, without control signs."""
    text = "" if value is None else str(value)
    return " ".join("".join(s if s.isprintable() else " " for s in text).split())
