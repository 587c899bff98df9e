"""A shift: what changed since it began, and who acts next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vigens.base import Message, UsageError
from vigens.chrono import parse_moment
from vigens.desk.comparing import compare
from vigens.desk.foureyes import list_waiting
from vigens.desk.missing import read_missing
from vigens.desk.shifts.clocks import read_clocks, running
from vigens.engine import Verdict
from vigens.rules import Constant

if TYPE_CHECKING:
    from vigens.desk.answers import Session
    from vigens.desk.case import Case
    from vigens.desk.comparing import Changes
    from vigens.desk.missing import MissingFor
    from vigens.desk.shifts.clocks import Clock
    from vigens.journal import Entry
    from vigens.model import Lens
    from vigens.rules import Term

#: How long ago a shift may have begun, in hours, as people choose it.
SHIFTS = (8, 12, 24)
_HOUR = 3600
#: Kinds of entries that tell nothing without the entry that they are about.
_QUIET = ("grade", "rule", "same_origin", "coverage", "review", "confirmation")
_HOURS = re.compile(r"(\d{1,4}) ?h(?:ours?)?")
#: Nothing is looked back on beyond the year 2.
_EARLIEST = -62_104_060_800


@dataclass(frozen=True, slots=True)
class Shift:
    """What a shift hands over.

    Attributes:
        session: The case as it is seen now.
        since: The case as it was seen when the shift began.
        changes: What differs between the two.
        entries: What came to be known or recorded in between, the latest first.
    """

    session: Session
    since: Session
    changes: Changes
    entries: tuple[Entry, ...]

    @property
    def news(self) -> tuple[Entry, ...]:
        """Keep the entries that tell of something; the others go with these."""
        fresh = {entry.id for entry in self.entries}
        return tuple(
            entry
            for entry in self.entries
            if entry.kind not in _QUIET
            and not (entry.kind == "claim" and fresh.intersection(entry.about))
        )


@dataclass(frozen=True, slots=True)
class NextAct:
    """Somebody who acts next, or may have to.

    Attributes:
        kind: `duty`, `power` or `second person`.
        actors: Who; empty where no text names anybody.
        unstated: What is left open of who acts.
        what: In words.
        clock: The clock that runs, of a duty.
        ref: The entry that waits, of a second person.
    """

    kind: str
    actors: tuple[str, ...]
    unstated: str
    what: str
    clock: Clock | None = None
    ref: str = ""


def begin_shift(lens: Lens, text: str) -> int:
    """Say when a shift began.

    Args:
        lens: Of the present look.
        text: Hours ago, as `8h`, or EDTF, whose end is the beginning of the shift.

    Raises:
        VigensError: Neither of both, or not before the day asked about.
    """
    hours = _HOURS.fullmatch(text.strip())
    if hours is not None:
        then = lens.as_of - int(hours[1]) * _HOUR
    else:
        then = parse_moment(text, lens.zone)
    if not _EARLIEST < then < lens.as_of:
        raise UsageError(
            Message(
                'a shift that began "{text}" cannot be looked back on', text=text[:40]
            ),
            "since",
            Message("choose 8h, 12h or 24h, or a day before the day asked about"),
        )
    return then


def earlier(case: Case, lens: Lens, then: int, *, is_present: bool) -> Lens:
    """Give the lens with which a shift began.

    The day asked about and the day of knowledge go back by the same time.

    Args:
        case: Whose rules are meant.
        lens: Of the present look.
        then: When the shift began, UTC seconds.
        is_present: Whether one looks at the present: then what was recorded since is
            left out too, so that late news shows as news.
    """
    known_at = lens.known_at - (lens.as_of - then)
    return replace(
        lens,
        program=case.known_at(known_at).program.digest,
        as_of=then,
        known_at=known_at,
        recorded_at=then if is_present else lens.recorded_at,
    )


def read_shift(since: Session, session: Session) -> Shift:
    """Say what changed since a shift began.

    Args:
        since: The case as it was seen then.
        session: The case as it is seen now.
    """
    before = {entry.id for entry in since.assembled.view.entries}
    fresh = [e for e in session.assembled.view.entries if e.id not in before]
    positions = session.assembled.view.positions
    fresh.sort(key=lambda entry: positions[entry.id], reverse=True)
    return Shift(session, since, compare(since, session), tuple(fresh))


def read_next_acts(session: Session) -> tuple[NextAct, ...]:
    """List who acts next: duties whose clock runs, powers, second persons."""
    soonest: dict[tuple[object, ...], Clock] = {}
    for clock in running(read_clocks(session)):
        soonest.setdefault((clock.name, clock.obligors, clock.about), clock)
    acts = [
        NextAct("duty", clock.obligors, clock.unstated, clock.title, clock)
        for clock in soonest.values()
    ]
    lacking = read_first_missing(session)
    if lacking is not None:
        acts.extend(_powers(session, lacking))
    waiting = list_waiting(session.case, session.lens, session.assembled.view)
    acts.extend(
        NextAct(
            "second person",
            (),
            f"anybody but {entry.recorded_by}",
            f"confirm: {entry.title}",
            ref=entry.id,
        )
        for entry in waiting
    )
    return tuple(acts)


def read_first_missing(session: Session) -> MissingFor | None:
    """Say what would make the case's first line a YES; none where it is one."""
    headline = session.case.settings.headline
    name = (headline or "").partition("(")[0]
    if headline is None or name not in session.case.program.fluents:
        return None
    first = read_missing(session, headline)[0]
    return None if first.answer.verdict is Verdict.HOLDS else first


def _powers(session: Session, lacking: MissingFor) -> list[NextAct]:
    """Name those whose act the first line waits for, where a text gives the power."""
    program = session.case.program
    found: dict[tuple[str, str], NextAct] = {}
    for alternative in lacking.missing.alternatives:
        for need in alternative:
            event = program.events.get(need.atom.name) if need.atom else None
            for power in event.powers if event else ():
                actor = _holder(power.holder)
                key = (actor, need.text)
                found.setdefault(
                    key,
                    NextAct(
                        "power",
                        (actor,) if actor else (),
                        power.unstated or "",
                        need.text,
                    ),
                )
    return list(found.values())


def _holder(holder: Term) -> str:
    return holder.value if isinstance(holder, Constant) else ""
