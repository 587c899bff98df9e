"""What every page is handed: the frame around it, and the visit that asked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from vigens.base import Dated
from vigens.board.choices import Choice, Readings
from vigens.board.entrance import NO_DOOR, Door
from vigens.board.lensform import (
    NAMES,
    Asked,
    FieldFault,
    address,
    make_looking,
)
from vigens.board.navigation import Room, Step, is_on
from vigens.board.tongues import _, code_words, spoken, tongues
from vigens.chrono import civil_date
from vigens.desk import make_lens
from vigens.journal import ALL, PUBLIC
from vigens.model import lens_words
from vigens.people import ALONE, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from starlette.datastructures import QueryParams

    from vigens.board.casebook import Casebook
    from vigens.desk import Case, Session
    from vigens.model import Lens
    from vigens.people import Permission


@dataclass(frozen=True, slots=True)
class Page:
    """What a view gives back: a template and the one typed context that it renders.

    Attributes:
        template: Its name.
        title: Of the page.
        context: What the template shows.
        status: Of the answer.
        headers: Further ones.
        looked: The last day on which anybody looked, and the page as of that day; on
            pages of many answers that nobody could know since.
    """

    template: str
    title: str
    context: object
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    looked: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a view gives back where another page answers the question."""

    address: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """What a view gives back where the answer is no page: bytes of some kind.

    Attributes:
        body: The bytes.
        media_type: Such as `text/calendar; charset=utf-8`.
        filename: The name under which a browser keeps it; none shows it in place.
    """

    body: bytes
    media_type: str
    filename: str | None = None


#: What any view or act gives back.
Answered = Page | Elsewhere | Download


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: the case, the lens asked for, and the page's own parameters.

    Attributes:
        casebook: The open case.
        case: The case with the rules of the lens.
        now: The present, UTC seconds.
        asked: The lens as asked for.
        path: Of the page.
        params: What the address carries.
        names: What its path names.
        person: Who asks; `person.reader` names the one reader whose eyes these are.
        can_write: Whether anything can be recorded through this board.
        door: How this visit came in; asked by pages of accounts alone.
    """

    casebook: Casebook
    case: Case
    now: int
    asked: Asked
    path: str
    params: QueryParams
    names: Mapping[str, str]
    person: Person = ALONE
    can_write: bool = False
    door: Door = NO_DOOR

    def may(self, permission: Permission) -> bool:
        """Say whether this person may do this here, where anything is recorded."""
        return self.can_write and self.person.may(permission)

    @property
    def session(self) -> Session:
        """Give the case through the lens.

        Raises:
            InputError: The agreement files have errors.
        """
        whole = self.casebook.case()
        return self.casebook.session(whole, make_looking(self.asked, self.now))

    @property
    def lens(self) -> Lens:
        """Give the lens."""
        return make_lens(self.case, make_looking(self.asked, self.now))

    def link(self, path: str, **own: str | int) -> str:
        """Write the address of a page under the same lens."""
        return address(path, [(k, str(v)) for k, v in own.items()], self.asked)

    def here(self, *, as_of: str | None = None, known_at: str | None = None) -> str:
        """Write the address of this page as of another day, or as known on another."""
        changed = replace(
            self.asked,
            as_of=self.asked.as_of if as_of is None else as_of,
            known_at=self.asked.known_at if known_at is None else known_at,
        )
        return address(self.path, self.own_params(), changed)

    def own_params(self) -> list[tuple[str, str]]:
        """List the parameters of this page that are not of the lens."""
        return [
            (name, value)
            for name, value in self.params.multi_items()
            if name not in NAMES and name != "page" and len(value) <= 400
        ]

    def ask(self, name: str) -> str:
        """Give one parameter of this page, bounded."""
        return self.params.get(name, "").strip()[:400]

    def day(self, instant: int) -> str:
        """Write the civil day of an instant."""
        return Dated(civil_date(instant, self.case.settings.zone))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    Attributes:
        case_title: Of the case.
        lens_words: The lens in plain words, part by part; empty where it is wrong.
        is_supposed: Whether a hypothesis is laid over the journal.
        rooms: The navigation: each room of the board with its first page.
        pages: The pages of the room that one is in.
        everywhere: Every page that there is, for one who is lost.
        search: Where the search box leads.
        steps: Links that move the lens by one click.
        asked: The form's values as they were asked for.
        own: The page's own parameters, which the form keeps.
        path: Where the form leads.
        hidden: The lens for the search box.
        policies: Choices of the form.
        readers: Choices of the form.
        readings: Choices of the form.
        firsts: The first pages, for the choice of who one is, as `(title, address,
            question)`.
        faults: What is wrong with the lens, by name of field.
        person: Who asks.
        can_write: Whether anything can be recorded through this board.
        has_accounts: Whether people sign in here.
        is_apart: Whether this page is of accounts, so that no lens stands over it.
        is_live: Whether what changes on this page appears by itself.
        texts: The language in which the case is written.
        tongues: This page in each language, under its code.
        cite: Where this page is cited with its whole lens.
    """

    case_title: str
    lens_words: tuple[str, ...]
    is_supposed: bool
    rooms: tuple[Step, ...]
    pages: tuple[Step, ...]
    everywhere: tuple[Step, ...]
    search: str
    steps: tuple[Step, ...]
    asked: Asked
    own: tuple[tuple[str, str], ...]
    path: str
    hidden: tuple[tuple[str, str], ...]
    policies: tuple[Choice, ...]
    readers: tuple[Choice, ...]
    readings: tuple[Readings, ...]
    person: Person
    can_write: bool
    texts: str
    tongues: tuple[tuple[str, Step], ...]
    cite: str
    firsts: tuple[tuple[str, str, str], ...] = ()
    faults: tuple[FieldFault, ...] = ()
    has_accounts: bool = False
    is_apart: bool = False
    is_live: bool = False

    @property
    def here(self) -> str:
        """Give the address of this page."""
        return address(self.path, self.own, self.asked)

    def faults_of(self, name: str) -> tuple[FieldFault, ...]:
        """Give what is wrong with one field."""
        return tuple(fault for fault in self.faults if fault.name == name)


