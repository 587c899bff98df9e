"""What a check has read so far, and what it found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vigens.base import Finding, Severity, Span, VigensError
from vigens.journal.entry import Entry
from vigens.journal.lines import parse_entry

#: How to mend what is damaged.
RESTORE = (
    "restore a backup (`vigens restore`), or save what is whole into a new journal "
    "(`vigens salvage`)"
)

#: After so many entries, and again after as many, a check says how far it is.
_TELLS_EACH = 100_000


def as_text(raw: object) -> str:
    """Give a column as text, whatever a damaged file makes of it."""
    return raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw)


def as_number(raw: object) -> int:
    """Give a column as a whole number; 0 for what is none."""
    return raw if type(raw) is int else 0


def as_bytes(raw: object) -> bytes:
    """Give a column as bytes; none for what is none."""
    return raw if isinstance(raw, bytes) else b""


@dataclass(slots=True)
class Check:
    """What was read so far, and what was found.

    Attributes:
        where: The journal.
        findings: In the order in which they were found.
        entries: Those that can be read and are what their ids say, in order.
        places: Where each lies: line or position.
        redacted: Ids of entries that were redacted, with the place of each.
        progress: Told how many entries of a large journal were read.
    """

    where: str
    findings: list[Finding] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    redacted: dict[str, int] = field(default_factory=dict)
    progress: Callable[[int], None] | None = None

    def report(
        self,
        code: str,
        place: int,
        message: str,
        mend: str,
        *,
        severity: Severity = Severity.ERROR,
        text: str = "",
    ) -> None:
        """Add a finding at a line or position."""
        span = Span(self.where, max(place, 1), 1, 1, text[:200])
        self.findings.append(Finding(code, severity, message, (span,), mend))

    def about_entry(
        self,
        code: str,
        entry: Entry,
        message: str,
        mend: str,
        *,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a finding about an entry that was read."""
        text = f"{entry.id[:12]} {entry.kind}: {entry.title[:80]}"
        place = self.places[entry.id]
        self.report(code, place, message, mend, severity=severity, text=text)

    def take(self, raw: bytes, place: int) -> Entry | None:
        """Read one entry and derive its id; report it where that fails."""
        text = raw.decode(errors="replace")
        try:
            entry = parse_entry(raw, self.where, line=place)
        except VigensError as error:
            code = "J002" if "does not fit its hash" in error.what else "J006"
            self.report(code, place, error.what, error.mend, text=text)
            return None
        if entry.id in self.entries:
            message = f"the entry {entry.id[:12]} stands here a second time"
            self.report("J003", place, message, "delete one of the two", text=text)
            return None
        self.entries[entry.id] = entry
        self.places[entry.id] = place
        if self.progress is not None and len(self.places) % _TELLS_EACH == 0:
            self.progress(len(self.places))
        return entry
