"""Agreements: the list, and each page woven with its rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from vigens.base import Message, nearest
from vigens.board.contexts import Page as Shown
from vigens.board.evidence import ShownPlace, show_place
from vigens.board.links import page_place, short_name
from vigens.board.navigation import Step
from vigens.board.tongues import _, code_words, date_words
from vigens.board.views.problems import ShownFinding, absent, choose_on, show_findings
from vigens.chrono import civil_date, end_of
from vigens.lang import Page, edition_of, stem_of
from vigens.lang.weave import Setting, index_names, title_of, weave

if TYPE_CHECKING:
    from markupsafe import Markup

    from vigens.board.contexts import Visit
    from vigens.desk import Case
    from vigens.lang import Edition
    from vigens.rules import Instrument


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    name: str
    title: str
    href: str
    n_lines: int


@dataclass(frozen=True, slots=True)
class ShownInstrument:
    """One instrument as its page declares it."""

    title: str
    kind: str
    status: str
    adopted: str
    components: tuple[str, ...]
    place: ShownPlace | None


@dataclass(frozen=True, slots=True)
class Agreements:
    """The list of instruments, and of the pages of the case and of the law."""

    instruments: tuple[ShownInstrument, ...]
    pages: tuple[Listed, ...]
    law: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One page, woven."""

    file: str
    is_law: bool
    editions: tuple[Step, ...]
    instruments: tuple[ShownInstrument, ...]
    findings: tuple[ShownFinding, ...]
    text: Markup


def show_agreements(visit: Visit) -> Shown:
    """List instruments and pages."""
    context = Agreements(
        _instruments(visit, None),
        tuple(_listed(visit, page) for page in visit.case.pages),
        tuple(_listed(visit, page) for page in visit.case.law),
    )
    return Shown("agreements.html", "Agreements", context)


def show_agreement(visit: Visit) -> Shown:
    """Show one page with an anchor at every line."""
    name = visit.names["name"]
    page = page_named(visit.case, name)
    if page is None:
        names = [short_name(one.name) for one in visit.case.pages]
        meant = nearest(name, names)
        what = Message('there is no agreement page "{name}"', name=name[:60])
        return absent(
            what, Message("the address"), choose_on(Message("Agreements"), meant)
        )
    found = [
        finding
        for finding in visit.case.compiled.findings
        if finding.spans and finding.spans[0].source == page.name
    ]
    context = Agreement(
        page.name,
        page.name.startswith("law/"),
        _editions(visit, page),
        _instruments(visit, short_name(page.name)),
        show_findings(visit, found),
        weave(page.text, replace(setting(visit, page.name), findings=tuple(found))),
    )
    return Shown("agreement.html", title_of(page), context)


def _editions(visit: Visit, page: Page) -> tuple[Step, ...]:
    """List the editions of a page, each through a lens that knows it; none of one."""
    zone = visit.case.settings.zone
    same = [
        one for one in visit.case.rules.every if stem_of(one.name) == stem_of(page.name)
    ]
    dates = sorted(
        (end_of(date, zone), date, one.name)
        for one in same
        if (date := edition_of(one.name)) is not None
        and any(_reads(edition, one) for edition in visit.case.rules.editions)
    )
    if not dates:
        return ()
    steps = [
        Step(
            _("known from {day}").format(day=date_words(date)),
            visit.here(known_at=date),
            name == page.name,
        )
        for _end, date, name in dates
    ]
    first = next((one for one in same if edition_of(one.name) is None), None)
    if first is not None:
        before = civil_date(dates[0][0], zone) - timedelta(days=1)
        link = visit.here(known_at=before.isoformat())
        steps.insert(0, Step(_("first edition"), link, first.name == page.name))
    return tuple(steps)


def _reads(edition: Edition, page: Page) -> bool:
    return any(page.name == other.name for other in edition.pages)


def page_named(case: Case, name: str) -> Page | None:
    """Find an agreement page, of the case or of the law, among those that were read."""
    every = _every(case)
    asked = stem_of(f"{name}.md")
    exact = (page for page in every if short_name(page.name) == name)
    same = (page for page in every if stem_of(f"{short_name(page.name)}.md") == asked)
    return next(exact, next(same, None))


def setting(visit: Visit, page: str) -> Setting:
    """Give what weaves a page under the lens: links and names lead to other pages."""
    every = _every(visit.case)
    known = frozenset(one.name for one in every)
    return Setting(page, partial(_address, visit, known), index_names(every))


def _every(case: Case) -> tuple[Page, ...]:
    return (*case.pages, *case.law)


def _address(visit: Visit, known: frozenset[str], page: str, line: int | None) -> str:
    if page not in known:
        return ""
    place = f"#L{line}" if line else ""
    return visit.link(f"/agreement/{short_name(page)}") + place


def _listed(visit: Visit, page: Page) -> Listed:
    name = short_name(page.name)
    lines = page.text.count("\n")
    return Listed(page.name, title_of(page), visit.link(f"/agreement/{name}"), lines)


def sort_of(text: Instrument) -> str:
    """Say of what kind a text is, and by which law it is read."""
    return f"{code_words(text.kind)}, {code_words(text.family)}"


def _instruments(visit: Visit, name: str | None) -> tuple[ShownInstrument, ...]:
    return tuple(
        ShownInstrument(
            text.title,
            sort_of(text),
            text.text_status,
            text.adopted or "",
            tuple(part.title for part in text.components),
            show_place(visit, text.place),
        )
        for text in visit.case.program.instruments.values()
        if name is None or (page_place(text.place) or ("",))[0] == name
    )
