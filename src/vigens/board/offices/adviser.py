"""The legal adviser's page: my state before every text, component by component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import nearest
from vigens.board.contexts import Page
from vigens.board.evidence import ShownPlace, show_place, weight_words
from vigens.board.offices.strips import KeyLine, Strip, show_key, show_strip
from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import _
from vigens.board.views import sort_of
from vigens.board.views.overview import last_looked
from vigens.board.views.why import ShownMissing, show_missing
from vigens.desk.parties import read_counsel

if TYPE_CHECKING:
    from vigens.board.contexts import Visit
    from vigens.desk import Answer
    from vigens.desk.parties import ActDone, PartCounsel, TextCounsel


@dataclass(frozen=True, slots=True)
class ShownDone:
    """One act."""

    text: str
    happened: str
    weight: str
    is_sure: bool
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One component, or the whole text."""

    title: str
    strip: Strip | None
    word: str
    meaning: str
    sign: Sign | None
    why: str
    missing: ShownMissing | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownReservation:
    """What is so, or may be, of one reservation."""

    sign: Sign | None
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text as a state stands before it."""

    name: str
    title: str
    kind: str
    status: str
    is_published: bool
    adopted: str
    caveat: str
    binding: Sign | None
    binding_href: str
    place: ShownPlace | None
    whole: Strip | None
    acts: tuple[ShownDone, ...]
    parts: tuple[ShownPart, ...]
    reservations: tuple[ShownReservation, ...]
    is_treaty: bool
    is_telling: bool


@dataclass(frozen=True, slots=True)
class Adviser:
    """The page; without a state chosen it only asks for one."""

    states: tuple[tuple[str, str, bool], ...]
    title: str
    fault: str
    sheet: str
    matrix: str
    key: tuple[KeyLine, ...]
    texts: tuple[ShownText, ...]
    choices: tuple[tuple[str, str], ...] = ()


def show_adviser(visit: Visit) -> Page:
    """Show how one state stands before every text."""
    asked = visit.ask("state") or visit.person.delegation or ""
    program = visit.session.case.program
    known = states_of(visit)
    fault = ""
    if asked and asked not in known:
        meant = nearest(asked, known)
        fault = _('there is no state "{name}"').format(name=asked[:60])
        fault += f"; {_('did you mean {name}?').format(name=meant)}" * bool(meant)
    listed = tuple((name, program.title_of(name), name == asked) for name in known)
    if not asked or fault:
        choices = tuple((t, visit.link("/adviser", state=n)) for n, t, _ in listed)
        matrix = visit.link("/matrix")
        page = Adviser(listed, "", fault, "", matrix, (), (), choices)
        return Page("adviser.html", _("Legal adviser"), page, 400 if fault else 200)
    counsel = read_counsel(visit.session, asked)
    stages = {
        stage.letter + stage.title: stage
        for text in counsel
        for stage in (*text.table.whole, *text.table.of_parts)
    }
    page = Adviser(
        listed,
        program.title_of(asked),
        "",
        visit.link(f"/party/{asked}"),
        visit.link("/matrix"),
        show_key(tuple(stages.values())),
        tuple(_text(visit, text) for text in counsel),
    )
    title = f"{_('Legal adviser')}: {page.title}"
    return Page("adviser.html", title, page, looked=last_looked(visit))


def states_of(visit: Visit) -> tuple[str, ...]:
    """List every party that can be chosen, by its title."""
    program = visit.session.case.program
    names = program.values_of("party") if "party" in program.sorts else ()
    return tuple(sorted(names, key=lambda name: program.title_of(name).casefold()))


def _text(visit: Visit, found: TextCounsel) -> ShownText:
    text = found.instrument
    label = _("the whole text")
    parts = found.row.parts or ((),) * len(found.parts)
    return ShownText(
        text.name,
        text.title,
        sort_of(text),
        text.text_status,
        text.text_status == "published",
        text.adopted or "",
        found.caveat,
        sign_of(found.binding.verdict) if found.binding else None,
        visit.link("/why", q=found.binding.question) if found.binding else "",
        show_place(visit, text.place),
        show_strip(visit, label, found.row.whole) if found.row.whole else None,
        tuple(show_done(visit, act) for act in found.acts),
        tuple(
            _part(visit, part, show_strip(visit, "", cells) if cells else None)
            for part, cells in zip(found.parts, parts, strict=True)
        ),
        tuple(_reservation(visit, answer) for answer in found.reservations),
        text.family == "treaty",
        found.is_telling,
    )


def show_done(visit: Visit, act: ActDone) -> ShownDone:
    """Lay one act out with its date and how it counts."""
    is_entry = not act.is_hypothesis and ":" not in act.ref
    words = _("hypothesis") if act.is_hypothesis else weight_words(act.weight)
    return ShownDone(
        act.text,
        act.happened or visit.session.date(act.first),
        words,
        str(act.weight) == "sure" and not act.is_hypothesis,
        act.reason if str(act.weight) != "sure" else "",
        visit.link(f"/entry/{act.ref}") if is_entry else "",
    )


def _part(visit: Visit, part: PartCounsel, strip: Strip | None) -> ShownPart:
    title = part.component.title if part.component else _("The whole text")
    word, meaning = part.bound
    return ShownPart(
        title,
        strip,
        word,
        meaning,
        sign_of(part.target.verdict) if part.target else None,
        visit.link("/why", q=part.target.question) if part.target else "",
        show_missing(part.missing.missing) if part.missing else None,
        part.missing.sentence if part.missing else "",
    )


def _reservation(visit: Visit, answer: Answer) -> ShownReservation:
    return ShownReservation(
        sign_of(answer.verdict), answer.text, visit.link("/why", q=answer.question)
    )
