"""Four eyes: what counts only possibly until a second person has confirmed it.

An entry of a kind or event that the case names waits from its recording until another
person confirms that very version, or one that differs from it only in its title. The
version before stays possible for as long, since nobody but one person took it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.base import Finding, Message, Severity
from vigens.desk.lifting import lift
from vigens.journal import entry_span, thaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vigens.desk.case import Case
    from vigens.journal import Entry, View
    from vigens.model import Lens

#: Words of a title do not change what an entry says to the rules.
_WORDS_ONLY = ("title", "changed_because")


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What waits for a second person.

    Attributes:
        waiting: Entry to why it counts only possibly.
        displaced: Entries that only what waits replaces; they count possibly too.
        known_from: Since when each of these is known, UTC seconds.
        findings: Confirmations without effect.
    """

    waiting: Mapping[str, str] = field(default_factory=dict)
    displaced: tuple[Entry, ...] = ()
    known_from: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing waits."""
        return not self.waiting

    def is_waiting(self, identifier: str) -> bool:
        """Say whether an entry waits for a second person."""
        return identifier in self.waiting

    def reason(self, identifier: str) -> str:
        """Say why an entry counts only possibly; empty where it does not wait."""
        own = self.waiting.get(identifier)
        if own:
            return own
        if any(entry.id == identifier for entry in self.displaced):
            return "a correction of it waits for a second person"
        return ""

    def displaced_about(self, identifier: str) -> tuple[Entry, ...]:
        """Give the displaced entries about an entry."""
        return tuple(e for e in self.displaced if identifier in e.about)

    def settled(self, about: Iterable[Entry], identifier: str) -> tuple[Entry, ...]:
        """Give what is about an entry if nothing that waits is ever confirmed."""
        return tuple(
            entry
            for entry in (*about, *self.displaced_about(identifier))
            if entry.id not in self.waiting
        )


def read_second_look(case: Case, lens: Lens, view: View) -> SecondLook:
    """Find what waits for a second person through a lens.

    Args:
        case: Whose settings name kinds and events.
        lens: Through which `view` was seen.
        view: The entries that count.
    """
    findings = tuple(alone(view))
    rule = case.settings.four_eyes
    if not rule.kinds and not rule.events:
        return SecondLook(findings=findings)
    by_id = {entry.id: entry for entry in view.shown}
    waiting = {
        entry.id: Message(
            "recorded by {name}, waits for a second person", name=entry.recorded_by
        )
        for entry in view.shown
        if (entry.id in view.known_from or entry.id in view.replaced)
        and _needs_second(case, entry)
        and not _is_seconded(entry, view, by_id)
    }
    displaced, known_from = _displaced(case, lens, view, waiting)
    return SecondLook(waiting, displaced, known_from, findings)


def list_waiting(case: Case, lens: Lens, view: View) -> tuple[Entry, ...]:
    """List the entries that count only possibly until a second person confirms."""
    second = read_second_look(case, lens, view)
    return tuple(entry for entry in view.entries if second.is_waiting(entry.id))


def _needs_second(case: Case, entry: Entry) -> bool:
    rule = case.settings.four_eyes
    if entry.kind in rule.kinds:
        return True
    if not rule.events:
        return False
    return any(lifted.name in rule.events for lifted in lift(entry, case.program))


def _is_seconded(entry: Entry, view: View, by_id: Mapping[str, Entry]) -> bool:
    """Say whether another person confirmed this version, or one that says the same."""
    for other in view.about(entry.id):
        if other.kind != "confirmation":
            continue
        for target in other.about:
            confirmed = by_id.get(target)
            if confirmed is None or not _says_the_same(confirmed, entry):
                continue
            if confirmed.recorded_by not in _persons(other):
                return True
    return False


def _says_the_same(one: Entry, other: Entry) -> bool:
    return one.id == other.id or _substance(one) == _substance(other)


def _substance(entry: Entry) -> tuple[object, ...]:
    payload = {
        name: thaw(value)
        for name, value in entry.payload.items()
        if name not in _WORDS_ONLY
    }
    return entry.kind, entry.happened, entry.about, entry.marks, payload


def _persons(confirmation: Entry) -> set[str]:
    return {confirmation.recorded_by, str(confirmation.payload.get("by") or "")}


def _displaced(
    case: Case, lens: Lens, view: View, waiting: Mapping[str, str]
) -> tuple[tuple[Entry, ...], dict[str, int]]:
    """Find what would count if the corrections that wait were not there."""
    found: dict[str, Entry] = {}
    known_from: dict[str, int] = {}
    current, without = view, set[str]()
    while more := {
        entry.id
        for entry in current.entries
        if entry.id in waiting
        and entry.id not in without
        and (entry.rectifies or entry.supersedes)
    }:
        without |= more
        current = case.seen(lens, frozenset(without))
        for entry in current.entries:
            if entry.id not in view.known_from:
                found[entry.id] = entry
                known_from[entry.id] = current.known_from[entry.id]
    return tuple(found.values()), known_from


#: The code of what is found here.
ALONE = "D002"


def alone(view: View) -> Iterable[Finding]:
    """Report confirmations by the person who recorded what they confirm."""
    for entry in view.of_kind("confirmation"):
        for target in entry.about:
            place = view.positions.get(target)
            about = None if place is None else view.shown[place - 1]
            if about is None or about.recorded_by not in _persons(entry):
                continue
            yield Finding(
                ALONE,
                Severity.WARNING,
                f"this confirmation has no effect: {about.recorded_by} recorded "
                f"{about.kind} {about.id[:12]} and cannot be its second person",
                (entry_span("journal", view.positions[entry.id], entry),),
                f"another person writes `vigens confirm CASE {about.id[:12]} --by NAME`",
            )
