"""What drafts would become, without a store: for a look before recording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vigens.journal.entry import Draft, Entry
from vigens.journal.prepare import prepare, stamp
from vigens.journal.stores.log import Log


def trial_entries(
    drafts: Sequence[Draft], entries: Sequence[Entry], now: datetime
) -> tuple[Entry, ...]:
    """Make the entries that a group of drafts would become; nothing is recorded.

    Args:
        drafts: As for `Store.append`.
        entries: What the journal holds, in order.
        now: The moment of recording that is supposed.

    Raises:
        DraftError: A draft is not fit to be recorded.
        ClockError: That is more than five minutes before the last entry.
        ValueRefusedError: A payload holds what no hash can cover.
    """
    where = "the journal"
    log = Log(where)
    for entry in entries:
        log.add(entry)
    last = entries[-1].recorded_at if entries else None
    return prepare(tuple(drafts), stamp(lambda: now, last, where), log)