def make_frame(
    visit: Visit,
    shown: tuple[Room, ...],
    faults: tuple[FieldFault, ...] = (),
    *,
    can_write: bool = False,
    firsts: Iterable[tuple[str, str, str]] = (),
    is_apart: bool = False,
) -> Frame:
    """Lay out what stands around a page.

    Args:
        visit: The request.
        shown: The rooms and pages that this person may open.
        can_write: Whether anything can be recorded through this board.
        firsts: The first pages that this person may open: path, for whom, question.
        faults: What is wrong with its lens; then no lens is shown.
        is_apart: Whether the page is of accounts.
    """
    settings, asked = visit.case.settings, visit.asked
    lens = None if faults else visit.lens
    chosen = asked.policy or settings.policy
    return Frame(
        settings.title,
        lens_words(lens) if lens else (),
        bool(asked.suppose),
        tuple(
            Step(_(room.title), visit.link(room.pages[0][0]), room.has(visit.path))
            for room in shown
        ),
        tuple(
            Step(_(title), visit.link(path), is_on(visit.path, path))
            for room in shown
            if room.has(visit.path)
            for path, title in room.pages
        ),
        tuple(
            Step(_(title), visit.link(path))
            for room in shown
            for path, title in room.pages
        ),
        "/search",
        _steps(visit, lens) if lens else (),
        asked,
        tuple(visit.own_params()),
        visit.path,
        tuple(asked.pairs()),
        tuple(
            Choice(
                _said(name, settings.policy), f"{name}: {policy.title}", name == chosen
            )
            for name, policy in settings.policies.items()
        ),
        _readers(visit, lens),
        _readings(visit),
        visit.person,
        can_write,
        settings.language,
        tuple(_tongues(visit)),
        visit.link("/cite", to=address(visit.path, visit.own_params(), Asked())),
        tuple((_(who), visit.link(path), _(asks)) for path, who, asks in firsts),
        faults,
        visit.door.entrance.people is not None,
        is_apart,
    )


def _said(name: str, default: str) -> str:
    """Leave what goes without saying out of the address."""
    return "" if name == default else name


def _tongues(visit: Visit) -> Iterator[tuple[str, Step]]:
    for tongue in tongues():
        asked = replace(visit.asked, lang=tongue.code)
        where = address(visit.path, visit.own_params(), asked)
        step = Step(tongue.title, where, tongue.code == spoken().code)
        yield tongue.code, step


def _readers(visit: Visit, lens: Lens | None) -> tuple[Choice, ...]:
    """List the readers that may be told to anybody, and the one who reads."""
    chosen = visit.asked.reader or PUBLIC
    only = visit.person.reader
    if only is not None:
        return (Choice(only, only, is_chosen=True),)
    known: tuple[str, ...] = ()
    if lens is not None:
        known = (*visit.case.readers(lens.known_at, lens.recorded_at).named, chosen)
    return tuple(
        Choice(_said(name, PUBLIC), code_words(name), name == chosen)
        for name in dict.fromkeys((PUBLIC, ALL, *known))
    )


def _readings(visit: Visit) -> tuple[Readings, ...]:
    return tuple(
        Readings(
            variant.name,
            variant.title,
            tuple(
                Choice(
                    f"{variant.name}.{name}",
                    words,
                    f"{variant.name}.{name}" in visit.asked.readings,
                )
                for name, words in variant.readings
            ),
        )
        for variant in visit.case.program.variants.values()
    )


def _steps(visit: Visit, lens: Lens) -> tuple[Step, ...]:
    day = civil_date(lens.as_of, lens.zone)
    asked = visit.asked
    together = bool(asked.known_at) and asked.known_at == asked.as_of

    def moved(days: int) -> str:
        to = (day + timedelta(days=days)).isoformat()
        return visit.here(as_of=to, known_at=to if together else None)

    steps = [Step(_("← day before"), moved(-1)), Step(_("day after →"), moved(1))]
    same = Step(
        _("as known on the same day"),
        visit.here(as_of=asked.as_of or day.isoformat(), known_at=day.isoformat()),
    )
    if not (together and asked.as_of):
        steps.append(same)
    elif asked.known_at:
        steps.append(Step(_("as known today"), visit.here(known_at="")))
    if asked.as_of or asked.known_at:
        steps.append(Step(_("today"), visit.here(as_of="", known_at="")))
    if asked.suppose or asked.readings or asked.policy or asked.recorded_at:
        plain = Asked(as_of=asked.as_of, known_at=asked.known_at, lang=asked.lang)
        steps.append(
            Step(_("plain view"), address(visit.path, visit.own_params(), plain))
        )
    return tuple(steps)
