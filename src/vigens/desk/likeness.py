"""What is recorded already of the same thing as a suggestion, and what contradicts it.

Only what can be told by fields is told: the same act, the same measure by the same
speaker, the same party and domain, the same body, the same text, one meeting on one day.
It proposes; whether two things are the same, or one is wrong, is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vigens.chrono import EdtfError, edtf_bounds, parse_edtf
from vigens.desk.drafting import matter_of
from vigens.desk.records import unfiltered
from vigens.journal import MATTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vigens.desk.case import Case
    from vigens.desk.queue import Suggested
    from vigens.journal import Entry

#: How many are shown for one suggestion, contradictions first.
MOST_LIKE = 5

#: From this share of their words on, two titles tell of one thing.
_ALIKE = 0.6

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A matter that is recorded and may be the same, or say otherwise.

    Attributes:
        ref: Entry id.
        kind: Entry kind.
        title: In words.
        happened: EDTF as written, or empty.
        said: What is the same, and what is not.
        contradicts: Whether the two cannot both be right.
    """

    ref: str
    kind: str
    title: str
    happened: str
    said: str
    contradicts: bool


class Likenesses:
    """The matters of a case, ready to be compared with many suggestions."""

    def __init__(self, case: Case) -> None:
        """Take what is recorded and not replaced."""
        self._case = case
        entries = list(unfiltered(case.records))
        replaced = {e.rectifies for e in entries} | {e.supersedes for e in entries}
        self._by_kind: dict[str, list[Entry]] = {}
        self._denied: dict[str, set[bool]] = {}
        for entry in entries:
            if entry.kind in MATTERS and entry.id not in replaced:
                self._by_kind.setdefault(entry.kind, []).append(entry)
            elif entry.kind == "claim" and entry.id not in replaced:
                denies = entry.payload.get("polarity") == "neg"
                for target in entry.about:
                    self._denied.setdefault(target, set()).add(denies)

    def of(self, item: Suggested) -> tuple[Likeness, ...]:
        """List what is like a suggestion, contradictions first.

        Raises:
            UsageError: It was edited to an event or measure that is not declared.
        """
        kind, payload = matter_of(self._case, item)
        compare = _COMPARED.get(kind)
        if compare is None:
            return ()
        happened = item.edits.get("happened") or item.row.get("date")
        own = _Own(payload, _span(happened, self._case), self._case)
        polarity = str(item.edits.get("polarity") or item.row["polarity"])
        found = [
            likeness
            for entry in self._by_kind.get(kind, ())
            for likeness in self._compared(
                compare, own, entry, denies=polarity == "neg"
            )
        ]
        found.sort(key=lambda each: not each.contradicts)
        return tuple(found[:MOST_LIKE])

    def _compared(
        self, compare: _Compare, own: _Own, entry: Entry, *, denies: bool
    ) -> Iterator[Likeness]:
        told = compare(own, entry)
        if told is None:
            return
        said, contradicts = told
        recorded = self._denied.get(entry.id, set())
        if not contradicts and recorded and denies not in recorded:
            said += (
                ", denied here and affirmed there"
                if denies
                else (", affirmed here and denied there")
            )
            contradicts = True
        yield Likeness(
            entry.id, entry.kind, entry.title, entry.happened or "", said, contradicts
        )


@dataclass(frozen=True, slots=True)
class _Own:
    """What a suggestion would record: payload, days, case."""

    payload: Mapping[str, Any]
    span: tuple[int, int] | None
    case: Case

    def same(self, entry: Entry, *names: str) -> bool:
        """Say whether some fields are given and the same."""
        return all(
            self.payload.get(name) and self.payload[name] == entry.payload.get(name)
            for name in names
        )

    def shared_words(self, entry: Entry) -> float:
        """Give the share of the longer words of the shorter title that both have."""
        ours, theirs = (
            {w for w in _WORD.findall(str(one).casefold()) if len(w) > 3}
            for one in (self.payload.get("title", ""), entry.title)
        )
        return len(ours & theirs) / max(1, min(len(ours), len(theirs)))

    def meets(self, entry: Entry) -> bool | None:
        """Say whether the days can be the same; none where one has no day."""
        other = _span(entry.happened, self.case)
        if self.span is None or other is None:
            return None
        return self.span[0] <= other[1] and other[0] <= self.span[1]


