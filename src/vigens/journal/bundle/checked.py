"""What came of checking a file, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from vigens.base import Finding, Severity, Span, has_errors
from vigens.journal.bundle.parts import Document, Redacted
from vigens.journal.entry import Entry
from vigens.journal.proof import SignedHead, Succession

#: How to mend what only its maker can.
AGAIN = "ask for the file again, and where it comes from, how this could be"

#: Findings of one kind are told up to here, and then counted.
_MOST_TOLD = 20


@dataclass(slots=True)
class Checked:
    """What came of checking a file.

    Attributes:
        what: `bundle`, `receipt` or `head`.
        where: The file.
        reader: For whose eyes a bundle was made.
        heads: The signed heads, by log.
        leaves: All leaves of each log; empty unless a bundle.
        handed_over: Which key followed which.
        entries: The entries that fit, in order; places with them.
        redacted: Facts of redaction with the numbers they empty.
        documents: Documents that fit.
        shown: What was shown, in sentences.
        not_shown: What was not, in sentences.
        findings: What does not fit.
    """

    what: str
    where: str
    reader: str = ""
    heads: dict[str, SignedHead] = field(default_factory=dict)
    leaves: dict[str, list[bytes]] = field(default_factory=dict)
    handed_over: tuple[Succession, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    redacted: list[Redacted] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    n_told: dict[str, int] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was found that is wrong."""
        return not has_errors(self.findings)

    def report(
        self,
        code: str,
        message: str,
        mend: str = AGAIN,
        *,
        line: int = 1,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a finding; many of one code are cut short."""
        told = self.n_told[code] = self.n_told.get(code, 0) + 1
        if told <= _MOST_TOLD:
            span = Span(self.where, line, 1, 1, "")
            self.findings.append(Finding(code, severity, message, (span,), mend))

    def count_untold(self) -> None:
        """Say of each code how many findings were cut short."""
        for code, told in self.n_told.items():
            if told > _MOST_TOLD:
                span = Span(self.where, 1, 1, 1, "")
                more = f"and {told - _MOST_TOLD} more of this kind"
                finding = Finding(code, Severity.ERROR, more, (span,), AGAIN)
                self.findings.append(finding)
