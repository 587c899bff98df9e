"""Editions of pages: which text of each page was known at a time.

`plan.md` is the first edition of a page and known from the beginning. `plan@2026-02-04.md`
replaces it whole, from the end of that date on. What is read together at a time is one
text of each page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Finding, Severity, Span
from vigens.chrono import EdtfError, end_of
from vigens.lang.literate import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigens.lang.compile import Page

_NAME = re.compile(r"(?P<stem>[^@]+)@(?P<date>.*)\.md")


@dataclass(frozen=True, slots=True)
class Edition:
    """The pages that are read together through a span of knowledge.

    Attributes:
        since: Instant from which they are, UTC seconds; `None` from the beginning.
        until: Instant at which others are, excluded; `None` where they still are.
        dates: The dates that begin the span, as the names of pages write them.
        pages: One text of each page that was known.
    """

    since: int | None
    until: int | None
    dates: tuple[str, ...]
    pages: tuple[Page, ...]

    def covers(self, known_at: int) -> bool:
        """Say whether a day of knowledge lies in the span."""
        return (self.since is None or self.since <= known_at) and (
            self.until is None or known_at < self.until
        )


def stem_of(name: str) -> str:
    """Name a page without its edition: `agreements/plan.md`."""
    found = _NAME.fullmatch(name)
    return f"{found['stem']}.md" if found else name


def edition_of(name: str) -> str | None:
    """Give the date of an edition as its name writes it; `None` for a first one."""
    found = _NAME.fullmatch(name)
    return found["date"] if found else None


def find_editions(
    pages: Sequence[Page], zone: str
) -> tuple[tuple[Edition, ...], tuple[Finding, ...]]:
    """Sort pages into what was known when.

    Args:
        pages: Every text of every page.
        zone: IANA zone of civil days.

    Returns:
        The spans in order, one at least, and findings: editions whose date cannot be
        read, which are left out, and two that begin at one instant, of which the first
        by name counts.

    Source:
        Design, section 3.3; section 4.2 for the end of a date.
    """
    findings: list[Finding] = []
    begins: dict[tuple[str, int | None], Page] = {}
    dates: dict[int, dict[str, None]] = {}
    for page in sorted(pages, key=lambda page: page.name):
        date = edition_of(page.name)
        try:
            since = None if date is None else end_of(date, zone)
        except EdtfError as error:
            findings.append(_no_date(page, error))
            continue
        other = begins.setdefault((stem_of(page.name), since), page)
        if other is not page:
            findings.append(_twice(page, other))
        elif since is not None and date is not None:
            dates.setdefault(since, {})[date] = None
    bounds = [None, *sorted(dates)]
    return tuple(
        Edition(
            since,
            until,
            () if since is None else tuple(dates[since]),
            _known(pages, begins, since),
        )
        for since, until in zip(bounds, [*bounds[1:], None], strict=True)
    ), tuple(findings)


def _known(
    pages: Iterable[Page], begins: dict[tuple[str, int | None], Page], at: int | None
) -> tuple[Page, ...]:
    """Give the latest text of each page, in the order in which pages were given."""
    latest: dict[str, str] = {}
    in_order = sorted(begins, key=lambda key: (key[1] is not None, key[1] or 0))
    for stem, since in in_order:
        if since is None or (at is not None and since <= at):
            latest[stem] = begins[stem, since].name
    chosen = set(latest.values())
    return tuple(page for page in pages if page.name in chosen)


def _no_date(page: Page, error: EdtfError) -> Finding:
    return Finding(
        "E001",
        Severity.ERROR,
        f"the name of this edition has no date from which it is known: {error.what}",
        (_first_line(page),),
        "name it as in plan@2026-02-04.md; a day, a month or a year ends at its end",
    )


def _twice(page: Page, other: Page) -> Finding:
    return Finding(
        "E002",
        Severity.ERROR,
        "two editions of one page are known from the same instant",
        (_first_line(page), _first_line(other)),
        "keep one of them, or name the later one by its own date",
    )


def _first_line(page: Page) -> Span:
    first = next(iter(split_lines(page.text)), "")
    return Span(page.name, 1, 1, max(1, len(first)), first)
