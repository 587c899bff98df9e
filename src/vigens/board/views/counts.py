"""Counts by measure: each is somebody's claim; no two are merged or summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Message, nearest
from vigens.board.contexts import Page
from vigens.board.evidence import ShownClaim, show_claims, weight_words
from vigens.board.views.problems import absent, choose_on
from vigens.desk import read_counts
from vigens.lang.weave import web_address
from vigens.model import quantity_words

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import Count
    from vigens.desk import Counts as Found


@dataclass(frozen=True, slots=True)
class ShownCount:
    """One count: number, who says so, when, where."""

    number: str
    title: str
    speaker: str
    day: str
    weight: str
    source: str
    link: str
    href: str
    claims: tuple[ShownClaim, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure with its counts."""

    name: str
    title: str
    words: str
    href: str
    counts: tuple[ShownCount, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The page of all measures."""

    measures: tuple[Measured, ...]
    uncounted: tuple[str, ...]


def show_counts(visit: Visit) -> Page:
    """Show every measure."""
    session = visit.session
    names = session.case.program.measures
    found = [show_measured(visit, read_counts(session, name)) for name in names]
    context = Counts(
        tuple(one for one in found if one.counts),
        tuple(one.title for one in found if not one.counts),
    )
    return Page("counts.html", "Counts", context)


def show_measure(visit: Visit) -> Page:
    """Show one measure with the claims behind each count."""
    name = visit.names["measure"]
    program = visit.session.case.program
    if name not in program.measures:
        meant = nearest(name, program.measures)
        what = Message('there is no measure "{name}"', name=name[:60])
        return absent(what, Message("the address"), choose_on(Message("Counts"), meant))
    found = show_measured(visit, read_counts(visit.session, name), with_claims=True)
    return Page("measure.html", found.title, found)


def show_measured(visit: Visit, found: Found, *, with_claims: bool = False) -> Measured:
    """Lay a measure out."""
    return Measured(
        found.measure,
        found.title,
        found.words,
        visit.link(f"/counts/{found.measure}"),
        tuple(_count(visit, count, with_claims=with_claims) for count in found.counts),
    )


def _count(visit: Visit, count: Count, *, with_claims: bool) -> ShownCount:
    return ShownCount(
        quantity_words(count.number, count.comparison),
        count.title,
        visit.case.program.title_of(count.speaker),
        count.happened,
        weight_words(count.weight),
        count.source or count.address,
        web_address(count.address),
        visit.link(f"/entry/{count.ref}"),
        show_claims(visit, count.ref) if with_claims else (),
    )