#: Says what is the same and whether it contradicts, or nothing where it is another thing.
_Compare = Callable[[_Own, "Entry"], "tuple[str, bool] | None"]


def _span(text: object, case: Case) -> tuple[int, int] | None:
    if not isinstance(text, str):
        return None
    try:
        first, last = edtf_bounds(parse_edtf(text), case.settings.zone)
    except EdtfError:
        return None
    return None if first is None or last is None else (first, last)


def _occurrence(own: _Own, entry: Entry) -> tuple[str, bool] | None:
    args = [str(value) for value in entry.payload.get("args", ())]
    if not own.same(entry, "event") or list(own.payload.get("args", ())) != args:
        return None
    event = own.case.program.events.get(str(entry.payload["event"]))
    if own.meets(entry) is False:
        if event is not None and event.is_act:
            return "the same act on another day", True
        return None
    return "the same event", False


def _count(own: _Own, entry: Entry) -> tuple[str, bool] | None:
    names = ("measure",) if own.payload.get("measure") != "unassigned" else ("unit",)
    if not own.same(entry, *names, "speaker") or own.meets(entry) is False:
        return None
    ours, theirs = own.payload, entry.payload
    if (ours["number"], ours["comparison"]) == (theirs["number"], theirs["comparison"]):
        return "the same count by the same speaker", False
    exact = ours["comparison"] == theirs["comparison"] == "eq"
    return "another number by the same speaker", exact and bool(own.meets(entry))


def _meeting(own: _Own, entry: Entry) -> tuple[str, bool] | None:
    if not own.meets(entry):
        return None
    seats = (own.payload.get("attendance", ()), entry.payload.get("attendance", ()))
    ours, theirs = ({seat["actor"] for seat in each} for each in seats)
    both = len(ours & theirs)
    if own.same(entry, "place") or both >= 2:
        place = ", same place" if own.same(entry, "place") else ""
        people = f", {both} of the same take part" if both else ""
        return f"same day{place}{people}", False
    return None


def _offer(own: _Own, entry: Entry) -> tuple[str, bool] | None:
    if not own.same(entry, "party"):
        return None
    domains = set(own.payload.get("domains", ())) & set(
        entry.payload.get("domains", ())
    )
    if domains:
        what = f"the same party on {', '.join(sorted(domains))}"
    elif not own.payload.get("domains") and own.shared_words(entry) >= _ALIKE:
        what = "the same party in like words"
    else:
        return None
    stances = {str(own.payload.get("stance")), str(entry.payload.get("stance"))}
    if len(stances) == 1:
        return what, False
    contradicts = "refusal" in stances and own.meets(entry) is not False
    return f"{what}, {' against '.join(sorted(stances))}", contradicts


def _status(*names: str) -> _Compare:
    def compare(own: _Own, entry: Entry) -> tuple[str, bool] | None:
        if not own.same(entry, *names):
            return None
        ours, theirs = own.payload.get("status"), entry.payload.get("status")
        what = f"the same {names[0]}"
        if ours == theirs:
            return f"{what}, {ours} both times", False
        return f"{what}, {ours} here and {theirs} there", own.meets(entry) is True

    return compare


def _statement(own: _Own, entry: Entry) -> tuple[str, bool] | None:
    by = set(own.payload.get("by", ())) & set(entry.payload.get("by", ()))
    if not by or own.meets(entry) is False:
        return None
    shared = own.shared_words(entry)
    if shared < _ALIKE:
        return None
    return (
        f"{round(shared * 100)} % of the words, said by {', '.join(sorted(by))}",
        False,
    )


_COMPARED: dict[str, _Compare] = {
    "occurrence": _occurrence,
    "count": _count,
    "meeting": _meeting,
    "offer": _offer,
    "institution": _status("body"),
    "text": _status("instrument"),
    "statement": _statement,
}
