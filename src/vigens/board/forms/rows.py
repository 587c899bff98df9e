"""Fields that come as often as one likes, and numbers: what several forms ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vigens.base import InputError
from vigens.board.forms.fields import Field, coded
from vigens.board.tongues import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vigens.board.forms.fields import Row
    from vigens.board.forms.writing import Writing

_HOW = ("in_person", "online", "unknown")
_NUMBER = re.compile(r"\d{1,15}")


def whole_number(value: str) -> None:
    """Refuse what is no whole number.

    Raises:
        InputError: It is none.
    """
    if not _NUMBER.fullmatch(value):
        raise InputError(
            f'"{value[:40]}" is no whole number', "the number", "write digits alone"
        )


def named_rows(
    writing: Writing,
    name: str,
    label: str,
    part: str,
    *,
    rows: tuple[Row, ...] = (),
    is_required: bool = True,
) -> Field:
    """Ask for actors, one a row; those that the agreements name are proposed."""
    return Field(
        name,
        label,
        "rows",
        N_("a code of the agreements where there is one; empty rows do not count"),
        is_required=is_required,
        part=part,
        columns=(Field("actor", N_("Who"), "open", options=writing.actors()),),
        rows=rows,
    )


def seat_columns(writing: Writing) -> tuple[Field, ...]:
    """Ask of one who took part who, how, and on which level."""
    how = tuple(option for option in coded("formats") if option.value in _HOW)
    return (
        Field("actor", N_("Who"), "open", options=writing.actors(), is_required=True),
        Field("how", N_("How"), "choice", "", how, ("unknown",), is_required=True),
        Field("level", N_("On which level"), hint=N_("minister, ambassador")),
    )


def seats_of(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Give who took part as an entry has it."""
    return [{name: value for name, value in row.items() if value} for row in rows]
