"""What drafts would become, without a store: for a look before recording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vigens.journal.entry import Draft, Entry, format_recorded
from vigens.journal.prepare import prepare
from vigens.journal.stores.log import Log


def trial_entries(
    drafts: Sequence[Draft], entries: Sequence[Entry], now: datetime
) -> tuple[Entry, ...]:
    """Make the entries that a group of drafts would become; nothing is recorded.

    Args:
        drafts: As for `Store.append`.
        entries: What the journal holds, in order.
        now: The moment of recording that is supposed; never before the last entry.

    Raises:
        DraftError: A draft is not fit to be recorded.
        ValueRefusedError: A payload holds what no hash can cover.
    """
    log = Log("the journal")
    for entry in entries:
        log.add(entry)
    last = entries[-1].recorded_at if entries else ""
    return prepare(tuple(drafts), max(format_recorded(now), last), log)
