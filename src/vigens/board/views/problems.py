"""What went wrong, as a page says it: what, where, how to mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, Severity
from vigens.board.contexts import Page
from vigens.board.evidence import ShownPlace, show_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.base import Finding, VigensError
    from vigens.board.contexts import Visit
    from vigens.people import Permission


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong."""

    what: str
    where: str
    mend: str

    @classmethod
    def from_error(cls, error: VigensError) -> Problem:
        """Take an error of any layer apart."""
        return cls(error.what, error.where, error.mend)

    @classmethod
    def unexpected(cls) -> Problem:
        """Say that the fault is ours, without its insides."""
        return cls(
            Message("something went wrong here that should not"),
            Message("this page"),
            Message("nothing was changed; go back, and report what you opened"),
        )

    @classmethod
    def unreadable(cls) -> Problem:
        """Say that the case cannot be read, without what the fault would show of it."""
        return cls(
            Message("this case cannot be read just now"),
            Message("this board"),
            Message("tell whoever keeps it; nothing was changed"),
        )

    @classmethod
    def still_loading(cls) -> Problem:
        """Say that the board has just been started."""
        return cls(
            "this board has just been started and is still reading its case",
            "this board",
            "wait: this page asks again by itself",
        )

    @classmethod
    def too_often(cls, wait: int) -> Problem:
        """Refuse one more page that is to be worked out for the same caller."""
        return cls(
            Message("more new pages were asked for than may be made at once"),
            Message("this address"),
            Message("wait {wait} s: this page asks again by itself", wait=wait),
        )

    @classmethod
    def other_reader(cls, reader: str) -> Problem:
        """Refuse another reader than the one whose board it is."""
        return cls(
            Message(
                "this board is served for the reader {reader} alone", reader=reader
            ),
            "reader",
            Message("leave the reader out of the address"),
        )

    @classmethod
    def not_permitted(cls, permission: Permission) -> Problem:
        """Refuse who may not take this way."""
        return cls(
            Message(
                "this asks for the permission to {permission}", permission=permission
            ),
            Message("your account"),
            Message("sign in as somebody who has it, or ask a coordinator"),
        )

    @classmethod
    def only_reads(cls) -> Problem:
        """Refuse a form where nothing is recorded."""
        return cls(
            Message("this board only reads"),
            Message("this page"),
            Message("open the page instead of sending to it"),
        )

    @classmethod
    def foreign_form(cls) -> Problem:
        """Refuse a form that no page of this board handed out."""
        return cls(
            Message("this form was not handed out by this board, or is too old"),
            Message("the form"),
            Message("open the page again and send its form; nothing was recorded"),
        )

    @classmethod
    def too_many(cls, most: int) -> Problem:
        """Refuse a lens with too many hypotheses."""
        return cls(
            Message("this view supposes more than {most} events", most=most),
            "suppose",
            Message("take some away from the address"),
        )


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with a link to its place."""

    code: str
    severity: str
    message: str
    mend: str
    place: ShownPlace | None
    line: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Agreement files with errors: no answer, every finding."""

    problem: str
    errors: tuple[ShownFinding, ...]
    others: tuple[ShownFinding, ...]
    agreements: str

    @classmethod
    def from_case(cls, visit: Visit, error: VigensError) -> Broken:
        """Lay every finding of the agreement files out."""
        found = show_findings(visit, visit.case.compiled.findings)
        return cls(
            error.what.partition("\n")[0],
            tuple(f for f in found if f.severity == Severity.ERROR),
            tuple(f for f in found if f.severity != Severity.ERROR),
            visit.link("/agreements"),
        )


def show_findings(
    visit: Visit, findings: Iterable[Finding]
) -> tuple[ShownFinding, ...]:
    """Lay findings out with links to their places."""
    return tuple(
        ShownFinding(
            finding.code,
            str(finding.severity),
            finding.message,
            finding.mend,
            show_place(visit, finding.spans[0].where) if finding.spans else None,
            finding.spans[0].text[:300] if finding.spans else "",
        )
        for finding in findings
    )


def choose_on(page: Message, meant: str | None) -> Message:
    """Send to the page that lists what there is, and name what is nearest."""
    if meant:
        said = "did you mean {name}? Else choose one on the page {page}"
        return Message(said, name=meant, page=page)
    return Message("choose one on the page {page}", page=page)


def absent(what: str, where: str, mend: str) -> Page:
    """Say that a name is not in this case, or not in this view."""
    return Page("problem.html", "Not found", Problem(what, where, mend), 404)
