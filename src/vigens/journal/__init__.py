"""The journal: append-only entries with three clocks, in text or SQLite.

It says what was recorded, by whom, when, and which of it counts through a lens. It
refuses to know what an entry means for an agreement: it knows no rule, no verdict,
no language, no web. The clock is handed to it.

Example:
    >>> import datetime, pathlib, tempfile
    >>> clock = lambda: datetime.datetime(2026, 3, 8, 9, tzinfo=datetime.timezone.utc)
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "journal.jsonl"
    >>> with open_journal(place, clock, create=True) as journal:
    ...     (note,) = journal.append([Draft("note", {"text": "Seen."}, "curator")])
    >>> note.recorded_at, journal.receipt(note.id).position
    ('2026-03-08T09:00:00.000000Z', 1)
"""

from __future__ import annotations

from vigens.journal.asof import View, entry_span, visible
from vigens.journal.canonical import canonical_bytes, entry_bytes, entry_id
from vigens.journal.entry import (
    Draft,
    Entry,
    Passage,
    Source,
    entry_from_json,
    entry_to_json,
    format_entry,
)
from vigens.journal.errors import (
    ClockError,
    DraftError,
    EntryError,
    JournalFileError,
    JournalOutsideError,
    NoLogError,
    ProofError,
    ReferenceRefusedError,
    SigningKeyError,
    ValueRefusedError,
)
from vigens.journal.eyes import ALL, EVERYTHING, PUBLIC, PUBLIC_ONLY, Clearance
from vigens.journal.fsck import fsck
from vigens.journal.kinds import (
    KINDS,
    MATTERS,
    Fault,
    is_reader_name,
    payload_faults,
)
from vigens.journal.opening import open_journal
from vigens.journal.prepare import Clock
from vigens.journal.readers import Readers, governing, read_readers
from vigens.journal.store import Adoption, LogHead, Receipt, Store
from vigens.journal.transfer import export_lines, read_lines
from vigens.journal.trial import trial_entries
from vigens.journal.values import thaw

__all__ = [
    "ALL",
    "EVERYTHING",
    "KINDS",
    "MATTERS",
    "PUBLIC",
    "PUBLIC_ONLY",
    "Adoption",
    "Clearance",
    "Clock",
    "ClockError",
    "Draft",
    "DraftError",
    "Entry",
    "EntryError",
    "Fault",
    "JournalFileError",
    "JournalOutsideError",
    "LogHead",
    "NoLogError",
    "Passage",
    "ProofError",
    "Readers",
    "Receipt",
    "ReferenceRefusedError",
    "SigningKeyError",
    "Source",
    "Store",
    "ValueRefusedError",
    "View",
    "canonical_bytes",
    "entry_bytes",
    "entry_from_json",
    "entry_id",
    "entry_span",
    "entry_to_json",
    "export_lines",
    "format_entry",
    "fsck",
    "governing",
    "is_reader_name",
    "open_journal",
    "payload_faults",
    "read_lines",
    "read_readers",
    "thaw",
    "trial_entries",
    "visible",
]
