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

from typing import TYPE_CHECKING

from vigens.base import lazily
from vigens.journal.fsck import fsck

if TYPE_CHECKING:
    from vigens.journal.asof import View, entry_span, visible
    from vigens.journal.bundle import (
        LARGEST_DOCUMENT,
        BundleError,
        Checked,
        Here,
        LogState,
        Merge,
        bundle_lines,
        check_proof,
        head_line,
        is_bundle,
        is_unsafe_name,
        logs_for,
        plan_merge,
        receipt_line,
        receipt_of,
        sign_logs,
    )
    from vigens.journal.bundle import (
        Document as BundleDocument,
    )
    from vigens.journal.bundle import (
        Receipt as ProofReceipt,
    )
    from vigens.journal.canonical import canonical_bytes, entry_bytes, entry_id
    from vigens.journal.columns import OPEN_START
    from vigens.journal.entry import (
        Draft,
        Entry,
        Passage,
        Source,
        entry_to_json,
        format_entry,
        format_recorded,
    )
    from vigens.journal.entry_read import entry_from_json
    from vigens.journal.errors import (
        ClockError,
        DraftError,
        EntryError,
        JournalFileError,
        JournalOutsideError,
        NoLogError,
        NotSweptError,
        ProofError,
        ReferenceRefusedError,
        SealError,
        SigningKeyError,
        ValueRefusedError,
    )
    from vigens.journal.eyes import ALL, EVERYTHING, PUBLIC, PUBLIC_ONLY, Clearance
    from vigens.journal.growing import corrected, grow
    from vigens.journal.keyring import (
        Keyring,
        open_keyring,
        read_trusted,
        replace_lost,
        rotate,
    )
    from vigens.journal.kinds import (
        KINDS,
        MATTERS,
        Fault,
        is_reader_name,
        payload_faults,
    )
    from vigens.journal.lines import COPY_AGAIN, read_lines
    from vigens.journal.opening import open_journal
    from vigens.journal.prepare import Clock
    from vigens.journal.proof import SignedHead
    from vigens.journal.readers import (
        MEMBERSHIP,
        RELEASE_GROUP,
        Readers,
        governing,
        may_govern,
        read_readers,
    )
    from vigens.journal.recovery import (
        Lost,
        Remains,
        is_text_journal,
        read_remains,
        restore,
    )
    from vigens.journal.redaction import (
        REDACTION,
        Redaction,
        read_redactions,
        redaction_draft,
    )
    from vigens.journal.sealing import (
        LARGEST_OPENING,
        MINIMUM,
        OPENED,
        SEALED,
        TOTAL,
        Opening,
        Release,
        batches_of,
        opening_bytes,
        opening_from_bytes,
        read_offer,
        refuse_differencing,
        seal,
        total_of,
    )
    from vigens.journal.store import Adoption, Backup, Brought, LogHead, Receipt, Store
    from vigens.journal.stores.address import is_address, shown_place
    from vigens.journal.stores.ledger import Ledger
    from vigens.journal.stores.postgres.making import (
        Roles,
        make_on_server,
    )
    from vigens.journal.stores.postgres.making import (
        script as server_statements,
    )
    from vigens.journal.stubs import stub_entry, stub_of
    from vigens.journal.transfer import export_lines, stream_lines
    from vigens.journal.trial import trial_entries
    from vigens.journal.values import thaw

__all__ = [
    "ALL",
    "COPY_AGAIN",
    "EVERYTHING",
    "KINDS",
    "LARGEST_DOCUMENT",
    "LARGEST_OPENING",
    "MATTERS",
    "MEMBERSHIP",
    "MINIMUM",
    "OPENED",
    "OPEN_START",
    "PUBLIC",
    "PUBLIC_ONLY",
    "REDACTION",
    "RELEASE_GROUP",
    "SEALED",
    "TOTAL",
    "Adoption",
    "Backup",
    "Brought",
    "BundleDocument",
    "BundleError",
    "Checked",
    "Clearance",
    "Clock",
    "ClockError",
    "Draft",
    "DraftError",
    "Entry",
    "EntryError",
    "Fault",
    "Here",
    "JournalFileError",
    "JournalOutsideError",
    "Keyring",
    "Ledger",
    "LogHead",
    "LogState",
    "Lost",
    "Merge",
    "NoLogError",
    "NotSweptError",
    "Opening",
    "Passage",
    "ProofError",
    "ProofReceipt",
    "Readers",
    "Receipt",
    "Redaction",
    "ReferenceRefusedError",
    "Release",
    "Remains",
    "Roles",
    "SealError",
    "SignedHead",
    "SigningKeyError",
    "Source",
    "Store",
    "ValueRefusedError",
    "View",
    "batches_of",
    "bundle_lines",
    "canonical_bytes",
    "check_proof",
    "corrected",
    "entry_bytes",
    "entry_from_json",
    "entry_id",
    "entry_span",
    "entry_to_json",
    "export_lines",
    "format_entry",
    "format_recorded",
    "fsck",
    "governing",
    "grow",
    "head_line",
    "is_address",
    "is_bundle",
    "is_reader_name",
    "is_text_journal",
    "is_unsafe_name",
    "logs_for",
    "make_on_server",
    "may_govern",
    "open_journal",
    "open_keyring",
    "opening_bytes",
    "opening_from_bytes",
    "payload_faults",
    "plan_merge",
    "read_lines",
    "read_offer",
    "read_readers",
    "read_redactions",
    "read_remains",
    "read_trusted",
    "receipt_line",
    "receipt_of",
    "redaction_draft",
    "refuse_differencing",
    "replace_lost",
    "restore",
    "rotate",
    "seal",
    "server_statements",
    "shown_place",
    "sign_logs",
    "stream_lines",
    "stub_entry",
    "stub_of",
    "thaw",
    "total_of",
    "trial_entries",
    "visible",
]

__getattr__ = lazily(__name__)
