"""One agreement page whole: woven, with its drafts and editions beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.contexts import Page
from vigens.board.evidence import show_place
from vigens.board.links import page_place, short_name
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import N_, _, tell
from vigens.board.views import show_agreement
from vigens.board.views.agreements import page_named
from vigens.board.views.problems import absent
from vigens.desk.histories import Promises, compare_promises, compare_words
from vigens.engine import Verdict
from vigens.lang import edition_of, stem_of
from vigens.lang.weave import title_of
from vigens.rules import Effect, Fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigens.board.contexts import Visit
    from vigens.board.evidence import ShownPlace
    from vigens.desk.histories import Promise, PromisePair, WordLine
    from vigens.lang import Page as Text
    from vigens.rules import Instrument, Program, Slot

_EFFECTS = {
    Effect.MODALITY_LOWERED: N_("it binds less strongly"),
    Effect.MODALITY_RAISED: N_("it binds more strongly"),
    Effect.MODALITY: N_("it binds in other words"),
    Effect.WHO: N_("who owes it differs"),
    Effect.TO_WHOM: N_("to whom it is owed differs"),
    Effect.TRIGGER_NARROWED: N_("the trigger is narrower"),
    Effect.TRIGGER_WIDENED: N_("the trigger is wider"),
    Effect.TRIGGER: N_("the trigger differs"),
    Effect.CONDITION_ADDED: N_("a condition was added"),
    Effect.CONDITION_DROPPED: N_("a condition was dropped"),
    Effect.CONDITION: N_("the condition differs"),
    Effect.MEANS_DROPPED: N_("what is to be done is no longer stated"),
    Effect.MEANS_STATED: N_("what is to be done is now stated"),
    Effect.MEANS: N_("what is to be done differs"),
    Effect.DEADLINE_LONGER: N_("the deadline is later"),
    Effect.DEADLINE_SHORTER: N_("the deadline is earlier"),
    Effect.DEADLINE_DROPPED: N_("the deadline was dropped"),
    Effect.DEADLINE_ADDED: N_("a deadline was added"),
    Effect.DEADLINE: N_("the deadline differs"),
    Effect.WAYS_OUT: N_("what ends, excuses or breaches it differs"),
    Effect.PART: N_("it stands under another component"),
}

#: Which places of a promise to show where an effect is of this sort.
_SLOTS = {
    "trigger": (N_("on what condition"),),
    "condition": ("on what condition",),
    "means": (N_("what"),),
    "deadline": (N_("by when"),),
    "ways": (N_("checked by whom"),),
}

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
class ShownPromise:
    """One side of a duty: how it is put, and what it says where the two part."""

    promise: Promise
    place: ShownPlace | None
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A duty in both wordings, with what differs in effect; or in one of them."""

    differs: tuple[str, ...]
    before: ShownPromise | None
    after: ShownPromise | None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Two wordings side by side."""

    before: str
    after: str
    before_href: str
    after_href: str
    swap: str
    caveats: tuple[str, ...]
    effects: tuple[ShownPair, ...]
    reworded: tuple[ShownPair, ...]
    same: tuple[ShownPair, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
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
    own = _instruments(visit.case.program, page)
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
    programs = _program_of(visit, one), _program_of(visit, two)
    texts = _instruments(programs[0], one), _instruments(programs[1], two)
    found = Promises((), (), ())
    if texts[0] and texts[1]:
        found = compare_promises((programs[0], texts[0][0]), (programs[1], texts[1][0]))
    shown = [(pair, _shown(visit, pair)) for pair in found.pairs]
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
        tuple(each for pair, each in shown if each.differs),
        tuple(each for pair, each in shown if not each.differs and pair.is_reworded),
        tuple(e for pair, e in shown if not (e.differs or pair.is_reworded)),
        found.gone,
        found.new,
        lines,
        sum(line.kind in ("added", "removed") for line in lines),
    )
    return Page("wordings.html", _("Two wordings"), context)


def _shown(visit: Visit, pair: PromisePair) -> ShownPair:
    differs = [tell(_EFFECTS[effect]) for effect in pair.effects]
    if pair.before is None:
        differs.append(_("duty added"))
    if pair.after is None:
        differs.append(_("duty removed"))
    slots = {
        slot for effect in pair.effects for slot in _SLOTS.get(effect.split()[0], ())
    }
    if pair.before is None or pair.after is None:
        slots = {"what", "by when", "on what condition"}
    sides = [
        None if side is None else _side(visit, side, slots)
        for side in (pair.before, pair.after)
    ]
    return ShownPair(tuple(differs), sides[0], sides[1])


def _side(visit: Visit, promise: Promise, slots: set[str]) -> ShownPromise:
    told = tuple(
        (_(slot.name), _slot_words(slot))
        for slot in promise.slots
        if slot.name in slots
    )
    return ShownPromise(promise, show_place(visit, promise.place), told)


def _slot_words(slot: Slot) -> str:
    words = "; ".join(slot.words)
    if slot.fill is Fill.UNSTATED:
        return _("left open, {words}").format(words=words)
    return words or _("none")


def _program_of(visit: Visit, page: Text) -> Program:
    """Give the rules in which a page stands; those of an earlier edition may not have it."""
    if page not in visit.case.pages:
        for read in visit.case.rules.read():
            if page in read.pages:
                return read.compiled.program
    return visit.case.program


def _instruments(program: Program, page: Text) -> list[Instrument]:
    """List the texts that a page declares."""
    name = short_name(page.name)
    return [
        text
        for text in program.instruments.values()
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
