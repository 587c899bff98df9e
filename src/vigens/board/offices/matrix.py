"""The matrix of consent and endorsement: state by component by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.base import Dated, Joined, Message
from vigens.board.contexts import Page
from vigens.board.evidence import ShownPlace, show_place
from vigens.board.offices.strips import KeyLine, Strip, show_key, show_strip
from vigens.board.tongues import _, code_words
from vigens.board.views import sort_of
from vigens.board.views.overview import last_looked
from vigens.desk.parties import read_stages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vigens.board.contexts import Visit
    from vigens.desk.parties import StageRow, StageTable


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One party."""

    title: str
    href: str
    sheet: str
    whole: Strip | None
    parts: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class StageMatrix:
    """The page.

    Attributes:
        texts: The instruments to choose from, as `(name, title, is chosen)`.
        title: Of the chosen one; empty where the case has none.
        facts: What it says of itself.
        place: Where it is declared.
        columns: Its components.
        has_whole: Whether stages of the whole text are shown.
        key: The stages of the legend.
        telling: Parties that stand on some stage.
        unknown: Parties of which nothing holds, and not all is known; shown where they
            are asked for, or where there is nobody else.
        n_unknown: How many these are.
        everybody: This page with all of them.
        none: Parties that surely stand on none.
    """

    texts: tuple[tuple[str, str, bool], ...]
    title: str = ""
    facts: tuple[str, ...] = ()
    place: ShownPlace | None = None
    columns: tuple[str, ...] = ()
    has_whole: bool = False
    key: tuple[KeyLine, ...] = ()
    telling: tuple[MatrixRow, ...] = ()
    unknown: tuple[MatrixRow, ...] = ()
    n_unknown: int = 0
    everybody: str = ""
    none: tuple[str, ...] = ()


def show_matrix(visit: Visit) -> Page:
    """Show who stands on which stage of one text."""
    session = visit.session
    texts = session.texts()
    main = session.case.settings.matrix_instrument
    names = [text.name for text in texts]
    usual = main if main in names else (names[0] if names else "")
    chosen = visit.ask("text") or usual
    listed = tuple((t.name, t.short or t.title, t.name == chosen) for t in texts)
    title = _("Who is bound by what")
    if not chosen:
        return Page("stages.html", title, StageMatrix(listed))
    table = read_stages(session, chosen)
    text = table.instrument
    facts: list[str] = [sort_of(text)]
    status = code_words(text.text_status)
    facts.append(Message("text {status}", status=status))
    if text.adopted:
        facts.append(Message("adopted {day}", day=Dated(text.adopted)))
    facts.extend(_stated(key, each) for key, each in text.stated.items())
    facts.extend(
        Message("{key}: unstated, {what}", key=Message(key), what=what)
        for key, what in text.unstated.items()
    )
    telling = [row for row in table.rows if row.is_telling]
    rest = [row for row in table.rows if not row.is_telling]
    unknown = [row for row in rest if not row.is_known]
    is_whole = bool(visit.ask("all")) or not telling
    context = StageMatrix(
        listed,
        text.title,
        tuple(facts),
        show_place(visit, text.place),
        tuple(part.title for part in text.components),
        bool(table.whole),
        show_key((*table.whole, *table.of_parts)),
        tuple(_row(visit, table, row) for row in telling),
        tuple(_row(visit, table, row) for row in unknown) if is_whole else (),
        len(unknown),
        visit.link("/matrix", text=chosen, all="yes"),
        tuple(row.title for row in rest if row.is_known),
    )
    return Page("stages.html", title, context, looked=last_looked(visit))


def _stated(key: str, said: Iterable[str]) -> Joined:
    return Joined(": ", (Message(key), ", ".join(code_words(one) for one in said)))


def _row(visit: Visit, table: StageTable, row: StageRow) -> MatrixRow:
    whole = None
    if row.whole:
        whole = show_strip(
            visit, _("{party}, the whole text").format(party=row.title), row.whole
        )
    return MatrixRow(
        row.title,
        visit.link("/adviser", state=row.party) + f"#text-{table.instrument.name}",
        visit.link(f"/party/{row.party}"),
        whole,
        tuple(
            show_strip(visit, f"{row.title}, {part.title}", cells)
            for part, cells in zip(table.instrument.components, row.parts, strict=True)
        )
        if table.of_parts
        else (),
    )
