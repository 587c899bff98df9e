"""One agreement page whole: woven, with its drafts and editions beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.links import page_place, short_name
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import _
from vigens.board.views import show_agreement
from vigens.board.views.agreements import page_named
from vigens.board.views.problems import absent
from vigens.desk.histories import compare_promises, compare_words
from vigens.engine import Verdict
from vigens.lang import edition_of, stem_of
from vigens.lang.weave import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.board.contexts import Visit
    from vigens.desk.histories import PartPromises, WordLine
    from vigens.lang import Page as Text
    from vigens.rules import Instrument

#: Links between texts that say that one is a version of the other.
_VERSIONS = ("draft of", "replaces")


@dataclass(frozen=True, slots=True)
class Version:
    """Another wording of what stands on the page."""

    title: str
    note: str
    href: str
    compare: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a draft, or may."""

    title: str
    sign: Sign | None
    href: str


@dataclass(frozen=True, slots=True)
class WholeText:
    """The page: the woven text, its versions, and who holds it if it is a draft."""

    base: object
    versions: tuple[Version, ...]
    holders: tuple[Holder, ...]
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Wordings:
    """Two wordings side by side."""

    before: str
    after: str
    before_href: str
    after_href: str
    swap: str
    caveats: tuple[str, ...]
    promises: tuple[PartPromises, ...]
    lines: tuple[WordLine, ...]
    n_changed: int


def show_whole_text(visit: Visit) -> Page:
    """Show one agreement page with its drafts and editions."""
    base = show_agreement(visit)
    page = page_named(visit.case, visit.names["name"])
    if page is None:
        return base
    if not visit.case.compiled.is_usable:  # its findings stand on the page all the same
        context = WholeText(base.context, (), (), is_draft=False)
        return Page("text.html", base.title, context, base.status)
    own = _instruments(visit, page)
    drafts = [text for text in own if text.text_status == "draft"]
    context = WholeText(
        base.context,
        (*_linked(visit, page, own), *_editions(visit, page)),
        tuple(holder for text in drafts for holder in _holders(visit, text)),
        is_draft=bool(drafts),
    )
    return Page("text.html", base.title, context, base.status)


def show_wordings(visit: Visit) -> Page:
    """Show where two agreement pages part, word for word and duty by duty."""
    names = visit.ask("before"), visit.ask("after")
    pages = [_any_page(visit, name) for name in names]
    one, two = pages
    if one is None or two is None:
        missing = next(name for name, p in zip(names, pages, strict=True) if p is None)
        what = _('there is no agreement page "{name}"').format(name=missing[:60])
        mend = _("choose two versions on the page of an agreement")
        return absent(what, _("the address"), mend)
    lines = compare_words(one.text, two.text)
    texts = _instruments(visit, one), _instruments(visit, two)
    promises: tuple[PartPromises, ...] = ()
    if texts[0] and texts[1] and texts[0][0].name != texts[1][0].name:
        promises = compare_promises(
            visit.session.case.program, texts[0][0], texts[1][0]
        )
    context = Wordings(
        title_of(one),
        title_of(two),
        visit.link(f"/agreement/{short_name(one.name)}"),
        visit.link(f"/agreement/{short_name(two.name)}"),
        visit.link("/wordings", before=names[1], after=names[0]),
        tuple(
            f"{text.short or text.title}: text {text.text_status}"
            for side in texts
            for text in side[:1]
            if text.text_status != "published"
        ),
        promises,
        lines,
        sum(line.kind in ("added", "removed") for line in lines),
    )
    return Page("wordings.html", _("Two wordings"), context)


def _instruments(visit: Visit, page: Text) -> list[Instrument]:
    """List the texts that a page declares."""
    name = short_name(page.name)
    return [
        text
        for text in visit.case.program.instruments.values()
        if (page_place(text.place) or ("",))[0] == name
    ]


def _linked(visit: Visit, page: Text, own: list[Instrument]) -> Iterator[Version]:
    """List the texts of which this is a version, and those that are versions of it."""
    names = {text.name for text in own}
    known = {text.name: text for text in visit.session.texts()}
    for text in known.values():
        for relation, other in text.links:
            if relation not in _VERSIONS:
                continue
            if text.name in names and other in known:
                found = known[other]
                note = _("this text is a draft of it")
                if relation == "replaces":
                    note = _("this text replaces it")
            elif other in names:
                found = text
                note = _("a draft of this text")
                if relation == "replaces":
                    note = _("it replaces this text")
            else:
                continue
            place = page_place(found.place)
            there = page_named(visit.case, place[0]) if place else None
            if there is None or there.name == page.name:
                continue
            is_older = (other not in names) == (relation == "draft of")
            yield _version(visit, page, there, found.title, note, is_first=not is_older)


def _editions(visit: Visit, page: Text) -> Iterator[Version]:
    """List the editions of a page that were known by then; each is a file."""
    stem = stem_of(page.name)
    same = [
        one
        for one in visit.case.rules.every
        if stem_of(one.name) == stem and one.name != page.name
    ]
    for one in same:
        if not _is_known(visit, one):
            continue
        date = edition_of(one.name)
        note = _("edition known from {day}").format(day=date) if date else ""
        title = title_of(one)
        yield _version(
            visit,
            page,
            one,
            title,
            note or _("first edition"),
            is_first=_older(one, page),
        )


def _older(one: Text, other: Text) -> bool:
    return (edition_of(one.name) or "") < (edition_of(other.name) or "")


def _is_known(visit: Visit, page: Text) -> bool:
    """Say whether the lens may know an edition: none that is known later is shown."""
    from vigens.chrono import end_of

    date = edition_of(page.name)
    zone = visit.case.settings.zone
    return date is None or end_of(date, zone) <= visit.lens.known_at


def _version(
    visit: Visit, page: Text, other: Text, title: str, note: str, *, is_first: bool
) -> Version:
    names = [page.name, other.name]
    before, after = reversed(names) if is_first else names
    return Version(
        title,
        note,
        visit.link(f"/agreement/{short_name(other.name)}"),
        visit.link("/wordings", before=short_name(before), after=short_name(after)),
    )


def _any_page(visit: Visit, name: str) -> Text | None:
    """Find a page of this edition of the rules, or an earlier edition of one."""
    found = page_named(visit.case, name) if name else None
    exact = (one for one in visit.case.rules.every if short_name(one.name) == name)
    earlier = next((one for one in exact if _is_known(visit, one)), None)
    return earlier or found


def _holders(visit: Visit, text: Instrument) -> Iterator[Holder]:
    """Say who holds a draft, surely or possibly on the word of somebody."""
    session = visit.session
    if "holds_draft" not in session.case.program.fluents:
        return
    for answer in session.ask(f"holds_draft({text.name}, _)"):
        told = any(cause.kind != "coverage" for cause in answer.causes)
        if answer.verdict is Verdict.HOLDS or (answer.verdict is Verdict.OPEN and told):
            href = visit.link("/why", q=answer.question)
            yield Holder(answer.text, sign_of(answer.verdict), href)
