"""What redactions leave open.

A redacted claim is a claim of which nobody knows any more how far to trust it: what rests
on it, or speaks against it, counts possibly. Of a redacted matter its kind of event is
known; silence about that says nothing until somebody has looked again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigens.base import Message
from vigens.chrono import civil_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vigens.journal import Entry, View
    from vigens.rules import Program


@dataclass(frozen=True, slots=True)
class Hole:
    """A kind of event of which an entry was redacted.

    Attributes:
        wanted_at: When the redaction was recorded; who looked later, looked.
        words: What to say of it.
    """

    wanted_at: str
    words: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What a reader may see of redactions.

    Attributes:
        claims: Matter to the stubs of claims about it.
        judged: Claim to the stubs of grades and reviews of it.
        words: Stub to when and by whom it was redacted.
        holes: Event to what of it is open.
        looks: Whether a look was redacted: what is left is then not all that was.
    """

    claims: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    judged: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    holes: Mapping[str, Hole] = field(default_factory=dict)
    looks: bool = False

    def covered(
        self, names: frozenset[str], entry: Entry | None, program: Program
    ) -> frozenset[str] | None:
        """Give what a look covers, without what a later redaction left open.

        Args:
            names: Events that were looked for; empty for every one that is not secret.
            entry: The look; none for what the case takes as covered by itself.
            program: For the names of events.

        Returns:
            The events, or none where nothing is left.
        """
        open_ones = {
            name
            for name, hole in self.holes.items()
            if entry is None or entry.recorded_at <= hole.wanted_at
        }
        if not open_ones:
            return names
        every = names or frozenset(
            event.name for event in program.events.values() if not event.is_secret
        )
        return (every - open_ones) or None

    def notes(self, names: Iterable[str]) -> tuple[str, ...]:
        """Say what was redacted of some events."""
        return tuple(self.holes[name].words for name in names if name in self.holes)


def read_gone(view: View, zone: str) -> Gone:
    """Find what was redacted of what a reader may see.

    When a redacted entry was known is gone with it, so it leaves open what was asked as
    known earlier, too.

    Args:
        view: Of the reader.
        zone: IANA name in whose days it is said when.
    """
    stubs = [entry for entry in view.shown if entry.is_stub]
    if not stubs:
        return Gone()
    shown = {entry.id: entry for entry in view.shown}
    claims: dict[str, list[Entry]] = {}
    judged: dict[str, list[Entry]] = {}
    words: dict[str, str] = {}
    holes: dict[str, Hole] = {}
    for stub in stubs:
        fact = shown.get(str(stub.payload["fact"]))
        words[stub.id] = _words(fact, view, zone)
        if view.replaced.get(stub.id):
            continue  # what stands in its place says what there is to say
        kind = str(stub.payload["kind"])
        into = {"claim": claims, "grade": judged, "review": judged}.get(kind)
        if into is not None:
            for target in stub.about:
                for name in (target, *view.replaced.get(target, ())):
                    into.setdefault(name, []).append(stub)
        if fact is not None:
            for event in fact.payload.get("leaves_open") or ():
                said = Message(
                    "of {event} something was {gone}: silence about it says nothing "
                    "until somebody looks again",
                    event=event,
                    gone=words[stub.id],
                )
                hole = Hole(fact.recorded_at, said)
                before = holes.get(event)
                if before is None or before.wanted_at < hole.wanted_at:
                    holes[event] = hole
    looks = any(stub.payload["kind"] == "coverage" for stub in stubs)
    return Gone(_frozen(claims), _frozen(judged), words, holes, looks)


def _frozen(lists: Mapping[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {name: tuple(entries) for name, entries in lists.items()}


def _words(fact: Entry | None, view: View, zone: str) -> str:
    if fact is None:
        return Message("redacted")
    seconds = [
        entry
        for entry in view.shown
        if entry.kind == "confirmation"
        and fact.id in entry.about
        and entry.recorded_by != fact.recorded_by
    ]
    last = seconds[-1] if seconds else fact
    who: str = fact.recorded_by
    for each in seconds[-1:]:
        if each.recorded_by != fact.recorded_by:
            who = Message("{a} and {b}", a=who, b=each.recorded_by)
    day = civil_date(last.recorded_instant, zone)
    told = "redacted on {day} by {who} ({reason})"
    return Message(told, day=day, who=who, reason=fact.payload["reason"])
