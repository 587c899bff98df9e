"""Strips of stages: one glyph for each, told by shape, letter and colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigens.board.signs import Sign, sign_of
from vigens.board.tongues import _, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.contexts import Visit
    from vigens.desk.parties import Stage, StageCell

#: The width of one glyph.
STEP = 17


@dataclass(frozen=True, slots=True)
class Glyph:
    """One stage: where it lies, its letter, its sign, and the same in words."""

    x: int
    letter: str
    title: str
    sign: Sign
    since: str
    words: str
    href: str
    is_adverse: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The stages of one party under one component, as a picture and in words."""

    width: int
    glyphs: tuple[Glyph, ...]
    words: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One stage in the legend."""

    letter: str
    title: str
    meaning: str
    is_adverse: bool


def show_strip(visit: Visit, label: str, cells: Sequence[StageCell]) -> Strip:
    """Lay one strip out."""
    glyphs = []
    session = visit.session
    for number, cell in enumerate(cells):
        sign = sign_of(cell.verdict)
        assert sign is not None
        since = session.date(cell.since)
        words = f"{_(cell.stage.title)}: {_(sign.word)}"
        if since:
            words = _("{what} since {day}").format(what=words, day=tell(since))
        glyphs.append(
            Glyph(
                STEP * number + 8,
                cell.stage.letter,
                _(cell.stage.title),
                sign,
                since,
                words,
                visit.link("/why", q=cell.question),
                cell.stage.is_adverse,
            )
        )
    said = "; ".join(glyph.words for glyph in glyphs)
    return Strip(STEP * len(glyphs) + 2, tuple(glyphs), f"{label}: {said}")


def show_key(stages: Sequence[Stage]) -> tuple[KeyLine, ...]:
    """List the stages for the legend."""
    return tuple(
        KeyLine(stage.letter, _(stage.title), _(stage.meaning), stage.is_adverse)
        for stage in stages
    )
