"""What is new in a case for one reader: entries, and answers that changed with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from vigens.chrono import civil_date, end_of
from vigens.desk.answers import Session
from vigens.desk.looking import make_lens
from vigens.desk.outgoing.standing import changes_between, read_standing

if TYPE_CHECKING:
    from vigens.desk.case import Case
    from vigens.desk.looking import Looking
    from vigens.desk.outgoing.standing import Change
    from vigens.journal import Entry, View
    from vigens.model import Lens

#: Most entries of one feed, and days on which changes of answers are looked for.
MOST_ENTRIES, MOST_DAYS = 100, 3


@dataclass(frozen=True, slots=True)
class News:
    """What is new.

    Attributes:
        entries: The latest first, with the instant from which each is known.
        changes: Day by day, the latest first: the end of the day, and what stands
            otherwise at its end than at the end of the day before, as known then.
    """

    entries: tuple[tuple[Entry, int], ...]
    changes: tuple[tuple[int, tuple[Change, ...]], ...]


def read_news(case: Case, looking: Looking) -> News:
    """Read what is new up to what a lens knows.

    Raises:
        VigensError: The lens cannot be made, or the agreement files have errors.
    """
    lens = make_lens(case, looking)
    view = case.known_at(lens.known_at).seen(lens)
    latest = sorted(
        view.entries,
        key=lambda entry: (view.known_from[entry.id], view.positions[entry.id]),
        reverse=True,
    )
    days = [
        (at, changes_between(_stand(case, looking, before), _stand(case, looking, at)))
        for before, at in _days(view, lens)
    ]
    return News(
        tuple((entry, view.known_from[entry.id]) for entry in latest[:MOST_ENTRIES]),
        tuple((end_of(at, lens.zone) if at else lens.known_at, d) for at, d in days),
    )


def _stand(case: Case, looking: Looking, day: str) -> dict[str, str]:
    """Say how the case stood at the end of a day, as known then; now for no day."""
    then = replace(looking, as_of=day, known_at=day) if day else looking
    return read_standing(Session(case, make_lens(case, then)))


def _days(view: View, lens: Lens) -> list[tuple[str, str]]:
    """List the last days on which something became known, each with the day before.

    The day of the lens itself is not over; it is named by nothing.
    """
    known = {civil_date(at, lens.zone) for at in view.known_from.values()}
    today = civil_date(lens.known_at, lens.zone)
    return [
        (
            (day - timedelta(days=1)).isoformat(),
            "" if day == today else day.isoformat(),
        )
        for day in sorted(known, reverse=True)[:MOST_DAYS]
    ]
