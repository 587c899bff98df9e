"""How much of a page is read, and how much is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Most characters of one line of rules, and of all rule blocks of a page together.
LONGEST_LINE = 10_000
LONGEST_RULES = 1_000_000
#: Most findings of the reading of one page, and of the names of all pages.
MOST_FINDINGS = 100


class Findings(list[Finding]):
    """Findings up to a bound; after it readers stop, and one says so."""

    def append(self, finding: Finding) -> None:
        """Note a finding as long as there are not too many."""
        if len(self) < MOST_FINDINGS:
            super().append(finding)
        elif len(self) == MOST_FINDINGS:
            super().append(_too_many(finding))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Note several."""
        for finding in findings:
            self.append(finding)

    @property
    def is_full(self) -> bool:
        """Say whether nothing more is noted."""
        return len(self) > MOST_FINDINGS


def line_too_long(source: str, number: int, text: str) -> Finding:
    """Report a line that is not read."""
    return Finding(
        "L007",
        Severity.ERROR,
        f"this line has more than {LONGEST_LINE} characters and is not read",
        (Span(source, number, 1, 1, text),),
        "divide it: a clause goes on in lines that are indented further",
    )


def rules_too_long(source: str, number: int, text: str) -> Finding:
    """Report a block that is not read."""
    return Finding(
        "L007",
        Severity.ERROR,
        f"the rules of this page have more than {LONGEST_RULES} characters; "
        "this block is not read",
        (Span(source, number, 1, max(1, len(text)), text),),
        "divide the page into several files",
    )


def _too_many(finding: Finding) -> Finding:
    return Finding(
        "L008",
        Severity.ERROR,
        f"more than {MOST_FINDINGS} things are wrong; from here on no more are told",
        finding.spans[:1],
        "mend those that are told first",
    )
